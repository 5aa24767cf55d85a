/// Puts the entries of mappings into the order of the format, with their comments.
///
/// It calls itself for nested collections: the reader has bounded the nesting.
struct LayoutOrder {
  private var layout: DocumentLayout

  /// The names of anchors that a part of the document defines, and those that its aliases use.
  private struct AnchorNames {
    var defined: Set<String> = []
    var used: Set<String> = []

    mutating func formUnion(_ other: AnchorNames) {
      defined.formUnion(other.defined)
      used.formUnion(other.used)
    }
  }

  /// The layout with its entries in order.
  ///
  /// A mapping stays as it is if another order would put an alias in front of its anchor.
  static func ordered(_ layout: DocumentLayout) -> DocumentLayout {
    var order = LayoutOrder(layout: layout)
    _ = order.arrange(0, as: .mapping(.document))
    return order.layout
  }

  private mutating func arrange(_ number: Int, as shape: DocumentShape?) -> AnchorNames {
    let node = layout.nodes[number]
    var names = ownNames(of: node)
    guard node.isCollection else { return names }
    let keys = node.kind == .mapping ? shape.flatMap { self.keys(of: $0, for: node) } : nil
    let namesOfEntries = layout.entries(of: node).map { entry in
      arrange(entry: Int(entry), in: keys, shape)
    }
    if let keys { sort(node.children, by: keys, namesOfEntries) }
    if node.kind == .sequence {
      for entry in layout.entries(of: node) { raiseComments(to: Int(entry)) }
    }
    if layout.hasAnchors { for entry in namesOfEntries { names.formUnion(entry) } }
    return names
  }

  private mutating func arrange(
    entry number: Int, in keys: DocumentKeys?, _ shape: DocumentShape?
  ) -> AnchorNames {
    let entry = layout.entries[number]
    var names = AnchorNames()
    var inner = shape?.itemShape
    if let key = entry.key.map(Int.init) {
      inner = shape?.valueShape
      if let keys { inner = layout.name(ofKey: key).flatMap { keys[$0]?.shape } }
      names = ownNames(of: layout.nodes[key])
    }
    if let value = entry.value { names.formUnion(arrange(Int(value), as: inner)) }
    return names
  }

  private func ownNames(of node: LayoutNode) -> AnchorNames {
    var names = AnchorNames()
    guard layout.hasAnchors else { return names }
    if !node.anchor.isEmpty { names.defined = [layout.text(node.anchor.dropFirst())] }
    if node.kind == .alias { names.used = [layout.text(node.text.dropFirst())] }
    return names
  }

  private func keys(of shape: DocumentShape, for node: LayoutNode) -> DocumentKeys? {
    guard case .child = shape else { return shape.keys }
    let isTask = layout.entries(of: node).contains { entry in
      layout.entries[Int(entry)].key.flatMap { layout.name(ofKey: Int($0)) } == "task"
    }
    return isTask ? .task : .nestedFlow
  }

  // MARK: Sorting

  private mutating func sort(
    _ range: Range<Int>, by keys: DocumentKeys, _ names: [AnchorNames]
  ) {
    let entries = Array(layout.children[range])
    var places: [Int] = []
    for entry in entries {
      let name = layout.entries[Int(entry)].key.flatMap { layout.name(ofKey: Int($0)) }
      // A key that nobody knows stays behind the one in front of it.
      places.append(name.flatMap { keys.place(of: $0) } ?? places.last ?? -1)
    }
    let order = entries.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    guard !order.elementsEqual(entries.indices), keepsMeaning(order, names) else { return }
    layout.children.replaceSubrange(range, with: order.map { entries[$0] })
  }

  /// Whether all entries that have an anchor's name, and so all its aliases, stay in their order.
  private func keepsMeaning(_ order: [Int], _ names: [AnchorNames]) -> Bool {
    guard layout.hasAnchors else { return true }
    let defined = names.reduce(into: Set<String>()) { $0.formUnion($1.defined) }
    var last: [String: Int] = [:]
    for index in order {
      for name in names[index].defined.union(names[index].used) where defined.contains(name) {
        if let earlier = last[name], earlier > index { return false }
        last[name] = index
      }
    }
    return true
  }

  /// Moves comments above an item that have no line of their own once its first key is beside the hyphen.
  private mutating func raiseComments(to entry: Int) {
    guard let value = layout.entries[entry].value.map({ layout.nodes[Int($0)] }), value.isOpen,
      value.anchor.isEmpty, let first = layout.entries(of: value).first.map(Int.init)
    else { return }
    if let comment = layout.entries[entry].comment {
      layout.entries[entry].leading.append(.comment(comment.text))
      layout.entries[entry].comment = nil
    }
    layout.entries[entry].leading += layout.entries[first].leading.filter { $0.comment != nil }
    layout.entries[first].leading = []
  }
}

extension DocumentLayout {
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The name that a key has, if it is written without escapes.
  fileprivate func name(ofKey number: Int) -> String? {
    let node = nodes[number]
    guard node.kind == .scalar, var text = Optional(bytes[node.text]), let first = text.first else {
      return nil
    }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      text = text.dropFirst().dropLast()
      if text.contains(first) || text.contains(UInt8(ascii: "\\")) { return nil }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
