/// What `console` remembers between calls.
struct ConsoleState: Sendable {
  var counts: [String: Int] = [:]
  /// When timers began, in seconds of the machine's clock.
  var timers: [String: Double] = [:]
  /// How many groups are open.
  var groupDepth = 0
}

extension Machine {
  enum ConsoleStream {
    case output
    case error
  }

  /// Prints a message of `console`, indented by the open groups.
  func printLine(_ message: [UInt8], to stream: ConsoleStream) {
    var line = message
    if console.groupDepth > 0 {
      let indentation = [UInt8](repeating: 0x20, count: min(console.groupDepth, 1000) * 2)
      line = Array(
        message.split(separator: 0x0a, omittingEmptySubsequences: false).joined(separator: [0x0a] + indentation))
      line.insert(contentsOf: indentation, at: 0)
    }
    line.append(0x0a)
    write(line, to: stream)
  }

  func write(_ bytes: [UInt8], to stream: ConsoleStream) {
    guard stream == .error, let errorOutput else { return write(bytes) }
    outputBytes += bytes.count
    if inputs?.isNewOutput() != false { errorOutput(bytes) }
  }
}
