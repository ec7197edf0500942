/// A character of a source line as a terminal shows it.
struct DisplayCell {
  var text: String
  var width: Int
  /// Where the character begins in the source.
  var offset: Int
}

/// Turns source bytes into what can be shown safely: tabs become spaces, control characters escapes.
enum DisplayText {
  static let tabWidth = 4

  static func cells(_ bytes: ArraySlice<UInt8>) -> [DisplayCell] {
    var cursor = Cursor(Array(bytes))
    var cells: [DisplayCell] = []
    var column = 0
    while !cursor.isAtEnd {
      let offset = bytes.startIndex + cursor.position
      let (value, length) = cursor.scalar() ?? (0xFFFD, 1)
      cursor.position += length
      var cell = cell(value, column: column)
      cell.offset = offset
      column += cell.width
      cells.append(cell)
    }
    return cells
  }

  private static func cell(_ value: UInt32, column: Int) -> DisplayCell {
    if value == 0x09 {
      let width = tabWidth - column % tabWidth
      return DisplayCell(text: String(repeating: " ", count: width), width: width, offset: 0)
    }
    guard let scalar = Unicode.Scalar(value) else { return DisplayCell(text: "?", width: 1, offset: 0) }
    if value >= 0x20, value < 0x7F { return DisplayCell(text: String(scalar), width: 1, offset: 0) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      let text = "\\u{\(String(value, radix: 16))}"
      return DisplayCell(text: text, width: text.utf8.count, offset: 0)
    case .nonspacingMark, .enclosingMark:
      return DisplayCell(text: String(scalar), width: 0, offset: 0)
    default:
      return DisplayCell(text: String(scalar), width: isWide(value) ? 2 : 1, offset: 0)
    }
  }

  /// East Asian wide characters and emoji.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
