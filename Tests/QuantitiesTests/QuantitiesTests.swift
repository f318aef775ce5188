import Quantities
import Testing

@Suite struct CalendarTests {
  @Test func daysRoundTripThroughTheirText() throws {
    for number in stride(from: -800_000, through: 800_000, by: 331) {
      let day = Day(number: number)
      guard day.month.year > 0 else { continue }
      #expect(Day(iso: day.description) == day)
      #expect(day.month.firstDay <= day && day < (day.month + 1).firstDay)
    }
  }

  @Test func knownDates() throws {
    #expect(Day(iso: "1970-01-01")?.number == 0)
    #expect(Day(iso: "2000-03-01")?.number == 11_017)
    #expect(Day(iso: "2022-10-21")?.description == "2022-10-21")
    #expect(Month(iso: "2024-02")?.dayCount == 29)
    #expect(Month(iso: "1900-02")?.dayCount == 28)
    #expect(Month(iso: "2024-12").map { ($0 + 1).description } == "2025-01")
  }

  @Test(arguments: [
    "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-01-32", "2024/01/01",
    "", "2024-01", "+024-01-01", "2024-01-01 ", "-2024-01-01",
  ])
  func impossibleDatesAreRefused(text: String) { #expect(Day(iso: text) == nil) }
}

@Suite struct MeasureTests {
  @Test func deepSeekHoursAndDollars() {
    let hours = ChipHours(2_788_000)
    #expect(hours * USDollarsPerChipHour(2) == USDollars(5_576_000))
    #expect((ChipHours(2_664_000) / Chips(2048)).value / 24 == 54.19921875)
  }

  @Test func workAndRateAreInverse() {
    let rate = FlopPerSecond(tera: 989)
    let work = rate * ChipHours(1000)
    #expect(abs((work / rate).value - 1000) < 1e-9)
  }

  @Test func aShareOfTheSumIsItsOddsOfTheRest() {
    let staff = Fraction(0.29)
    let rest = 71.0
    #expect(abs(staff.odds * rest - 29) < 1e-12)
  }
}
