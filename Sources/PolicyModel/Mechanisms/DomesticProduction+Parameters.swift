extension DomesticProduction {
  struct Parameters: ParameterHandles {
    let wafers = Handle(
      "wafers_per_month", "wafers_per_month", 0...1e7,
      "Wafers for AI chips in the first month in which a part is on sale.")
    let growth = Handle(
      "wafer_growth_per_year", "per_year", -5...5, "Log growth of wafers, without tool rules.")
    let pull = Handle(
      "pull_per_year", "per_year", 0...20, "Added to it where all dies that are wanted are short.")
    let leaderBite = Handle(
      "leader_tool_bite", "1", 0...1, "Share of growth that each tool rule of the leader takes.")
    let alliedBite = Handle(
      "allied_tool_bite", "1", 0...1, "Share of growth that each tool rule of an ally takes.")
    let wear = Handle(
      "wear_per_year", "per_year", 0...20,
      "Log loss of wafers a year while installed tools get no servicing.")
    let leaderServicing = Handle(
      "leader_servicing_share", "1", 0...1,
      "Share of servicing and parts that a rule of the leader on them takes.")
    let alliedServicing = Handle(
      "allied_servicing_share", "1", 0...1,
      "Share of servicing and parts that the rules of allies on them take.")
    let dieCover = Handle(
      "die_cover_months", "months", 0...120,
      "Months of planned use for which dies are kept in stock.")
    let diesPerWafer = Handle("dies_per_wafer", "dies", 1...1000, "Whole dies on a wafer.")
    let yieldStart = Handle("yield_start", "1", 0...1, "Yield long before the middle of its rise.")
    let yieldEnd = Handle("yield_end", "1", 0...1, "Yield long after the middle of its rise.")
    let yieldMiddle = Handle(
      "yield_midpoint_months", "months", -120...1200, "Months from the start to that middle.")
    let yieldRise = Handle(
      "yield_rise_months", "months", 0.1...600, "How long the rise takes (logistic scale).")
    let leak = Handle(
      "leaked_dies_per_month", "dies_per_month", 0...1e8, "Dies from foreign fabs that come in.")
    let leakFrom = Handle(
      "leak_from_months", "months", 0...1200, "Months from the start until that begins.")
    let enforcement = Handle(
      "foundry_enforcement", "1", 0...1,
      "Share of these dies that enforcement against a listed designer stops.")
    let foundryEffect = Handle(
      "foundry_rule_effect", "1", 0...1, "Share of these dies that a foundry rule stops.")
    let stacks = Handle(
      "foreign_stacks_per_month", "stacks_per_month", 0...1e9,
      "Foreign memory that can be bought in a month.")
    let surge = Handle(
      "stacks_surge", "1", 1...1000,
      "What multiplies that while a rule is announced that will stop it.")
    let cover = Handle(
      "memory_cover_months", "months", 0...120,
      "Months of planned use for which foreign memory is kept in stock.")
    let stockpile = Handle(
      "memory_stockpile_months", "months", 0...600,
      "The same while a rule is announced that will stop it.")
    let memoryEffect = Handle(
      "memory_rule_effect", "1", 0...1, "Share of foreign memory that a memory rule stops.")
    let homeStacks = Handle(
      "domestic_stacks_per_month", "stacks_per_month", 0...1e9,
      "Memory that home makers can make for anybody, at first.")
    let homeFrom = Handle(
      "domestic_stacks_from_months", "months", 0...1200, "Months until the first of it.")
    let ownStacks = Handle(
      "own_stacks_per_month", "stacks_per_month", 0...1e9,
      "Memory that designers can make for themselves, at first.")
    let ownFrom = Handle(
      "own_stacks_from_months", "months", 0...1200, "Months until the first of it.")
    let memoryGrowth = Handle(
      "domestic_stacks_growth_per_year", "per_year", -5...5, "Log growth of both.")
    let memoryPull = Handle(
      "memory_pull_per_year", "per_year", 0...20,
      "Added to it where all memory that is wanted is short.")
    let packages = Handle(
      "packages_per_month", "chips_per_month", 0...1e9,
      "Chips that can be packaged in the first month in which a part is on sale.")
    let packagesGrowth = Handle(
      "packages_growth_per_year", "per_year", -5...5, "Log growth of packages.")
    let packagesPull = Handle(
      "packages_pull_per_year", "per_year", 0...20,
      "Added to it where all packages that are wanted are short.")
    let demandMonths = Handle(
      "demand_months", "months", 1...120,
      "Months over which the industry averages what buyers would take.")
  }
}
