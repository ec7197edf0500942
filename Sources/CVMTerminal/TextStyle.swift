/// What a piece of text at the prompt is, which decides how it looks.
public enum TextStyle: UInt8, Sendable, CaseIterable {
  case plain
  case keyword
  case literal
  case string
  case number
  case comment
  case regExp
  /// A name that stands before parentheses.
  case function
  /// A name that belongs to the language, such as `Math`.
  case builtIn
  case property
  case bracket
  case `operator`
  /// A command of the prompt, such as `:heap`.
  case command
  /// An option of a command, such as `--top`.
  case option
  case prompt
  case continuationPrompt
  /// Text that is not there yet.
  case suggestion
  case note
  case selected
  case problem

  /// The parameters of the escape sequence that chooses the style; empty for text as it is.
  public var parameters: String {
    switch self {
    case .plain, .bracket, .operator, .property: ""
    case .keyword: "35"
    case .literal: "33"
    case .string: "32"
    case .number: "36"
    case .comment: "2;3"
    case .regExp: "31"
    case .function: "34"
    case .builtIn: "36"
    case .command: "1;34"
    case .option: "34"
    case .prompt: "1;32"
    case .continuationPrompt: "2"
    case .suggestion, .note: "2"
    case .selected: "7"
    case .problem: "1;31"
    }
  }
}

/// A piece of a line in a style.
public struct StyledSpan: Equatable, Sendable {
  /// Offsets into the line's UTF-8.
  public var range: Range<Int>
  public var style: TextStyle

  public init(_ range: Range<Int>, _ style: TextStyle) {
    self.range = range
    self.style = style
  }
}

/// How one character looks: a style, and what lies over it.
struct Appearance: Equatable {
  var style = TextStyle.plain
  /// One of the two brackets at the cursor.
  var isMatch = false
  /// Can't become right.
  var isWrong = false

  static let plain = Appearance()

  /// The escape sequence that chooses the appearance after a reset.
  var sequence: String {
    var parameters = style.parameters
    func add(_ more: String) { parameters += parameters.isEmpty ? more : ";" + more }
    if isMatch { add("1;7") }
    if isWrong { add("4;31") }
    return parameters.isEmpty ? "" : "\u{1b}[\(parameters)m"
  }
}
