extension Lexer {
  mutating func scanString(_ token: inout Token, quote: UInt8) {
    let start = cursor.position
    var position = start + 1
    let end = cursor.end
    var hash = NameTable.hashSeed
    while position < end {
      let byte = cursor.bytes[position]
      if byte == quote {
        cursor.position = position + 1
        token.kind = .string
        token.name = names.intern(latin1: cursor.bytes, start + 1..<position, hash: hash)
        return
      }
      if byte == 0x5C || byte >= 0x80 || byte == 0x0A || byte == 0x0D { break }
      hash = NameTable.hash(hash, UInt32(byte))
      position += 1
    }
    scanSlowString(&token, quote: quote, start: start, from: position)
  }

  /// Scans a string from its first character that is not a plain one.
  private mutating func scanSlowString(_ token: inout Token, quote: UInt8, start: Int, from position: Int) {
    var units = cursor.bytes[start + 1..<position].map(UInt16.init)
    cursor.position = position
    while true {
      if cursor.isAtEnd || cursor.current == 0x0A || cursor.current == 0x0D {
        return fail(
          &token, from: start, .unterminatedString(quote: quote, at: range(start, start + 1)), isAtEnd: false)
      }
      let byte = cursor.current
      if byte == quote { break }
      if byte == 0x5C {
        token.hasEscape = true
        if let problem = scanEscape(into: &units) { note(problem) }
        if cursor.isAtEnd {
          noteUnfinished(.stringContinuation)
          return fail(
            &token, from: start, .unterminatedString(quote: quote, at: range(start, start + 1)), isAtEnd: true)
        }
      } else {
        appendCharacter(to: &units)
      }
    }
    cursor.position += 1
    token.kind = .string
    token.name = names.intern(units: units)
  }

  @inline(__always)
  mutating func appendCharacter(to units: inout [UInt16]) {
    let byte = cursor.current
    if byte < 0x80 {
      units.append(UInt16(byte))
      cursor.position += 1
    } else {
      let (value, length) = wideScalar()
      Self.append(value, to: &units)
      cursor.position += length
    }
  }

  /// Scans an escape sequence and appends its value; returns what is wrong with it.
  mutating func scanEscape(into units: inout [UInt16]) -> Diagnostic? {
    let start = cursor.position
    cursor.position += 1
    if cursor.isAtEnd { return nil }
    let byte = cursor.current
    if byte >= 0x80 {
      let (value, length) = wideScalar()
      cursor.position += length
      if !CharacterClass.isLineSeparator(value) { Self.append(value, to: &units) }
      return nil
    }
    cursor.position += 1
    switch byte {
    case 0x6E: units.append(0x0A)
    case 0x74: units.append(0x09)
    case 0x72: units.append(0x0D)
    case 0x62: units.append(0x08)
    case 0x76: units.append(0x0B)
    case 0x66: units.append(0x0C)
    case 0x0A: break
    case 0x0D: _ = cursor.skip(0x0A)
    case 0x30 where !CharacterClass.isDigit(cursor.current): units.append(0)
    case 0x30...0x39: return .octalEscape(at: range(start, cursor.position))
    case 0x78: return scanHexEscape(from: start, into: &units)
    case 0x75:
      guard let value = unicodeEscapeValue() else {
        return .malformedUnicodeEscape(at: range(start, cursor.position))
      }
      Self.append(value, to: &units)
    default: units.append(UInt16(byte))
    }
    return nil
  }

  private mutating func scanHexEscape(from start: Int, into units: inout [UInt16]) -> Diagnostic? {
    guard let high = CharacterClass.hexValue(cursor.current), let low = CharacterClass.hexValue(cursor.peek(1)) else {
      return .malformedHexEscape(at: range(start, cursor.position))
    }
    cursor.position += 2
    units.append(UInt16(high << 4 | low))
    return nil
  }

  /// The value of a Unicode escape whose `\u` has been read; surrogates are values too.
  mutating func unicodeEscapeValue() -> UInt32? {
    var value: UInt32 = 0
    if cursor.skip(0x7B) {
      var digits = 0
      while let digit = CharacterClass.hexValue(cursor.current) {
        value = value << 4 | digit
        if value > 0x10FFFF { return nil }
        digits += 1
        cursor.position += 1
      }
      return digits > 0 && cursor.skip(0x7D) ? value : nil
    }
    for distance in 0..<4 {
      guard let digit = CharacterClass.hexValue(cursor.peek(distance)) else { return nil }
      value = value << 4 | digit
    }
    cursor.position += 4
    return value
  }
}
