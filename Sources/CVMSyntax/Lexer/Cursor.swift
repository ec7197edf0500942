/// A position in UTF-8 bytes; reading past the end gives zeros.
struct Cursor {
  private(set) var bytes: [UInt8]
  private(set) var end: Int
  var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  /// Makes the text longer.
  mutating func append(_ more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
    end = bytes.count
  }

  @inline(__always)
  var isAtEnd: Bool { position >= end }

  @inline(__always)
  var current: UInt8 { position < end ? bytes[position] : 0 }

  @inline(__always)
  func peek(_ distance: Int) -> UInt8 {
    let index = position + distance
    return index < end ? bytes[index] : 0
  }

  /// Moves on past one byte if it is this one.
  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// The scalar at the position and its length in bytes; nil for malformed UTF-8.
  func scalar() -> (value: UInt32, length: Int)? {
    guard position < end else { return nil }
    let first = UInt32(bytes[position])
    if first < 0x80 { return (first, 1) }
    if first < 0xC2 { return nil }
    if first < 0xE0 {
      guard let second = continuation(1) else { return nil }
      return ((first & 0x1F) << 6 | second, 2)
    }
    if first < 0xF0 {
      guard let second = continuation(1), let third = continuation(2) else { return nil }
      let value = (first & 0x0F) << 12 | second << 6 | third
      return value < 0x800 || (0xD800...0xDFFF).contains(value) ? nil : (value, 3)
    }
    guard first < 0xF5, let second = continuation(1), let third = continuation(2), let fourth = continuation(3)
    else { return nil }
    let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
    return value < 0x10000 || value > 0x10FFFF ? nil : (value, 4)
  }

  private func continuation(_ distance: Int) -> UInt32? {
    let index = position + distance
    guard index < end, bytes[index] & 0xC0 == 0x80 else { return nil }
    return UInt32(bytes[index] & 0x3F)
  }
}

/// The classes of characters that the grammar knows.
enum CharacterClass {
  private static let lowIdentifierPart: UInt64 = 0x03FF_0010_0000_0000
  private static let highIdentifierPart: UInt64 = 0x07FF_FFFE_87FF_FFFE

  @inline(__always)
  static func isASCIIIdentifierPart(_ byte: UInt8) -> Bool {
    if byte >= 0x80 { return false }
    let word = byte < 64 ? lowIdentifierPart : highIdentifierPart
    return word &>> UInt64(byte & 63) & 1 != 0
  }

  @inline(__always)
  static func isASCIIIdentifierStart(_ byte: UInt8) -> Bool {
    isASCIIIdentifierPart(byte) && !isDigit(byte)
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
  }

  static func isIdentifierStart(_ value: UInt32) -> Bool {
    if value < 0x80 { return isASCIIIdentifierStart(UInt8(value)) }
    return Unicode.Scalar(value)?.properties.isIDStart ?? false
  }

  static func isIdentifierPart(_ value: UInt32) -> Bool {
    if value < 0x80 { return isASCIIIdentifierPart(UInt8(value)) }
    if value == 0x200C || value == 0x200D { return true }
    return Unicode.Scalar(value)?.properties.isIDContinue ?? false
  }

  /// White space beyond ASCII.
  static func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  static func isLineSeparator(_ value: UInt32) -> Bool { value == 0x2028 || value == 0x2029 }
}
