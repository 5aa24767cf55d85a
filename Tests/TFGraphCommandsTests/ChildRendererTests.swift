import FlowRender
import Foundation
import Testing

@testable import TFGraphCommands

@Suite(.timeLimit(.minutes(2))) struct ChildRendererTests {
  private let drawing = Drawing(
    title: "one", nodes: [Drawing.Node(kind: .task, name: "only")])

  private let console = Console(
    environment: ProcessInfo.processInfo.environment, workingDirectory: "/", isTerminal: false,
    complaintsGoToTerminal: false, width: 80)

  /// A renderer whose child is a script.
  private func renderer(_ script: String, in scratch: Scratch) throws -> ChildRenderer {
    try scratch.write("#!/bin/sh\n\(script)\n", to: "child")
    let path = scratch.url.appending(path: "child").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return ChildRenderer(console: console, executable: path)
  }

  @Test func `a child of the command draws`() async throws {
    let renderer = ChildRenderer(console: console, executable: CommandRun.executable.path)
    let svg = try await renderer.svg(of: drawing)
    #expect(svg.hasPrefix("<svg"))
    #expect(svg == (try FlowRender.renderSVG(drawing)))
  }

  @Test func `a crash in Graphviz is an error message`() async throws {
    let scratch = try Scratch()
    let renderer = try renderer("kill -SEGV $$", in: scratch)
    let failure = await #expect(throws: RenderFailure.self) {
      try await renderer.svg(of: drawing)
    }
    #expect(
      failure?.description
        == "Graphviz crashed with signal 11 on this flow; use '--format text'")
  }

  @Test func `a layout that does not end is an error message`() async throws {
    let scratch = try Scratch()
    var renderer = try renderer("while :; do sleep 1000; done", in: scratch)
    renderer.deadline = .milliseconds(50)
    let failure = await #expect(throws: RenderFailure.self) {
      try await renderer.svg(of: drawing)
    }
    #expect(failure?.description.hasPrefix("the layout takes longer than") == true)
  }

  @Test func `what the child says is said`() async throws {
    let scratch = try Scratch()
    let renderer = try renderer("echo 'no plugin' >&2; exit 1", in: scratch)
    let failure = await #expect(throws: RenderFailure.self) {
      try await renderer.svg(of: drawing)
    }
    #expect(failure?.description == "no plugin")
  }

  @Test func `a picture that needs too much memory is an error message`() async throws {
    for memory in [1, 32] {
      var renderer = ChildRenderer(console: console, executable: CommandRun.executable.path)
      renderer.memory = memory
      let failure = await #expect(throws: RenderFailure.self) {
        try await renderer.svg(of: drawing)
      }
      #expect(
        failure?.description
          == "the layout needs more than \(memory) MiB of memory; "
          + "fold nested flows with '--depth', or use '--format text'")
    }
  }

  @Test func `surroundings do not change a picture`() async throws {
    let surroundings = [
      ["GVBINDIR": "/nonexistent"], ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"],
      ["DOTFONTPATH": "/nonexistent", "HOME": "/nonexistent", "PATH": "/nonexistent"],
    ]
    let expected = try FlowRender.renderSVG(drawing)
    for variables in surroundings {
      var other = console
      other.environment.merge(variables) { _, new in new }
      let renderer = ChildRenderer(console: other, executable: CommandRun.executable.path)
      #expect(try await renderer.svg(of: drawing) == expected, "\(variables)")
    }
  }
}
