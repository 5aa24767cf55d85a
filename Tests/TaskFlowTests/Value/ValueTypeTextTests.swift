import Testing

@testable import TaskFlow

@Suite struct ValueTypeTextTests {
  @Test(
    arguments: [
      (ValueType.string, "3", FlowValue.string("3")), (.string, "", ""), (.string, " a ", " a "),
      (.int, "3", 3), (.int, "-3", -3), (.int, "0", 0), (.int, "9223372036854775807", .int(.max)),
      (.float, "3", 3), (.float, "2.50", 2.5), (.float, "1e3", 1000.0), (.bool, "true", true),
      (.bool, "false", false), (.list, "[1, \"a\"]", [1, "a"]), (.map, "{\"a\": 1.0}", ["a": 1.0]),
    ] as [(ValueType, String, FlowValue)])
  func `a text is read as its type asks`(type: ValueType, text: String, value: FlowValue) {
    #expect(type.parse(text) == .success(value))
  }

  @Test(arguments: [
    (ValueType.int, "abc", "'abc' is not an int; write a whole number such as 3"),
    (.int, "", "'' is not an int; write a whole number such as 3"),
    (.int, " 3", "' 3' is not an int; write a whole number such as 3"),
    (.int, "3\n", "'3\n' is not an int; write a whole number such as 3"),
    (.int, "+3", "'+3' is not an int; write a whole number such as 3"),
    (.int, "007", "'007' is not an int; write a whole number such as 3"),
    (.int, "3.0", "'3.0' is not an int; write a whole number such as 3"),
    (
      .int, "9223372036854775808",
      "'9223372036854775808' does not fit into an int; the largest is 9223372036854775807"
    ),
    (.float, "nan", "'nan' is not a float; write a number such as 0.5"),
    (.bool, "yes", "'yes' is not a bool; write true or false"),
    (.bool, "True", "'True' is not a bool; write true or false"),
    (.list, "{}", #"'{}' is a map, not a list; write JSON such as ["a", "b"]"#),
    (
      .map, "{a: 1}",
      #"not a map: expected a key in double quotes, found 'a' (line 1, column 2); write JSON such as {"a": 1}"#
    ),
  ])
  func `anything else is an error in one phrase`(type: ValueType, text: String, message: String) {
    #expect(type.parse(text) == .failure(ValueTextError(message)))
  }
}

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("10s", Duration.seconds(10), "10s"), ("90s", .seconds(90), "1m30s"),
    ("2m", .seconds(120), "2m"),
    ("1h30m", .seconds(5400), "1h30m"), ("250ms", .milliseconds(250), "250ms"),
    ("15m", .seconds(900), "15m"), ("1d", .seconds(86_400), "1d"), ("0s", .zero, "0s"),
    ("1d2h3m4s5ms6us7ns", .seconds(93_784) + .nanoseconds(5_006_007), "1d2h3m4s5ms6us7ns"),
    ("36500d", DurationText.longest, "36500d"), ("007s", .seconds(7), "7s"),
  ])
  func `a duration is read and printed`(text: String, duration: Duration, printed: String) {
    #expect(DurationText.parse(text) == .success(duration))
    #expect(DurationText.text(of: duration) == printed)
    #expect(DurationText.parse(printed) == .success(duration))
  }

  @Test(arguments: [
    ("", "'' is not a duration; write it as 90s or 1h30m"),
    ("s", "'s' is not a duration; write it as 90s or 1h30m"),
    ("10", "'10' has no unit; write 10s"), ("1h30", "'1h30' has no unit; write 30s"),
    ("-1s", "'-1s' is negative; a duration starts at 0s"),
    ("1.5s", "'1.5s' has a fraction; write whole numbers, such as 1s500ms"),
    ("10 s", "'10 s' has the unknown unit 's'; use d, h, m, s, ms, us or ns, without spaces"),
    ("10min", "'10min' has the unknown unit 'min'; use d, h, m, s, ms, us or ns, without spaces"),
    ("30m1h", "'30m1h' has its units out of order; write them from large to small, each once"),
    ("1s1s", "'1s1s' has its units out of order; write them from large to small, each once"),
    ("36501d", "'36501d' is too long; the longest is 36500d"),
    ("36500d1ns", "'36500d1ns' is too long; the longest is 36500d"),
    ("99999999999999999999s", "'99999999999999999999s' is too long; the longest is 36500d"),
    ("9223372036854775807d", "'9223372036854775807d' is too long; the longest is 36500d"),
  ])
  func `anything else is an error in one phrase`(text: String, message: String) {
    #expect(DurationText.parse(text) == .failure(ValueTextError(message)))
  }

  @Test func `every duration can be printed`() {
    #expect(DurationText.text(of: .seconds(Int64.max)).hasSuffix("7s"))
    #expect(DurationText.text(of: .seconds(Int64.min)).hasPrefix("-"))
    #expect(DurationText.text(of: .milliseconds(-1500)) == "-1s500ms")
    #expect(DurationText.text(of: Duration(secondsComponent: 0, attosecondsComponent: 1)) == "0s")
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `printing and reading gives the same duration`(seed: UInt64) {
    var generator = FuzzGenerator(seed: seed)
    for _ in 0..<100 {
      let nanoseconds = Int64(generator.next() >> UInt64.random(in: 2...63, using: &generator))
      let duration = min(DurationText.longest, .nanoseconds(nanoseconds))
      #expect(DurationText.parse(DurationText.text(of: duration)) == .success(duration))
    }
  }
}
