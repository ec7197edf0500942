extension Lexer {
  /// Scans a template piece; the cursor stands behind the backtick or brace that opens it.
  mutating func scanTemplate(_ token: inout Token, start: Int, isHead: Bool) {
    malformedTemplateEscape = nil
    var cooked: [UInt16] = []
    var raw: [UInt16] = []
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte == 0x60 {
        cursor.position += 1
        return finishTemplate(&token, isHead ? .template : .templateTail, cooked, raw)
      }
      if byte == 0x24, cursor.peek(1) == 0x7B {
        cursor.position += 2
        return finishTemplate(&token, isHead ? .templateHead : .templateMiddle, cooked, raw)
      }
      if byte == 0x5C {
        token.hasEscape = true
        scanTemplateEscape(cooked: &cooked, raw: &raw)
      } else if byte == 0x0D {
        cursor.position += 1
        _ = cursor.skip(0x0A)
        cooked.append(0x0A)
        raw.append(0x0A)
      } else {
        let before = cooked.count
        appendCharacter(to: &cooked)
        raw.append(contentsOf: cooked[before...])
      }
    }
    noteUnfinished(.template)
    fail(&token, from: start, .unterminatedTemplate(at: range(start, start + 1)), isAtEnd: true)
  }

  private mutating func scanTemplateEscape(cooked: inout [UInt16], raw: inout [UInt16]) {
    let start = cursor.position
    if let problem = scanEscape(into: &cooked), malformedTemplateEscape == nil { malformedTemplateEscape = problem }
    let end = cursor.position
    cursor.position = start
    while cursor.position < end {
      if cursor.skip(0x0D) {
        _ = cursor.skip(0x0A)
        raw.append(0x0A)
      } else {
        appendCharacter(to: &raw)
      }
    }
  }

  private mutating func finishTemplate(_ token: inout Token, _ kind: TokenKind, _ cooked: [UInt16], _ raw: [UInt16]) {
    token.kind = kind
    token.name = malformedTemplateEscape == nil ? names.intern(units: cooked) : .none
    token.raw = names.intern(units: raw)
  }

  /// Reads the `}` token that ends a substitution again, as the next piece of its template.
  mutating func rescanTemplateContinuation(_ token: inout Token) {
    cursor.position = Int(token.start) + 1
    scanTemplate(&token, start: Int(token.start), isHead: false)
    token.end = UInt32(truncatingIfNeeded: cursor.position)
  }

  /// Reads a `/` or `/=` token again as a regular expression.
  mutating func rescanRegExp(_ token: inout Token) {
    let start = Int(token.start)
    cursor.position = start + 1
    var units: [UInt16] = []
    var isInClass = false
    while true {
      let byte = cursor.current
      if cursor.isAtEnd || byte == 0x0A || byte == 0x0D || isLineSeparator(byte) {
        return fail(&token, from: start, .unterminatedRegExp(at: range(start, start + 1)))
      }
      if byte == 0x2F, !isInClass { break }
      if byte == 0x5B { isInClass = true }
      if byte == 0x5D { isInClass = false }
      appendCharacter(to: &units)
      if byte == 0x5C, !cursor.isAtEnd, cursor.current != 0x0A, cursor.current != 0x0D, !isLineSeparator(cursor.current)
      {
        appendCharacter(to: &units)
      }
    }
    cursor.position += 1
    token.kind = .regExp
    token.name = names.intern(units: units)
    scanRegExpFlags(&token, start: start)
    if token.kind != .invalid { token.end = UInt32(truncatingIfNeeded: cursor.position) }
  }

  private func isLineSeparator(_ byte: UInt8) -> Bool {
    byte == 0xE2 && cursor.peek(1) == 0x80 && cursor.peek(2) & 0xFE == 0xA8
  }

  private mutating func scanRegExpFlags(_ token: inout Token, start: Int) {
    let flagStart = cursor.position
    var flags: [UInt8] = []
    var hasProblem = false
    while let (value, length) = cursor.scalar(), CharacterClass.isIdentifierPart(value) || value == 0x5C {
      let isKnown = value < 0x80 && "dgimsuvy".utf8.contains(UInt8(value))
      if !isKnown || flags.contains(UInt8(value)) { hasProblem = true } else { flags.append(UInt8(value)) }
      cursor.position += length
    }
    if flags.contains(0x75), flags.contains(0x76) { hasProblem = true }
    if hasProblem {
      let text = String(decoding: cursor.bytes[flagStart..<min(cursor.position, flagStart + 24)], as: UTF8.self)
      note(.invalidRegExpFlags(text, at: range(flagStart, cursor.position)))
    }
    token.raw = names.intern(String(decoding: flags, as: UTF8.self))
  }
}
