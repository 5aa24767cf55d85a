import CLibYAML

/// A position that libyaml gives: line and column from 0, and the number of characters before it.
struct YAMLMark: Equatable {
  var line: Int
  var column: Int
  var index: Int

  init(_ mark: yaml_mark_t) {
    line = Int(mark.line)
    column = Int(mark.column)
    index = Int(mark.index)
  }

  /// The beginning of a line, of which only line and column are known.
  init(line: Int) {
    (self.line, column, index) = (line, 0, 0)
  }

  /// The mark in the file, if libyaml was given another text.
  func moved(by pairs: SurrogatePairs?) -> YAMLMark { pairs?.original(self) ?? self }
}

/// Why libyaml can't read on.
struct YAMLFailure {
  /// What is wrong, in libyaml's words.
  var problem: String

  /// Where.
  var mark: YAMLMark

  /// What it was doing, in its words, and where that began.
  var context: (text: String, mark: YAMLMark)?

  /// The failure with its places in the file, if libyaml was given another text.
  func moved(by pairs: SurrogatePairs?) -> YAMLFailure {
    YAMLFailure(
      problem: problem, mark: mark.moved(by: pairs),
      context: context.map { ($0.text, $0.mark.moved(by: pairs)) })
  }
}

/// The events of a YAML text, one after the other.
///
/// It owns libyaml's parser and the event that was given last.
struct YAMLEventStream: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>

  /// What comes next.
  enum Step {
    /// An event, which is valid until the next call.
    case event(UnsafeMutablePointer<yaml_event_t>)
    case failure(YAMLFailure)
  }

  /// The events of `bytes`, which are UTF-8 without a byte order mark and outlive the stream.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    // Without memory for its buffers the parser stays zeroed, and the first step reports it.
    if yaml_parser_initialize(parser) == 1 {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    } else {
      parser.pointee.error = YAML_MEMORY_ERROR
    }
  }

  deinit {
    yaml_event_delete(event)
    event.deallocate()
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Gives up the last event and reads another.
  mutating func next() -> Step {
    yaml_event_delete(event)
    if parser.pointee.error == YAML_NO_ERROR, yaml_parser_parse(parser, event) == 1 {
      return .event(event)
    }
    return .failure(failure)
  }

  private var failure: YAMLFailure {
    let state = parser.pointee
    guard let problem = state.problem else {
      return YAMLFailure(problem: "out of memory", mark: YAMLMark(state.mark))
    }
    let context = state.context.map { (String(cString: $0), YAMLMark(state.context_mark)) }
    return YAMLFailure(
      problem: String(cString: problem), mark: YAMLMark(state.problem_mark), context: context)
  }
}
