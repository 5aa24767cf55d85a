import TaskFlowTesting
import Testing

@testable import FlowLint

/// What is read of a shell text is what a shell makes of it, or nothing.
@Suite struct ShellCommandTests {
  private func commands(_ text: String) -> [String] {
    ShellText(text).commands.map { command in
      command.words.map { $0.literal ?? "<\($0.variables.joined(separator: ","))>" }
        .joined(separator: " ")
    }
  }

  @Test(arguments: [
    ("a b 'c d' \"e f\" g\\ h", ["a b c d e f g h"]),
    ("a; b & c && d || e | f |& g\nh", ["a", "b", "c", "d", "e", "f", "g", "h"]),
    ("# a\nb # c\nd#e", ["b", "d#e"]),
    ("a \\\n  b", ["a b"]),
    ("x=1 y=$2 a", ["a"]),
    ("a > b 2>&1 <c >>d &>e 3<> f >| g h", ["a h"]),
    ("a 2 >b", ["a 2"]),
    ("a <<< \"b c\" d", ["a d"]),
    ("a <<E b\ntext; c $(d)\nE\ne", ["a b", "d", "e"]),
    ("a <<-'E F'\n\ttext\n\tE F\ne", ["a", "e"]),
    ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
    ("while ! a; do { b; }; done", ["a", "b"]),
    ("for x in 1 2; do a; done", ["for x in 1 2", "a"]),
    ("(a; b) | c", ["a", "b", "c"]),
    ("a $(b | c) d", ["b", "c", "a <> d"]),
    ("a \"$(b \"$(c)\")\"", ["c", "b <>", "a <>"]),
    ("a <(b) d", ["b", "a <> d"]),
    ("a $b ${c} ${d:-e} ${f%g} ${#h} ${i+j} \"k$l\" '$m'", ["a <b> <c> <d> <> <> <> <l> $m"]),
    ("a $((1 + (2))) $@ $'x\\'y' $", ["a <> <> <> $"]),
    ("[[ $a =~ ^(b|c)$ && d ]] && e", ["[[", "e"]),
    ("[ -n \"$a\" ] && ./b*", ["[ -n <a> ]", "<>"]),
    ("if [[ $# -gt 0 ]]; then a; fi", ["[[", "a"]),
    ("[[ a ]]\nb; [[ c ]]&&d", ["[[", "b", "[[", "d"]),
    ("exec {a}>b c", ["exec c"]), ("a $[1<<2] b", ["a <> b"]),
    ("a 'b", []), ("a \"b", []), ("a $(b", []), ("a )", ["a"]),
    ("", []),
  ])
  func `commands have their words`(text: String, expected: [String]) {
    #expect(commands(text) == expected)
  }

  @Test(arguments: [
    "f() { a; }", "function f { a; }", "case $a in b) c ;; esac", "a `b`", "a () { b; }",
    "a ; ; b <",
    "select x in a; do b; done", "a 'b", "a \"b", "a $(b", "a )", "a <", "(a", "${a", "coproc a",
    "a $((`b`))", "[[ a", "a (b)", "a <<E\n$(b\nE", String(repeating: "$(", count: 100),
    String(repeating: "${a:-", count: 100),
  ])
  func `what is not understood is said to be so`(text: String) {
    #expect(!ShellText(text).isComplete)
  }

  @Test(arguments: [
    "a; b", "x=$(a \"$b\")", "a <<'E'\n`\nE\nb", "[[ -f a || ! b ]]", "{ a; } > b", "a \\", "$",
    "!",
    "a=(b c\n\"d $e\")", "((a++))", "a $((1 + (2)))", "declare -A a=([b]=c)",
    "[[ a =~ (b|c) ]] && d",
  ])
  func `what is understood is said to be so`(text: String) {
    #expect(ShellText(text).isComplete)
  }

  @Test func `a word has its place in the text`() throws {
    let text = ShellText("é 'a b' \"c$d\"")
    let word = try #require(text.commands.first?.words.last)
    #expect(text.characters(word.range) == 8..<13)
  }

  @Test(arguments: [
    ("curl a", true), ("./x a", true), ("exec curl a", true), ("command curl a", true),
    ("env A=b curl", true), ("printf a", false), ("[ a ]", false), ("exec -a x curl", false),
    ("$a b", false), ("a=b", false), ("read a", false),
  ])
  func `it is known what starts a process`(text: String, isExternal: Bool) throws {
    let command = try #require(ShellText(text).commands.last)
    #expect(command.isExternal == isExternal)
  }

  @Test func `a long text is read in time that is linear in it`() {
    for piece in ["a;", "'a' ", "$a", "${a:-b}", "a <<E\nE\n", "$(a) ", "x=1 ", "2>a "] {
      let text = String(repeating: piece, count: 96 << 10 / piece.utf8.count)
      #expect(ShellText(text).isComplete, "\(piece)")
    }
  }

  @Test func `whatever a text is made of, words and variables are where they are said to be`() {
    let pieces = [
      "a", "b=", "$x", "${y", "}", ":-", "\"", "'", "`", "$(", ")", "((", "))", "[[ ", " ]]", "<<E",
      "\n",
      "E", ";", "|", "&", "<", ">", "\\", " ", "é", "#", "case ", " in ", "esac", "(", "$'", "\t",
      "2", "=(",
    ]
    for seed: UInt64 in 1...3_000 {
      var random = SeededGenerator(seed: seed)
      let text = (0..<Int.random(in: 1...24, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let read = ShellText(text)
      let scalars = Array(text.unicodeScalars)
      for use in read.uses {
        let name = String(String.UnicodeScalarView(scalars[read.characters(use.range)]))
        #expect(name == use.name, "\(text)")
      }
      for word in read.commands.flatMap({ $0.assignments + $0.words + $0.targets }) {
        let written = String(String.UnicodeScalarView(scalars[read.characters(word.range)]))
        #expect(!written.isEmpty, "\(text)")
        if !word.isQuoted, let literal = word.literal { #expect(literal == written, "\(text)") }
      }
    }
  }

  @Test(arguments: [
    (["bash", "-euo", "pipefail", "-c"], ShellDialect.bash), (["/bin/sh", "-eu", "-c"], .sh),
    (["dash", "-ec"], .dash), (["bash", "-c", "--"], nil), (["python3", "-c"], nil),
    (["bash"], nil), (["zsh", "-c"], nil), ([], nil),
  ])
  func `a shell is known by its name and options`(words: [String], dialect: ShellDialect?) {
    #expect(ShellDialect(interpreter: words) == dialect)
  }
}
