/// Holds what we do with a recorded case against what TaskFlow did.
public enum ConformanceCheck {
  /// What differs for one line of a file of cases, one phrase each; empty when all is as recorded.
  ///
  /// The case is compiled, run with its bodies one after another, and run once for each seed with
  /// completions in an order that the seed chooses.
  public static func differences(
    ofLine line: String, seeds: ClosedRange<UInt64>
  ) async -> [String] {
    let recorded: ConformanceCase
    do {
      recorded = try ConformanceCase(line: line)
    } catch {
      return ["can't be read: \(error)"]
    }
    do {
      var differences = compiledDifferences(of: recorded)
      differences += try await outcomeDifferences(of: recorded, order: .serial).map {
        "serial: \($0)"
      }
      for seed in seeds {
        differences += try await outcomeDifferences(of: recorded, order: .random(seed: seed)).map {
          "seed \(seed): \($0)"
        }
      }
      return differences.map { "\(recorded.id): \($0)" }
    } catch {
      return ["\(recorded.id): \(error)"]
    }
  }
}
