/// What libFuzzer, whose `main` this process has, calls with each text that it makes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  FileLaws.check(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}
