import Foundation
import Testing

/// Secrets reach the processes that ask for them, and nothing else.
struct SecretsTests {
  private static let token = #"s3cr3t "quoted" t0ken"#
  private static let key = "-----BEGIN KEY-----\nMIIEvgIBADAN\nBgkqhkiG9w0B\n-----END KEY-----"

  /// Tasks that try all they can to give the secrets away.
  private static let flow = """
    tfgraph: 1
    flow: f
    secrets:
      TOKEN: { env: REGISTRY_TOKEN }
      KEY: { file: key.pem }
    linear:
      - task: leak
        secrets: [TOKEN, KEY]
        run: |
          [ "${#TOKEN}" = 21 ] || exit 9
          echo "out $TOKEN" >&2; echo "$KEY"
          for ((i = 0; i < ${#TOKEN}; i++)); do printf %s "${TOKEN:i:1}" >&2; done; echo >&2
          quoted=$(sed 's/"/\\\\"/g' <<< "$TOKEN")
          printf '{"a": "%s", "k": ["%s"]}' "$quoted" "$(sed -n 3p <<< "$KEY")" > "$TFGRAPH_OUTPUT"
        provides: [a, k]
        revert: { run: 'echo "undo $TOKEN"; exit 0' }
      - task: capture
        secrets: [TOKEN]
        run: echo "$TOKEN"
        provides: copy
        revert: none
      - task: others
        requires: [copy, a]
        run: |
          [ -z "${TOKEN:-}${KEY:-}${REGISTRY_TOKEN:-}" ] || exit 8
          echo "copy=$copy a=$a"
        revert: none
      - task: halves
        secrets: [TOKEN]
        run: printf '%s\\n' "${TOKEN:0:9}" "${TOKEN:9}"
        provides: { parts: stdout.lines }
        revert: none
      - { task: whole, set: { whole: "${{ parts[0] }}${{ parts[1] }}" }, revert: none }
      - task: fails
        secrets: [TOKEN]
        run: 'echo "bad token $TOKEN" >&2; exit 3'
        revert: none

    """

  private static let environment = ["REGISTRY_TOKEN": token]

  /// All bytes of all files in a folder.
  private func bytes(in folder: URL) throws -> [(String, Data)] {
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    return files.compactMap { $0 as? String }.compactMap { name in
      (try? Data(contentsOf: folder.appending(path: name))).map { (name, $0) }
    }
  }

  private func expectNoSecret(in text: String, _ place: String) {
    let escaped = Self.token.replacing("\"", with: "\\\"")
    for secret in [Self.token, escaped] + Self.key.split(separator: "\n").map(String.init) {
      #expect(!text.contains(secret), "\(place)")
    }
  }

  @Test(arguments: [nil, "before:3", "after:4", "before:6"])
  func `no byte that a run leaves behind is of a secret`(crash: String?) async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    try scratch.write(Self.key + "\n", to: "key.pem")
    var runs = [
      try await CommandRun(
        "run", "--verbose", "flow.yaml", in: scratch.url,
        environment: Self.environment.merging(crash.map { ["TFGRAPH_CRASH_POINT": $0] } ?? [:]) {
          $1
        })
    ]
    if crash != nil {
      #expect(runs[0].code == SIGKILL)
      runs.append(try await CommandRun("resume", in: scratch.url, environment: Self.environment))
    }
    #expect(runs.last?.code == 1, "\(runs.last?.output ?? "")\(runs.last?.complaints ?? "")")
    #expect(runs.last?.output.contains("fails: exited with code 3: bad token ***") == true)
    for command in [
      ["show"], ["show", "--format", "json"], ["logs"], ["runs", "--format", "json"],
    ] {
      runs.append(try await CommandRun(command, in: scratch.url))
    }
    let page = try await CommandRun(["docs", "flow.yaml", "--output", "docs"], in: scratch.url)
    #expect(page.code == 0, "\(page.complaints)")
    runs.append(try await CommandRun("render", "--svg", "flow.yaml", in: scratch.url))
    for run in runs {
      expectNoSecret(in: run.output, "output")
      expectNoSecret(in: run.complaints, "complaints")
    }
    var names: [String] = []
    for (name, data) in try bytes(in: scratch.url) where name != "key.pem" {
      names.append(name)
      expectNoSecret(in: String(decoding: data, as: UTF8.self), name)
    }
    #expect(names.contains { $0.hasSuffix("runs.db") } && names.contains { $0.hasSuffix(".log") })
    let logs = try await CommandRun("logs", in: scratch.url).output
    #expect(logs.contains("leak │ out ***\n") && logs.contains("leak │ ***\n"))
    #expect(logs.contains("others │ copy=*** a=***\n"))
    #expect(logs.contains("leak │ undo ***\n"))
  }

  @Test func `what a killed run left in its scratch folders goes when it is taken up`() async throws
  {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "tmp"), withIntermediateDirectories: true)
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      secrets: [TOKEN]
      linear:
        - task: a
          secrets: [TOKEN]
          run: 'echo "v=$TOKEN" > "$TFGRAPH_OUTPUT"; [ -e seen ] || { touch seen; kill -9 $PPID; }'
          provides: [v]
          revert: none

      """, to: "flow.yaml")
    let environment = [
      "TOKEN": "hunter2", "TMPDIR": scratch.url.appending(path: "tmp").path,
    ]
    let killed = try await CommandRun("run", "flow.yaml", in: scratch.url, environment: environment)
    #expect(killed.code == SIGKILL)
    let folder = scratch.url.appending(path: "tmp").path
    #expect(try !FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    let resumed = try await CommandRun("resume", in: scratch.url, environment: environment)
    #expect(resumed.code == 0, "\(resumed.complaints)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func `a number that is a secret is hidden in data as well`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      secrets: [PIN]
      linear:
        - { task: a, run: 'echo "{\\"v\\": $PIN}"', secrets: [PIN], provides: { x: stdout.json }, revert: none }
        - { task: b, run: 'echo "$x"', requires: [x], revert: none }

      """, to: "flow.yaml")
    let run = try await CommandRun(
      "run", "flow.yaml", "--verbose", in: scratch.url, environment: ["PIN": "86753094715"])
    #expect(run.code == 0, "\(run.output)")
    #expect(run.output.contains(#"b │ {"v":"***"}"#), "\(run.output)")
    for (name, data) in try bytes(in: scratch.url) {
      #expect(!String(decoding: data, as: UTF8.self).contains("86753094715"), "\(name)")
    }
  }

  @Test func `a secret is read from the file that its variable names`() async throws {
    let scratch = try Scratch()
    try scratch.write("hunter2\n", to: "token")
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      secrets: [TOKEN]
      linear: [{ task: a, run: '[ "$TOKEN" = hunter2 ]', secrets: [TOKEN], revert: none }]

      """, to: "flow.yaml")
    let run = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TOKEN_FILE": "token"])
    #expect(run.code == 0, "\(run.output)")
    let none = try await CommandRun("run", "flow.yaml", in: scratch.url)
    #expect(none.code == 2)
    #expect(
      none.complaints
        == "tfgraph: secret 'TOKEN' has no value; set TOKEN, or TOKEN_FILE to a file with it\n")
    let gone = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TOKEN_FILE": "nothing"])
    #expect(gone.complaints == "tfgraph: secret 'TOKEN' can't be read from 'nothing'\n")
  }

  @Test(arguments: [("", "is empty"), ("abc", "is shorter than 4 bytes, and can't be masked")])
  func `a secret that can't be masked is refused before anything runs`(
    value: String, problem: String
  ) async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nsecrets: [TOKEN]\nlinear: [{ task: a, run: 'touch ran', revert: none }]\n",
      to: "flow.yaml")
    let run = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TOKEN": value])
    #expect(run.code == 2)
    #expect(run.complaints == "tfgraph: secret 'TOKEN' \(problem)\n")
    #expect(scratch.read("ran") == nil)
  }

  @Test func `an input is not to be a secret, as inputs are stored`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      secrets: [TOKEN]
      inputs: { x: string }
      linear: [{ task: a, run: 'echo $x', requires: [x], revert: none }]

      """.replacing("{ x: string }", with: "{ x: { type: string } }"), to: "flow.yaml")
    let run = try await CommandRun(
      "run", "flow.yaml", "--input", "x=my hunter2", in: scratch.url,
      environment: ["TOKEN": "hunter2"])
    #expect(run.code == 2)
    #expect(run.complaints == "tfgraph: input 'x' contains a secret; inputs are stored and shown\n")
  }
}
