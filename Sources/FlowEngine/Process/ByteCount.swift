/// A number of bytes as people write it.
struct ByteCount: CustomStringConvertible {
  private let bytes: Int

  init(_ bytes: Int) {
    self.bytes = bytes
  }

  var description: String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    for (size, name) in units where bytes >= size && bytes.isMultiple(of: size) {
      return "\(bytes / size) \(name)"
    }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}
