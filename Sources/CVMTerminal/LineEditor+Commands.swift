import CLineEdit
import Glibc

/// A command that keys can be bound to, also in `.editrc`.
struct EditorCommand: Sendable {
  var name: String
  var help: String
  /// Bound in emacs mode and in both modes of vi.
  var keys: [String]
  /// Bound in emacs mode and in vi's insert mode.
  var insertKeys: [String] = []
  /// Bound in vi's command mode.
  var viKeys: [String] = []
  var action: @Sendable (LineEditor, UInt32) -> CommandResult

  init(
    _ name: String, _ help: String, keys: [String] = [], insertKeys: [String] = [], viKeys: [String] = [],
    _ action: @escaping @Sendable (LineEditor, UInt32) -> CommandResult
  ) {
    self.name = "cvm-" + name
    self.help = help
    self.keys = keys
    self.insertKeys = insertKeys
    self.viKeys = viKeys
    self.action = action
  }
}

extension LineEditor {
  func installCommands() {
    let isVi = edit.isVi
    for command in isVi ? EditorCommand.all + EditorCommand.vi : EditorCommand.all {
      guard edit.addCommand(command.name, command.help) == actions.count else { continue }
      actions.append { [unowned self] key in command.action(self, key) }
      for key in command.keys + command.insertKeys { edit.bind(key, to: command.name) }
      guard isVi else { continue }
      for key in command.keys + command.viKeys { edit.bind(key, to: command.name, in: .alternate) }
    }
  }

  // MARK: Macros

  /// A line of an `.editrc` with the characters that libedit would take for other keys in a macro, since it looks at the
  /// low byte only, in a table of their own.
  func withMacroTexts(_ line: String) -> String {
    guard line.split(separator: " ").contains("-s"), line.unicodeScalars.contains(where: { $0.value > 0xFF }) else {
      return line
    }
    var result = String.UnicodeScalarView()
    var text: [UInt32] = []
    func finishText() {
      guard !text.isEmpty, macroTexts.count < Self.mostMacroTexts else { return }
      result.append(Unicode.Scalar(UInt8(CLE_KEY_MACRO)))
      result.append(Unicode.Scalar(UInt8(Self.firstMacroNumber) + UInt8(macroTexts.count)))
      macroTexts.append(text)
      text = []
    }
    for scalar in line.unicodeScalars {
      if scalar.value > 0xFF {
        text.append(scalar.value)
      } else {
        finishText()
        result.append(scalar)
      }
    }
    finishText()
    return String(result)
  }

  func insertMacroText() -> CommandResult {
    guard let key = edit.readKey(), key >= Self.firstMacroNumber else { return .refused }
    let number = Int(key - Self.firstMacroNumber)
    return number < macroTexts.count ? type(macroTexts[number]) : .refused
  }

  /// Keys that mean nothing to who reads the line: capital letters and what follows them, up to U+00FF.
  private static let firstMacroNumber: UInt32 = 0xA1
  private static let mostMacroTexts = 90

  /// The keys that stand for what is no key of a keyboard.
  func bindVirtualKeys() {
    guard edit.isVi else { return edit.bind(Self.octal(CLE_KEY_ESCAPE), to: "ed-ignore") }
    edit.bind(Self.octal(CLE_KEY_ESCAPE), to: "cvm-vi-escape")
    edit.bind(Self.octal(CLE_KEY_ESCAPE), to: "ed-ignore", in: .alternate)
    edit.bind(Self.octal(CLE_KEY_VI_COMMAND), to: "vi-command-mode")
    edit.bind(Self.octal(CLE_KEY_VI_INSERT), to: "vi-insert", in: .alternate)
    edit.bind(Self.octal(CLE_KEY_VI_SETTLE), to: "cvm-vi-settle", in: .alternate)
  }

  /// A key as libedit writes it in octal.
  static func octal(_ key: UInt32) -> String {
    let digits = String(key, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// Replaces libedit's own commands that draw, that know no lines, or that use libedit's history, whatever key they
  /// are bound to.
  func replaceBuiltIns() {
    let bindings = edit.bindings
    for (map, keys) in bindings.keys {
      for (key, name) in keys where key > 0 && key < 0x100 {
        guard let ours = EditorCommand.replacements[name] else { continue }
        edit.bind(Self.octal(key), to: ours, in: map)
      }
    }
    for (sequence, name) in bindings.sequences {
      guard let ours = EditorCommand.replacements[name] else { continue }
      // In vi mode libedit has sequences without ESC, which are keys of the command mode.
      edit.bind(sequence, to: ours, in: edit.isVi && !sequence.hasPrefix("^") ? .alternate : .main)
    }
  }

  /// Runs an own command for libedit.
  func runCommand(_ number: Int, _ key: UInt32) -> Int32 {
    // Keys may come in a row without anything being painted between them.
    observe()
    currentAction = .other
    let result = number < actions.count ? actions[number](key) : .refused
    lastAction = currentAction
    if !lastAction.isVertical { wantedColumn = nil }
    if case .refused = result { rings = true }
    return result.code
  }

  func takePendingText() -> [UInt32] {
    defer { pendingText = [] }
    return pendingText
  }

  // MARK: Places in the text

  /// The bounds of the line that holds an offset.
  func lineBounds(_ text: [UInt32], _ offset: Int) -> Range<Int> {
    var start = offset
    while start > 0, text[start - 1] != newline { start -= 1 }
    var end = offset
    while end < text.count, text[end] != newline { end += 1 }
    return start..<end
  }

  /// The start of the character before an offset.
  func characterStart(_ text: [UInt32], before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    if text[offset - 1] < 0x80 { return offset - 1 }
    let start = lineBounds(text, offset).lowerBound
    return offset - (makeString(text[start..<offset]).last?.unicodeScalars.count ?? 1)
  }

  /// The end of the character after an offset.
  func characterEnd(_ text: [UInt32], after offset: Int) -> Int {
    guard offset < text.count else { return text.count }
    if text[offset] < 0x80, offset + 1 == text.count || text[offset + 1] < 0x80 { return offset + 1 }
    let end = lineBounds(text, offset).upperBound
    return offset + max(1, makeString(text[offset..<end]).first?.unicodeScalars.count ?? 1)
  }

  func isWord(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24: true
    default: scalar >= 0x80 && (Unicode.Scalar(scalar)?.properties.isIDContinue ?? false)
    }
  }

  func wordStart(_ text: [UInt32], before offset: Int) -> Int {
    var place = offset
    while place > 0, !isWord(text[place - 1]) { place -= 1 }
    while place > 0, isWord(text[place - 1]) { place -= 1 }
    return place
  }

  func wordEnd(_ text: [UInt32], after offset: Int) -> Int {
    var place = offset
    while place < text.count, !isWord(text[place]) { place += 1 }
    while place < text.count, isWord(text[place]) { place += 1 }
    return place
  }

  /// The start of what stands between blanks before an offset.
  func blankWordStart(_ text: [UInt32], before offset: Int) -> Int {
    func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 0x09 || scalar == newline }
    var place = offset
    while place > 0, isBlank(text[place - 1]) { place -= 1 }
    while place > 0, !isBlank(text[place - 1]) { place -= 1 }
    return place
  }

  // MARK: Moving

  func move(_ target: ([UInt32], Int) -> Int) -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    let place = target(text, cursor)
    guard place != cursor else { return .refused }
    edit.moveCursor(to: place)
    return .done
  }

  /// Takes over the suggestion; false when there is none.
  func acceptSuggestion() -> Bool {
    let rest = suggestedRest()
    guard !rest.isEmpty, usesColor else { return false }
    return edit.insert(rest)
  }

  /// Up or Down: a line of the text, then an entry of the history.
  func moveVertically(_ direction: Int) -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    let isOutside = direction < 0 ? line.lowerBound == 0 : line.upperBound == text.count
    if isOutside { return recallEntry(direction) }
    let column = wantedColumn ?? width(text[line.lowerBound..<cursor])
    wantedColumn = column
    currentAction = .vertical
    let target = lineBounds(text, direction < 0 ? line.lowerBound - 1 : line.upperBound + 1)
    edit.moveCursor(to: offset(ofColumn: column, text, target))
    return .done
  }

  private func width(_ scalars: ArraySlice<UInt32>) -> Int {
    var builder = RowBuilder(columns: .max, usesColor: false)
    builder.put(makeString(scalars), TextStyle.plain)
    return builder.position.column
  }

  private func offset(ofColumn column: Int, _ text: [UInt32], _ line: Range<Int>) -> Int {
    var builder = RowBuilder(columns: .max, usesColor: false)
    var place = line.lowerBound
    for character in makeString(text[line]) {
      builder.put(character, .plain)
      if builder.position.column > column { break }
      place += character.unicodeScalars.count
    }
    return place
  }

  // MARK: Changing

  /// Inserts, or says that there is no room.
  func insert(_ scalars: [UInt32]) -> CommandResult {
    guard edit.insert(scalars) else {
      note = "The text would be longer than \(CLE_MAX_TEXT) characters. Put it in a file: :load FILE"
      isDirty = true
      return .refused
    }
    return .done
  }

  func cut(_ range: Range<Int>, _ side: KillRing.Side) -> CommandResult {
    guard !range.isEmpty else { return .refused }
    killRing.add(Array(edit.text[range]), side, continues: lastAction.isKill)
    edit.delete(range)
    currentAction = .kill
    return .done
  }

  func paste() -> CommandResult {
    guard let piece = killRing.current else { return .refused }
    let start = edit.cursor
    let result = insert(piece)
    currentAction = .yank(start..<start + piece.count)
    return result
  }

  /// Puts the piece before in place of the one that was just inserted.
  func rotatePaste() -> CommandResult {
    guard case .yank(let range) = lastAction, let piece = killRing.rotate() else { return .refused }
    guard edit.replace(range, with: piece) else { return .refused }
    currentAction = .yank(range.lowerBound..<range.lowerBound + piece.count)
    return .done
  }

  func transpose() -> CommandResult {
    let text = edit.text
    var cursor = edit.cursor
    let line = lineBounds(text, cursor)
    if cursor == line.upperBound { cursor = characterStart(text, before: cursor) }
    guard cursor > line.lowerBound, cursor < line.upperBound else { return .refused }
    let start = characterStart(text, before: cursor)
    let end = characterEnd(text, after: cursor)
    edit.replace(start..<end, with: Array(text[cursor..<end] + text[start..<cursor]))
    return .done
  }

  func changeCase(_ change: (String) -> String) -> CommandResult {
    let text = edit.text
    let start = edit.cursor
    let end = wordEnd(text, after: start)
    guard end > start else { return .refused }
    let changed = makeScalars(change(makeString(text[start..<end])))
    return edit.replace(start..<end, with: changed) ? .done : .refused
  }

  func takeBack(_ step: (text: [UInt32], cursor: Int)?) -> CommandResult {
    guard let step else { return .refused }
    edit.setText(step.text, cursor: step.cursor)
    return .done
  }

  // MARK: Lines

  /// Enter: ends the text, or begins another line of it.
  func accept() -> CommandResult {
    let text = edit.text
    guard case .incomplete = support.completeness(makeString(text)) else { return finish(with: text) }
    return breakLine()
  }

  func finish(with text: [UInt32]) -> CommandResult {
    edit.moveCursor(to: text.count)
    outcome = .text(makeString(text))
    return .finished
  }

  func breakLine() -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    // What is typed faster than anyone can is pasted, and has its own indentation.
    if hasPendingInput { return insert([newline]) }
    let before = makeString(text[..<cursor])
    let indentation = support.indentation(before)
    var inserted = [newline] + Array(repeating: 0x20, count: indentation)
    let closes = cursor < text.count && [0x29, 0x5D, 0x7D].contains(text[cursor])
    // Between two brackets: the closing one gets a line of its own.
    if closes, let last = text[..<cursor].last, [0x28, 0x5B, 0x7B].contains(last) {
      let outer = max(0, indentation - Self.indentationWidth)
      let after = [newline] + Array(repeating: UInt32(0x20), count: outer)
      let result = insert(inserted + after)
      if case .done = result { edit.moveCursor(to: cursor + inserted.count) }
      return result
    }
    if closes { inserted = [newline] + Array(repeating: 0x20, count: max(0, indentation - Self.indentationWidth)) }
    ownIndentation = cursor + 1..<cursor + inserted.count
    return insert(inserted)
  }

  static let indentationWidth = 2

  /// A closing bracket at the start of a line goes out one step.
  func insertClosing(_ bracket: UInt32) -> CommandResult {
    if vi.isReplacing { return type([bracket]) }
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    let before = text[line.lowerBound..<cursor]
    // The indentation of a pasted text is its own.
    let isOurs = ownIndentation == line.lowerBound..<cursor || !hasPendingInput
    if line.lowerBound > 0, !before.isEmpty, before.allSatisfy({ $0 == 0x20 }), isOurs {
      let wanted = max(0, support.indentation(makeString(text[..<(line.lowerBound - 1)])) - Self.indentationWidth)
      edit.replace(line.lowerBound..<cursor, with: Array(repeating: 0x20, count: wanted))
    }
    return insert([bracket])
  }

  /// Backspace; in the indentation a whole step.
  func deleteBackward() -> CommandResult {
    if vi.isReplacing { return viUnreplace() }
    let text = edit.text
    let cursor = edit.cursor
    guard cursor > 0 else { return .refused }
    let line = lineBounds(text, cursor)
    let before = text[line.lowerBound..<cursor]
    let isIndentation = line.lowerBound > 0 && !before.isEmpty && before.allSatisfy { $0 == 0x20 }
    if isIndentation, before.count % Self.indentationWidth == 0 {
      edit.delete(cursor - Self.indentationWidth..<cursor)
    } else {
      edit.delete(characterStart(text, before: cursor)..<cursor)
    }
    return .done
  }

  func deleteForward() -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    guard cursor < text.count else { return .refused }
    edit.delete(cursor..<characterEnd(text, after: cursor))
    return .done
  }

  // MARK: Leaving

  func suspend() -> CommandResult {
    leaveTerminal { cle_suspend() }
    return .done
  }

  /// Lets the person change the text in `$VISUAL` or `$EDITOR`.
  func editElsewhere() -> CommandResult {
    let command = environmentVariable("VISUAL") ?? environmentVariable("EDITOR") ?? "vi"
    let directory = environmentVariable("TMPDIR") ?? "/tmp"
    var template = Array("\(directory)/cvm-XXXXXX\(support.fileSuffix)".utf8CString)
    let descriptor = mkstemps(&template, Int32(support.fileSuffix.utf8.count))
    guard descriptor >= 0 else {
      note = "No temporary file: \(String(cString: strerror(errno)))"
      isDirty = true
      return .refused
    }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    cle_remove_at_end(path)
    defer {
      unlink(path)
      cle_remove_at_end("")
    }
    writeFully(descriptor, Array((makeString(edit.text) + "\n").utf8))
    close(descriptor)
    var status: Int32 = -1
    leaveTerminal(keepsText: false) { status = cle_run("\(command) '\(path)'", nil, 0) }
    guard status == 0 else {
      note = "\(command) failed; the text is as it was."
      return .refused
    }
    let edited = open(path, O_RDONLY | O_CLOEXEC)
    guard edited >= 0 else { return .refused }
    defer { close(edited) }
    var bytes = readFully(edited, limit: Int(CLE_MAX_TEXT) * 4) ?? []
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    let scalars = Self.cleaned(bytes) { $0 }
    guard edit.setText(scalars, cursor: scalars.count) else { return insert(scalars) }
    return .done
  }

  /// Runs the command that takes back the last statement; what is being typed comes back afterwards.
  func undoStatement() -> CommandResult {
    guard !support.undoCommand.isEmpty else { return .refused }
    let draft = edit.text
    let command = makeScalars(support.undoCommand)
    edit.setText(command, cursor: command.count)
    initialText = draft.isEmpty ? nil : draft
    return finish(with: command)
  }

  // MARK: Completion

  func complete() -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    if completionList != nil {
      currentAction = .complete
      if completionList?.showsKinds == false { completionList?.showsKinds = true } else { pageCompletionList() }
      isDirty = true
      return .done
    }
    if line.lowerBound > 0, text[line.lowerBound..<cursor].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      return insert(Array(repeating: 0x20, count: Self.indentationWidth))
    }
    let before = makeString(text[..<cursor])
    let completions = support.complete(makeString(text), before.utf8.count)
    guard completions.start <= before.utf8.count, let first = completions.candidates.first else { return .refused }
    let typed = String(decoding: before.utf8.dropFirst(completions.start), as: UTF8.self)
    let start = cursor - typed.unicodeScalars.count
    if completions.candidates.count == 1 {
      let ending = first.text.hasSuffix("/") ? "" : completions.suffix
      guard first.text + ending != typed else { return .refused }
      return edit.replace(start..<cursor, with: makeScalars(first.text + ending)) ? .done : .refused
    }
    currentAction = .complete
    let common = Self.commonPrefix(completions.candidates.map(\.text))
    // Candidates may differ from what was typed in case.
    if common.count >= typed.count, common != typed {
      edit.replace(start..<cursor, with: makeScalars(common))
      if common.count > typed.count { return .done }
    }
    completionList = CompletionList(candidates: completions.candidates, showsKinds: lastAction.isComplete)
    isDirty = true
    return .done
  }

  private static func commonPrefix(_ texts: [String]) -> String {
    guard var common = texts.first.map({ Array($0) }) else { return "" }
    for text in texts.dropFirst() {
      let shared = zip(common, text).prefix { $0 == $1 }.count
      common.removeLast(common.count - shared)
    }
    return String(common)
  }

  // MARK: Arguments and literal keys

  /// Alt with digits: how often the next key counts.
  func readArgument(_ first: UInt32) -> CommandResult {
    var count = Int(first & 0x7F) - 0x30
    guard (0...9).contains(count) else { return .refused }
    while true {
      note = "(argument \(count))"
      isDirty = true
      // Keys of a repetition are not repeated again: that would have no end.
      let isTyped = queue.isEmpty
      guard let key = edit.readKey() else {
        outcome = .end
        return .finished
      }
      guard isTyped else {
        clearNote()
        queue.putBack(key)
        return .done
      }
      guard (0x30...0x39).contains(key) else {
        clearNote()
        repeatKeys(key, count)
        return .done
      }
      count = min(count * 10 + Int(key - 0x30), Self.mostRepetitions)
    }
  }

  private static let mostRepetitions = 1000

  /// Delivers a key, with the rest of its sequence, so many times.
  private func repeatKeys(_ key: UInt32, _ count: Int) {
    var keys = [key]
    while let next = queue.take() { keys.append(next) }
    if key == CLE_KEY_TEXT {
      let text = takePendingText()
      _ = insert(Array(repeatElement(text, count: count).joined()))
      return
    }
    queue.append(repeatElement(keys, count: count).joined())
  }

  /// Inserts the next key as it is.
  func quote() -> CommandResult {
    guard let key = edit.readKey() else { return .done }
    switch key {
    case CLE_KEY_TEXT: return insert(takePendingText())
    case CLE_KEY_ESCAPE: return insert([0x1B])
    case CLE_KEY_PASTE: return insertPaste()
    case 0x0D: return insert([newline])
    case 0, 0x80..<0xA0: return .refused
    default: return insert([key])
    }
  }

  func insertPaste() -> CommandResult {
    var text = pendingPaste
    pendingPaste = []
    if edit.cursor == edit.count { while text.last == newline { text.removeLast() } }
    return insert(text)
  }

  /// vi's `~`: changes the case of a character and goes to the next one.
  func toggleCase() -> CommandResult {
    let text = edit.text
    let cursor = edit.cursor
    let end = characterEnd(text, after: cursor)
    guard end > cursor, text[cursor] != newline else { return .refused }
    let character = makeString(text[cursor..<end])
    let upper = character.uppercased()
    edit.replace(cursor..<end, with: makeScalars(upper == character ? character.lowercased() : upper))
    return .done
  }
}
