extension Lexer {
  @inline(__always)
  mutating func scanPunctuator(_ token: inout Token, _ byte: UInt8) {
    cursor.position += 1
    switch byte {
    case 0x28: token.kind = .leftParen
    case 0x29: token.kind = .rightParen
    case 0x2C: token.kind = .comma
    case 0x3B: token.kind = .semicolon
    case 0x3A: token.kind = .colon
    case 0x5B: token.kind = .leftBracket
    case 0x5D: token.kind = .rightBracket
    case 0x7B: token.kind = .leftBrace
    case 0x7D: token.kind = .rightBrace
    case 0x7E: token.kind = .tilde
    case 0x40: token.kind = .at
    case 0x2E: scanDot(&token)
    case 0x3D: scanEqual(&token)
    case 0x21: scanExclamation(&token)
    case 0x2B: token.kind = cursor.skip(0x2B) ? .plusPlus : select(.plus, .plusEqual)
    case 0x2D: token.kind = cursor.skip(0x2D) ? .minusMinus : select(.minus, .minusEqual)
    case 0x2A: token.kind = cursor.skip(0x2A) ? select(.starStar, .starStarEqual) : select(.star, .starEqual)
    case 0x2F: token.kind = select(.slash, .slashEqual)
    case 0x25: token.kind = select(.percent, .percentEqual)
    case 0x5E: token.kind = select(.caret, .caretEqual)
    case 0x26:
      token.kind =
        cursor.skip(0x26)
        ? select(.ampersandAmpersand, .ampersandAmpersandEqual) : select(.ampersand, .ampersandEqual)
    case 0x7C: token.kind = cursor.skip(0x7C) ? select(.barBar, .barBarEqual) : select(.bar, .barEqual)
    case 0x3C: token.kind = cursor.skip(0x3C) ? select(.leftShift, .leftShiftEqual) : select(.less, .lessEqual)
    case 0x3E: scanGreater(&token)
    case 0x3F: scanQuestion(&token)
    default:
      let start = cursor.position - 1
      fail(&token, from: start, .unexpectedCharacter(UInt32(byte), at: range(start, start + 1)))
    }
  }

  /// The second kind if an `=` follows.
  @inline(__always)
  private mutating func select(_ plain: TokenKind, _ withEqual: TokenKind) -> TokenKind {
    cursor.skip(0x3D) ? withEqual : plain
  }

  private mutating func scanDot(_ token: inout Token) {
    if cursor.current == 0x2E, cursor.peek(1) == 0x2E {
      cursor.position += 2
      token.kind = .ellipsis
    } else {
      token.kind = .dot
    }
  }

  private mutating func scanEqual(_ token: inout Token) {
    if cursor.skip(0x3D) {
      token.kind = select(.equalEqual, .equalEqualEqual)
    } else {
      token.kind = cursor.skip(0x3E) ? .arrow : .equal
    }
  }

  private mutating func scanExclamation(_ token: inout Token) {
    token.kind = cursor.skip(0x3D) ? select(.exclamationEqual, .exclamationEqualEqual) : .exclamation
  }

  private mutating func scanGreater(_ token: inout Token) {
    if cursor.skip(0x3E) {
      token.kind =
        cursor.skip(0x3E)
        ? select(.unsignedRightShift, .unsignedRightShiftEqual) : select(.rightShift, .rightShiftEqual)
    } else {
      token.kind = select(.greater, .greaterEqual)
    }
  }

  private mutating func scanQuestion(_ token: inout Token) {
    if cursor.skip(0x3F) {
      token.kind = select(.questionQuestion, .questionQuestionEqual)
    } else if cursor.current == 0x2E, !CharacterClass.isDigit(cursor.peek(1)) {
      cursor.position += 1
      token.kind = .questionDot
    } else {
      token.kind = .question
    }
  }

  /// Splits a token that begins with `>` (`>>`, `>=`, ...), so that `>` alone can close a list of types.
  mutating func splitGreater(_ token: inout Token) {
    cursor.position = Int(token.start) + 1
    token.kind = .greater
    token.end = token.start + 1
  }

  /// Splits a token that begins with `<` (`<<`), so that `<` alone can open a list of types.
  mutating func splitLess(_ token: inout Token) {
    cursor.position = Int(token.start) + 1
    token.kind = .less
    token.end = token.start + 1
  }
}
