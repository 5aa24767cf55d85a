import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// Secrets are found in what processes write, however it comes.
struct SecretMaskTests {
  private func masked(_ text: String, hiding secrets: String...) -> String {
    SecretMask(secrets).masked(text)
  }

  @Test func `a secret is replaced wherever it stands`() {
    #expect(masked("token=hunter2!", hiding: "hunter2") == "token=***!")
    #expect(masked("hunter2hunter2", hiding: "hunter2") == "***")
    #expect(masked("hunter", hiding: "hunter2") == "hunter")
    #expect(masked("nothing", hiding: "hunter2") == "nothing")
  }

  @Test func `secrets that overlap or contain each other are hidden whole`() {
    #expect(masked("xabcdefy", hiding: "abcd", "cdef") == "x***y")
    #expect(masked("xabcdefy", hiding: "bcde", "abcdef") == "x***y")
    #expect(masked("xabcdey", hiding: "abcdef", "bcde") == "xa***y")
  }

  @Test func `the lines of a secret are hidden as well, and its form in JSON`() {
    let key = "-----BEGIN-----\nMIIabc\n-----END-----"
    #expect(masked("it is MIIabc", hiding: key) == "it is ***")
    #expect(masked(#""s\u00e9cret-\u00F6ne""#, hiding: "sécret-öne") == #""s\u00e9cret-\u00F6ne""#)
    #expect(masked(#""s\u00e9cret-\u00f6ne""#, hiding: "sécret-öne") == #""***""#)
    #expect(masked(#""s\u00E9cret-\u00F6ne""#, hiding: "sécret-öne") == #""***""#)
    #expect(masked(#"{"a": "say \"hi\""}"#, hiding: #"say "hi""#) == #"{"a": "***"}"#)
  }

  @Test func `values are masked in all their parts`() {
    let mask = SecretMask(["hunter2", "123456"])
    let value: FlowValue = ["hunter2": ["a hunter2", 123456, 12, true, .null]]
    #expect(mask.masked(value) == ["***": ["a ***", "***", 12, true, .null]])
  }

  @Test func `a failure is masked with its causes`() {
    var failure = Failure("no hunter2")
    failure.causes = [Failure.Cause(message: "hunter2?", type: "T")]
    let masked = SecretMask(["hunter2"]).masked(failure)
    #expect(masked.message == "no ***")
    #expect(masked.causes.map(\.message) == ["***?"])
  }

  /// What a mask is to give, looked for in the plainest way.
  private func expected(_ bytes: [UInt8], _ secrets: [[UInt8]]) -> [UInt8] {
    var isSecret = [Bool](repeating: false, count: bytes.count)
    for secret in secrets where secret.count <= bytes.count {
      for start in 0...(bytes.count - secret.count)
      where Array(bytes[start..<start + secret.count]) == secret {
        for index in start..<start + secret.count { isSecret[index] = true }
      }
    }
    var text: [UInt8] = []
    for index in bytes.indices {
      if !isSecret[index] {
        text.append(bytes[index])
      } else if index == 0 || !isSecret[index - 1] {
        text += Array("***".utf8)
      }
    }
    return text
  }

  @Test(arguments: 1...20) func `pieces of any length give what the whole gives`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      // Few letters, so that secrets begin everywhere and mostly end nowhere.
      func letters(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0...1, using: &random) }
      }
      let secrets = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        letters(Int.random(in: 4...9, using: &random))
      }
      let text = letters(Int.random(in: 0...120, using: &random))
      var stream = SecretMask.Stream(
        SecretMask(secrets.map { String(decoding: $0, as: UTF8.self) }))
      var masked: [UInt8] = []
      var rest = text[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...11, using: &random))
        masked += stream.append(piece)
        rest = rest.dropFirst(piece.count)
      }
      masked += stream.finish()
      #expect(masked == expected(text, secrets))
    }
  }

  @Test func `what can't be the beginning of a secret is not held back`() {
    var stream = SecretMask.Stream(SecretMask(["hunter2"]))
    #expect(stream.append("a line\n".utf8) == Array("a line\n".utf8))
    #expect(stream.append("hunt".utf8) == [])
    #expect(stream.append("er".utf8) == [])
    #expect(stream.append("x".utf8) == Array("hunterx".utf8))
  }
}
