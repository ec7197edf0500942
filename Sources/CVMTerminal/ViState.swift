import CLineEdit

/// What vi's command mode remembers between keys.
struct ViState {
  /// A change that `.` makes again.
  struct Change {
    var count: Int?
    /// Changes the text, or only moves to where a text is inserted; false when it can't.
    var run: (LineEditor, Int?) -> Bool
    /// What follows is text, up to Escape.
    var inserts = false
    /// What follows takes the place of what is there.
    var overwrites = false
    var inserted: [UInt32] = []
  }

  /// The text that is typed in insert mode: from `start` up to the cursor, with so much behind it.
  struct Insertion {
    var start: Int
    var rest: Int
    var copies: Int
  }

  /// A search for a character in the line.
  struct Find {
    var key: Character
    var sought: [UInt32]
  }

  var change: Change?
  var insertion: Insertion?
  var find: Find?
  var isReplacing = false
  /// What was overwritten, for Backspace; empty where there was nothing.
  var replaced: [[UInt32]] = []
  /// What was cut or copied last as whole lines.
  var lines: [UInt32]?
  /// Where the cursor goes when insert mode ends.
  var place = 0

  /// Insert mode begins anew; changes can still be made again.
  mutating func beginText() {
    insertion = nil
    isReplacing = false
    replaced = []
  }
}

/// Where a motion leads, and what an operator takes of the way.
struct ViMotion {
  enum Kind { case exclusive, inclusive, lines }
  var place: Int
  var kind = Kind.exclusive
  /// Where the way begins, if not at the cursor.
  var start: Int?
}

/// The keys of a motion, read before it is made, so that it can be made again.
struct ViMotionKeys {
  var key: Character
  /// The character of `f`, the object of `i` and `a`.
  var argument: [UInt32] = []
}

extension LineEditor {
  /// The keys that command mode gives a meaning.
  static let viCommandKeys = (UInt32(0x20)...0x7E).map(octal) + ["^H", "^?"]
  private static let mostRepetitions = 1000

  // MARK: Commands

  /// A key of command mode, with those that follow it.
  func viKey(_ first: UInt32) -> CommandResult {
    var key = first
    var count: Int?
    while (0x30...0x39).contains(key), key != 0x30 || count != nil {
      count = min((count ?? 0) * 10 + Int(key - 0x30), Self.mostRepetitions)
      guard let next = edit.readKey() else { return .done }
      key = next
    }
    if key == 0x08 || key == 0x7F { key = 0x68 }
    guard (0x20...0x7E).contains(key), let scalar = Unicode.Scalar(key) else { return giveBack(key) }
    return viCommand(Character(scalar), count)
  }

  private func giveBack(_ key: UInt32) -> CommandResult {
    if key != CLE_KEY_ESCAPE { queue.putBack(key) }
    return .done
  }

  /// What a key of command mode does.
  func viCommand(_ key: Character, _ count: Int?) -> CommandResult {
    switch key {
    case "d", "c", "y": return viOperator(key, count)
    case "x": return viRepeatable(count) { $0.viDelete(forward: true, $1 ?? 1) && $0.viStayInLine() }
    case "X": return viRepeatable(count) { $0.viDelete(forward: false, $1 ?? 1) }
    case "D": return viMove(ViMotionKeys(key: "$"), "d", count)
    case "C": return viMove(ViMotionKeys(key: "$"), "c", count)
    case "s": return viInserting(count) { $0.viDelete(forward: true, $1 ?? 1) || $0.viIsEmptyLine }
    case "S": return viLines("c", count)
    case "Y": return viLines("y", count)
    case "p", "P": return viRepeatable(count) { $0.viPut(after: key == "p", $1 ?? 1) }
    case "r": return viReplaceCharacter(count)
    case "~": return viRepeatable(count) { $0.viToggleCase($1 ?? 1) }
    case "J": return viRepeatable(count) { $0.viJoin(max(1, ($1 ?? 2) - 1)) }
    case ".": return viAgain(count)
    case "i", "a", "I", "A", "o", "O", "R": return viInsert(key, count)
    case "k", "-": return viRepeated(count) { $0.moveVertically(-1) }
    case "j", "+": return viRepeated(count) { $0.moveVertically(1) }
    case "u", "U": return viRepeated(count) { $0.takeBack($0.undo.undo()) }
    case "/", "N": return searchHistory(-1)
    case "?", "n": return searchHistory(1)
    case "v": return editElsewhere()
    default:
      guard let keys = viReadMotion(key), let motion = viMotion(keys, count) else { return .refused }
      return viGo(to: motion.place)
    }
  }

  private func viRepeated(_ count: Int?, _ step: (LineEditor) -> CommandResult) -> CommandResult {
    var result = CommandResult.refused
    for round in 0..<(count ?? 1) {
      guard case .done = step(self) else { return round == 0 ? result : .done }
      result = .done
    }
    return result
  }

  /// Moves, in command mode never behind the last character of a line.
  private func viGo(to place: Int) -> CommandResult {
    let text = edit.text
    let before = edit.cursor
    edit.moveCursor(to: viClamped(place, text))
    return edit.cursor == before && place == before ? .refused : .done
  }

  private func viClamped(_ place: Int, _ text: [UInt32]) -> Int {
    let line = lineBounds(text, min(max(0, place), text.count))
    guard place >= line.upperBound else { return max(place, line.lowerBound) }
    return max(line.lowerBound, line.isEmpty ? line.lowerBound : characterStart(text, before: line.upperBound))
  }

  private func viStayInLine() -> Bool {
    edit.moveCursor(to: viClamped(edit.cursor, edit.text))
    return true
  }

  var viIsEmptyLine: Bool { lineBounds(edit.text, edit.cursor).isEmpty }

  // MARK: Changes

  private func viRepeatable(_ count: Int?, _ run: @escaping (LineEditor, Int?) -> Bool) -> CommandResult {
    guard run(self, count) else { return .refused }
    vi.change = ViState.Change(count: count, run: run)
    return .done
  }

  private func viInserting(
    _ count: Int?, copies: Int = 1, overwrites: Bool = false, _ run: @escaping (LineEditor, Int?) -> Bool
  ) -> CommandResult {
    guard run(self, count) else { return .refused }
    vi.change = ViState.Change(count: count, run: run, inserts: true, overwrites: overwrites)
    vi.insertion = ViState.Insertion(start: edit.cursor, rest: edit.count - edit.cursor, copies: copies)
    vi.isReplacing = overwrites
    vi.replaced = []
    queue.putBack(CLE_KEY_VI_INSERT)
    return .done
  }

  /// `.`
  private func viAgain(_ count: Int?) -> CommandResult {
    guard var change = vi.change, change.run(self, count ?? change.count) else { return .refused }
    if let count { change.count = count }
    if change.inserts {
      if change.overwrites { change.inserted.forEach { _ = overwrite([$0]) } } else { _ = insert(change.inserted) }
      vi.replaced = []
      viStepBack()
    }
    vi.change = change
    return .done
  }

  private func viStepBack() {
    let text = edit.text
    let cursor = edit.cursor
    if cursor > lineBounds(text, cursor).lowerBound { edit.moveCursor(to: characterStart(text, before: cursor)) }
  }

  private func viInsert(_ key: Character, _ count: Int?) -> CommandResult {
    // `3ix`: the text is there three times when insert mode ends.
    viInserting(count, copies: "oO".contains(key) ? 1 : count ?? 1, overwrites: key == "R") { editor, _ in
      let text = editor.edit.text
      let cursor = editor.edit.cursor
      let line = editor.lineBounds(text, cursor)
      switch key {
      case "a": editor.edit.moveCursor(to: cursor < line.upperBound ? editor.characterEnd(text, after: cursor) : cursor)
      case "I": editor.edit.moveCursor(to: editor.viFirstCharacter(text, line))
      case "A": editor.edit.moveCursor(to: line.upperBound)
      case "o":
        editor.edit.moveCursor(to: line.upperBound)
        _ = editor.breakLine()
      case "O":
        let indentation = Array(text[line.lowerBound..<editor.viFirstCharacter(text, line)])
        editor.edit.moveCursor(to: line.lowerBound)
        guard editor.edit.insert(indentation + [newline]) else { return false }
        editor.edit.moveCursor(to: line.lowerBound + indentation.count)
      default: break
      }
      return true
    }
  }

  /// Escape: the end of insert mode.
  func viEscape() -> CommandResult {
    let text = edit.text
    var cursor = edit.cursor
    if let insertion = vi.insertion, cursor >= insertion.start, text.count - cursor == insertion.rest || vi.isReplacing
    {
      let inserted = Array(text[insertion.start..<cursor])
      vi.change?.inserted = inserted
      if insertion.copies > 1, !vi.isReplacing {
        _ = insert(Array(repeatElement(inserted, count: insertion.copies - 1).joined()))
        cursor = edit.cursor
      }
    }
    vi.beginText()
    let now = edit.text
    vi.place = cursor > lineBounds(now, cursor).lowerBound ? characterStart(now, before: cursor) : cursor
    // libedit's own command changes the mode, and moves the cursor without regard to lines.
    queue.putBack(CLE_KEY_VI_SETTLE)
    queue.putBack(CLE_KEY_VI_COMMAND)
    return .done
  }

  func viSettle() -> CommandResult {
    edit.moveCursor(to: min(vi.place, edit.count))
    return .done
  }

  private func viDelete(forward: Bool, _ count: Int) -> Bool {
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    var other = cursor
    for _ in 0..<count where forward ? other < line.upperBound : other > line.lowerBound {
      other = forward ? characterEnd(text, after: other) : characterStart(text, before: other)
    }
    guard other != cursor else { return false }
    viTake(min(cursor, other)..<max(cursor, other), asLines: false)
    edit.delete(min(cursor, other)..<max(cursor, other))
    return true
  }

  private func viTake(_ range: Range<Int>, asLines: Bool) {
    let piece = Array(edit.text[range])
    killRing.add(piece, .after, continues: false)
    vi.lines = asLines ? piece : nil
  }

  private func viToggleCase(_ count: Int) -> Bool {
    for round in 0..<count {
      guard case .done = toggleCase() else { return round > 0 }
    }
    return true
  }

  private func viJoin(_ count: Int) -> Bool {
    for round in 0..<count {
      let text = edit.text
      let end = lineBounds(text, edit.cursor).upperBound
      guard end < text.count else { return round > 0 }
      let next = viFirstCharacter(text, lineBounds(text, end + 1))
      let needsBlank = next < text.count && text[next] != 0x29 && end > 0 && text[end - 1] != 0x20
      guard edit.replace(end..<next, with: needsBlank ? [0x20] : []) else { return false }
      edit.moveCursor(to: end)
    }
    return true
  }

  private func viReplaceCharacter(_ count: Int?) -> CommandResult {
    guard let sought = viReadCharacter() else { return .done }
    return viRepeatable(count) { editor, count in
      let text = editor.edit.text
      let cursor = editor.edit.cursor
      let line = editor.lineBounds(text, cursor)
      var end = cursor
      for _ in 0..<(count ?? 1) {
        guard end < line.upperBound else { return false }
        end = editor.characterEnd(text, after: end)
      }
      let replacement = Array(repeatElement(sought, count: count ?? 1).joined())
      guard editor.edit.replace(cursor..<end, with: replacement) else { return false }
      editor.edit.moveCursor(to: cursor + replacement.count - sought.count)
      return true
    }
  }

  private func viPut(after: Bool, _ count: Int) -> Bool {
    guard let piece = killRing.current, !piece.isEmpty || vi.lines == piece else { return false }
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    let all = Array(repeatElement(piece, count: count).joined(separator: vi.lines == piece ? [newline] : []))
    if vi.lines == piece {
      edit.moveCursor(to: after ? line.upperBound : line.lowerBound)
      guard edit.insert(after ? [newline] + all : all + [newline]) else { return false }
      let start = after ? line.upperBound + 1 : line.lowerBound
      edit.moveCursor(to: viFirstCharacter(edit.text, lineBounds(edit.text, start)))
      return true
    }
    let place = after && cursor < line.upperBound ? characterEnd(text, after: cursor) : cursor
    edit.moveCursor(to: place)
    guard edit.insert(all) else { return false }
    viStepBack()
    return true
  }

  // MARK: Operators

  private func viOperator(_ operation: Character, _ count: Int?) -> CommandResult {
    var key: UInt32 = 0
    var inner: Int?
    repeat {
      guard let next = edit.readKey() else { return .done }
      key = next
      guard (0x30...0x39).contains(key), key != 0x30 || inner != nil else { break }
      inner = min((inner ?? 0) * 10 + Int(key - 0x30), Self.mostRepetitions)
    } while true
    let total = count == nil && inner == nil ? nil : min((count ?? 1) * (inner ?? 1), Self.mostRepetitions)
    guard (0x20...0x7E).contains(key), let scalar = Unicode.Scalar(key) else { return giveBack(key) }
    if Character(scalar) == operation { return viLines(operation, total) }
    guard let keys = viReadMotion(Character(scalar), hasOperator: true) else { return .refused }
    return viMove(keys, operation, total)
  }

  /// `dd`, `cc`, `yy`: whole lines from the one of the cursor on.
  private func viLines(_ operation: Character, _ count: Int?) -> CommandResult {
    viApply(operation, count) { editor, count in
      let text = editor.edit.text
      var end = editor.edit.cursor
      for _ in 1..<max(2, count ?? 1) where count ?? 1 > 1 {
        let line = editor.lineBounds(text, end)
        guard line.upperBound < text.count else { break }
        end = line.upperBound + 1
      }
      return ViMotion(place: end, kind: .lines)
    }
  }

  private func viMove(_ keys: ViMotionKeys, _ operation: Character, _ count: Int?) -> CommandResult {
    viApply(operation, count) { editor, count in editor.viMotion(keys, count, operation) }
  }

  private func viApply(
    _ operation: Character, _ count: Int?, _ motion: @escaping (LineEditor, Int?) -> ViMotion?
  ) -> CommandResult {
    let run: (LineEditor, Int?) -> Bool = { editor, count in
      motion(editor, count).map { editor.viOperate(operation, $0) } ?? false
    }
    switch operation {
    case "c": return viInserting(count, run)
    case "d": return viRepeatable(count, run)
    default: return run(self, count) ? .done : .refused
    }
  }

  private func viOperate(_ operation: Character, _ motion: ViMotion) -> Bool {
    let text = edit.text
    let start = motion.start ?? edit.cursor
    var range = min(start, motion.place)..<max(start, motion.place)
    switch motion.kind {
    case .exclusive: break
    case .inclusive: range = range.lowerBound..<characterEnd(text, after: range.upperBound)
    case .lines:
      range = lineBounds(text, range.lowerBound).lowerBound..<lineBounds(text, range.upperBound).upperBound
    }
    guard !range.isEmpty || motion.kind == .lines || operation == "c" else { return false }
    viTake(range, asLines: motion.kind == .lines)
    if operation == "y" {
      if motion.kind != .lines { edit.moveCursor(to: range.lowerBound) }
      return true
    }
    guard motion.kind == .lines else {
      edit.delete(range)
      return operation == "c" || viStayInLine()
    }
    if operation == "c" {
      // The indentation stays.
      edit.delete(viFirstCharacter(text, lineBounds(text, range.lowerBound))..<range.upperBound)
      return true
    }
    if range.upperBound < text.count {
      edit.delete(range.lowerBound..<range.upperBound + 1)
    } else {
      edit.delete(max(0, range.lowerBound - 1)..<range.upperBound)
    }
    let now = edit.text
    edit.moveCursor(to: viFirstCharacter(now, lineBounds(now, min(range.lowerBound, now.count))))
    return true
  }

  // MARK: Replace mode

  /// Types over what is there, in replace mode; else inserts.
  func type(_ scalars: [UInt32]) -> CommandResult { vi.isReplacing ? overwrite(scalars) : insert(scalars) }

  private func overwrite(_ scalars: [UInt32]) -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    let end = cursor < line.upperBound ? characterEnd(text, after: cursor) : cursor
    guard edit.replace(cursor..<end, with: scalars) else { return insert(scalars) }
    vi.replaced.append(Array(text[cursor..<end]))
    return .done
  }

  /// Backspace in replace mode: what was there comes back.
  func viUnreplace() -> CommandResult {
    guard let piece = vi.replaced.popLast() else { return move(characterStart(_:before:)) }
    let cursor = edit.cursor
    let start = characterStart(edit.text, before: cursor)
    guard edit.replace(start..<cursor, with: piece) else { return .refused }
    edit.moveCursor(to: start)
    return .done
  }
}
