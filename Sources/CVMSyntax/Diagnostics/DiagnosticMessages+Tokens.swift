/// The wording of what the lexer finds.
extension Diagnostic {
  private static func error(_ message: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(message: message, range: range)
  }

  static func unexpectedCharacter(_ value: UInt32, at range: SourceRange) -> Diagnostic {
    let advice = replacement(of: value).map { "; write `\($0)`" } ?? ""
    return error("Unexpected character \(characterName(value))\(advice)", range)
  }

  static func invalidUTF8(_ byte: UInt8, at range: SourceRange) -> Diagnostic {
    error("The source is not valid UTF-8: byte 0x\(hex(UInt32(byte), digits: 2))", range)
  }

  static func malformedIdentifierEscape(at range: SourceRange) -> Diagnostic {
    error("Expected a Unicode escape `\\uXXXX` of a letter in the name", range)
  }

  static func unterminatedComment(at range: SourceRange) -> Diagnostic {
    error("The comment is not closed: expected `*/`", range)
  }

  static func unterminatedString(quote: UInt8, at range: SourceRange) -> Diagnostic {
    error("The string is not closed: expected `\(quote == 0x22 ? "\"" : "'")` before the end of the line", range)
  }

  static func unterminatedTemplate(at range: SourceRange) -> Diagnostic {
    error("The template is not closed: expected a backtick", range)
  }

  static func unterminatedRegExp(at range: SourceRange) -> Diagnostic {
    error(openPattern, range)
  }

  private static let openPattern = "The regular expression is not closed: expected `/` before the end of the line"
  var isUnterminatedRegExp: Bool { message == Diagnostic.openPattern }

  static func invalidRegExpFlags(_ flags: String, at range: SourceRange) -> Diagnostic {
    error("Invalid regular expression flags `\(flags)`: each of `dgimsuvy` once, and not `u` with `v`", range)
  }

  static func invalidPattern(_ reason: String, at range: SourceRange) -> Diagnostic {
    error("Invalid regular expression: \(reason)", range)
  }

  static func octalEscape(at range: SourceRange) -> Diagnostic {
    error("Octal escape sequences are not allowed in strict mode; write `\\xXX`", range)
  }

  static func malformedHexEscape(at range: SourceRange) -> Diagnostic {
    error("Expected two hexadecimal digits after `\\x`", range)
  }

  static func malformedUnicodeEscape(at range: SourceRange) -> Diagnostic {
    error("Expected `\\uXXXX` or `\\u{X...}` up to 10FFFF", range)
  }

  static func legacyOctal(_ text: String, at range: SourceRange) -> Diagnostic {
    error("A number cannot begin with `0` and another digit in strict mode: `\(text)`; octal is `0o...`", range)
  }

  static func misplacedSeparator(at range: SourceRange) -> Diagnostic {
    error("A separator `_` must stand between two digits", range)
  }

  static func missingExponent(at range: SourceRange) -> Diagnostic {
    error("Expected a digit in the exponent of the number", range)
  }

  static func missingDigits(_ prefix: String, at range: SourceRange) -> Diagnostic {
    error("Expected a digit after `\(prefix)`", range)
  }

  static func identifierAfterNumber(_ number: String, at range: SourceRange) -> Diagnostic {
    error("A name or digit cannot follow the number `\(number)` directly", range)
  }

  static func fractionalBigInt(_ number: String, at range: SourceRange) -> Diagnostic {
    error("A BigInt is a whole number without exponent, and `\(number)` is none", range)
  }

  /// What a person probably meant whose text processor made something prettier of it.
  private static func replacement(of value: UInt32) -> String? {
    switch value {
    case 0x2018...0x201B, 0xB4: "'"
    case 0x201C...0x201F, 0xAB, 0xBB: "\""
    case 0x2010...0x2015, 0x2212: "-"
    case 0x2026: "..."
    case 0xD7: "*"
    case 0xF7, 0x2215: "/"
    case 0x2264: "<="
    case 0x2265: ">="
    case 0x2260: "!=="
    case 0x2192, 0x21D2: "=>"
    case 0x37E: ";"
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0).map(String.init)
    default: nil
    }
  }

  private static func characterName(_ value: UInt32) -> String {
    let code = "U+\(hex(value, digits: 4))"
    guard value > 0x20, value != 0x7F, !(0x80...0xA0).contains(value), let scalar = Unicode.Scalar(value),
      scalar.properties.isPatternWhitespace == false, scalar.properties.generalCategory != .format
    else { return code }
    return "`\(scalar)` (\(code))"
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
