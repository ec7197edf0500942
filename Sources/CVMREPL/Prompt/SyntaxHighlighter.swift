import CVMSyntax
import CVMTerminal

/// Colours statements and commands while they are typed.
final class SyntaxHighlighter {
  /// Finds the names that the language brings along: asked when the first line is typed.
  var findBuiltInNames: () -> Set<String> = { [] } { didSet { builtInNames = nil } }
  private var builtInNames: Set<String>?

  // The editor knows states by numbers.
  private var states = [LineScanner.State.start]
  private var numbers = [LineScanner.State.start: 0]
  private static let mostStates = 10_000

  /// The styles of a line after lines that left a state.
  func highlight(_ line: String, _ state: Int) -> (spans: [StyledSpan], state: Int) {
    if state == 0, CommandLineText.isCommand(line) { return (CommandLineText(line).spans, 0) }
    let before = states.indices.contains(state) ? states[state] : .start
    let (pieces, end) = LineScanner.scan(line, after: before)
    if pieces.isEmpty { return ([], number(of: end)) }
    let names = builtInNames ?? findBuiltInNames()
    builtInNames = names
    var styles = TokenStyles(line, pieces, names)
    return (styles.spans(), number(of: end))
  }

  private func number(of state: LineScanner.State) -> Int {
    if let known = numbers[state] { return known }
    if states.count >= Self.mostStates { return 0 }
    numbers[state] = states.count
    states.append(state)
    return states.count - 1
  }
}

/// Decides what tokens look like from what stands around them.
private struct TokenStyles {
  private let bytes: [UInt8]
  private let pieces: [LineScanner.Piece]
  private let builtInNames: Set<String>

  init(_ line: String, _ pieces: [LineScanner.Piece], _ builtInNames: Set<String>) {
    bytes = Array(line.utf8)
    self.pieces = pieces
    self.builtInNames = builtInNames
  }

  mutating func spans() -> [StyledSpan] {
    pieces.indices.flatMap(spans)
  }

  private func spans(_ index: Int) -> [StyledSpan] {
    let piece = pieces[index]
    switch piece.kind {
    case .comment: return [StyledSpan(piece.range, .comment)]
    case .string: return [StyledSpan(piece.range, .string)]
    case .template: return templateSpans(piece.range)
    case .token(let kind): return [StyledSpan(piece.range, style(kind, index))]
    }
  }

  /// The marks of an expression in a template are brackets.
  private func templateSpans(_ range: Range<Int>) -> [StyledSpan] {
    var inner = range
    var spans: [StyledSpan] = []
    if bytes[range.lowerBound] == 0x7D {
      spans.append(StyledSpan(range.lowerBound..<range.lowerBound + 1, .bracket))
      inner = range.lowerBound + 1..<range.upperBound
    }
    let opens = inner.count >= 2 && bytes[range.upperBound - 1] == 0x7B && bytes[range.upperBound - 2] == 0x24
    if opens { inner = inner.lowerBound..<inner.upperBound - 2 }
    if !inner.isEmpty { spans.append(StyledSpan(inner, .string)) }
    if opens { spans.append(StyledSpan(range.upperBound - 2..<range.upperBound, .bracket)) }
    return spans
  }

  private func style(_ kind: TokenKind, _ index: Int) -> TextStyle {
    switch kind {
    case .number, .bigInt: return .number
    case .regExp: return .regExp
    case .leftParen, .rightParen, .leftBracket, .rightBracket, .leftBrace, .rightBrace: return .bracket
    case .true, .false, .null, .this: return isAfterDot(index) ? .property : .literal
    case .identifier, .escapedKeyword, .privateName: return nameStyle(index)
    case .invalid: return bytes[pieces[index].range.lowerBound] == 0x2F ? .regExp : .string
    default: break
    }
    guard let text = kind.text, text.first?.isLetter == true else { return .operator }
    return isAfterDot(index) || isBeforeColon(index) ? .property : .keyword
  }

  private func kind(_ index: Int) -> TokenKind? {
    guard pieces.indices.contains(index), case .token(let kind) = pieces[index].kind else { return nil }
    return kind
  }

  private func text(_ index: Int) -> String { String(decoding: bytes[pieces[index].range], as: UTF8.self) }

  private func isAfterDot(_ index: Int) -> Bool { [.dot, .questionDot].contains(kind(index - 1)) }

  private func isBeforeColon(_ index: Int) -> Bool {
    kind(index + 1) == .colon && [.leftBrace, .comma].contains(kind(index - 1))
  }

  /// Words that are keywords where a name follows.
  private static let contextualKeywords: Set<String> = [
    "let", "async", "await", "yield", "of", "static", "get", "set", "type", "interface", "declare", "readonly", "as",
  ]

  private func nameStyle(_ index: Int) -> TextStyle {
    let name = text(index)
    if isAfterDot(index) { return kind(index + 1) == .leftParen ? .function : .property }
    if Self.contextualKeywords.contains(name), isKeywordHere(name, index) { return .keyword }
    if ["undefined", "NaN", "Infinity"].contains(name) { return .literal }
    if builtInNames.contains(name) { return .builtIn }
    if kind(index + 1) == .leftParen { return .function }
    return .plain
  }

  private func isKeywordHere(_ name: String, _ index: Int) -> Bool {
    guard index + 1 < pieces.count else {
      return name == "let" && index == 0
    }
    let next = kind(index + 1)
    let isName = next == .identifier || next?.text?.first?.isLetter == true
    switch name {
    case "let": return isName || next == .leftBracket || next == .leftBrace
    case "of", "as":
      return index > 0 && next != .leftParen && [.identifier, .rightBracket, .rightBrace].contains(kind(index - 1))
    case "await", "yield": return next != .dot && next != .equal && next != .rightParen && next != .comma
    case "async": return isName || next == .leftParen && kind(index + 2) != nil && isArrowAhead(index + 1)
    case "static": return isName || next == .leftBracket || next == .leftBrace || next == .privateName
    default: return next == .identifier || next == .privateName
    }
  }

  private func isArrowAhead(_ index: Int) -> Bool { pieces[index...].contains { $0.kind == .token(.arrow) } }
}

/// A line that is a command of the prompt.
struct CommandLineText {
  private let line: String

  init(_ line: String) { self.line = line }

  static func isCommand(_ text: String) -> Bool { text.utf8.first { $0 != 0x20 && $0 != 0x09 } == 0x3A }

  /// The command's name, its options, ids, and the rest as it is.
  var spans: [StyledSpan] {
    var spans: [StyledSpan] = []
    for word in words {
      if spans.isEmpty, word.text.hasPrefix(":") {
        spans.append(StyledSpan(word.range, .command))
      } else if word.text.hasPrefix("--") {
        spans.append(StyledSpan(word.range, .option))
      } else if word.text.drop(while: { $0 == "#" || $0 == "@" }).allSatisfy(\.isNumber) {
        spans.append(StyledSpan(word.range, .number))
      }
    }
    return spans
  }

  struct Word {
    var text: Substring
    var range: Range<Int>
  }

  /// What stands between blanks.
  var words: [Word] {
    var words: [Word] = []
    var offset = 0
    for part in line.split(separator: " ", omittingEmptySubsequences: false) {
      if !part.isEmpty { words.append(Word(text: part, range: offset..<offset + part.utf8.count)) }
      offset += part.utf8.count + 1
    }
    return words
  }
}

extension CommandLineText {
  /// The words of a command with their places; quotes and brackets keep words together.
  static func typedWords(_ line: String) -> [Word] {
    var words: [Word] = []
    var rest = line[...]
    while let (_, after) = CommandCall.nextWord(rest) {
      let word = rest[..<after.startIndex].drop(while: \.isWhitespace)
      let start = line.utf8.distance(from: line.startIndex, to: word.startIndex)
      words.append(Word(text: word, range: start..<start + word.utf8.count))
      rest = after
    }
    return words
  }
}
