import TaskFlow
import Testing

struct FailureLogTests {
  @Test func `a log says the same as a dictionary, and so does each copy of it`() {
    var log = FailureLog()
    var dictionary: [String: Failure] = [:]
    var copies: [(FailureLog, [String: Failure])] = []
    for number in 0..<300 {
      let atom = "t\(number % 90)"
      log.append(Failure("failure \(number)"), of: atom)
      dictionary[atom] = Failure("failure \(number)")
      if number % 40 == 39 {
        let gone: Set = ["t\(number % 90)", "t3", "never"]
        log.remove(gone)
        for atom in gone { dictionary[atom] = nil }
      }
      copies.append((log, dictionary))
    }
    for (copy, expected) in copies {
      #expect(copy.byName.mapValues(\.message) == expected.mapValues(\.message))
    }
  }

  @Test func `forgetting all leaves nothing`() {
    var log = FailureLog()
    log.append(Failure("x"), of: "a")
    log.remove(["a"])
    #expect(log.byName.isEmpty)
  }
}
