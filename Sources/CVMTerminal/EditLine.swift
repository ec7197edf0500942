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

  /// What keys and sequences of keys are bound to.
  struct Bindings {
    var keys: [KeyMap: [(key: UInt32, command: String)]] = [.main: [], .alternate: []]
    /// Sequences of several keys, as `bind` reads them.
    var sequences: [(sequence: String, command: String)] = []
  }

  /// All that `bind` lists. One listing is quick, a question for each key is not.
  var bindings: Bindings {
    let capacity = 1 << 17
    let listing = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)
    defer { listing.deallocate() }
    cle_list(editor, listing, capacity)
    var bindings = Bindings()
    var map: KeyMap?
    for line in String(cString: listing).utf8.split(separator: 0x0A).map({ Substring($0) }) {
      if line.utf8.first != 0x22 {
        // `Standard key bindings`, `Alternative key bindings`, `Multi-character bindings`, `Arrow key bindings`.
        map = line.hasPrefix("Standard") ? .main : line.hasPrefix("Alternative") ? .alternate : nil
      } else if let entry = BindingLine(line) {
        if let map {
          for key in entry.keys { bindings.keys[map, default: []].append((key, entry.command)) }
        } else {
          bindings.sequences.append((entry.first, entry.command))
        }
      }
    }
    return bindings
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

  /// Chooses the modes in which keys are read; before the first text is edited they are others.
  func prepare() { cle_prepare(editor) }

  func setRaw(_ isRaw: Bool) { cle_set_raw(editor, isRaw ? 1 : 0) }
}

/// A line of what `bind` lists: `"^[[A"    ->  ed-prev-history` or `" " to "~"   ->  ed-insert`.
struct BindingLine {
  let first: String
  let command: String
  private let last: String

  init?(_ line: Substring) {
    let bytes = Array(line.utf8)
    guard let arrow = bytes.lastIndex(of: 0x3E), arrow > 1, bytes[arrow - 1] == 0x2D, bytes.first == 0x22,
      let close = bytes[..<(arrow - 1)].lastIndex(of: 0x22), close > 0
    else { return nil }
    command = String(decoding: bytes[(arrow + 1)...].filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
    let separator = Self.separator(bytes[..<close])
    first = String(decoding: bytes[1..<(separator?.lowerBound ?? close)], as: UTF8.self)
    last = separator.map { String(decoding: bytes[$0.upperBound..<close], as: UTF8.self) } ?? first
  }

  /// What stands between the two keys of a range. A quote that is a key is written as it is.
  private static func separator(_ bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let words = Array(" to \"".utf8)
    for start in bytes.indices.dropFirst(2) where bytes[start...].starts(with: words) {
      var end = start
      while bytes[end - 1] == 0x20 { end -= 1 }
      if end > 2, bytes[end - 1] == 0x22 { return end - 1..<start + words.count }
    }
    return nil
  }

  /// The keys from the first to the last; empty when they are not understood.
  var keys: ClosedRange<UInt32>.SubSequence {
    guard let low = Self.key(first), let high = Self.key(last), low <= high else { return (0...0).dropFirst() }
    return (low...high)[...]
  }

  /// The key that libedit writes as `a`, `^A` or `\U+00E9`.
  private static func key(_ text: String) -> UInt32? {
    let scalars = Array(text.unicodeScalars)
    if scalars.count == 2, scalars[0] == "^" { return scalars[1] == "?" ? 0x7F : scalars[1].value ^ 0x40 }
    if text.hasPrefix("\\U+") { return UInt32(text.dropFirst(3), radix: 16) }
    return scalars.count == 1 ? scalars[0].value : nil
  }
}
