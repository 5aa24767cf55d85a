import Foundation
import Testing

@testable import TaskFlow

private struct Server: Codable, Hashable {
  var name: String
  var port: Int
  var weight: Float
  var big: UInt64
  var note: String?
  var tags: [String]
  var limits: [String: Double]
  var since: Date?
  var state: State
  var extra: FlowValue

  enum State: Codable, Hashable {
    case up
    case down(reason: String, since: Int?)
    case moved(String)
  }
}

private class Animal: Codable {
  var name: String
  init(name: String) { self.name = name }
}

private final class Dog: Animal {
  var age: Int
  enum Keys: CodingKey { case age }

  init(name: String, age: Int) {
    self.age = age
    super.init(name: name)
  }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    age = try container.decode(Int.self, forKey: .age)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(age, forKey: .age)
    try super.encode(to: container.superEncoder())
  }
}

/// Uses every kind of nested container.
private struct Grid: Codable, Equatable {
  var rows: [[Int?]]
  enum Keys: CodingKey { case rows, size }
  enum SizeKeys: CodingKey { case height }

  init(rows: [[Int?]]) { self.rows = rows }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let size = try container.nestedContainer(keyedBy: SizeKeys.self, forKey: .size)
    let height = try size.decode(Int.self, forKey: .height)
    var outer = try container.nestedUnkeyedContainer(forKey: .rows)
    rows = []
    for _ in 0..<height {
      var inner = try outer.nestedUnkeyedContainer()
      var row: [Int?] = []
      while !inner.isAtEnd { row.append(try inner.decodeNil() ? nil : inner.decode(Int.self)) }
      rows.append(row)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    var size = container.nestedContainer(keyedBy: SizeKeys.self, forKey: .size)
    try size.encode(rows.count, forKey: .height)
    var outer = container.nestedUnkeyedContainer(forKey: .rows)
    for row in rows {
      var inner = outer.nestedUnkeyedContainer()
      for cell in row { if let cell { try inner.encode(cell) } else { try inner.encodeNil() } }
    }
  }
}

private struct Endless: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(Endless())
  }
  init() {}
  init(from decoder: any Decoder) throws {}
}

private struct Torn: Encodable {
  func encode(to encoder: any Encoder) throws {
    _ = encoder.unkeyedContainer()
    _ = encoder.container(keyedBy: ElementKey.self)
  }
}

private let server = Server(
  name: "web", port: 80, weight: 0.1, big: 1 << 62, note: nil, tags: ["a", "b"],
  limits: ["cpu": 1], since: Date(timeIntervalSinceReferenceDate: 0.25),
  state: .down(reason: "power", since: nil), extra: [1, 1.0, ["x": nil]])

@Suite struct FlowValueCodingTests {
  @Test func `a nested Swift value becomes a map and comes back`() throws {
    let value = try FlowValue(encoding: server)
    #expect(
      value == [
        "name": "web", "port": 80, "weight": 0.1, "big": .int(1 << 62), "tags": ["a", "b"],
        "limits": ["cpu": 1.0], "since": 0.25, "state": ["down": ["reason": "power"]],
        "extra": [1, 1.0, ["x": nil]],
      ])
    #expect(try value.decoded(as: Server.self) == server)
  }

  @Test func `scalars and optionals stand alone`() throws {
    #expect(try FlowValue(encoding: 3) == 3)
    #expect(try FlowValue(encoding: 3.0) == 3.0)
    #expect(try FlowValue(encoding: "x") == "x")
    #expect(try FlowValue(encoding: Int?.none) == .null)
    #expect(try FlowValue(encoding: Int?.some(1)) == 1)
    #expect(try FlowValue(encoding: [Int?.none, 2]) == [nil, 2])
    #expect(try FlowValue.null.decoded(as: Int?.self) == nil)
    #expect(try FlowValue.int(3).decoded(as: Int??.self) == 3)
    #expect(try FlowValue.int(3).decoded(as: Double.self) == 3)
    #expect(try FlowValue.list([1, nil]).decoded(as: [Int?].self) == [1, nil])
    #expect(try FlowValue.int(255).decoded(as: UInt8.self) == 255)
    #expect(try FlowValue(encoding: [1: "a"]).decoded(as: [Int: String].self) == [1: "a"])
    #expect(try FlowValue(encoding: Server.State.up) == ["up": [:]])
    #expect(try FlowValue(encoding: Server.State.moved("x")) == ["moved": ["_0": "x"]])
  }

  @Test func `superclasses and nested containers come back`() throws {
    let value = try FlowValue(encoding: Dog(name: "Rex", age: 3))
    #expect(value == ["age": 3, "super": ["name": "Rex"]])
    let dog = try value.decoded(as: Dog.self)
    #expect(dog.name == "Rex" && dog.age == 3)
    let grid = Grid(rows: [[1, nil], [], [2]])
    #expect(try FlowValue(encoding: grid).decoded(as: Grid.self) == grid)
  }

  @Test(
    arguments: [0.1, 1 / 3, 16_777_216, .leastNonzeroMagnitude, .greatestFiniteMagnitude] as [Float]
  )
  func `a Float comes back`(float: Float) throws {
    #expect(try FlowValue(encoding: float).decoded(as: Float.self) == float)
  }

  @Test func `what does not fit is an error that names its place`() {
    expect("18446744073709551615 does not fit into a 64-bit int or a finite float at 'a[1]'") {
      try FlowValue(encoding: ["a": [0, UInt64.max]])
    }
    expect("nan does not fit into a 64-bit int or a finite float") {
      try FlowValue(encoding: Double.nan)
    }
    expect("nested more than 512 deep") { try FlowValue(encoding: Endless()) }
    expect("the type encodes both a list and a map in one place at '[0]'") {
      try FlowValue(encoding: [Torn()])
    }
  }

  @Test func `what cannot be decoded is an error that names its place`() throws {
    var value = try FlowValue(encoding: ["servers": [server]])
    expect("expected an int, found a map at 'servers[0]'") {
      try value.decoded(as: [String: [Int]].self)
    }
    guard case .map(var entries) = try FlowValue(encoding: server) else { return }
    entries["port"] = "80"
    value = ["servers": [.map(entries)]]
    expect("expected an int, found a string at 'servers[0].port'") {
      try value.decoded(as: [String: [Server]].self)
    }
    entries["port"] = nil
    expect("the key 'port' is missing") { try FlowValue.map(entries).decoded(as: Server.self) }
    expect("expected an int, found 256") { try FlowValue.int(256).decoded(as: UInt8.self) }
    expect("expected an int, found 3.0") { try FlowValue.float(3).decoded(as: Int.self) }
    expect("expected a string, found null at '[1]'") {
      try FlowValue.list(["a", nil]).decoded(as: [String].self)
    }
  }

  @Test func `other coders know it as what it is`() throws {
    let value: FlowValue = ["a": [1, 2.5, true, nil, "x", ["b": []]]]
    let data = try JSONEncoder().encode(value)
    #expect(String(decoding: data, as: UTF8.self) == FlowValueJSON.text(of: value))
    #expect(try JSONDecoder().decode(FlowValue.self, from: data) == value)
  }

  private func expect(_ message: String, _ body: () throws -> some Any) {
    let error = #expect(throws: FlowValueConversionError.self) { _ = try body() }
    #expect(error?.message == message)
  }
}
