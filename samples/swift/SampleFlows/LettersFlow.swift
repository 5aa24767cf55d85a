public import TaskFlow

/// A linear flow with a nested flow that is tried with each of three letters.
///
/// What comes before the nested flow is done once. A letter that does not suit undoes the nested flow,
/// and the next letter is tried. When the last one is gone, the run ends with the nested flow undone;
/// what came before it stays done, since no controller around it asks for more.
///
/// - Parameters:
///   - suits: whether a letter is the right one.
///   - say: is told what happens.
public func lettersFlow(
  suits: @escaping @Sendable (String) -> Bool = { $0 == "c" },
  say: @escaping @Sendable (String) -> Void
) -> Flow {
  let value = Symbol<String>("value")
  let letters = RetryController.forEach("letters", values: ["a", "b", "c"], provides: value)

  var flow = Flow.linear("spell") {
    FlowTask("open-book") { say("opens the book") }
      .reverting { _ in say("closes the book") }
    Flow.linear("try-letter", retry: letters) {
      FlowTask("write-letter", requires: value) { letter in say("writes \(letter)") }
        .reverting { context in say("wipes \(try context.arguments.value(of: value)) out") }
      FlowTask("read-letter", requires: value) { letter in
        guard suits(letter) else { throw Failure("\(letter) is not the right letter") }
        say("reads \(letter), which is right")
      }
      .nothingToRevert()
    }
    FlowTask("put-away") { say("puts the book away") }
  }
  flow.summary = "a nested flow is tried with one letter after another"
  return flow.allowing("partial-revert", "it shows that what came before stays done")
}
