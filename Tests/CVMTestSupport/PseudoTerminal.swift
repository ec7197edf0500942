import CPseudoTerminal
import Foundation
import Glibc

/// A program on a terminal of its own: what is typed goes in, and a screen shows what comes out.
public final class PseudoTerminal {
  /// Something did not appear in time.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
  }

  public private(set) var screen: TerminalScreen
  /// Everything that was written.
  public private(set) var output: [UInt8] = []
  /// Whether a line ended since something was typed.
  private var hasAnswered = true
  /// The line of the cursor when something was typed last.
  private var lineWhenTyped = ""
  public let home: ScratchDirectory
  /// The settings of the terminal before the program started.
  public let firstSettings: String
  public let process: pid_t
  private let master: Int32
  private let slave: Int32
  private var status: Int32?

  public static let timeout = Duration.seconds(60)

  /// Starts a program. `environment` adds to a small one, in which nil removes a variable.
  public init(
    _ path: String, _ arguments: [String] = [], environment: [String: String?] = [:], home: ScratchDirectory? = nil,
    columns: Int = 60, rows: Int = 12
  ) throws {
    self.home = try home ?? ScratchDirectory()
    screen = TerminalScreen(columns: columns, rows: rows)
    var variables: [String: String?] = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": self.home.path, "PATH": "/usr/local/bin:/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no", "PS1": "$ ",
    ]
    for (name, value) in environment { variables[name] = value }
    if let options = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] { variables["ASAN_OPTIONS"] = options }
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    let settings = variables.compactMap { name, value in value.map { strdup("\(name)=\($0)") } } + [nil]
    defer { for word in words + settings { free(word) } }
    var ends: (Int32, Int32) = (-1, -1)
    process = cpt_spawn(path, words, settings, Int32(columns), Int32(rows), &ends.0, &ends.1)
    (master, slave) = ends
    guard process > 0 else { throw Failure(description: "\(path) did not start") }
    firstSettings = Self.settings(slave)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(master)
    close(slave)
  }

  private static func settings(_ terminal: Int32) -> String {
    var text = [CChar](repeating: 0, count: 1024)
    cpt_settings(terminal, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The settings of the terminal now.
  public var settings: String { Self.settings(slave) }

  /// The group that has the terminal.
  public var foregroundGroup: pid_t { cpt_foreground(master) }

  // MARK: Typing

  public func send(_ text: String) { send(Array(text.utf8)) }

  public func send(_ bytes: [UInt8]) {
    pump(0)
    hasAnswered = false
    lineWhenTyped = screen.cursorLine
    var offset = 0
    while offset < bytes.count {
      // What comes out must be read, or a full buffer would stop both.
      var request = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&request, 1, 1000) > 0 else { continue }
      if request.revents & Int16(POLLIN) != 0 { read() }
      guard request.revents & Int16(POLLOUT) != 0 else { continue }
      let end = min(bytes.count, offset + 1024)
      let count = bytes[offset..<end].withUnsafeBytes { write(master, $0.baseAddress!, $0.count) }
      if count > 0 { offset += count } else if errno != EAGAIN, errno != EINTR { return }
    }
  }

  /// Pastes a text as a terminal with bracketed paste does.
  public func paste(_ text: String) {
    send(
      "\u{1b}[200~" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r")
        + "\u{1b}[201~")
  }

  public func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    cpt_resize(master, Int32(columns), Int32(rows))
  }

  public func signal(_ number: Int32) { kill(process, number) }

  // MARK: Looking

  private func read() {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(master, $0.baseAddress!, $0.count) }
    guard count > 0 else { return }
    output += bytes[..<count]
    if bytes[..<count].contains(UInt8(ascii: "\n")) { hasAnswered = true }
    screen.write(bytes[..<count])
  }

  /// Reads what is there, and waits for more at most so many milliseconds.
  public func pump(_ milliseconds: Int32) {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, milliseconds) > 0 { read() }
  }

  /// Waits until the screen is as it should be.
  public func wait(
    _ what: String, within time: Duration = PseudoTerminal.timeout, until isReached: (PseudoTerminal) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + time
    while !isReached(self) {
      guard ContinuousClock.now < deadline, !hasEnded || hasOutput else { throw failure(what) }
      pump(20)
    }
  }

  /// Whether the cursor is on a line with this text, which is not the one that was there when something was typed last.
  public func isOnNewLine(_ text: String) -> Bool {
    screen.cursorLine == text && (hasAnswered || lineWhenTyped != text)
  }

  private var hasOutput: Bool {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  private func failure(_ what: String) -> Failure {
    let place = "cursor in column \(screen.cursorColumn) of row \(screen.cursorRow)"
    let lines = screen.lines.map { "| \($0)" }.joined(separator: "\n")
    return Failure(description: "not seen: \(what)\n\(lines)\n\(place)\(hasEnded ? ", the program has ended" : "")")
  }

  /// Whether the program has ended.
  public var hasEnded: Bool {
    if status != nil { return true }
    var value: Int32 = 0
    guard waitpid(process, &value, WNOHANG) == process else { return false }
    status = value
    return true
  }

  /// Waits for the end: the exit status, or 128 and the signal.
  public func exitStatus() throws -> Int32 {
    let deadline = ContinuousClock.now + Self.timeout
    while !hasEnded {
      guard ContinuousClock.now < deadline else { throw failure("the end") }
      pump(10)
    }
    while hasOutput { pump(0) }
    let value = status ?? 0
    return value & 0x7F == 0 ? (value >> 8) & 0xFF : 128 + (value & 0x7F)
  }
}
