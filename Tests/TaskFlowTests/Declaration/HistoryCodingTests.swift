import Foundation
import TaskFlow
import Testing

struct HistoryCodingTests {
  private struct Server: Codable, Sendable, Equatable {
    var host: String
    var ports: [Int]
  }

  private struct Low: Error {}
  private struct High: CausedError {
    var cause: (any Error)? { Low() }
  }

  private enum Route: CaseIterable {
    case json, flowValue, text
  }

  private func copy<Value: Codable>(_ value: Value, _ route: Route) throws -> Value {
    switch route {
    case .json:
      return try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    case .flowValue:
      return try FlowValue(encoding: value).decoded()
    case .text:
      let text = FlowValueJSON.text(of: try FlowValue(encoding: value))
      return try FlowValueJSON.parse(text).decoded()
    }
  }

  @Test(arguments: Route.allCases)
  private func `a history survives encoding with all answers the same`(route: Route) throws {
    let server = Server(host: "h", ports: [1, 2])
    var history = History()
    history.begin(value: BoxedValue(server))
    history.file(Failure("no", reason: .exit(code: 3)), of: "b")
    history.file(Failure(High()), of: "a")
    history.begin(value: BoxedValue(2.5))
    history.ownFailure = Failure(CancellationError())

    let copy = try copy(history, route)
    #expect(copy.count == 2)
    #expect(copy.outcomes() == history.outcomes())
    #expect(copy.outcomes(ofEntry: 0) == history.outcomes(ofEntry: 0))
    #expect(copy.ownFailure == history.ownFailure)
    #expect(try copy.entry(at: 0)?.value?.value(as: Server.self) == server)
    #expect(try copy.providedValues.last?.value(as: Double.self) == 2.5)
    #expect(copy.providedValues.count == 2)
    for type in [Low.self, High.self, Failure.self, CancellationError.self] as [any Error.Type] {
      for index in [nil, 0, 1] {
        for own in [true, false] {
          #expect(
            copy.isCaused(by: type, inEntry: index, includingOwn: own)
              == history.isCaused(by: type, inEntry: index, includingOwn: own))
        }
      }
    }
  }

  @Test(arguments: Route.allCases)
  private func `no value is not the value null`(route: Route) throws {
    var history = History()
    history.begin(value: nil)
    history.begin(value: BoxedValue(FlowValue.null))
    let copy = try copy(history, route)
    #expect(copy.entry(at: 0)?.value == nil)
    #expect(try copy.entry(at: 1)?.value?.flowValue() == .null)
    #expect(copy.ownFailure == nil)
    #expect(try self.copy(History(), route).count == 0)
  }

  @Test(arguments: Route.allCases)
  private func `a failure survives encoding with its reason and its chain of causes`(
    route: Route
  ) throws {
    for reason in [.error, .exit(code: 255), .signal(9), .timeout] as [Failure.Reason] {
      var failure = Failure(High())
      failure.reason = reason
      #expect(!failure.causes.isEmpty)
      #expect(try copy(failure, route) == failure)
    }
  }

  @Test func `a value that can't be encoded is an error, not a loss`() {
    var history = History()
    history.begin(value: BoxedValue(Double.nan))
    #expect(throws: (any Error).self) { try FlowValue(encoding: history) }
  }
}
