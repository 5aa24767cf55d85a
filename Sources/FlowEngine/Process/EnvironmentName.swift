/// What the names of environment variables mean to a task's process.
enum EnvironmentName {
  /// Variables that make a loader, a shell or an interpreter run or read something else than the
  /// task says, by what they do.
  ///
  /// A caller may have set them for itself, or been made to; `env:` of a task can set them on
  /// purpose.
  static let dangerous: Set<String> = [
    // Files that a shell runs before the task's text.
    "BASH_ENV", "ENV", "ZDOTDIR",
    // Switch a shell's options, so that the text means something else.
    "SHELLOPTS", "BASHOPTS", "POSIXLY_CORRECT", "BASH_COMPAT",
    // Change how a shell reads words and names.
    "IFS", "CDPATH", "GLOBIGNORE", "EXECIGNORE",
    // Are run by the shell, or choose where it writes.
    "PS4", "PROMPT_COMMAND", "BASH_XTRACEFD",
    // Make the C library load modules or change how it works.
    "GCONV_PATH", "GETCONF_DIR", "GLIBC_TUNABLES", "LOCPATH", "NLSPATH",
    // Choose where names of hosts are looked up.
    "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "RESOLV_HOST_CONF",
    // Make an interpreter load code at its start.
    "NODE_OPTIONS", "NODE_PATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS",
  ]

  /// Beginnings of such names.
  static let dangerousPrefixes: [String] = [
    // The dynamic loader loads libraries of the caller's choice into every program.
    "LD_", "DYLD_",
    // The C library writes files of the caller's choice.
    "MALLOC_",
    // Functions that a shell defines from its environment, under the names of commands.
    "BASH_FUNC_",
    // Modules and options that an interpreter takes at its start.
    "PYTHON", "PERL5", "RUBY",
    // Belong to the run that this engine itself is a task of.
    "TFGRAPH_",
  ]

  /// The name must not come from the caller's environment, nor be that of a value.
  static func isDangerous(_ name: String) -> Bool {
    dangerous.contains(name) || dangerousPrefixes.contains { name.hasPrefix($0) }
  }

  /// The system can pass it on: not empty, no `=` or NUL, no digit first (which the library that
  /// starts processes refuses).
  static func isPassable(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "=") }
  }

  /// A shell can read it: ASCII letters, digits and underscores, no digit first.
  static func isIdentifier(_ name: String) -> Bool {
    isPassable(name)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
