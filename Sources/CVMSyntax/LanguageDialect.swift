/// How programs behave.
public enum LanguageDialect: String, Sendable, CaseIterable {
  /// Strict-mode ECMAScript.
  case js
  /// As programs of the first CVM expect it.
  case cvm1
}

extension LanguageDialect {
  /// What the first line of a source says: `// @dialect cvm1`.
  struct Declared {
    /// Nil when there is none of this name.
    var dialect: LanguageDialect?
    var name: String
    /// Where the name stands.
    var range: SourceRange
  }

  /// Finds the declaration in the first line, or in the second one after `#!`.
  static func declared(in source: SourceFile) -> Declared? {
    let bytes = source.bytes
    var position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    if bytes[position...].starts(with: "#!".utf8) {
      while position < bytes.count, bytes[position] != 0x0a { position += 1 }
      position += 1
    }
    guard position < bytes.count, bytes[position...].starts(with: "//".utf8) else { return nil }
    position += 2
    skipBlanks(bytes, &position)
    guard bytes[position...].starts(with: "@dialect".utf8) else { return nil }
    position += 8
    let end = position
    skipBlanks(bytes, &position)
    guard position > end || position == bytes.count || isLineEnd(bytes[position]) else { return nil }
    let start = position
    while position < bytes.count, !isBlank(bytes[position]), !isLineEnd(bytes[position]) { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    let range = SourceRange(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position))
    return Declared(dialect: LanguageDialect(rawValue: name), name: name, range: range)
  }

  private static func skipBlanks(_ bytes: [UInt8], _ position: inout Int) {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }
}
