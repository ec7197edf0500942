/// Fitting text into columns of a terminal.
public enum TextLayout {
  /// A text without characters that would move the cursor, change colours or reverse the reading direction.
  public static func printable(_ text: String, isASCII: Bool = false) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return text }
    // Our own sign that something is left out has an ASCII form.
    if isASCII, text.hasSuffix("…") || text.hasSuffix("…\"") {
      let isQuoted = text.hasSuffix("\"")
      return printable(String(text.dropLast(isQuoted ? 2 : 1)), isASCII: true) + (isQuoted ? "...\"" : "...")
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x00..<0x20, 0x7F..<0xA0: result += "\\x" + hexadecimal(scalar.value, digits: 2)
      case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        result += "\\u" + hexadecimal(scalar.value, digits: 4)
      case 0x80... where isASCII:
        result +=
          scalar.value > 0xFFFF
          ? "\\u{" + hexadecimal(scalar.value, digits: 5) + "}" : "\\u" + hexadecimal(scalar.value, digits: 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text cut to a width, with a sign that something is missing.
  public static func ellipsized(_ text: String, to width: Int, isASCII: Bool = false) -> String {
    if displayWidth(text) <= width { return text }
    let sign = isASCII ? "..." : "…"
    let room = width - displayWidth(sign)
    if room < 0 { return String(repeating: ".", count: max(0, width)) }
    var result = ""
    var used = 0
    for character in text {
      let next = displayWidth(character)
      if used + next > room { break }
      result.append(character)
      used += next
    }
    return withoutHalfEscape(result) + sign
  }

  /// Without the beginning of an escape such as `\u20` at the end, which would read as something else.
  private static func withoutHalfEscape(_ text: String) -> String {
    guard let mark = text.utf8.suffix(10).lastIndex(of: 0x5C) else { return text }
    let escape = Array(text.utf8[mark...].dropFirst())
    let isWhole: Bool
    switch escape.first {
    case nil: isWhole = false
    case UInt8(ascii: "x"): isWhole = escape.count > 2
    case UInt8(ascii: "u") where escape.dropFirst().first == UInt8(ascii: "{"):
      isWhole = escape.contains(UInt8(ascii: "}"))
    case UInt8(ascii: "u"): isWhole = escape.count > 4
    default: isWhole = true
    }
    return isWhole ? text : String(text[..<mark])
  }

  /// A text with spaces up to a width.
  public static func padded(_ text: String, to width: Int, alignRight: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - displayWidth(text)))
    return alignRight ? spaces + text : text + spaces
  }

  /// Words in lines of a width; a longer word is cut into pieces.
  public static func wrapped(_ text: String, to width: Int, indent: String = "") -> [String] {
    if displayWidth(text) <= width { return [text] }
    var lines: [String] = []
    var line = String(text.prefix { $0 == " " })
    var isAtStart = true
    for word in text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false) {
      if isAtStart {
        line += word
      } else if displayWidth(line) + 1 + displayWidth(word) <= width {
        line += " " + word
      } else {
        lines.append(withoutTrailingSpaces(line))
        line = indent + word
      }
      isAtStart = word.isEmpty && line == indent
      while displayWidth(line) > width {
        let head = prefix(of: line, width: width)
        lines.append(head)
        line = indent + line.dropFirst(head.count)
      }
    }
    lines.append(withoutTrailingSpaces(line))
    return lines
  }

  /// A text cut into lines of a width, wherever they end.
  public static func cells(_ text: String, firstWidth: Int, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for character in text {
      let columns = displayWidth(character)
      if used + columns > max(lines.isEmpty ? firstWidth : width, 2) {
        lines.append(line)
        line = ""
        used = 0
      }
      line.append(character)
      used += columns
    }
    lines.append(line)
    return lines
  }

  static func withoutTrailingSpaces(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func prefix(of text: String, width: Int) -> String {
    var used = 0
    let head = text.prefix {
      used += displayWidth($0)
      return used <= width
    }
    return head.isEmpty ? String(text.prefix(1)) : String(head)
  }

  static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
