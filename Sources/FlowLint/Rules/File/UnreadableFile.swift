import FlowDiagnostics

extension LintRule {
  /// TFG009
  ///
  /// What can't be read has no text, so there are no examples.
  static let unreadableFile = LintRule(
    "TFG009", "unreadable-file", .error,
    finds: "a file that is not there, that nobody may read, or that is no regular file",
    because: """
      A flow is read from a regular file. A folder is none, a pipe could be waited for without an end, and \
      a device has no last byte; none of them is opened.
      """,
    examples: [],
    check: .built)
}
