import Foundation
import Testing

/// Which tests show each rule of what a flow means. The recorded flows and the exhaustive campaign show most
/// of them as well; here stands at least one sentence for each.
struct SemanticsTests {
  private static let rows: [(rule: String, tests: [String])] = [
    // Atoms and their arguments
    (
      "1.1",
      [
        "a task has all that it says",
        "revert is given what execute is given unless it says otherwise",
      ]
    ),
    (
      "1.2",
      ["a rebound parameter reads another symbol", "an injected value beats every other source"]
    ),
    (
      "1.3",
      [
        "values are provided in the order of the symbols",
        "what a result lacks is told, and who needs it fails",
      ]
    ),
    (
      "1.4",
      [
        "map applies its function to each symbol in order", "reduce folds from the left",
        "hooks run around both methods, those after always",
      ]
    ),
    (
      "1.5",
      ["progress is 0 at the start and 1 at a good end", "a report says how far each task came"]
    ),
    ("1.6", ["a reader of another type than the provider's is an error"]),
    // The execution graph
    ("2.1", ["edges and controllers are those of the rules"]),
    ("2.2", ["nothing after a nested flow starts before all of it is done"]),
    ("2.3", ["edges and controllers are those of the rules", "an empty flow succeeds at once"]),
    (
      "2.4",
      [
        "a task of a graph that two others provide for is an error, and is not called missing",
        "a targeted graph is the graph of its target and what that needs",
      ]
    ),
    ("2.5", ["every recorded flow compiles to the recorded graph, areas and scopes"]),
    ("2.6", ["every recorded flow compiles to the recorded graph, areas and scopes"]),
    (
      "2.7",
      [
        "flows nested very deep compile, run and are released",
        "a flow of many tasks runs without deep recursion",
      ]
    ),
    // Which value an argument gets
    (
      "3.1",
      [
        "an injected value beats every other source",
        "an input hides a task that provides the same",
      ]
    ),
    (
      "3.2", ["bindings are those of the rules, up to the first provider that always gives a value"]
    ),
    ("3.3", ["of the nearest providers that were not skipped the last is read"]),
    ("3.4", ["a retry can give the next value each time"]),
    ("3.5", ["unordered siblings see their controller without a warning"]),
    ("3.6", ["an optional argument that nothing gives is nil"]),
    ("3.7", ["all that is missing is reported, in the order of its places"]),
    // States
    (
      "4",
      [
        "every law of runs holds in 10,000 random flows",
        "reset forgets everything, from every end",
      ]
    ),
    // What runs next
    (
      "5.1",
      [
        "every law of runs holds in 10,000 random flows",
        "a part of the campaign runs as the reference says",
      ]
    ),
    ("5.2", ["what ran is undone in reverse order, and what never ran is not"]),
    (
      "5.3",
      [
        "higher priorities run and are undone first", "one at a time runs in declaration order",
        "a task that waits for its turn does not start once a failure is resolved",
      ]
    ),
    ("5.4", ["a task that ends well while everything is undone is undone as well"]),
    ("5.5", ["random flows lead to every end and every state"]),
    ("5.6", ["a flow of many tasks runs without deep recursion"]),
    // What a failure does
    (
      "6.1",
      ["what ran is undone in reverse order, and what never ran is not", "the first cause stays"]
    ),
    ("6.2", ["a retry undoes the flow and runs it again"]),
    (
      "6.3",
      [
        "an inner controller that gives up asks the one around it",
        "when reverts are deferred everything is undone",
      ]
    ),
    ("6.4", ["the end decision can be to revert everything"]),
    ("6.5", ["what ran is undone in reverse order, and what never ran is not"]),
    ("6.6", ["independent tasks are undone side by side"]),
    (
      "6.7",
      [
        "two retries of one attempt are one", "a later retry does not undo a revert",
        "a later revert replaces a retry",
      ]
    ),
    ("6.8", ["a controller that can't start is resolved by the one around it"]),
    ("6.9", ["when nothing is to be resolved the failed run stays as it is"]),
    (
      "6.10",
      [
        "an error of a decision is resolved by the controller around it",
        "an error of a decider is the failure of the task",
      ]
    ),
    (
      "6.11",
      [
        "after a failed revert all is undone but what comes before it",
        "when a failed revert halts the run nothing more is undone",
      ]
    ),
    (
      "6.12",
      [
        "times counts attempts, and retries are the attempts after the first",
        "for each gives one value after another, equal ones as often as they are listed",
        "an empty collection makes the controller fail",
      ]
    ),
    ("6.13", ["a controller that was skipped is passed over when a task of its flow fails"]),
    ("6.14", ["a report of an undone run lists the failures of its last attempt"]),
    // History
    (
      "7",
      [
        "it counts its attempts and gives each by its index",
        "it knows which error types led to the failures",
      ]
    ),
    // What revert is given
    ("8", ["a revert is told its arguments, the result, and every failure"]),
    // Deciders
    ("9.1", ["a decider in front of a flow decides about all that starts it"]),
    (
      "9.2",
      [
        "a decider sees the result of the task before it",
        "a decider whose source was skipped is not asked",
      ]
    ),
    ("9.3", ["a no skips as much as its depth says", "the widest depth of several noes counts"]),
    ("9.4", ["a condition skips its task, and a retry asks it again"]),
    // Suspending and resuming
    (
      "10.1",
      [
        "what runs finishes, and nothing new starts",
        "a stop before the run starts lets nothing start",
        "a deadline suspends the run, and what runs then finishes",
      ]
    ),
    (
      "10.2",
      [
        "what was interrupted is called again as the same attempt",
        "a run that was undone starts over",
        "a failure that nobody was asked about is resolved when that is allowed",
        "after a crash at any step of 4,000 random flows the run stands where it stood",
      ]
    ),
    (
      "10.3", ["a run whose flow has changed is not gone on with, and what changed is named"]
    ),
    // Notifications
    (
      "11",
      [
        "listeners are told each step with its attempt and failure",
        "all listeners see the same order",
        "all running events of a batch come before any completion",
      ]
    ),
  ]

  @Test func `each rule has tests, and each of them exists`() throws {
    let sentences = try TestSentences(of: ["TaskFlowTests", "FlowEngineTests"])
    for (rule, tests) in Self.rows {
      #expect(!tests.isEmpty)
      for test in tests { #expect(sentences.contains(test), "rule \(rule): \(test)") }
    }
  }

  @Test func `no rule is left out`() {
    let counts = [1: 6, 2: 7, 3: 7, 5: 6, 6: 14, 9: 4, 10: 3]
    let expected = (1...11).flatMap { section in
      counts[section].map { (1...$0).map { "\(section).\($0)" } } ?? ["\(section)"]
    }
    #expect(Self.rows.map(\.rule) == expected)
  }
}
