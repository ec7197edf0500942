import CVMTestSupport
import Foundation

/// Starts the programs under test and waits for what they show.
enum TerminalSession {
  /// A session of cvm-repl at its prompt.
  static func start(
    _ arguments: [String] = [], environment: [String: String?] = [:], home: ScratchDirectory? = nil,
    columns: Int = 60, rows: Int = 12
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      BuiltProgram.path, arguments, environment: environment, home: home, columns: columns, rows: rows)
    try terminal.waitForPrompt()
    return terminal
  }

  /// `CVM_EDITOR_PROBE` in the environment, else the executable beside the tests.
  static let probe = ProcessInfo.processInfo.environment["CVM_EDITOR_PROBE"] ?? BuiltProgram.built("editor-probe")

  /// The line editor alone.
  static func startProbe(
    _ arguments: [String] = [], environment: [String: String?] = [:], home: ScratchDirectory? = nil,
    columns: Int = 60, rows: Int = 12
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      probe, arguments, environment: environment, home: home, columns: columns, rows: rows)
    try terminal.waitForLine("probe>")
    return terminal
  }
}

enum Key {
  static let enter = "\r"
  static let altEnter = "\u{1b}\r"
  static let up = "\u{1b}[A"
  static let down = "\u{1b}[B"
  static let right = "\u{1b}[C"
  static let left = "\u{1b}[D"
  static let home = "\u{1b}[H"
  static let end = "\u{1b}[F"
  static let delete = "\u{1b}[3~"
  static let backspace = "\u{7f}"
  static let tab = "\t"
  static let escape = "\u{1b}"
  static func control(_ letter: Character) -> String {
    String(Unicode.Scalar(letter.asciiValue! & 0x1F))
  }
}

extension PseudoTerminal {
  /// Waits for an empty prompt below everything else, and below what was typed.
  func waitForPrompt() throws { try wait("a prompt") { $0.isOnNewLine("cvm>") } }

  /// Waits until the cursor is on a line with this text.
  func waitForLine(_ text: String) throws { try wait("the line '\(text)'") { $0.screen.cursorLine == text } }

  /// Waits until the screen is exactly this.
  func waitForScreen(_ lines: [String]) throws {
    try wait("the screen\n" + lines.map { "| \($0)" }.joined(separator: "\n")) { $0.screen.lines == lines }
  }

  /// Waits until a line of the screen is exactly this.
  func waitForAnyLine(_ text: String) throws { try wait("a line '\(text)'") { $0.screen.lines.contains(text) } }

  func waitForCursor(row: Int, column: Int) throws {
    try wait("the cursor in row \(row), column \(column)") {
      $0.screen.cursorRow == row && $0.screen.cursorColumn == column
    }
  }

  /// Types a statement and waits for a line of its answer and the next prompt.
  func run(_ statement: String, until answer: String) throws {
    send(statement + Key.enter)
    try wait("'\(answer)' and a prompt") { $0.screen.lines.dropLast().last == answer && $0.screen.cursorLine == "cvm>" }
  }

  /// Leaves with Ctrl-D.
  func leave() throws -> Int32 {
    try waitForPrompt()
    send(Key.control("D"))
    return try exitStatus()
  }
}
