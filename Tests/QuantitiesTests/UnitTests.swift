import Quantities
import Testing

@Suite struct MonthTests {
  @Test func monthsRoundTripThroughTheirText() throws {
    for index in stride(from: 12, to: 12 * 9999, by: 7) {
      let month = Month(index: index)
      #expect(Month(iso: month.description) == month)
      #expect(Month(year: month.year, month: month.number) == month)
    }
  }

  @Test(arguments: [
    "2024", "2024-1", "2024-13", "2024-00", "24-01", "2024-01-01", "2024-01-", "2024/01", "",
    " 2024-01",
  ])
  func impossibleMonthsAreRefused(text: String) { #expect(Month(iso: text) == nil) }

  @Test func arithmeticCrossesYears() throws {
    let month = try #require(Month(iso: "2023-11"))
    #expect((month + 3).description == "2024-02")
    #expect((month + -11).description == "2022-12")
    #expect((month + 3) - month == 3 && month - (month + 3) == -3)
    #expect(month < month + 1)
    #expect(Month(year: 2024, month: 0) == nil && Month(year: 2024, month: 13) == nil)
  }

  /// 400 Gregorian years are 146,097 days, and every month follows on the one before it.
  @Test func calendarsClose() throws {
    let first = try #require(Month(iso: "1600-01"))
    #expect((first + 4800).firstDay.number - first.firstDay.number == 146_097)
    for count in 0..<4800 {
      let month = first + count
      #expect((28...31).contains(month.dayCount))
      #expect(month.firstDay.month == month && month.firstDay.dayOfMonth == 1)
    }
  }

  @Test func daysOfAMonthAreCounted() throws {
    let day = try #require(Day(iso: "2024-02-29"))
    #expect(day.dayOfMonth == 29 && day.month.description == "2024-02")
    #expect(Day(year: 2024, month: 2, day: 30) == nil)
    #expect(Day(year: 2024, month: 2, day: 0) == nil)
    #expect(Day(year: 2024, month: 2, day: 29) == day)
    #expect(Day(number: day.number + 1).description == "2024-03-01")
    #expect(Day(number: 1).startHour == Hours(24))
  }
}

@Suite struct ArithmeticTests {
  @Test func measuresAddAndScale() {
    var sum = Hours(2) + Hours(3) - Hours(1)
    sum += Hours(6)
    #expect(sum == Hours(10) && Hours.zero == Hours(0))
    #expect(sum * 2 == Hours(20) && 2 * sum == Hours(20) && sum / 4 == Hours(2.5))
    #expect(sum / Hours(4) == 2.5)
    #expect(Hours(1) < Hours(2) && !(Hours(2) < Hours(2)))
  }

  @Test func productsHaveTheirUnits() {
    #expect(Chips(512) * Hours(198) == ChipHours(101_376))
    #expect(ChipHours(101_376) / Chips(512) == Hours(198))
    #expect(FlopPerSecond(tera: 2) * ChipHours(3) == Flop(2e12 * 3 * 3600))
    #expect(Flop(7.2e15) / FlopPerSecond(tera: 1) == ChipHours(2))
    #expect(KilowattHours(10) * USDollarsPerKilowattHour(0.5) == USDollars(5))
  }

  @Test func fractionsStayWithinTheWhole() {
    #expect(Fraction(0.5).odds == 1 && Fraction(0).odds == 0 && Fraction(1).odds == .infinity)
    #expect(Fraction(0.1) < Fraction(0.2))
  }

  @Test func fractionsBeyondItStopTheProcess() async {
    await #expect(processExitsWith: .failure) { _ = Fraction(-0.001) }
    await #expect(processExitsWith: .failure) { _ = Fraction(1.001) }
    await #expect(processExitsWith: .failure) { _ = Fraction(.nan) }
  }
}
