import Foundation
import Glibc
import SystemPackage

/// Reads both output streams of a process on a thread of its own, until both have ended or it is
/// told to stop.
///
/// A listener that is slow makes the process wait, not the memory grow.
struct OutputReader: Sendable {
  /// What was kept of the two streams.
  struct Captured: Sendable {
    var standardOutput: CapturedOutput
    var standardError: CapturedOutput
  }

  /// As much as a pipe can hold for an unprivileged process, so that what was written before the end
  /// is read, and a process that escaped from the group and goes on writing cannot keep us.
  private static let lastRead = 1 << 20
  private static let readSize = 64 << 10

  let pipes: OutputPipes
  let limits: OutputLimits
  let mask: SecretMask
  let onOutput: @Sendable (OutputChunk) -> Void
  let onEvent: @Sendable (ProcessEvent) -> Void

  /// Reads, and returns what was kept.
  func read() async -> Captured {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: readOnThisThread()) }
    }
  }

  private func readOnThisThread() -> Captured {
    // Data is masked when it is a value: in its bytes a number, say, would be no number any more.
    let isData = if case .whole = limits.standardOutput { true } else { false }
    var output = Channel(
      pipes.standardOutput.read,
      captured: CapturedOutput(retention: limits.standardOutput),
      lines: LineAssembler(stream: .standardOutput, pieceLength: limits.pieceLength),
      mask: isData ? SecretMask([]) : mask)
    var error = Channel(
      pipes.standardError.read,
      captured: CapturedOutput(retention: .tail(limit: limits.standardErrorTail)),
      lines: LineAssembler(stream: .standardError, pieceLength: limits.pieceLength), mask: mask)
    var buffer = [UInt8](repeating: 0, count: Self.readSize)
    var reportsLength = true
    while output.isOpen || error.isOpen {
      let ready = waitForInput(output, error)
      if ready.stop {
        output.drain(upTo: Self.lastRead, using: &buffer, onOutput)
        error.drain(upTo: Self.lastRead, using: &buffer, onOutput)
        break
      }
      if ready.output { _ = output.readOnce(using: &buffer, onOutput) }
      if ready.error { _ = error.readOnce(using: &buffer, onOutput) }
      if reportsLength, output.isTooLong {
        reportsLength = false
        onEvent(.outputTooLong)
      }
    }
    output.finish(onOutput)
    error.finish(onOutput)
    onEvent(.outputEnded)
    return Captured(standardOutput: output.captured, standardError: error.captured)
  }

  private func waitForInput(
    _ output: Channel, _ error: Channel
  ) -> (output: Bool, error: Bool, stop: Bool) {
    // poll(2) passes over negative numbers.
    var descriptors = [
      output.isOpen ? output.descriptor.rawValue : -1,
      error.isOpen ? error.descriptor.rawValue : -1,
      pipes.wake.read.rawValue,
    ].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Interrupted or out of memory: nothing is ready, and the loop asks again.
    guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else {
      return (false, false, false)
    }
    return (
      descriptors[0].revents != 0, descriptors[1].revents != 0, descriptors[2].revents != 0
    )
  }
}

/// One stream while it is read.
private struct Channel {
  let descriptor: FileDescriptor
  private(set) var captured: CapturedOutput
  private var lines: LineAssembler
  /// Takes secrets out; `nil` when there are none.
  private var masking: SecretMask.Stream?
  private(set) var isOpen = true

  init(
    _ descriptor: FileDescriptor, captured: CapturedOutput, lines: LineAssembler, mask: SecretMask
  ) {
    masking = mask.isEmpty ? nil : SecretMask.Stream(mask)
    self.descriptor = descriptor
    self.captured = captured
    self.lines = lines
    // The reading end only: the process's own end stays as programs expect it.
    let flags = fcntl(descriptor.rawValue, F_GETFL)
    _ = fcntl(descriptor.rawValue, F_SETFL, flags | O_NONBLOCK)
  }

  /// There is more data than is allowed.
  var isTooLong: Bool {
    if case .whole = captured.retention { captured.isTruncated } else { false }
  }

  /// Takes what one read gives, and returns the number of bytes; 0 when there is nothing now.
  mutating func readOnce(
    using buffer: inout [UInt8], _ sink: (OutputChunk) -> Void
  ) -> Int {
    buffer.withUnsafeMutableBytes { space in
      do {
        let count = try descriptor.read(into: space)
        isOpen = count > 0
        let bytes = UnsafeRawBufferPointer(rebasing: space[..<count])
        if let masked = masking?.append(bytes) {
          masked.withUnsafeBytes { take($0, sink) }
        } else {
          take(bytes, sink)
        }
        return count
      } catch Errno.wouldBlock {
        return 0
      } catch {
        // A pipe that cannot be read has nothing more to say.
        isOpen = false
        return 0
      }
    }
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer, _ sink: (OutputChunk) -> Void) {
    captured.append(bytes)
    lines.append(bytes, to: sink)
  }

  /// Takes what is there without waiting for more.
  mutating func drain(
    upTo limit: Int, using buffer: inout [UInt8], _ sink: (OutputChunk) -> Void
  ) {
    var total = 0
    while isOpen, total < limit {
      let count = readOnce(using: &buffer, sink)
      if count == 0 { break }
      total += count
    }
  }

  /// Hands on a line that was not ended.
  mutating func finish(_ sink: (OutputChunk) -> Void) {
    if let masked = masking?.finish() { masked.withUnsafeBytes { take($0, sink) } }
    lines.finish(to: sink)
  }
}
