import FlowEngine
import Foundation
import Testing

struct ShellEnvironmentTests {
  private let world: TemporaryDirectory
  private let directory: AttemptDirectory
  private let identity = AttemptIdentity(
    runID: "r1", atom: "build", action: .revert, attempt: 2, idempotencyKey: "k")

  init() throws {
    world = try TemporaryDirectory()
    directory = try AttemptDirectory(in: world.path)
  }

  private func variables(
    caller: [String: String] = [:], additions: [String: String] = [:],
    values: [String: String] = [:]
  ) throws(ShellEnvironmentFailure) -> [String: String] {
    try ShellEnvironment(
      caller: caller, additions: additions, values: values, identity: identity,
      directory: directory
    ).variables
  }

  @Test func `an attempt knows who it is`() throws {
    var expected = [
      "TFGRAPH_RUN_ID": "r1", "TFGRAPH_ATOM": "build", "TFGRAPH_ACTION": "revert",
      "TFGRAPH_ATTEMPT": "2", "TFGRAPH_IDEMPOTENCY_KEY": "k",
      "TFGRAPH_OUTPUT": directory.output, "TFGRAPH_IN": directory.inputs,
    ]
    #expect(try variables() == expected)
    #expect(try variables(caller: ["TFGRAPH_X": "1"]) == expected)
    // Of a run that is part of others, also which these are.
    expected["TFGRAPH_OUTER_RUNS"] = "inner"
    #expect(try variables(caller: ["TFGRAPH_RUN_ID": "inner"]) == expected)
    expected["TFGRAPH_OUTER_RUNS"] = "outer inner"
    let nested = ["TFGRAPH_RUN_ID": "inner", "TFGRAPH_OUTER_RUNS": "outer"]
    #expect(try variables(caller: nested) == expected)
  }

  @Test(arguments: [
    "LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "BASH_ENV", "ENV",
    "BASH_FUNC_ls%%", "SHELLOPTS", "BASHOPTS", "IFS", "PS4", "PROMPT_COMMAND", "PYTHONSTARTUP",
    "PERL5OPT", "RUBYOPT", "NODE_OPTIONS", "GLIBC_TUNABLES", "1ST", "",
  ])
  func `a dangerous name of the caller is left out`(_ name: String) throws {
    let result = try variables(caller: [name: "x", "HOME": "/root", "LDX": "y"])
    #expect(result[name] == nil)
    #expect(result["HOME"] == "/root" && result["LDX"] == "y")
  }

  @Test func `a task may set such a name on purpose`() throws {
    #expect(try variables(additions: ["LD_LIBRARY_PATH": "/opt"])["LD_LIBRARY_PATH"] == "/opt")
  }

  @Test func `values come before env, and env before the caller`() throws {
    let result = try variables(
      caller: ["a": "caller", "b": "caller", "c": "caller"],
      additions: ["b": "env", "c": "env"], values: ["c": "value"])
    #expect(result["a"] == "caller" && result["b"] == "env" && result["c"] == "value")
  }

  @Test func `a large value is passed as a file only`() throws {
    let large = "ü" + "x".repeated(ShellEnvironment.largestVariable)
    let edge = "x".repeated(ShellEnvironment.largestVariable)
    let result = try variables(caller: ["big": "stale"], values: ["big": large, "edge": edge])
    #expect(result["big"] == nil)
    #expect(result["edge"] == edge)
    #expect(try String(contentsOfFile: directory.inputs + "/big", encoding: .utf8) == large)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.inputs) == ["big"])
  }

  @Test func `a shell sees values as they are`() async throws {
    let value = "$(touch /tmp/no) `id` \"quoted\" 'single' \\ é\nnext"
    let outcome = try await run(
      shell("printf %s \"$value\"", try variables(values: ["value": value])))
    #expect(outcome.standardOutput.text == value)
  }

  @Test func `what no process can be given is refused`() {
    #expect(throws: ShellEnvironmentFailure.containsNUL("a")) { try variables(values: ["a": "\0"]) }
    #expect(throws: ShellEnvironmentFailure.containsNUL("a")) {
      try variables(additions: ["a": "\0"])
    }
    let large = "\0".repeated(ShellEnvironment.largestVariable + 1)
    #expect(throws: ShellEnvironmentFailure.containsNUL("a")) {
      try variables(values: ["a": large])
    }
    for name in ["a-b", "1a", "", "IFS", "LD_PRELOAD", "TFGRAPH_IN", "../x"] {
      #expect(throws: ShellEnvironmentFailure.self) { try variables(values: [name: "x"]) }
    }
    for name in ["A=B", "", "TFGRAPH_IN"] {
      #expect(throws: ShellEnvironmentFailure.self) { try variables(additions: [name: "x"]) }
    }
  }
}

struct AttemptDirectoryTests {
  @Test func `it is private, has its parts, and is removed with all in it`() throws {
    let world = try TemporaryDirectory()
    let directory = try AttemptDirectory(in: world.path)
    let mode = try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions]
    #expect(mode as? Int == 0o700)
    #expect(try OutputFile(path: directory.output).values.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.inputs).isEmpty)
    let target = try world.write("kept", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: directory.inputs + "/link", withDestinationPath: target)
    try directory.remove()
    try directory.remove()
    #expect(try FileManager.default.contentsOfDirectory(atPath: world.path) == ["target"])
  }

  @Test func `two attempts never share one`() throws {
    let world = try TemporaryDirectory()
    #expect(try AttemptDirectory(in: world.path) != AttemptDirectory(in: world.path))
  }

  @Test func `a parent that does not exist is named`() {
    let failure = #expect(throws: ScratchFailure.self) {
      try AttemptDirectory(in: "/no/where")
    }
    #expect(
      failure?.description == "cannot make a scratch directory in '/no/where': No such file or "
        + "directory; set TMPDIR to a directory with room that you may write")
  }
}
