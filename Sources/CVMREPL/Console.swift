import Glibc

/// Where output goes: standard output and standard error, or a test.
public final class Console {
  private let output: ([UInt8]) -> Void
  private let errors: ([UInt8]) -> Void
  private let flushing: () -> Void
  /// Whether output goes to the process's own standard output.
  private(set) var isStandard = false

  /// A console that hands everything to closures.
  public init(
    output: @escaping ([UInt8]) -> Void, errors: @escaping ([UInt8]) -> Void, flush: @escaping () -> Void = {}
  ) {
    self.output = output
    self.errors = errors
    flushing = flush
  }

  /// A console that drops everything.
  public static var silent: Console { Console(output: { _ in }, errors: { _ in }) }

  /// Standard output, buffered, and standard error.
  public static func standard() -> Console {
    signal(SIGPIPE, SIG_IGN)
    let output = OutputBuffer(descriptor: STDOUT_FILENO)
    let console = Console(
      output: { output.write($0) },
      errors: { bytes in
        output.flush()
        writeAll(STDERR_FILENO, bytes)
      }, flush: { output.flush() })
    console.isStandard = true
    return console
  }

  /// Output is dropped; errors are not.
  var isMuted = false

  public func write(_ bytes: [UInt8]) {
    if isMuted || hold(bytes, isError: false) { return }
    record(bytes)
    note(bytes)
    output(bytes)
  }
  public func write(_ text: String) { write(Array(text.utf8)) }
  public func writeError(_ bytes: [UInt8]) {
    if hold(bytes, isError: true) { return }
    record(bytes)
    note(bytes)
    errors(bytes)
  }
  public func writeError(_ text: String) { writeError(Array(text.utf8)) }
  /// Shows what was written up to here, also what is held back.
  public func flush() {
    if isSealed { return }
    release()
    flushing()
  }

  /// What is held back stays so, even when somebody flushes.
  var isSealed = false

  // MARK: Holding back

  private var held: [(bytes: [UInt8], isError: Bool)]?
  private var heldBytes = 0
  private static let heldLimit = 1 << 20

  var isHoldingBack: Bool { held != nil }

  /// From here on nothing is shown until `release`; more than a screen could ever show is not held.
  func holdBack() {
    held = []
    heldBytes = 0
  }

  /// Shows what was held back; false when that happened before, since somebody had to see it.
  @discardableResult
  func release() -> Bool {
    guard let parts = held else { return false }
    held = nil
    for part in parts {
      record(part.bytes)
      note(part.bytes)
      part.isError ? errors(part.bytes) : output(part.bytes)
    }
    return true
  }

  /// Forgets what was held back.
  func discardHeld() { held = nil }

  private func hold(_ bytes: [UInt8], isError: Bool) -> Bool {
    guard held != nil else { return false }
    heldBytes += bytes.count
    if heldBytes > Self.heldLimit {
      release()
      return false
    }
    held?.append((bytes, isError))
    return true
  }

  /// Writes something in front of what is held back.
  func writeNow(_ text: String) {
    record(Array(text.utf8))
    note(Array(text.utf8))
    output(Array(text.utf8))
  }

  /// Makes what `writeNow` wrote visible, and nothing else.
  func flushNow() { flushing() }

  // MARK: Lines

  /// Whether what was written ended with a line; false also where another program may have written.
  private(set) var isAtLineStart = true

  private func note(_ bytes: [UInt8]) { if let last = bytes.last { isAtLineStart = last == 0x0A } }

  /// Another program had the terminal.
  func terminalWasLent() { isAtLineStart = false }

  /// Goes to the start of a line before a prompt is painted. Output that did not end its line stays, with a mark behind it.
  func startLine(columns: Int, _ options: SessionOptions) {
    if !isAtLineStart, isStandard {
      // Where the cursor is nobody knows: in the first column the blanks fill one row, which is cleared again, elsewhere
      // they reach into the next.
      let mark = ResultColors.note(options.isASCII ? "\\" : "\u{23CE}", options)
      output(Array("\(mark)\(String(repeating: " ", count: max(columns - 1, 1)))\r\u{1b}[K".utf8))
    }
    isAtLineStart = true
    flush()
  }

  // MARK: Recording

  /// What is written, for a transcript; nil when nobody wants it.
  private(set) var recording: [UInt8]?
  private static let recordLimit = 64 << 10

  /// Records what a body writes, apart from what is recorded around it.
  func recording<R>(_ body: () -> R) -> (result: R, text: String) {
    let outer = recording
    recording = []
    let result = body()
    let text = String(decoding: recording ?? [], as: UTF8.self)
    recording = outer
    return (result, text)
  }

  private func record(_ bytes: [UInt8]) {
    guard let count = recording?.count, count < Self.recordLimit else { return }
    recording?.append(contentsOf: bytes.prefix(Self.recordLimit - count))
  }
}

/// Bytes on their way to a descriptor: written when they are many, when they wait too long, and line by line to a
/// terminal.
private final class OutputBuffer {
  private let descriptor: Int32
  private let isTerminal: Bool
  private var bytes: [UInt8] = []
  private var lastFlush = 0.0
  private static let capacity = 1 << 16
  private static let longestWait = 0.1

  init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
    bytes.reserveCapacity(Self.capacity)
  }

  func write(_ more: [UInt8]) {
    bytes += more
    if isTerminal || bytes.count >= Self.capacity || seconds() - lastFlush > Self.longestWait { flush() }
  }

  func flush() {
    guard !bytes.isEmpty else { return }
    writeAll(descriptor, bytes)
    bytes.removeAll(keepingCapacity: true)
    lastFlush = seconds()
  }

  private func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Writes everything. Ends the process quietly when nobody reads any more.
private func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) {
  var offset = 0
  while offset < bytes.count {
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset) }
    if written > 0 {
      offset += written
    } else if errno == EINTR {
      continue
    } else if errno == EAGAIN {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&request, 1, -1)
    } else {
      if descriptor == STDOUT_FILENO { _exit(errno == EPIPE ? 0 : ExitStatus.error.rawValue) }
      return
    }
  }
}
