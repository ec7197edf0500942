/// Why a pattern is not a regular expression, and where in it.
public struct RegExpSyntaxError: Error, Equatable, Sendable {
  /// A clause without a full stop, such as `Unterminated group`.
  public let message: String
  /// The place in the pattern, in UTF-16 code units.
  public let offset: Int

  init(_ message: Message, at offset: Int) {
    self.message = message.rawValue
    self.offset = offset
  }

  enum Message: String {
    case nothingToRepeat = "Nothing to repeat"
    case unterminatedGroup = "Unterminated group"
    case unmatchedParenthesis = "Unmatched ')'"
    case unterminatedClass = "Unterminated character class"
    case rangeOutOfOrder = "Range out of order in character class"
    case invalidGroup = "Invalid group"
    case repeatedFlag = "Repeated flag in modifiers"
    case loneBracket = "Lone quantifier brackets"
    case quantifierOutOfOrder = "numbers out of order in {} quantifier"
    case invalidQuantifier = "Invalid quantifier"
    case incompleteQuantifier = "Incomplete quantifier"
    case invalidEscape = "Invalid escape"
    case invalidClassEscape = "Invalid class escape"
    case invalidDecimalEscape = "Invalid decimal escape"
    case invalidUnicodeEscape = "Invalid Unicode escape"
    case invalidGroupName = "Invalid capture group name"
    case duplicateGroupName = "Duplicate capture group name"
    case invalidNamedReference = "Invalid named reference"
    case unknownNamedReference = "Invalid named capture referenced"
    case invalidPropertyName = "Invalid property name"
    case invalidPropertyNameInClass = "Invalid property name in character class"
    case invalidClass = "Invalid character class"
    case invalidClassCharacter = "Invalid character in character class"
    case invalidSetOperation = "Invalid set operation in character class"
    case negatedStrings = "Negated character class may contain strings"
    case loneBackslash = "\\ at end of pattern"
    case tooLarge = "Regular expression too large"
  }
}
