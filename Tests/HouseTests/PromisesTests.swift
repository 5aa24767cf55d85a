import Foundation
import Testing

/// Which tests show each promise of the article about runs that survive.
struct PromisesTests {
  private static let promises: [(promise: String, tests: [String])] = [
    ("Write before act", ["nothing begins before it is stored, and nothing is told"]),
    (
      "Durable completion",
      [
        "each save is flushed, and only the owner can read the files",
        "what was saved is there when the file is opened again",
        "a run that breaks at any save ends as one that does not",
      ]
    ),
    (
      "At least once",
      [
        "only what had begun and not ended is done again",
        "a command that is killed at any save leaves a run that ends as one that was not",
        "a repeated attempt has the key that it had, and each retry another",
      ]
    ),
    (
      "The same end",
      [
        "a run that breaks twice ends as one that does not",
        "after a crash at any step of 4,000 random flows the run stands where it stood",
        "a run that crashes at each step ends as one that does not",
      ]
    ),
    (
      "One owner",
      [
        "of two commands that want a run one gets it, and the other names it",
        "a command that is killed again and again leaves a run that one of two racers ends",
        "two stores on one file know each other's owners",
      ]
    ),
    (
      "No silence",
      [
        "nothing begins before it is stored, and nothing is told",
        "a run that can't be kept is not run",
      ]
    ),
    ("An end is an end", ["a run that has ended is told as it ended, and nothing is run"]),
    (
      "At most once",
      [
        "a run stops before a task of which nobody knows whether it was done",
        "it is run again only when somebody says so",
        "a payment of which nobody knows whether it was made waits for a decision",
      ]
    ),
    (
      "Dirty stays dirty",
      [
        "without a remedy it is told as it ended",
        "a run that could not be undone goes on when somebody says how",
      ]
    ),
    (
      "The same flow, or one that fits",
      [
        "each difference is named, and weighs what it should",
        "what matters is accepted or refused, and what can't be is refused",
      ]
    ),
    (
      "Secrets stay secret",
      [
        "no byte that a run leaves behind is of a secret",
        "pieces of any length give what the whole gives",
      ]
    ),
  ]

  @Test func `each promise of the article has tests, and each of them exists`() throws {
    let sentences = try TestSentences(
      of: ["FlowEngineTests", "FlowStoreSQLiteTests", "TFGraphCommandsTests"])
    for (promise, tests) in Self.promises {
      for test in tests { #expect(sentences.contains(test), "\(promise): \(test)") }
    }
    let article = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(
        path: "Sources/FlowEngine/FlowEngine.docc/DurableRuns.md")
    let lines = try String(contentsOf: article, encoding: .utf8).split(separator: "\n")
    let promised = lines.compactMap { line -> String? in
      guard line.hasPrefix("- **") else { return nil }
      let name = line.dropFirst(4).prefix { $0 != "*" }
      return String(name.last == "." ? name.dropLast() : name)
    }
    #expect(Self.promises.map(\.promise) == promised)
  }
}
