import Glibc

/// The standard input of the process, read to its end when a program first asks for it. The text stays: each further call
/// gives it again, also after `:undo`.
final class StandardInput {
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var isAtEnd = false

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// What was read before an interrupt is kept for the next call.
  func read(_ limits: FileAccess.Limits) -> FileAccess.Outcome<[UInt8]> {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isAtEnd {
      if limits.mustStop() { return .interrupted }
      guard limits.fits(bytes.count * 2) else { return .tooLarge(bytes.count * 2) }
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&state, 1, 100)
      if ready == 0 || (ready < 0 && errno == EINTR) { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { isAtEnd = true } else { bytes += buffer[..<count] }
    }
    return .done(bytes)
  }
}
