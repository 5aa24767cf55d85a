import Foundation
import Testing

/// What the command looks at around a file: scripts, and what a shellcheck says that is no real one.
@Suite(.timeLimit(.minutes(2))) struct LintSurroundingsTests {
  private let flow = """
    tfgraph: 1
    flow: hello
    defaults: { timeout: 1m }
    inputs: { name: { type: string } }
    linear:
      - task: greet
        requires: [name]
        run: |
          set -x
          echo "$name" $2
        revert: none
      - task: again
        shell: [/bin/sh, -eu, -c]
        run: echo again

    """

  /// A folder with a program `shellcheck` in its folder `bin`.
  private func scratch(shellcheck script: String) throws -> Scratch {
    let scratch = try Scratch()
    let bin = scratch.url.appending(path: "bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    try scratch.write("#!/bin/sh\n" + script, to: "bin/shellcheck")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: bin.appending(path: "shellcheck").path)
    try scratch.write(flow, to: "hello.flow.yaml")
    return scratch
  }

  private func lint(_ scratch: Scratch, _ arguments: String...) async throws -> CommandRun {
    try await CommandRun(
      ["lint", "hello.flow.yaml"] + arguments, in: scratch.url,
      environment: ["PATH": scratch.url.path + "/bin:/usr/bin:/bin"])
  }

  @Test func `shellcheck's findings are at their places, with its severity`() async throws {
    // It says what is wrong in the file that has "$2", and what it was asked, in files beside it.
    let scratch = try scratch(
      shellcheck: """
        here=$(dirname "$0")
        echo "$@" >> "$here/asked"
        for file; do
          case $file in -*|json1|bash|sh|SC*) continue ;; esac
          cat "$file" >> "$here/texts"
          if grep -q 'name' "$file"; then
            comments="{\\"file\\":\\"$file\\",\\"line\\":3,\\"endLine\\":3,\\"column\\":14,\\"endColumn\\":16,\
        \\"level\\":\\"error\\",\\"code\\":2086,\\"message\\":\\"Double quote it.\\",\\"fix\\":null},\
        {\\"file\\":\\"$file\\",\\"line\\":3,\\"endLine\\":3,\\"column\\":7,\\"endColumn\\":12,\
        \\"level\\":\\"warning\\",\\"code\\":2154,\\"message\\":\\"name is referenced.\\",\\"fix\\":null},\
        {\\"file\\":\\"$file\\",\\"line\\":1,\\"endLine\\":1,\\"column\\":1,\\"endColumn\\":2,\
        \\"level\\":\\"error\\",\\"code\\":1,\\"message\\":\\"About the header.\\",\\"fix\\":null}"
          fi
        done
        echo "{\\"comments\\":[$comments]}"
        exit 1
        """)
    let run = try await lint(scratch)
    #expect(
      run.output == """
        error[TFG404]: double quote it (SC2086) [shell-finding]
          --> hello.flow.yaml:10:20
           |
        10 |       echo "$name" $2
           |                    ^^
           = help: https://www.shellcheck.net/wiki/SC2086 says why, and what to do

        1 error

        """)
    #expect(run.complaints == "")
    #expect(run.code == 1)
    let asked = try #require(scratch.read("bin/asked"))
    #expect(asked.split(separator: "\n").count == 2, "one process for each shell")
    #expect(asked.contains("-f json1 -s bash") && asked.contains("-f json1 -s sh"))
    let texts = try #require(scratch.read("bin/texts"))
    #expect(texts.contains("#!/usr/bin/env -S bash -euo pipefail\nset -x\n"))
    #expect(texts.contains("#!/usr/bin/env -S /bin/sh -eu\necho again"))
  }

  @Test
  func `shellcheck is not asked when it is not wanted, not there, or there is nothing to ask`()
    async throws
  {
    let scratch = try scratch(shellcheck: "echo asked > \"$(dirname \"$0\")/asked\"\n")
    let without = try await lint(scratch, "--no-shellcheck")
    #expect(without.output == "no findings\n" && without.complaints == "")
    try scratch.write(
      "tfgraph: 1\nflow: x\nlinear:\n  - { task: one, wait: 1s }\n", to: "hello.flow.yaml")
    let waiting = try await lint(scratch)
    #expect(waiting.output == "no findings\n" && waiting.complaints == "")
    #expect(scratch.read("bin/asked") == nil)
    try scratch.write(flow, to: "hello.flow.yaml")
    try FileManager.default.removeItem(at: scratch.url.appending(path: "bin/shellcheck"))
    let missing = try await CommandRun(
      ["lint", "hello.flow.yaml"], in: scratch.url,
      environment: ["PATH": scratch.url.path + "/bin"])
    #expect(missing.output == "no findings\n" && missing.complaints == "")
  }

  @Test(arguments: [
    ("echo nonsense", "its output is not what its format 'json1' has"),
    ("echo 'bad option' >&2; exit 4", "bad option"),
    ("kill -9 $$", "it failed"),
  ])
  func `what keeps shellcheck from answering is told, and the rest is linted`(
    script: String, reason: String
  ) async throws {
    let scratch = try scratch(shellcheck: script + "\n")
    let run = try await lint(scratch)
    #expect(run.output == "no findings\n")
    #expect(run.complaints == "tfgraph: shellcheck was not asked: \(reason)\n")
    #expect(run.code == 0)
  }

  @Test func `scripts are looked for beside the flow file`() async throws {
    let scratch = try Scratch()
    let folder = scratch.url.appending(path: "flows")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, mode) in [("there.sh", 0o755), ("plain.sh", 0o644)] {
      try scratch.write("#!/bin/sh\n", to: "flows/\(name)")
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: folder.appending(path: name).path)
    }
    try scratch.write(
      """
      tfgraph: 1
      flow: hello
      defaults: { timeout: 1m }
      linear:
        - task: one
          run: ./there.sh && ./plain.sh
          revert: none
        - task: two
          exec: [../flows/gone.sh]
          revert: none
        - task: three
          exec: [./there.sh/no, a]
          revert: none
        - task: four
          exec: [../flows]

      """, to: "flows/hello.flow.yaml")
    for path in ["flows/hello.flow.yaml", folder.path + "/hello.flow.yaml"] {
      let run = try await CommandRun("lint", "--no-shellcheck", path, in: scratch.url)
      let lines = run.output.split(separator: "\n").filter { $0.hasPrefix("warning") }
      #expect(
        lines == [
          "warning[TFG405]: task 'one' runs './plain.sh', which is not executable [missing-file]",
          "warning[TFG405]: task 'two' runs '../flows/gone.sh', which is not there [missing-file]",
          "warning[TFG405]: task 'three' runs './there.sh/no', which is not there [missing-file]",
          "warning[TFG405]: task 'four' runs '../flows', which is a folder [missing-file]",
        ])
      #expect(run.code == 0)
    }
  }
}
