/// How many columns of a terminal text takes.
enum StringWidth {
  /// Columns as Node counts them; with `withEscapes`, ANSI escape sequences take none.
  static func columns(_ text: String, withEscapes: Bool = true) -> Int {
    let plain = withEscapes ? withoutEscapes(text) : text
    var isASCII = true
    var count = 0
    for byte in plain.utf8 {
      if byte >= 0x7f {
        isASCII = false
        break
      }
      if byte >= 0x20 { count += 1 }
    }
    return isASCII ? count : plain.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  static func columns(_ scalar: Unicode.Scalar) -> Int {
    let code = scalar.value
    if code < 0x7f { return code >= 0x20 ? 1 : 0 }
    switch scalar.properties.generalCategory {
    case .control, .enclosingMark, .nonspacingMark: return 0
    case .format where code != 0xad: return 0
    default: break
    }
    if scalar.properties.isEmojiModifier { return 0 }
    return isWide(code) || scalar.properties.isEmoji ? 2 : 1
  }

  /// East Asian wide and full-width characters.
  private static func isWide(_ code: UInt32) -> Bool {
    guard code >= 0x1100 else { return false }
    switch code {
    case 0x1100...0x115f, 0x2329, 0x232a, 0x2e80...0x303e, 0x3041...0x3247, 0x3250...0x4dbf, 0x4e00...0xa4c6,
      0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6b, 0xff01...0xff60,
      0xffe0...0xffe6, 0x16fe0...0x18cff, 0x1aff0...0x1b2ff, 0x1f200...0x1f251, 0x20000...0x3fffd:
      return true
    default: return false
    }
  }

  /// The text without ANSI escape sequences of the form `ESC [ ... letter`.
  static func withoutEscapes(_ text: String) -> String {
    guard text.utf8.contains(0x1b) else { return text }
    var bytes: [UInt8] = []
    var inEscape = false
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if inEscape {
        if byte >= 0x40, !(byte == 0x5b && previous == 0x1b) { inEscape = false }
      } else if byte == 0x1b {
        inEscape = true
      } else {
        bytes.append(byte)
      }
      previous = byte
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
