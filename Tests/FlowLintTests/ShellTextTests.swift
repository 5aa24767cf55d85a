import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// Which variables a text for a shell reads, as the rule about undeclared ones finds it: `a`, `b` and `c` are
/// inputs that the task does not require.
@Suite struct ShellTextTests {
  /// The places in the text, `LINE:COLUMN`, and what is there.
  private func read(_ script: String) -> [String] {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let source =
      """
      tfgraph: 1
      flow: f
      inputs: { a: {}, b: {}, c: {} }
      linear:
        - task: t
          run: |

      """ + lines.map { $0.isEmpty ? "" : "      \($0)" }.joined(separator: "\n")
    let reading = FlowDocument.read(bytes: Array(source.utf8), path: "f.flow.yaml")
    let report = Linter(rules: LintRule.all.filter { $0.name == "undeclared-variable" })
      .lint(reading)
    return report.findings.map { finding in
      guard finding.rule == "undeclared-variable" else { return finding.message }
      let line = lines[finding.span.line - 7].unicodeScalars
      let text = line.dropFirst(finding.span.column - 7).prefix(finding.span.length)
      return "\(finding.span.line - 6):\(finding.span.column - 6) \(Substring(text))"
    }
  }

  @Test(arguments: [
    ("echo $a", "1:7 a"), ("echo \"$a\"", "1:8 a"), ("echo ${a}", "1:8 a"),
    ("echo \"${a:-x}\"", "1:9 a"), ("echo ${#a}", "1:9 a"), ("echo \"x${a%/*}y\"", "1:10 a"),
    ("echo $(cat $a)", "1:13 a"), ("echo \"$(cat \"$a\")\"", "1:15 a"), ("echo `cat $a`", "1:12 a"),
    ("echo $((a + 1))", "1:9 a"), ("(( a > 1 )) && x", "1:4 a"), ("echo ${x:-$a}", "1:12 a"),
    ("echo \"${x:-'$a'}\"", "1:14 a"), ("cat <<END\nx $a\nEND", "2:4 a"),
    ("cat <<-END\n\tx $a\n\tEND\necho 'x'", "2:5 a"), ("cat <<END\n$(cat \"$a\")\nEND", "2:9 a"),
    ("cat <<'END' <<END\n$b\nEND\n$a\nEND", "4:2 a"), ("x=$a", "1:4 a"), ("echo \\\\$a", "1:9 a"),
    ("é=1; echo é $a", "1:14 a"), ("cat <<<$a", "1:9 a"), ("echo x >$a", "1:10 a"),
    ("case $a in x) ;; esac", "1:7 a"), ("echo \"$(case x in x) echo '$b' ;; esac)\" $a", "1:43 a"),
    ("diff <(echo $a) x", "1:14 a"), ("[[ $a == x ]]", "1:5 a"), ("echo $$a$a", "1:10 a"),
    ("echo '#' # $b\necho $a", "2:7 a"), ("echo x#$a", "1:9 a"), ("echo $'\\'$b' $a", "1:15 a"),
    ("a=$(x \"$a\")", "1:9 a"), ("f() { echo $a; }", "1:13 a"), ("echo \"it's $a\"", "1:13 a"),
  ])
  func `a variable that is read is found at its place`(script: String, expected: String) {
    #expect(read(script) == [expected])
  }

  @Test(arguments: [
    "echo '$a'", "echo ${!a*}", "echo \"${!a@}\"", "echo \\$a", "echo \"\\$a\"", "# $a", "x # $a",
    "echo $$a", "echo $1a", "echo $ab",
    "echo $A", "cat <<'END'\n$a\nEND", "cat <<\\END\n$a\nEND", "cat <<\"END\"\n$a\nEND",
    "echo $'$a'",
    "a=1; echo $a", "a=$(x); echo \"$a\"", "read a; echo $a", "read -r x a <y\necho $a",
    "for a in x y; do echo $a; done", "while read -r a; do echo $a; done",
    "f() { local a=1; echo $a; }", "f() { local a; a=x; echo $a; }", "export a=1; echo $a",
    "f() { echo $a; }\na=1\nf", "printf -v a x; echo $a", "mapfile a; echo $a",
    "((a = 1)); echo $a", "a+=x; echo $a", "a=(x y); echo $a", "eval \"$x\"; echo $a",
    ". ./lib.sh; echo $a", "source ./lib.sh; echo $a", "declare -a a; echo $a",
    "if read a; then echo $a; fi", "x && a=1; echo $a", "IFS=, a=1 x; echo $a", "echo a",
    "cat <<'END' | x\n$a\nEND",
    "if [[ $# -gt 0 ]]; then a=1; fi; echo $a", "while [[ x ]]; do a=1; echo $a; done",
    "[[ x ]]\nread a\necho $a", "[[ x ]]\nfor a in 1; do echo $a; done",
    "[[ x ]]\nexport a=1\necho $a",
    "function g() { local a=$1; echo $a; }", "function g { a=1; echo $a; }; g",
    "exec {a}>l; echo $a",
    "command read a; echo $a", "builtin read -r a; echo $a", "wait -n -p a; echo $a",
    "coproc a { cat; }; echo ${a[0]}", "echo $[1<<2]; a=1; echo $a '$b'",
    "getopts x a; echo $a", "echo ${1:-x}", "echo ${$}", "echo \"$(cat <<'END'\n$a\nEND\n)\"",
  ])
  func `what is no variable of the flow is left alone`(script: String) {
    #expect(read(script) == [])
  }

  @Test(arguments: [
    "echo $a $b; b=1; echo $b $c", "echo \"$c$a\"\ncat <<X <<Y\n$b\nX\n$a\nY",
  ])
  func `each name is reported once`(script: String) {
    #expect(Set(read(script).compactMap(\.last)) == ["a", "b", "c"])
    #expect(read(script).count == 3)
  }

  @Test func `a text that is made to cost time is read in little`() {
    let documents = String(repeating: "<<A $(", count: 9_000)
    #expect(read(documents + "\n$a").count <= 1)
    let nested = String(repeating: "cat <<A\n$(cat <<B\n", count: 2_000)
    #expect(read(nested + "$a").count <= 1)
    #expect(read(String(repeating: "cat <<A\n$('\nA\n", count: 4_000)) == [])
    #expect(read(String(repeating: "\"$(", count: 20_000) + "$a").count == 1)
    #expect(read("echo " + String(repeating: "x", count: 80_000) + "$a").count == 1)
  }
}
