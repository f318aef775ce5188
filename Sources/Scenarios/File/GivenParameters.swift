import Documents

/// A parameter that a file gives a value, and where in the file.
struct GivenParameter {
  /// Its name, such as `throughput.mfu`.
  let name: String
  /// The keys that lead to it, such as `mechanisms`, `throughput`, `mfu`.
  let place: [String]
  /// What is written there.
  let value: SourceNode

  /// The places where a parameter of this name could be given.
  static func places(of name: String) -> [[String]] {
    let keys = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if keys.count == 2, keys[0] == EstimateSchema.key {
      return EstimateSchema.definitions.map { keys + [$0] } + [[uncertaintiesKey, name]]
    }
    var places = [["mechanisms"] + keys, ["world"] + keys]
    if keys.count == 4 { places.append(["world", keys[0], keys[1], "stages", keys[2], keys[3]]) }
    return places + [[uncertaintiesKey, name]]
  }

  private static let uncertaintiesKey = "uncertainties"

  /// The name of the parameter at a path of a file; the path itself where there can be none.
  static func name(atPath path: String) -> String {
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if keys.count == 3, keys[0] == EstimateSchema.key { return "\(keys[0]).\(keys[1])" }
    guard let section = keys.first, ["mechanisms", "uncertainties", "world"].contains(section)
    else { return path }
    let isOfStage = keys.count == 6 && keys[1] == "runs" && keys[3] == "stages"
    let words = isOfStage ? [keys[1], keys[2], keys[4], keys[5]] : Array(keys.dropFirst())
    return words.joined(separator: ".")
  }
}

extension SourceDocument {
  /// This document laid over another, as `base:` and `--set` do.
  ///
  /// Beside what any overlay does, a parameter that this document gives is taken away from wherever
  /// else the other one gives it, so that it is given once; one that becomes a constant loses the
  /// correlations that it had there.
  func laid(over other: SourceDocument) -> SourceDocument {
    var (layer, base) = (self, other)
    layer.root = root.withEstimatesInFull
    base.root = other.root.withEstimatesInFull
    return layer.inFull(over: base)
  }

  private func inFull(over base: SourceDocument) -> SourceDocument {
    var base = base
    for parameter in root.givenParameters {
      for place in GivenParameter.places(of: parameter.name) where place != parameter.place {
        // A list of prices is no parameter.
        guard let shape = base.root.value(at: place)?.shape, shape != .list else { continue }
        base.root = base.root.removing(place)
      }
      if parameter.value.shape == .scalar {
        base.root = base.root.withoutCorrelations(of: parameter.name)
      }
    }
    return overlaid(on: base, following: ScenarioSchema.file)
  }
}

extension SourceNode {
  /// What a file of this content gives that may be a parameter.
  fileprivate var givenParameters: [GivenParameter] {
    let free = (self["uncertainties"]?.entries ?? []).map { entry in
      GivenParameter(name: entry.key, place: ["uncertainties", entry.key], value: entry.value)
    }
    let ofMechanisms = (self["mechanisms"]?.entries ?? []).flatMap { mechanism in
      mechanism.value.entries.map { entry in
        GivenParameter(
          name: "\(mechanism.key).\(entry.key)", place: ["mechanisms", mechanism.key, entry.key],
          value: entry.value)
      }
    }
    let ofEstimates = (self[EstimateSchema.key]?.entries ?? []).flatMap { estimate in
      estimate.value.entries.filter { EstimateSchema.definitions.contains($0.key) }.map { entry in
        GivenParameter(
          name: "\(EstimateSchema.key).\(estimate.key)",
          place: [EstimateSchema.key, estimate.key, entry.key], value: entry.value)
      }
    }
    return free + ofMechanisms + ofEstimates + (self["world"]?.parametersOfWorld ?? [])
  }

  private var parametersOfWorld: [GivenParameter] {
    let ofRecords = entries.flatMap { list in
      list.value.records(by: "id").sorted { $0.key < $1.key }.flatMap { id, record in
        record.entries.map { ([list.key, id, $0.key], [list.key, id, $0.key], $0.value) }
          + (record["stages"]?.records(by: "id") ?? [:]).flatMap { stage, content in
            content.entries.map {
              ([list.key, id, stage, $0.key], [list.key, id, "stages", stage, $0.key], $0.value)
            }
          }
      }
    }
    return ofRecords.map { name, place, value in
      GivenParameter(name: name.joined(separator: "."), place: ["world"] + place, value: value)
    }
  }

  /// The same without the correlations of a parameter.
  fileprivate func withoutCorrelations(of parameter: String) -> SourceNode {
    guard self["correlations"] != nil else { return self }
    var node = self
    node.content = .mapping(
      entries.map { entry in
        guard entry.key == "correlations", case .list(let correlations) = entry.value.content else {
          return entry
        }
        var entry = entry
        entry.value.content = .list(
          correlations.filter { correlation in
            !(correlation["between"]?.items ?? []).contains { name in
              if case .scalar(parameter, _) = name.content { true } else { false }
            }
          })
        return entry
      })
    return node
  }
}
