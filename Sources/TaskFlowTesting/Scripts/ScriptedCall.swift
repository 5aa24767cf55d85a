import TaskFlow

/// What one call of a method of a scripted task does, or some calls in a row.
public struct ScriptedCall: Sendable {
  /// Gives the values that the call provides, or throws.
  typealias Body = @concurrent @Sendable () async throws -> [BoxedValue]

  let body: Body
  let count: Int

  private init(count: Int = 1, _ body: @escaping Body) {
    self.body = body
    self.count = count
  }

  /// It succeeds; the symbols that its task provides have no value then.
  public static let succeeds = ScriptedCall { [] }

  /// It succeeds with a value for each symbol that its task provides, in their order. Symbols at the end
  /// may go without; a call with more values than there are symbols fails.
  public static func provides(_ values: any (Codable & Sendable)...) -> ScriptedCall {
    let boxes = values.map { BoxedValue($0) }
    return ScriptedCall { boxes }
  }

  /// It fails with a ``Failure`` of this message.
  public static func fails(_ message: String) -> ScriptedCall { fails(Failure(message)) }

  /// It fails with this error.
  public static func fails(_ error: any Error) -> ScriptedCall { ScriptedCall { throw error } }

  /// It waits until a gate is open, and does something then; as many calls wait as do that.
  ///
  /// When its task is cancelled before, it throws `CancellationError`.
  public static func waits(
    at gate: Gate, then next: ScriptedCall = .succeeds
  ) -> ScriptedCall {
    ScriptedCall(count: next.count) {
      try await gate.pass()
      return try await next.body()
    }
  }

  /// So many calls in a row that all do the same; none for a number below 1.
  public func times(_ count: Int) -> ScriptedCall {
    ScriptedCall(count: max(0, count), body)
  }
}
