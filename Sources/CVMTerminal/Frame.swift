import CVMText

/// A row of the screen: what is written for it, and the columns that it takes.
struct FrameRow: Equatable {
  var text = ""
  var width = 0
  /// The width of each character, which tells how the terminal wraps the row again when it gets narrower.
  var cells: [UInt8] = []
}

/// Lays characters out in rows of a width.
struct RowBuilder {
  let columns: Int
  let usesColor: Bool
  private(set) var rows: [FrameRow] = []
  private var row = FrameRow()
  private var appearance = Appearance.plain

  init(columns: Int, usesColor: Bool) {
    self.columns = columns
    self.usesColor = usesColor
  }

  /// The row and column of the next character.
  var position: (row: Int, column: Int) { (rows.count, row.width) }

  private mutating func choose(_ next: Appearance) {
    guard next != appearance, usesColor else { return }
    if appearance != .plain { row.text += "\u{1b}[0m" }
    row.text += next.sequence
    appearance = next
  }

  mutating func endRow() {
    choose(.plain)
    rows.append(row)
    row = FrameRow()
  }

  /// Ends the last row and gives all; an empty one at the end only if it is asked for.
  mutating func finish(keepingRow kept: Int = 0) -> [FrameRow] {
    if row.width > 0 || rows.isEmpty || kept >= rows.count { endRow() }
    return rows
  }

  /// Goes to the next row if a character does not fit into this one.
  mutating func makeRoom(for character: Character) {
    if row.width + displayWidth(character) > columns { endRow() }
  }

  private static let tabWidth = 4
  private var tabOrigin = 0

  /// Tabs count from here on.
  mutating func beginText() { tabOrigin = row.width % Self.tabWidth }

  mutating func put(_ character: Character, _ appearance: Appearance) {
    if let byte = character.asciiValue {
      if byte >= 0x20, byte != 0x7F { return put(character, 1, appearance, isUncertain: false) }
      if byte == 0x09 {
        for _ in 0..<(Self.tabWidth - (row.width + Self.tabWidth - tabOrigin) % Self.tabWidth) {
          put(" ", 1, appearance, isUncertain: false)
        }
        return
      }
      put("^", 1, appearance, isUncertain: false)
      return put(Character(Unicode.Scalar(byte ^ 0x40)), 1, appearance, isUncertain: false)
    }
    let width = displayWidth(character)
    guard width > 0 else { return putInvisible(character, appearance) }
    let scalars = character.unicodeScalars
    let isUncertain = scalars.count > 1 || scalars.first.map { $0.value >= 0x2190 && $0.properties.isEmoji } ?? false
    put(character, width, appearance, isUncertain: isUncertain)
  }

  /// A character without a column would not be seen: its code is.
  private mutating func putInvisible(_ character: Character, _ appearance: Appearance) {
    for scalar in character.unicodeScalars {
      for part in "<\(String(scalar.value, radix: 16, uppercase: true))>" {
        put(part, 1, appearance, isUncertain: false)
      }
    }
  }

  private mutating func put(_ character: Character, _ width: Int, _ appearance: Appearance, isUncertain: Bool) {
    if row.width + width > columns { endRow() }
    choose(appearance)
    row.text.append(character)
    row.width += width
    row.cells.append(UInt8(width))
    if isUncertain, row.width < columns {
      // Terminals differ in how wide this is: say where the next character belongs.
      row.text += "\u{1b}[\(row.width + 1)G"
    }
    if row.width >= columns { endRow() }
  }

  mutating func put(_ text: some StringProtocol, _ appearance: Appearance) {
    for character in text { put(character, appearance) }
  }

  mutating func put(_ text: some StringProtocol, _ style: TextStyle) { put(text, Appearance(style: style)) }

  /// Puts the text but for what does not fit into the row.
  mutating func putClipped(_ text: some StringProtocol, _ style: TextStyle) {
    for character in text {
      if row.width + displayWidth(character) >= columns { return }
      put(character, Appearance(style: style))
    }
  }
}

/// What the editor shows: rows, and where the cursor is among them.
struct Frame {
  var rows: [FrameRow] = []
  var cursorRow = 0
  var cursorColumn = 0
}
