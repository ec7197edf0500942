extension Lexer {
  mutating func scanNumber(_ token: inout Token) {
    let start = cursor.position
    if cursor.current == 0x30 {
      switch cursor.peek(1) | 0x20 {
      case 0x78: return scanRadix(&token, start: start, bits: 4)
      case 0x6F: return scanRadix(&token, start: start, bits: 3)
      case 0x62: return scanRadix(&token, start: start, bits: 1)
      default: break
      }
    }
    scanDecimal(&token, start: start)
  }

  // MARK: Decimal

  private mutating func scanDecimal(_ token: inout Token, start: Int) {
    var isInteger = true
    var hasSeparator = skipDigits(ofIntegerPart: true)
    let hasLegacyZero = cursor.bytes[start] == 0x30 && cursor.position > start + 1
    if cursor.current == 0x6E, cursor.bytes[start] != 0x2E {
      return finishBigInt(&token, start: start, isLegacy: hasLegacyZero)
    }
    if cursor.current == 0x2E {
      isInteger = false
      cursor.position += 1
      if cursor.current == 0x5F { noteSeparator() }
      if skipDigits() { hasSeparator = true }
    }
    if cursor.current | 0x20 == 0x65 {
      isInteger = false
      cursor.position += 1
      if cursor.current == 0x2B || cursor.current == 0x2D { cursor.position += 1 }
      guard CharacterClass.isDigit(cursor.current) else {
        return fail(&token, from: start, .missingExponent(at: range(start, cursor.position)))
      }
      if skipDigits() { hasSeparator = true }
    }
    token.kind = .number
    token.number = decimalValue(start, isInteger: isInteger, hasSeparator: hasSeparator)
    if hasLegacyZero { note(.legacyOctal(text(start), at: range(start, cursor.position))) }
    checkEndOfNumber(&token, start: start)
  }

  /// Skips digits and separators; says whether there was a separator.
  private mutating func skipDigits(ofIntegerPart isIntegerPart: Bool = false) -> Bool {
    var hasSeparator = false
    let start = cursor.position
    while true {
      let byte = cursor.current
      if CharacterClass.isDigit(byte) {
        cursor.position += 1
      } else if byte == 0x5F {
        hasSeparator = true
        let isBetweenDigits =
          cursor.position > start && CharacterClass.isDigit(cursor.bytes[cursor.position - 1])
          && CharacterClass.isDigit(cursor.peek(1))
        if !isBetweenDigits || (isIntegerPart && cursor.position == start + 1 && cursor.bytes[start] == 0x30) {
          noteSeparator()
        }
        cursor.position += 1
      } else {
        return hasSeparator
      }
    }
  }

  private mutating func noteSeparator() {
    note(.misplacedSeparator(at: range(cursor.position, cursor.position + 1)))
  }

  private func decimalValue(_ start: Int, isInteger: Bool, hasSeparator: Bool) -> Double {
    if isInteger, !hasSeparator, cursor.position - start <= 15 {
      var value = 0
      for byte in cursor.bytes[start..<cursor.position] { value = value * 10 + Int(byte) - 0x30 }
      return Double(value)
    }
    var digits: [UInt8] = cursor.bytes[start] == 0x2E ? [0x30] : []
    for byte in cursor.bytes[start..<cursor.position] where byte != 0x5F {
      // The library wants a digit on both sides of the point.
      if digits.last == 0x2E, !CharacterClass.isDigit(byte) { digits.append(0x30) }
      digits.append(byte)
    }
    if digits.last == 0x2E { digits.append(0x30) }
    return Double(String(decoding: digits, as: UTF8.self)) ?? .nan
  }

  // MARK: Other radixes

  private mutating func scanRadix(_ token: inout Token, start: Int, bits: Int) {
    cursor.position += 2
    let digitStart = cursor.position
    var top: UInt64 = 0
    var dropped = 0
    var sticky = false
    while true {
      let byte = cursor.current
      if byte == 0x5F {
        let isAfterDigit = cursor.position > digitStart && cursor.bytes[cursor.position - 1] != 0x5F
        if !isAfterDigit || CharacterClass.hexValue(cursor.peek(1)) == nil { noteSeparator() }
        cursor.position += 1
        continue
      }
      guard let digit = CharacterClass.hexValue(byte), digit < 1 << UInt32(bits) else { break }
      if top >> UInt64(64 - bits) == 0 {
        top = top << UInt64(bits) | UInt64(digit)
      } else {
        dropped += bits
        sticky = sticky || digit != 0
      }
      cursor.position += 1
    }
    guard cursor.position > digitStart else {
      return fail(&token, from: start, .missingDigits(text(start), at: range(start, cursor.position)))
    }
    if cursor.current == 0x6E { return finishBigInt(&token, start: start, isLegacy: false) }
    token.kind = .number
    token.number = Self.scaled(top | (sticky ? 1 : 0), by: dropped)
    checkEndOfNumber(&token, start: start)
  }

  private static func scaled(_ significand: UInt64, by exponent: Int) -> Double {
    if exponent == 0 || significand == 0 { return Double(significand) }
    return exponent > 2_000 ? .infinity : Double(sign: .plus, exponent: exponent, significand: Double(significand))
  }

  // MARK: Ends

  private mutating func finishBigInt(_ token: inout Token, start: Int, isLegacy: Bool) {
    let digits = cursor.bytes[start..<cursor.position].filter { $0 != 0x5F }
    cursor.position += 1
    if isLegacy { note(.legacyOctal(text(start), at: range(start, cursor.position))) }
    token.kind = .bigInt
    token.name = names.intern(String(decoding: digits, as: UTF8.self))
    checkEndOfNumber(&token, start: start)
  }

  /// Neither an identifier nor a digit may follow a number directly.
  private mutating func checkEndOfNumber(_ token: inout Token, start: Int) {
    guard !cursor.isAtEnd, let (value, _) = cursor.scalar(), CharacterClass.isIdentifierPart(value) || value == 0x5C
    else { return }
    let end = cursor.position
    let number = text(start)
    while let (value, length) = cursor.scalar(), CharacterClass.isIdentifierPart(value) { cursor.position += length }
    if value == UInt32(UInt8(ascii: "n")), cursor.position == end + 1, number.contains(where: { ".eE".contains($0) }) {
      return fail(&token, from: start, .fractionalBigInt(number, at: range(start, cursor.position)))
    }
    fail(&token, from: start, .identifierAfterNumber(number, at: range(end, max(cursor.position, end + 1))))
    if cursor.position == end { cursor.position += 1 }
  }

  private func text(_ start: Int) -> String {
    let end = min(cursor.position, start + 24)
    return String(decoding: cursor.bytes[start..<end], as: UTF8.self) + (end < cursor.position ? "..." : "")
  }
}
