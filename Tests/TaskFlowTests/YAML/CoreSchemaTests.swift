import TaskFlow
import Testing

@Suite struct CoreSchemaTests {
  @Test(
    arguments: [
      ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("", .null),
      ("nULL", "nULL"), ("none", "none"),
      ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false),
      ("FALSE", false), ("tRUE", "tRUE"), ("yes", "yes"), ("no", "no"), ("on", "on"), ("y", "y"),
      ("0", 0), ("12", 12), ("-12", -12), ("+12", 12), ("-0", 0),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("0o17", 15), ("0x1F", 31), ("0xff", 255), ("0o8", "0o8"), ("0x", "0x"), ("0o", "0o"),
      ("-0x1F", "-0x1F"), ("0X1F", "0X1F"), ("0x1G", "0x1G"),
      ("012", "012"), ("-012", "-012"), ("00", "00"), ("012.5", "012.5"), ("007e1", "007e1"),
      ("0b11", "0b11"), ("1_000", "1_000"), ("1,000", "1,000"),
      ("1.5", 1.5), ("-1.5", -1.5), ("+1.5", 1.5), (".5", 0.5), ("-.5", -0.5), ("1.", 1.0),
      ("0.0", 0.0), ("1e3", 1000.0), ("1E+3", 1000.0), ("1.5e-3", 0.0015), ("1.e1", 10.0),
      ("1e", "1e"), ("e3", "e3"), (".", "."), ("..", ".."), ("+", "+"), ("-.", "-."),
      (".e1", ".e1"),
      ("1.2.3", "1.2.3"), ("1e-999", 0.0), ("1:30", "1:30"), ("12:30:45", "12:30:45"),
      ("2024-01-31", "2024-01-31"), ("2024-01-31T10:00:00Z", "2024-01-31T10:00:00Z"),
      ("inf", "inf"), ("nan", "nan"), ("NaN", "NaN"), ("Infinity", "Infinity"),
      (".infinity", ".infinity"),
      ("+.nan", "+.nan"), ("１２", "１２"), ("٣", "٣"),
    ] as [(String, FlowValue)])
  func `a plain scalar stands for what YAML 1.2 says`(text: String, value: FlowValue) throws {
    #expect(try root("a: \(text)")["a"]?.resolution == .value(value))
    let quoted = try root("a: '\(text)'\nb: \"\(text)\"")
    #expect(quoted["a"]?.resolution == .value(.string(text)))
    #expect(quoted["b"]?.resolution == .value(.string(text)))
  }

  @Test(arguments: [
    ".inf", "-.inf", "+.inf", ".Inf", ".INF", "-.INF", ".nan", ".NaN", ".NAN",
  ])
  func `numbers that JSON does not have are told apart`(text: String) throws {
    #expect(try root("a: \(text)")["a"]?.resolution == .notFinite)
  }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775809", "0x10000000000000000",
    "0o7777777777777777777777",
    "1e999", "-1e999",
  ])
  func `numbers out of range are not rounded`(text: String) throws {
    #expect(try root("a: \(text)")["a"]?.resolution == .outOfRange)
  }

  @Test func `a value is given as the type it has`() throws {
    let node = try root("{i: 1, f: 1.5, s: x, b: true, n: null, big: 1e999}")
    #expect(node["i"]?.value(as: Int.self) == 1)
    #expect(node["i"]?.value(as: Double.self) == 1)
    #expect(node["i"]?.value(as: String.self) == nil)
    #expect(node["f"]?.value(as: Int.self) == nil)
    #expect(node["f"]?.value(as: Double.self) == 1.5)
    #expect(node["s"]?.value(as: String.self) == "x")
    #expect(node["b"]?.value(as: Bool.self) == true)
    #expect(node["n"]?.value(as: String.self) == nil)
    #expect(node["big"]?.value(as: Double.self) == nil)
    #expect(node["n"]?.isNull == true)
  }
}
