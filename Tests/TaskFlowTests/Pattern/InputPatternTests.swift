import Testing

@testable import TaskFlow

@Suite struct InputPatternTests {
  @Test(arguments: [
    (
      #"^\d+\.\d+\.\d+$"#, ["1.4.0", "10.20.30"], ["1.4", "1.4.0-a", " 1.4.0", "1.4.0\n", "٣.1.1"]
    ),
    (#"\d+"#, ["1"], ["", "a1", "1a"]), ("", [""], ["a"]), ("a|b|", ["a", "b", ""], ["ab", "c"]),
    ("^a$|^b$", ["a", "b"], ["ab"]), ("a(b|c)*d", ["ad", "abcbd"], ["abc", "bd"]),
    ("(?:ab)+", ["ab", "abab"], ["", "aba"]),
    ("a{3}", ["aaa"], ["aa", "aaaa"]), ("a{2,}", ["aa", "aaaaa"], ["a"]),
    ("a{1,3}", ["a", "aaa"], ["", "aaaa"]),
    ("a{0}", [""], ["a"]), ("a{0,2}b", ["b", "aab"], ["aaab"]),
    ("a??b*?c+?", ["c", "abcc"], ["ab"]),
    ("[a-c_-]+", ["a-_b"], ["d", ""]), ("[^a-c]", ["d", "é", "\n"], ["a", "dd"]),
    (#"[\d\-x]+"#, ["1-x"], ["y"]),
    (#"[^\s\D]"#, ["1"], ["a", " "]), (#"\w\W\S\s"#, ["a-b "], ["a_b "]),
    (".", ["x", "é", "😀"], ["\n", "\r", "", "xx"]),
    (#"\^\$\.\*\(\)\[\]\{\}\\\/"#, [#"^$.*()[]{}\/"#], ["x"]), (#"\t\n\r"#, ["\t\n\r"], []),
    ("é", ["é", "e\u{301}"], ["e"]), ("(a*)*", ["", "aaa"], ["b"]), ("(a|a)*b", ["aab"], ["aa"]),
    ("(^a|b)c", ["ac", "bc"], ["aac"]),
    ("a$b", [], ["ab", "a"]), ("(|a)+", ["", "aa"], ["b"]), ("[[]", ["["], ["]"]),
    ("(a?){3}", ["", "aaa"], ["aaaa"]),
  ])
  func `the whole text is matched`(source: String, matching: [String], failing: [String]) throws {
    let pattern = try InputPattern.parse(source).get()
    for text in matching { #expect(pattern.matches(text), "\(text.debugDescription)") }
    for text in failing { #expect(!pattern.matches(text), "\(text.debugDescription)") }
  }

  @Test(arguments: [
    ("a(b", "this '(' is not closed", 1..<2), ("a)b", "there is no '(' for this ')'", 1..<2),
    ("[ab", "this '[' is not closed", 0..<1), ("[]", "a set without characters", 0..<2),
    ("[b-a]", "the larger character comes first", 1..<4),
    (#"[\d-z]"#, "a range goes from one character to another", 1..<5),
    ("*a", "there is nothing in front of '*' to repeat", 0..<1),
    ("a**", "two repetitions in a row", 1..<3),
    ("a{2,1}", "the larger number comes first", 1..<6),
    ("a{x}", "'{' must be followed by numbers, as in {3}, {1,} or {1,3}", 1..<2),
    ("a{,3}", "'{' must be followed by numbers, as in {3}, {1,} or {1,3}", 1..<4),
    ("a{1", "'{' must be followed by numbers, as in {3}, {1,} or {1,3}", 1..<3),
    (#"a\"#, "a '\\' at the end", 1..<2), (#"(a)\1"#, "'\\1' is not known", 3..<5),
    (#"\bfoo"#, "'\\b' is not known", 0..<2),
    (#"\p{L}"#, "'\\p' is not known", 0..<2),
    ("(?=a)", "groups that start with '(?' are not known", 0..<2),
    ("(?<n>a)", "groups that start with '(?' are not known", 0..<2),
    ("[[:alpha:]]", "named sets such as [:alpha:] are not known", 1..<2),
    ("^*", "'^' cannot be repeated", 0..<2),
  ])
  func `anything else is refused with its place`(
    source: String, message: String, range: Range<Int>
  ) {
    guard case .failure(let error) = InputPattern.parse(source) else {
      Issue.record("no mistake was found")
      return
    }
    #expect(error.message == message)
    #expect(error.range == range)
  }

  @Test(arguments: [
    "((a{100}){100}){100}", "((){1000}){1000}", "(((a|){999}){999}){999}", "a{9999}",
  ])
  func `a pattern that becomes too large is refused`(source: String) {
    guard case .failure(let error) = InputPattern.parse(source) else {
      Issue.record("it was accepted")
      return
    }
    #expect(error.message == "the pattern is too large when its repetitions are written out")
  }

  @Test(arguments: ["(", "[", "(a|", "((((", "\\(", "^", "|", "a{1}(", ")"])
  func `deep nesting has one answer`(word: String) {
    _ = InputPattern.parse(String(repeating: word, count: 100_000))
  }

  @Test(arguments: [
    "(a+)+b", "(a*)*b", "(a|a)*b", "(a|aa)+b", "(a?){50}a{50}b", "(.*)(.*)(.*)(.*)(.*)b",
  ])
  func `patterns that hold up backtracking matchers are answered`(source: String) throws {
    let pattern = try InputPattern.parse(source).get()
    #expect(!pattern.matches(String(repeating: "a", count: 4_000)))
    #expect(!pattern.matches(String(repeating: "a", count: 10_000_000)))
  }

  /// By definition: which prefixes of a text the parts of a pattern may use up.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `matching agrees with Swift's own matcher`(seed: UInt64) throws {
    var generator = FuzzGenerator(seed: seed)
    let words = [
      "a", "b", ".", "[ab]", "[^a]", "(", ")", "|", "*", "+", "?", "{2}", "{1,2}", "^", "$",
    ]
    var compared = 0
    for _ in 0..<1_250 {
      let source = generator.text(of: words, upTo: 8)
      guard case .success(let pattern) = InputPattern.parse(source) else { continue }
      guard let regex = try? Regex("(?:\(source))") else { continue }
      for text in ["", "a", "b", "ab", "ba", "aab", "abab", "bbb"] {
        compared += 1
        let expected = try regex.wholeMatch(in: text) != nil
        #expect(pattern.matches(text) == expected, "\(source) with '\(text)', seed \(seed)")
      }
    }
    #expect(compared > 1_000)
  }
}

@Suite struct NameRulesTests {
  @Test(arguments: ["a", "build", "build-image", "step-2", "2nd-step", "prüfen", "構築"])
  func `a name in kebab-case is accepted`(name: String) {
    #expect(NameRules.problem(inName: name) == nil)
  }

  @Test(arguments: [
    ("Build Image", "build-image"), ("buildImage", "build-image"), ("HTTPServer", "http-server"),
    ("build_image", "build-image"), ("-a--b-", "a-b"), ("Prüfen", "prüfen"),
    ("load[eu]", "load-eu"), ("a.b/c", "a-b-c"),
  ])
  func `another name is refused with a suggestion`(name: String, suggestion: String) {
    #expect(NameRules.problem(inName: name)?.suggestion == suggestion)
  }

  @Test(arguments: [
    (
      "Build Image",
      "'B' cannot stand in the name 'Build Image': kebab-case has lower-case letters, digits and '-'"
    ),
    (
      "a b",
      "the character U+0020 cannot stand in the name 'a b': kebab-case has lower-case letters, digits and '-'"
    ),
    ("", "a name is missing"),
    ("a-", "in the name 'a-' each '-' must stand between letters or digits"),
    ("!", "'!' cannot stand in the name '!': kebab-case has lower-case letters, digits and '-'"),
  ])
  func `the reason is one phrase`(name: String, message: String) {
    #expect(NameRules.problem(inName: name)?.message == message)
  }

  @Test(arguments: ["a", "build_seen", "x2", "a__b"])
  func `a symbol in snake_case is accepted`(name: String) {
    #expect(NameRules.problem(inSymbol: name) == nil)
  }

  @Test(arguments: [
    ("buildSeen", "build_seen"), ("build-seen", "build_seen"), ("REGISTRY_TOKEN", "registry_token"),
    ("2nd", "nd"),
    ("_a", "a"), ("42", nil), ("é", nil), ("", nil),
  ])
  func `another symbol is refused`(name: String, suggestion: String?) {
    let problem = NameRules.problem(inSymbol: name)
    #expect(problem != nil)
    #expect(problem?.suggestion == suggestion)
  }

  @Test func `names are normalised once`() {
    #expect(Array(NameRules.normalized("e\u{301}").utf8) == Array("\u{e9}".utf8))
    #expect(Array(NameRules.normalized("plain").utf8) == Array("plain".utf8))
    #expect(NameRules.problem(inName: String(repeating: "a", count: 129)) != nil)
  }
}
