import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct LintControlTests {
  private static let rules = ["--select", "TFG207,TFG401,TFG9"]
  private let flow = """
    tfgraph: 1
    flow: deploy
    linear:
      # tfgraph: allow[TFG207] left over
      - task: build
        run: echo built
      - flow: checks
        linear: []

    """

  /// The places of the findings that were printed, and the rules: `5:11 TFG401`.
  private func found(_ run: CommandRun) -> [String] {
    let lines = run.output.split(separator: "\n")
    return zip(lines, lines.dropFirst()).compactMap { head, place in
      guard let arrow = place.firstRange(of: "--> "), let id = head.firstRange(of: "[TFG") else {
        return nil
      }
      let position = place[arrow.upperBound...].split(separator: ":").suffix(2)
      return position.joined(separator: ":") + " " + head[id.lowerBound...].dropFirst().prefix(6)
    }
  }

  private func lint(_ arguments: [String], in scratch: Scratch) async throws -> CommandRun {
    try await CommandRun(["lint"] + arguments, in: scratch.url)
  }

  // MARK: Selection and configuration

  @Test func `rules are selected and ignored on the command line`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    let all = try await lint(Self.rules + ["f.flow.yaml"], in: scratch)
    #expect(found(all) == ["4:20 TFG901", "5:11 TFG401", "7:11 TFG207"])
    #expect(all.code == 0)
    let some = try await lint(
      ["--select", "TFG4, empty-flow", "--ignore", "TFG401", "f.flow.yaml"], in: scratch)
    #expect(found(some) == ["7:11 TFG207"])
    let wrong = try await lint(["--select", "no-timeot", "f.flow.yaml"], in: scratch)
    #expect(wrong.code == 2)
    #expect(wrong.complaints.contains("there is no rule 'no-timeot'; did you mean 'no-timeout'?"))
  }

  @Test func `the nearest configuration above a file holds for it`() async throws {
    let scratch = try Scratch()
    for folder in ["a/b", "a/.git", "c"] {
      try FileManager.default.createDirectory(
        at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
    }
    let files = ["a/b/f.flow.yaml", "a/f.flow.yaml", "c/f.flow.yaml"]
    for file in files { try scratch.write(flow, to: file) }
    try scratch.write("select: [TFG207]\n", to: ".tfgraph.yaml")
    let above = try await lint(["c/f.flow.yaml"], in: scratch)
    #expect(found(above) == ["7:11 TFG207"])
    // The folder with '.git' is the last that is looked in.
    let none = try await lint(["a/b/f.flow.yaml"], in: scratch)
    #expect(found(none).contains("5:11 TFG401"))
    try scratch.write(
      "select: [TFG401, TFG207]\nper-file: { b/: [TFG207] }\n", to: "a/.tfgraph.yaml")
    #expect(found(try await lint(["a/b/f.flow.yaml"], in: scratch)) == ["5:11 TFG401"])
    let within = try await CommandRun(
      "lint", "f.flow.yaml", in: scratch.url.appending(path: "a/b"))
    #expect(found(within) == ["5:11 TFG401"])
    #expect(
      found(try await lint(["a/f.flow.yaml", "c/f.flow.yaml"], in: scratch))
        == ["5:11 TFG401", "7:11 TFG207", "7:11 TFG207"])
    #expect(
      found(try await lint(["--config", ".tfgraph.yaml", "a/f.flow.yaml"], in: scratch))
        == ["7:11 TFG207"])
    #expect(
      found(try await lint(["--no-config"] + Self.rules + ["c/f.flow.yaml"], in: scratch)).count
        == 3)
    #expect(
      found(try await lint(["--select", "TFG401", "c/f.flow.yaml"], in: scratch)) == ["5:11 TFG401"]
    )
  }

  @Test func `severities and fail-on decide about the exit code`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    try scratch.write("select: [TFG401]\nseverities: { TFG4: error }\n", to: ".tfgraph.yaml")
    let raised = try await lint(["f.flow.yaml"], in: scratch)
    #expect(raised.code == 1)
    #expect(raised.output.contains("error[TFG401]"))
    try scratch.write("select: [TFG401]\nfail-on: info\n", to: ".tfgraph.yaml")
    #expect(try await lint(["f.flow.yaml"], in: scratch).code == 1)
    try scratch.write("select: [TFG401]\nfail-on: warning\n", to: ".tfgraph.yaml")
    #expect(try await lint(["f.flow.yaml"], in: scratch).code == 0)
  }

  @Test func `a broken configuration is told, and nothing is linted`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    try scratch.write("selct: [TFG4]\nignore: [TFG101]\n", to: ".tfgraph.yaml")
    let run = try await lint(["f.flow.yaml"], in: scratch)
    #expect(run.code == 2)
    #expect(run.output == "")
    for part in [
      "unknown key 'selct' in the configuration [unknown-key]\n --> .tfgraph.yaml:1:1\n",
      "help: did you mean 'select'?", "'TFG101' is always told: a flow with it can't be run",
      " --> .tfgraph.yaml:2:10\n", "2 errors\n",
    ] {
      #expect(run.complaints.contains(part), "\(run.complaints)")
    }
    let missing = try await lint(["--config", "gone.yaml", "f.flow.yaml"], in: scratch)
    #expect(missing.code == 2)
    #expect(missing.complaints == "tfgraph: there is no file 'gone.yaml'\n")
  }

  // MARK: Fixes

  @Test func `fixes are written, with the file's mode and through links`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "real.flow.yaml")
    let real = scratch.url.appending(path: "real.flow.yaml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.appending(path: "f.flow.yaml").path,
      withDestinationPath: "real.flow.yaml")
    let run = try await lint(["--fix"] + Self.rules + ["f.flow.yaml"], in: scratch)
    #expect(found(run) == ["4:11 TFG401", "6:11 TFG207"])
    #expect(run.code == 0)
    let expected = flow.replacing("  # tfgraph: allow[TFG207] left over\n", with: "")
    #expect(scratch.read("real.flow.yaml") == expected)
    let attributes = try FileManager.default.attributesOfItem(atPath: real)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let link = try FileManager.default.destinationOfSymbolicLink(
      atPath: scratch.url.appending(path: "f.flow.yaml").path)
    #expect(link == "real.flow.yaml")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(names.sorted() == ["f.flow.yaml", "real.flow.yaml"])
  }

  @Test func `a difference is printed, and nothing is written`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    let run = try await lint(["--diff"] + Self.rules + ["f.flow.yaml"], in: scratch)
    #expect(
      run.output == """
        --- f.flow.yaml
        +++ f.flow.yaml
        @@ -1,7 +1,6 @@
         tfgraph: 1
         flow: deploy
         linear:
        -  # tfgraph: allow[TFG207] left over
           - task: build
             run: echo built
           - flow: checks

        """)
    #expect(run.code == 1)
    #expect(scratch.read("f.flow.yaml") == flow)
    let none = try await lint(["--diff", "--select", "TFG207", "f.flow.yaml"], in: scratch)
    #expect(none.output == "")
    #expect(none.code == 0)
  }

  @Test func `a file that can't be written is told`() async throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "gone"), withIntermediateDirectories: false)
    let missing = try await lint(["--fix", "gone/f.flow.yaml"], in: scratch)
    #expect(missing.code == 2)
    #expect(missing.output.contains("there is no file 'gone/f.flow.yaml'"))
  }

  // MARK: Allowing what there is

  @Test func `after comments are added the next lint is clean`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    let run = try await lint(
      ["--fix", "--add-allows", "--reason", "before we looked"] + Self.rules + ["f.flow.yaml"],
      in: scratch)
    #expect(run.output == "no findings\n")
    #expect(
      scratch.read("f.flow.yaml") == """
        tfgraph: 1
        flow: deploy
        linear:
          # tfgraph: allow[TFG401] before we looked
          - task: build
            run: echo built
          # tfgraph: allow[TFG207] before we looked
          - flow: checks
            linear: []

        """)
    #expect(try await lint(Self.rules + ["f.flow.yaml"], in: scratch).output == "no findings\n")
    #expect(try await lint(["--reason", "x", "f.flow.yaml"], in: scratch).code == 2)
    #expect(
      try await lint(["--add-allows", "--reason", " ", "f.flow.yaml"], in: scratch).code == 2)
  }

  @Test func `what is in a baseline is not told from wherever the command is called`() async throws
  {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "flows"), withIntermediateDirectories: false)
    try scratch.write(flow, to: "flows/f.flow.yaml")
    let written = try await lint(
      ["--write-baseline", "base.json"] + Self.rules + ["flows/f.flow.yaml"], in: scratch)
    #expect(written.output == "no findings\n")
    #expect(written.complaints == "3 findings are in the baseline now\n")
    try scratch.write(
      "# new\n" + flow.replacing("run: echo built", with: "timeout: 1m\n    run: x"),
      to: "flows/f.flow.yaml")
    let run = try await CommandRun(
      ["lint", "--baseline", "../base.json"] + Self.rules + ["./f.flow.yaml"],
      in: scratch.url.appending(path: "flows"))
    #expect(run.output == "no findings\n")
    #expect(
      run.complaints == """
        tfgraph: 'no-timeout' in 'flows/f.flow.yaml' is not found any more: task 'build' may take forever
        tfgraph: 1 of '../base.json' not found any more; write it again with --write-baseline '../base.json'

        """)
    let missing = try await lint(["--baseline", "gone.json", "flows/f.flow.yaml"], in: scratch)
    #expect(missing.code == 2)
    #expect(missing.complaints.contains("--write-baseline writes a baseline"))
    try scratch.write("{}", to: "broken.json")
    #expect(
      try await lint(["--baseline", "broken.json", "flows/f.flow.yaml"], in: scratch).code == 2)
  }

  @Test func `what is in a baseline is neither fixed nor allowed`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    _ = try await lint(
      ["--write-baseline", "base.json"] + Self.rules + ["f.flow.yaml"], in: scratch)
    let changed = flow + "  - task: last # tfgraph: allow[TFG207] left over\n    run: echo last\n"
    try scratch.write(changed, to: "f.flow.yaml")
    let run = try await lint(
      ["--baseline", "base.json", "--fix", "--add-allows"] + Self.rules + ["f.flow.yaml"],
      in: scratch)
    #expect(run.output == "no findings\n")
    #expect(
      scratch.read("f.flow.yaml") == flow
        + "  # tfgraph: allow[TFG401] as it was found\n  - task: last\n    run: echo last\n")
    #expect(
      try await lint(
        ["--baseline", "base.json", "--diff", "--add-allows"] + Self.rules + ["f.flow.yaml"],
        in: scratch
      ).output == "")
  }

  @Test func `no comment is added to JSON, which the exit code tells`() async throws {
    let scratch = try Scratch()
    let json = "{ \"tfgraph\": 1, \"flow\": \"a\", \"linear\": [] }\n"
    try scratch.write(json, to: "f.flow.json")
    let run = try await lint(["--add-allows", "f.flow.json"], in: scratch)
    #expect(run.code == 2)
    #expect(
      run.complaints == """
        tfgraph: JSON has no comments: allow what is in 'f.flow.json' by 'per-file' in .tfgraph.yaml

        """)
    #expect(run.output.contains("warning[TFG207]"))
    #expect(scratch.read("f.flow.json") == json)
    let clean = try await lint(["--add-allows", "--ignore", "TFG207", "f.flow.json"], in: scratch)
    #expect(clean.code == 0)
    #expect(clean.complaints == "")
  }

  @Test func `of what was not looked at nothing in a baseline is stale`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    _ = try await lint(
      ["--write-baseline", "base.json"] + Self.rules + ["f.flow.yaml"], in: scratch)
    let some = try await lint(
      ["--baseline", "base.json", "--select", "TFG207", "f.flow.yaml"], in: scratch)
    #expect(some.complaints == "")
    try scratch.write(flow + "  - task: build\n    run: x\n", to: "f.flow.yaml")
    let broken = try await lint(
      ["--baseline", "base.json"] + Self.rules + ["f.flow.yaml"], in: scratch)
    #expect(broken.output.contains("error[TFG206]"))
    #expect(broken.complaints == "")
  }

  @Test func `a baseline does not take the place of what is no file`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    #expect(mkfifo(scratch.url.appending(path: "pipe").path, 0o600) == 0)
    let run = try await lint(["--write-baseline", "pipe", "f.flow.yaml"], in: scratch)
    #expect(run.code == 74)
    #expect(run.complaints == "tfgraph: can't write 'pipe': it is no file\n")
  }

  @Test func `one file is told once, however often it is named`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    let once = try await lint(["f.flow.yaml"], in: scratch)
    let often = try await lint(["f.flow.yaml", "./f.flow.yaml", "."], in: scratch)
    #expect(often.output == once.output)
  }

  @Test func `what selects nothing is told`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "f.flow.yaml")
    #expect(try await lint(["--select", "", "f.flow.yaml"], in: scratch).code == 2)
    try scratch.write("per-file: { \"{a,b}.flow.yaml\": [TFG4] }\n", to: ".tfgraph.yaml")
    let braces = try await lint(["f.flow.yaml"], in: scratch)
    #expect(braces.code == 2)
    #expect((braces.output + braces.complaints).contains("'{' means nothing in a pattern of files"))
  }
}
