import FlowDiagnostics

/// The combinations of a task's matrix.
struct Matrix {
  /// A symbol with the values that it takes.
  struct Axis {
    var symbol: String
    var values: [FlowValue]
    var span: SourceSpan
  }

  /// One value of each axis; one empty combination without any.
  private(set) var combinations: [[FlowValue]] = [[]]
  private(set) var all: [Axis] = []

  /// Where it is written.
  var span: SourceSpan?

  /// The symbols that it gives values.
  var axes: [String] { all.map(\.symbol) }

  mutating func add(_ axis: Axis) {
    all.append(axis)
    combinations = combinations.flatMap { combination in
      axis.values.map { combination + [$0] }
    }
  }

  /// A value as a part of a task's name.
  static func text(of value: FlowValue) -> String {
    if case .string(let text) = value { text } else { FlowValueJSON.text(of: value) }
  }

  /// What a combination adds to the name of a task.
  static func nameSuffix(_ values: [FlowValue]) -> String {
    "[\(values.map { text(of: $0) }.joined(separator: ","))]"
  }

  /// What a combination adds to the name of a symbol: all but letters and digits becomes `_`.
  static func symbolSuffix(_ values: [FlowValue]) -> String {
    values.map { value in
      let scalars = text(of: value).lowercased().unicodeScalars
      return "_" + String(scalars.map { $0.isLetterOrDigit ? Character($0) : "_" })
    }.joined()
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool { ("a"..."z").contains(self) || ("0"..."9").contains(self) }
}

extension DocumentDecoder {
  /// The most tasks that one matrix can make.
  static let largestMatrix = 1_000

  /// The longest text that can be a part of a name.
  private static let longestValue = 64

  /// Decodes `matrix:`, a map of symbols to lists of values.
  mutating func matrix(_ node: DocumentNode?, of task: String) -> Matrix {
    var matrix = Matrix()
    guard let node else { return matrix }
    matrix.span = node.span
    guard node.kind == .mapping, !node.entries.isEmpty else {
      reject(node, expected: "a matrix as a map of symbols to lists of values")
      leaveOut([.providers, .order])
      return matrix
    }
    for entry in node.entries {
      guard let axis = axis(entry) else {
        leaveOut([.providers, .order])
        continue
      }
      guard matrix.combinations.count * axis.values.count <= Self.largestMatrix else {
        report(
          "input-limit", "the matrix of task '\(task)' makes more than \(Self.largestMatrix) tasks",
          at: entry.key.span, help: "split it, or use fewer values")
        leaveOut([.providers, .order])
        return matrix
      }
      matrix.add(axis)
    }
    return matrix
  }

  private mutating func axis(_ entry: DocumentEntries.Entry) -> Matrix.Axis? {
    guard let symbol = symbol(entry.key) else { return nil }
    let node = entry.value
    guard node.kind == .sequence, !node.items.isEmpty else {
      reject(node, expected: "a list of values for '\(symbol)'")
      return nil
    }
    guard node.items.count <= Self.largestMatrix else {
      report(
        "input-limit", "'\(symbol)' has more than \(Self.largestMatrix) values", at: node.span,
        help: "use fewer values")
      return nil
    }
    var seen: Set<String> = []
    let values = node.items.compactMap { item -> FlowValue? in
      guard let value = matrixValue(item) else {
        leaveOut([.providers, .order])
        return nil
      }
      guard seen.insert(Matrix.text(of: value)).inserted else {
        report(
          "wrong-value", "\(item.quoted) is in the matrix twice", at: item.span,
          help: "list it once")
        return nil
      }
      return value
    }
    return values.isEmpty ? nil : Matrix.Axis(symbol: symbol, values: values, span: entry.key.span)
  }

  private mutating func matrixValue(_ item: DocumentNode) -> FlowValue? {
    guard item.kind == .scalar, !item.isNull, let value = constant(item, in: "matrix") else {
      if item.kind != .scalar || item.isNull {
        reject(item, expected: "a text, a number, true or false")
      }
      return nil
    }
    let scalars = Matrix.text(of: value).unicodeScalars
    let isPrintable = scalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !scalars.isEmpty, scalars.count <= Self.longestValue, isPrintable else {
      reject(
        item,
        expected: "a text that can be a part of a name, of 1 to \(Self.longestValue) characters")
      return nil
    }
    guard case .string(let text) = value else { return value }
    return .string(NameRules.normalized(text))
  }

  // MARK: Expansion

  /// The tasks of a matrix: each name says its values, which are injected, and what it provides has them
  /// in its name, so that `rows` of `load[eu]` is `rows_eu`.
  mutating func expand(_ task: FlowTask, by matrix: Matrix) -> [FlowTask] {
    guard !matrix.axes.isEmpty, let span = matrix.span else { return [task.describedByItself()] }
    let size =
      1 + task.requirements.count + task.provision.items.count + task.traits.injections.count
    guard admitExpansion(of: size * matrix.combinations.count, at: span) else { return [task] }
    reportInjected(task, matrix)
    var suffixes: [String: [FlowValue]] = [:]
    return matrix.combinations.map { values in
      let suffix = Matrix.symbolSuffix(values)
      if let earlier = suffixes.updateValue(values, forKey: suffix), !task.provision.items.isEmpty {
        report(
          "wrong-value",
          "'\(task.name)\(Matrix.nameSuffix(earlier))' and '\(task.name)\(Matrix.nameSuffix(values))' "
            + "would both provide '\(task.provision.items[0].symbol)\(suffix)'",
          at: span, help: "use values that differ in letters and digits")
      }
      return task.expanded(for: values, of: matrix)
    }
  }

  private mutating func reportInjected(_ task: FlowTask, _ matrix: Matrix) {
    let injected = Set(task.traits.injections.map(\.symbol))
    for axis in matrix.all where injected.contains(axis.symbol) {
      report(
        "wrong-value", "the matrix gives '\(axis.symbol)' values, and 'inject' does as well",
        at: axis.span, help: "keep one of the two")
    }
  }
}

extension FlowTask {
  /// The task for one combination of a matrix.
  fileprivate func expanded(for values: [FlowValue], of matrix: Matrix) -> FlowTask {
    var task = self
    task.name += Matrix.nameSuffix(values)
    let suffix = Matrix.symbolSuffix(values)
    for index in task.provision.items.indices { task.provision.items[index].symbol += suffix }
    let arguments = matrix.all.map { Requirement(symbol: $0.symbol, span: $0.span) }
    task.requirements = task.requirements.adding(arguments)
    task = task.changing { traits in
      traits.injections += zip(matrix.all, values).map {
        TaskTraits.Injection(symbol: $0.symbol, value: BoxedValue($1))
      }
      guard let own = traits.revert?.requirements else { return }
      traits.revert?.requirements = own.adding(arguments)
    }
    return task.describedByItself()
  }

  /// The task with the values of its own filled into its description.
  fileprivate func describedByItself() -> FlowTask {
    guard let summary = traits.summary, summary.firstTemplate != nil else { return self }
    return changing { traits in
      let values = traits.injections.reduce(into: [String: FlowValue]()) { values, injection in
        values[injection.symbol] = injection.value.base as? FlowValue
      }
      traits.summary = FlowTemplate.filled(in: summary) { values[$0] }
    }
  }
}

extension [Requirement] {
  /// These, and those of the others whose parameter none of these has.
  fileprivate func adding(_ others: [Requirement]) -> [Requirement] {
    let known = Set(map(\.parameter))
    return self + others.filter { !known.contains($0.parameter) }
  }
}
