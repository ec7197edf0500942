import CVMTestSupport
import Foundation
import Testing

@Suite struct `Random keys` {
  private static let pieces = [
    "a", "b", " ", "x", "1", "(", ")", "[", "]", "{", "}", "'", "`", "${", "\"", "/", "中", "😀", "e\u{301}", "👨‍👩‍👧", "🇯🇵",
    "é",
    "let ", "function f(", "=> ", "// c", "/*", "*/", ";", ",", ".", "pts.", ":he", "\r", Key.altEnter, Key.altEnter,
    Key.up, Key.down, Key.left, Key.right, Key.left, Key.home, Key.end, Key.delete, Key.backspace, Key.backspace,
    Key.tab, Key.tab, "\u{1b}b", "\u{1b}f", "\u{1b}d", "\u{1b}y", "\u{1b}u", "\u{1b}3", "\u{1b}[1;5C", "\u{1b}[1;5D",
    "\u{1b}[99~", Key.control("A"), Key.control("E"), Key.control("K"), Key.control("U"), Key.control("W"),
    Key.control("Y"), Key.control("T"), Key.control("_"), Key.control("_"), Key.control("R"),
    Key.control("G"), Key.control("V"), Key.control("D"), Key.escape, "\u{1b}[200~pasted\r\ttext\u{1b}[201~", "\u{7f}",
    String(repeating: "long ", count: 14),
  ]

  /// Keys that mean something in vi's command mode.
  private static let viPieces =
    pieces + [
      "d", "w", "b", "e", "x", "X", "p", "P", "D", "C", "c", "dd", "yy", "cc", "0", "$", "^", "f(", "t)", "F ", "T1",
      ";",
      "~", "i", "a", "A", "I", "s", "S", "R", "r中", "rx", ".", "3", "12", "%", "|", "/", "n", "N", "#", "_", "@", "u",
      "U",
      "G", "k", "j", "h", "l", "W", "B", "E", "=", "\\", Key.escape, Key.escape, Key.escape,
    ]

  private static let keysPerRound = number("CVM_RANDOM_KEYS") ?? 30
  private static let sessionCount = number("CVM_RANDOM_SESSIONS") ?? 24
  private static let firstSession = number("CVM_RANDOM_FIRST") ?? 0

  private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  private func keys(_ generator: inout SeededGenerator, _ count: Int, isVi: Bool) -> [String] {
    // Nothing that leaves: Ctrl-D only where there is text, whatever Escape or a search made of the key before.
    (0..<count).map { _ in (isVi ? Self.viPieces : Self.pieces).randomElement(using: &generator)! }.map {
      $0 != Key.control("D") ? $0 : isVi ? "d" : Key.control("G") + "zz" + Key.left + $0
    }
  }

  /// Ends whatever a key may have begun, types a mark, and waits until it is painted with everything before it.
  private func settle(_ terminal: PseudoTerminal, _ number: Int, isVi: Bool) throws {
    let mark = "<\(number)>"
    terminal.send(Key.control("G") + Key.control("G") + (isVi ? "i" : "") + mark)
    try show(terminal, mark)
  }

  private func show(_ terminal: PseudoTerminal, _ mark: String) throws {
    try terminal.wait("the mark \(mark)") { terminal in
      let screen = terminal.screen
      let near = screen.cursorRow > 0 ? screen.line(screen.cursorRow - 1) + screen.cursorLine : screen.cursorLine
      // In bytes, since a combining mark behind it joins its last character.
      return near.utf8.count >= mark.utf8.count && Array(near.utf8).contains(Array(mark.utf8)) && !screen.isUpdating
        && screen.showsCursor
    }
  }

  @Test(arguments: firstSession..<firstSession + sessionCount) func `the screen is what a full repaint shows`(seed: Int)
    throws
  {
    var generator = SeededGenerator(seed: UInt64(seed))
    let isVi = seed % 2 == 1
    let home = try ScratchDirectory()
    if isVi { _ = try home.write(".editrc", "bind -v\n") }
    func size() -> (Int, Int) {
      (Int.random(in: 14...70, using: &generator), Int.random(in: 4...16, using: &generator))
    }
    let (columns, rows) = size()
    let terminal = try TerminalSession.startProbe(home: home, columns: columns, rows: rows)
    for round in 1...5 {
      terminal.send(keys(&generator, Self.keysPerRound, isVi: isVi).joined())
      try settle(terminal, 10 * round, isVi: isVi)
      if round % 2 == 0 {
        let (columns, rows) = size()
        terminal.resize(columns: columns, rows: rows)
        try settle(terminal, 10 * round + 1, isVi: isVi)
      }
      let painted = terminal.screen
      let clears = painted.clearCount
      terminal.send(Key.control("L"))
      try terminal.wait("a repaint") { $0.screen.clearCount > clears && !$0.screen.isUpdating && $0.screen.showsCursor }
      let repainted = terminal.screen
      let shift = painted.cursorRow - repainted.cursorRow
      #expect(shift >= 0 && painted.cursorColumn == repainted.cursorColumn)
      for row in 0..<max(0, painted.rows - shift) {
        #expect(
          painted.picture[row + shift] == repainted.picture[row],
          "row \(row) of\n\(repainted.lines.joined(separator: "\n"))\nwas in\n\(painted.lines.joined(separator: "\n"))")
      }
      #expect(repainted.unknown == [])
      terminal.send(Key.control("C"))
      try terminal.waitForLine("probe>")
    }
  }
}
