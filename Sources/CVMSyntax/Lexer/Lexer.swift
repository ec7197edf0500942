/// Makes tokens of UTF-8 bytes, one at a time; the parser says where a regular expression or template may go on.
struct Lexer {
  var cursor: Cursor
  var names = NameTable()
  /// Findings that leave a usable token behind.
  var diagnostics: [Diagnostic] = []
  /// Why the last `invalid` token is invalid.
  var failure: Diagnostic?
  /// Whether the failure is that the text ends too early.
  var failureIsAtEnd = false
  /// What is wrong with the last template piece, which matters if it is not tagged.
  var malformedTemplateEscape: Diagnostic?
  private var hasReportedEncoding = false
  /// Why an open construct reaches the end of the text, for prompts.
  private(set) var unfinished: UnfinishedToken?

  enum UnfinishedToken {
    case blockComment
    case template
    case stringContinuation
  }

  init(_ bytes: [UInt8]) {
    cursor = Cursor(bytes)
    skipHashbang()
  }

  private mutating func skipHashbang() {
    if cursor.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.position = 3 }
    if cursor.current == 0x23, cursor.peek(1) == 0x21 { skipLineComment() }
  }

  mutating func next() -> Token {
    var token = Token()
    token.isAfterNewline = skipTrivia(&token)
    if token.kind == .invalid { return token }
    token.start = UInt32(truncatingIfNeeded: cursor.position)
    if cursor.isAtEnd {
      token.end = token.start
      return token
    }
    scan(&token)
    if token.kind != .invalid { token.end = UInt32(truncatingIfNeeded: cursor.position) }
    return token
  }

  // MARK: White space and comments

  /// Skips to the next token and says whether a line ended on the way.
  @inline(__always)
  private mutating func skipTrivia(_ token: inout Token) -> Bool {
    var sawNewline = false
    while true {
      let byte = cursor.current
      switch byte {
      case 0x20, 0x09, 0x0B, 0x0C:
        cursor.position += 1
      case 0x0A, 0x0D:
        sawNewline = true
        cursor.position += 1
      case 0x2F:
        let following = cursor.peek(1)
        if following == 0x2F {
          skipLineComment()
        } else if following == 0x2A {
          if !skipBlockComment(&token, &sawNewline) { return sawNewline }
        } else {
          return sawNewline
        }
      case 0x80...0xFF:
        if !skipWideSpace(&sawNewline) { return sawNewline }
      default:
        return sawNewline
      }
    }
  }

  private mutating func skipWideSpace(_ sawNewline: inout Bool) -> Bool {
    guard let (value, length) = cursor.scalar() else { return false }
    if CharacterClass.isLineSeparator(value) {
      sawNewline = true
    } else if !CharacterClass.isSpace(value) {
      return false
    }
    cursor.position += length
    return true
  }

  private mutating func skipLineComment() {
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte == 0x0A || byte == 0x0D { return }
      if byte < 0x80 {
        cursor.position += 1
      } else {
        let (value, length) = wideScalar()
        if CharacterClass.isLineSeparator(value) { return }
        cursor.position += length
      }
    }
  }

  private mutating func skipBlockComment(_ token: inout Token, _ sawNewline: inout Bool) -> Bool {
    let start = cursor.position
    cursor.position += 2
    while !cursor.isAtEnd {
      let byte = cursor.current
      if byte == 0x2A, cursor.peek(1) == 0x2F {
        cursor.position += 2
        return true
      }
      if byte == 0x0A || byte == 0x0D { sawNewline = true }
      if byte < 0x80 {
        cursor.position += 1
      } else {
        let (value, length) = wideScalar()
        if CharacterClass.isLineSeparator(value) { sawNewline = true }
        cursor.position += length
      }
    }
    unfinished = .blockComment
    fail(&token, from: start, .unterminatedComment(at: range(start, start + 2)), isAtEnd: true)
    return false
  }

  // MARK: Tokens

  private mutating func scan(_ token: inout Token) {
    let byte = cursor.current
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x24, 0x5F:
      scanIdentifier(&token)
    case 0x30...0x39:
      scanNumber(&token)
    case 0x22, 0x27:
      scanString(&token, quote: byte)
    case 0x60:
      cursor.position += 1
      scanTemplate(&token, start: cursor.position - 1, isHead: true)
    case 0x2E where CharacterClass.isDigit(cursor.peek(1)):
      scanNumber(&token)
    case 0x23:
      scanPrivateName(&token)
    case 0x5C:
      scanSlowIdentifier(&token, from: cursor.position)
    case 0x80...0xFF:
      scanWideCharacter(&token)
    default:
      scanPunctuator(&token, byte)
    }
  }

  private mutating func scanWideCharacter(_ token: inout Token) {
    let start = cursor.position
    guard let (value, length) = cursor.scalar() else {
      cursor.position += 1
      hasReportedEncoding = true
      return fail(&token, from: start, .invalidUTF8(cursor.bytes[start], at: range(start, start + 1)))
    }
    if CharacterClass.isIdentifierStart(value) { return scanSlowIdentifier(&token, from: start) }
    cursor.position += length
    fail(&token, from: start, .unexpectedCharacter(value, at: range(start, start + length)))
  }

  /// Decodes a character in a comment, string, template or pattern, where malformed UTF-8 is reported once.
  mutating func wideScalar() -> (value: UInt32, length: Int) {
    if let decoded = cursor.scalar() { return decoded }
    if !hasReportedEncoding {
      hasReportedEncoding = true
      let start = cursor.position
      note(.invalidUTF8(cursor.current, at: range(start, start + 1)))
    }
    return (0xFFFD, 1)
  }

  func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: max(start, end)))
  }

  /// Makes the token invalid; the cursor stands behind it.
  mutating func fail(_ token: inout Token, from start: Int, _ diagnostic: Diagnostic, isAtEnd: Bool = false) {
    token.kind = .invalid
    token.start = UInt32(truncatingIfNeeded: start)
    token.end = UInt32(truncatingIfNeeded: cursor.position)
    failure = diagnostic
    failureIsAtEnd = isAtEnd
  }

  /// Records a finding that leaves a usable token behind.
  mutating func note(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.maximumDiagnosticCount { diagnostics.append(diagnostic) }
  }

  private static let maximumDiagnosticCount = 200

  /// Forgets how the text ended, because it has become longer.
  mutating func clearUnfinished() {
    unfinished = nil
  }

  mutating func noteUnfinished(_ reason: UnfinishedToken) {
    unfinished = reason
  }

  // MARK: Identifiers

  @inline(__always)
  private mutating func scanIdentifier(_ token: inout Token) {
    let start = cursor.position
    var position = start
    var hash = NameTable.hashSeed
    let end = cursor.end
    while position < end {
      let byte = cursor.bytes[position]
      if !CharacterClass.isASCIIIdentifierPart(byte) {
        if byte >= 0x80 || byte == 0x5C { return scanSlowIdentifier(&token, from: start) }
        break
      }
      hash = NameTable.hash(hash, UInt32(byte))
      position += 1
    }
    cursor.position = position
    let name = names.intern(latin1: cursor.bytes, start..<position, hash: hash)
    token.name = name
    token.kind =
      name.index <= UInt32(WellKnownName.lastReserved.rawValue) ? TokenKind(reserved: name) : .identifier
  }

  /// Scans an identifier that may have escapes and characters beyond ASCII.
  private mutating func scanSlowIdentifier(_ token: inout Token, from start: Int) {
    cursor.position = start
    guard let name = identifierName(&token) else { return }
    token.name = name
    token.kind = .identifier
    if name.index <= UInt32(WellKnownName.lastReserved.rawValue) {
      token.kind = token.hasEscape ? .escapedKeyword : TokenKind(reserved: name)
    }
  }

  /// Scans an identifier name into the table; nil if the token is invalid.
  private mutating func identifierName(_ token: inout Token) -> NameID? {
    let start = cursor.position
    var units: [UInt16] = []
    while !cursor.isAtEnd {
      let characterStart = cursor.position
      var value: UInt32
      if cursor.current == 0x5C {
        token.hasEscape = true
        guard let escaped = unicodeEscapeInIdentifier() else {
          fail(&token, from: start, .malformedIdentifierEscape(at: range(characterStart, cursor.position)))
          return nil
        }
        value = escaped
        guard isIdentifierCharacter(value, isFirst: units.isEmpty) else {
          fail(&token, from: start, .malformedIdentifierEscape(at: range(characterStart, cursor.position)))
          return nil
        }
      } else {
        guard let (decoded, length) = cursor.scalar(), isIdentifierCharacter(decoded, isFirst: units.isEmpty)
        else { break }
        value = decoded
        cursor.position += length
      }
      Self.append(value, to: &units)
    }
    return names.intern(units: units)
  }

  private func isIdentifierCharacter(_ value: UInt32, isFirst: Bool) -> Bool {
    isFirst ? CharacterClass.isIdentifierStart(value) : CharacterClass.isIdentifierPart(value)
  }

  private mutating func unicodeEscapeInIdentifier() -> UInt32? {
    cursor.position += 1
    guard cursor.skip(0x75) else { return nil }
    return unicodeEscapeValue()
  }

  private mutating func scanPrivateName(_ token: inout Token) {
    let start = cursor.position
    cursor.position += 1
    guard let (value, _) = cursor.scalar(), CharacterClass.isIdentifierStart(value) || value == 0x5C else {
      return fail(&token, from: start, .unexpectedCharacter(0x23, at: range(start, start + 1)))
    }
    guard let name = identifierName(&token) else { return }
    token.name = name
    token.kind = .privateName
  }

  /// Appends a scalar as UTF-16.
  static func append(_ value: UInt32, to units: inout [UInt16]) {
    if value < 0x10000 {
      units.append(UInt16(truncatingIfNeeded: value))
    } else {
      let offset = value - 0x10000
      units.append(UInt16(truncatingIfNeeded: 0xD800 + offset >> 10))
      units.append(UInt16(truncatingIfNeeded: 0xDC00 + offset & 0x3FF))
    }
  }
}
