/// One line of a source text as a terminal shows it, with the columns to underline.
struct SourceExcerpt: Equatable {
  /// The line, made safe, cut to the width if it is longer, without white space at its end.
  var line: String

  /// The column, from 0, at which the underline starts.
  var start: Int

  /// How many columns to underline, at least 1.
  var length: Int

  /// The excerpt of `text` for `span` in at most `width` columns, or `nil` if there is no such
  /// line.
  init?(of span: SourceSpan, in text: SourceText, width: Int) {
    let firstColumn = max(1, span.column - width)
    guard var place = text.place(line: span.line, column: firstColumn) else { return nil }
    let skipped = place.column - 1
    let count = 3 * width
    var cells: [Cell] = []
    var marks = 0
    while cells.count < count, !text.isLineEnd(place) {
      cells.append(Cell(text.character(at: &place), marks: &marks))
    }
    let target = min(max(0, span.column - 1 - skipped), cells.count)
    let end = min(cells.count, target + min(span.length, count))
    let edges = (left: skipped > 0, right: !text.isLineEnd(place))
    let window = Self.window(of: cells, around: target..<end, edges: edges, width: width)
    let isCutLeft = edges.left || window.lowerBound > 0
    let isCutRight = edges.right || window.upperBound < cells.count

    var shown = isCutLeft ? "…" : ""
    for cell in cells[window] { shown += cell.text }
    if isCutRight { shown += "…" }
    while shown.last == " " { shown.removeLast() }
    line = shown
    start = (isCutLeft ? 1 : 0) + Self.width(of: cells[window.lowerBound..<target])
    length = max(1, Self.width(of: cells[target..<max(target, min(end, window.upperBound))]))
  }

  /// The cells to show: all if they fit, else as many as fit on both sides of the target's start.
  private static func window(
    of cells: [Cell], around target: Range<Int>, edges: (left: Bool, right: Bool), width: Int
  ) -> Range<Int> {
    if !edges.left, !edges.right, Self.width(of: cells[...]) <= width { return 0..<cells.count }
    var room = width - 2
    var low = target.lowerBound
    var high = low
    let spare = room / 3
    while high < target.upperBound, room - cells[high].width >= spare {
      room -= cells[high].width
      high += 1
    }
    var grows = true
    while grows {
      grows = false
      if low > 0, cells[low - 1].width <= room {
        low -= 1
        room -= cells[low].width
        grows = true
      }
      if high < cells.count, cells[high].width <= room {
        room -= cells[high].width
        high += 1
        grows = true
      }
    }
    return low..<high
  }

  private static func width(of cells: ArraySlice<Cell>) -> Int {
    cells.reduce(0) { $0 + $1.width }
  }

  /// One character of the source and what is shown for it.
  private struct Cell {
    var text: String
    var width: Int

    /// Tabs are four spaces; what is hazardous is written out; `marks` counts marks in a row.
    init(_ character: String, marks: inout Int) {
      if character == "\t" {
        text = "    "
        width = 4
        marks = 0
        return
      }
      text = ""
      width = 0
      for scalar in character.unicodeScalars {
        marks = TerminalText.isMark(scalar) ? marks + 1 : 0
        if TerminalText.isHazardous(scalar) || marks > TerminalText.marksInARow {
          let visible = TerminalText.visible(scalar)
          text += visible
          width += visible.utf8.count
        } else {
          text.unicodeScalars.append(scalar)
          width += scalar.columnWidth
        }
      }
    }
  }
}
