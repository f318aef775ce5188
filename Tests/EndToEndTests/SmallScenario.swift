import Foundation

/// A scenario of two runs of a moment each, for tests that need no more.
enum SmallScenario {
  static let text = """
    about:
      title: "A small training"
      question: "Does the command do what it promises?"

    run:
      start: 2024-10
      end: 2025-01
      replicates: 32
      seed: 7

    world:
      labs:
        - {id: lab, jurisdiction: CN, fleet: [{chip: h800, count: 10000}]}
      runs:
        - id: training
          lab: lab
          start: 2024-10-28
          documented_on: h800
          choose_from: [h100_sxm, h800]
          chips: 2048
          stages:
            - {id: pretraining, chip_hours: 2664000}

    uncertainties:
      chips.h800.rent_usd_per_hour: {triangular: [1.5, 2.0, 3.42], published: 2.0}
      chips.h100_sxm.rent_usd_per_hour: {triangular: [1.7, 2.6, 5.0], published: 2.6}

    regimes:
      - {id: rule, rules: [{use: us_2022_10, open_ended: true}]}
      - {id: free}

    headline:
      figures:
        - {id: hours, entity: training, metric: chip_hours, published: 2664000}

    """

  /// Writes it, changed if need be, into a folder, and returns its path.
  static func write(
    to folder: URL, named name: String = "small.yaml", replacing old: String = "",
    with new: String = ""
  ) throws -> String {
    let file = folder.appending(path: name)
    let changed = old.isEmpty ? text : text.replacing(old, with: new)
    try Data(changed.utf8).write(to: file)
    return file.path
  }

  /// Writes it without and with a sweep of two points.
  static func writeSweep(to folder: URL) throws -> (without: String, with: String) {
    let sweep = """
      sweep:
        points:
          - {id: p512, set: {world.runs.training.chips: 512}}
          - {id: p2048, set: {world.runs.training.chips: 2048}}


      """
    return (
      try write(to: folder),
      try write(
        to: folder, named: "swept.yaml", replacing: "headline:", with: sweep + "headline:")
    )
  }
}
