extension UInt16 {
  init(ascii: Unicode.Scalar) {
    self = UInt16(UInt8(ascii: ascii))
  }

  static let backslash = UInt16(ascii: "\\")
  static let openBracket = UInt16(ascii: "[")
  static let closeBracket = UInt16(ascii: "]")
  static let openParenthesis = UInt16(ascii: "(")
  static let closeParenthesis = UInt16(ascii: ")")
  static let openBrace = UInt16(ascii: "{")
  static let closeBrace = UInt16(ascii: "}")
  static let questionMark = UInt16(ascii: "?")
  static let lessThan = UInt16(ascii: "<")
  static let greaterThan = UInt16(ascii: ">")
  static let equals = UInt16(ascii: "=")
  static let exclamationMark = UInt16(ascii: "!")
  static let verticalBar = UInt16(ascii: "|")
  static let caret = UInt16(ascii: "^")
  static let dollar = UInt16(ascii: "$")
  static let asterisk = UInt16(ascii: "*")
  static let plus = UInt16(ascii: "+")
  static let hyphen = UInt16(ascii: "-")
  static let ampersand = UInt16(ascii: "&")
  static let period = UInt16(ascii: ".")
  static let comma = UInt16(ascii: ",")
  static let colon = UInt16(ascii: ":")
  static let slash = UInt16(ascii: "/")
  static let underscore = UInt16(ascii: "_")

  package static func isLead(_ unit: UInt16) -> Bool { unit & 0xFC00 == 0xD800 }
  package static func isTrail(_ unit: UInt16) -> Bool { unit & 0xFC00 == 0xDC00 }

  package static func combine(_ lead: UInt16, _ trail: UInt16) -> UInt32 {
    0x10000 + (UInt32(lead & 0x3FF) << 10 | UInt32(trail & 0x3FF))
  }
}
