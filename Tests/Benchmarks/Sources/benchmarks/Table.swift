import Foundation

/// Writes what was measured as a table.
enum Table {
  /// The line above measures of growing sizes.
  static func header(_ sizes: [Int]) {
    let columns = sizes.map { pad("\($0)", to: 9) }.joined()
    line(pad("shape", left: 11) + pad("measure, ns a task", left: 29) + columns + "   growth")
  }

  /// A measure of growing sizes: nanoseconds a task at each, and the exponent of its growth.
  static func row(_ shape: String, _ measure: String, _ sizes: [Int], _ times: [Duration]) {
    let columns = zip(sizes, times).map { size, time in
      pad(String(format: "%.0f", time.nanoseconds / Double(size)), to: 9)
    }
    let growth = exponent(sizes, times).map { String(format: "%9.2f", $0) } ?? ""
    line(pad(shape, left: 11) + pad(measure, left: 29) + columns.joined() + growth)
  }

  /// A case of one size: its whole time.
  static func row(_ name: String, _ time: Duration) {
    line(pad(name, left: 40) + pad(String(format: "%.1f", time.nanoseconds / 1000), to: 9) + " µs")
  }

  /// A count a task.
  static func row(_ name: String, _ count: Double) {
    line(pad(name, left: 40) + pad(String(format: "%.2f", count), to: 9))
  }

  /// The slope of time over size, both logarithmic, by least squares: 1 for linear growth.
  private static func exponent(_ sizes: [Int], _ times: [Duration]) -> Double? {
    guard sizes.count > 1, sizes.count == times.count else { return nil }
    let points = zip(sizes, times).map { (x: log(Double($0)), y: log($1.nanoseconds)) }
    let x = points.map(\.x).reduce(0, +) / Double(points.count)
    let y = points.map(\.y).reduce(0, +) / Double(points.count)
    let covariance = points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +)
    return covariance / points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
  }

  private static func pad(_ text: String, left width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func pad(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  private static func line(_ text: String) {
    print(text)
    fflush(nil)
  }
}
