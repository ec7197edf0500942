import CLineEdit

/// libedit's buffer and commands.
final class EditLine {
  private let editor: OpaquePointer

  /// `owner` gets the callbacks and must outlive this.
  init?(program: String, input: Int32, output: Int32, callbacks: cle_callbacks) {
    cle_use_utf8()
    guard let editor = cle_new(program, input, output, callbacks) else { return nil }
    self.editor = editor
  }

  deinit { cle_free(editor) }

  // MARK: The buffer

  /// Looks at the buffer: its code points and the cursor.
  func withText<Result>(_ body: (UnsafeBufferPointer<UInt32>, _ cursor: Int) -> Result) -> Result {
    var start: UnsafePointer<Int32>?
    var cursor = 0
    let count = cle_text(editor, &start, &cursor)
    return UnsafeBufferPointer(start: start, count: count).withMemoryRebound(to: UInt32.self) {
      body($0, min(cursor, count))
    }
  }

  var text: [UInt32] { withText { text, _ in Array(text) } }
  var count: Int { withText { text, _ in text.count } }
  var cursor: Int { withText { _, cursor in cursor } }

  /// Inserts at the cursor; false when there is no room.
  @discardableResult
  func insert(_ scalars: some Collection<UInt32>) -> Bool {
    if scalars.isEmpty { return true }
    return cle_insert(editor, scalars.map { Int32(bitPattern: $0) } + [0]) == 0
  }

  @discardableResult
  func insert(_ text: String) -> Bool { insert(makeScalars(text)) }

  func moveCursor(to offset: Int) { cle_move(editor, Int32(offset - cursor)) }

  func delete(_ range: Range<Int>) {
    moveCursor(to: range.upperBound)
    cle_delete_before(editor, Int32(range.count))
  }

  /// Replaces a part and leaves the cursor behind it; false when there is no room.
  @discardableResult
  func replace(_ range: Range<Int>, with scalars: [UInt32]) -> Bool {
    guard count - range.count + scalars.count <= Int(CLE_MAX_TEXT) else { return false }
    delete(range)
    return insert(scalars)
  }

  @discardableResult
  func setText(_ scalars: [UInt32], cursor: Int) -> Bool {
    guard replace(0..<count, with: scalars) else { return false }
    moveCursor(to: min(cursor, scalars.count))
    return true
  }

  // MARK: Configuration

  var isVi: Bool { cle_is_vi(editor) != 0 }

  func setMode(_ name: String) { _ = cle_set_mode(editor, name) }

  func addCommand(_ name: String, _ help: String) -> Int { Int(cle_add_command(editor, name, help)) }

  enum KeyMap: Int32 {
    case main = 0
    /// The keys of vi's command mode.
    case alternate = 1
  }

  func bind(_ sequence: String, to command: String, in map: KeyMap = .main) {
    _ = cle_bind(editor, map.rawValue, sequence, command)
  }

  /// What `bind` lists about a key sequence; nil when it is not bound.
  private func listing(_ sequence: String, _ map: KeyMap) -> String? {
    var listing = [CChar](repeating: 0, count: 1 << 14)
    guard cle_query(editor, map.rawValue, sequence, &listing, listing.count) != 0 else { return nil }
    return String(decoding: listing.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The command that a key is bound to.
  func command(for key: UInt32, in map: KeyMap) -> String? {
    guard let text = listing(LineEditor.octal(key), map), let arrow = text.lastIndex(of: ">") else { return nil }
    return String(text[text.index(after: arrow)...].filter { !$0.isWhitespace })
  }

  /// The sequences of several keys, as `bind` reads them, and the commands that they are bound to.
  var sequences: [(sequence: String, command: String)] {
    var listing = [CChar](repeating: 0, count: 1 << 17)
    cle_list(editor, &listing, listing.count)
    let text = String(decoding: listing.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("Multi") }
    return lines.compactMap { line in
      // `"^[[A"    ->  ed-prev-history`
      guard let arrow = line.lastIndex(of: ">"), let open = line.firstIndex(of: "\""),
        let close = line[..<arrow].lastIndex(of: "\""), open < close
      else { return nil }
      let command = line[line.index(after: arrow)...].filter { !$0.isWhitespace }
      return (String(line[line.index(after: open)..<close]), String(command))
    }
  }

  func isBound(_ sequence: String) -> Bool { listing(sequence, .main) != nil }

  /// Runs a line of an `.editrc`; what is wrong with it.
  func configure(_ line: String) -> String? {
    var complaint = [CChar](repeating: 0, count: 1024)
    let status = cle_configure(editor, line, &complaint, complaint.count)
    let text = String(decoding: complaint.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let trimmed = text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    if !trimmed.isEmpty { return trimmed }
    return status == 0 ? nil : "not understood"
  }

  // MARK: Reading

  /// Edits until a command ends it; false after an error.
  func edit() -> Bool { cle_edit(editor) >= 0 }

  /// The next key, from macros, too; nil at the end of the input.
  func readKey() -> UInt32? {
    var key: UInt32 = 0
    return cle_read_key(editor, &key) == 1 ? key : nil
  }

  func setRaw(_ isRaw: Bool) { cle_set_raw(editor, isRaw ? 1 : 0) }
}
