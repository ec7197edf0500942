// Escapes: ECMA-262, 22.2.1 AtomEscape, CharacterEscape, CharacterClassEscape; annex B.1.2.

extension PatternParser {
  /// The word characters under the flags that hold here (WordCharacters, 22.2.2.9.4).
  var wordCharacters: CodePointSet {
    readsCodePoints && ignoreCase ? CaseFolding.unicode.closure(.wordCharacters) : .wordCharacters
  }

  mutating func parseAtomEscape() throws(Failure) {
    let start = position
    guard let letter = peek(1) else { throw failure(.loneBackslash, at: start) }
    let none = nextCapture..<nextCapture
    switch letter {
    case UInt16(ascii: "b"):
      position += 2
      append(.assertion(.wordBoundary(words: wordCharacters)))
    case UInt16(ascii: "B"):
      position += 2
      append(.assertion(.notWordBoundary(words: wordCharacters)))
    case UInt16(ascii: "1")...UInt16(ascii: "9"):
      if let group = try parseGroupNumber() {
        try appendAtom(.backreference(groups: [group], ignoreCase: ignoreCase), captures: none)
      } else {
        position += 1
        try appendAtom(character(try parseCharacterEscape(isInClass: false)), captures: none)
      }
    case UInt16(ascii: "k") where hasNamedGroups:
      position += 2
      guard consume(.lessThan) else { throw failure(.invalidNamedReference, at: start) }
      let name = try parseGroupName()
      references.append((name, start))
      try appendAtom(.namedReference(references.count - 1, ignoreCase: ignoreCase), captures: none)
    default:
      position += 1
      if let value = try parseClassEscape(isInClass: false) {
        try appendAtom(node(value), captures: none)
      } else {
        try appendAtom(character(try parseCharacterEscape(isInClass: false)), captures: none)
      }
    }
  }

  /// The number after a backslash as that of a group; nil when it is an octal or identity escape of annex B.
  private mutating func parseGroupNumber() throws(Failure) -> Int? {
    let start = position
    position += 1
    let number = Int(parseDecimal() ?? 0)
    if readsCodePoints {
      if number > largestReference.group { largestReference = (number, start) }
      return min(number, Self.maximumGroups)
    }
    if number <= totalCaptures { return number }
    position = start
    return nil
  }

  /// `\d` and its like after the backslash; nil when something else stands here.
  mutating func parseClassEscape(isInClass: Bool) throws(Failure) -> ClassValue? {
    guard let letter = current else { return nil }
    let set: CodePointSet
    switch letter {
    case UInt16(ascii: "d"), UInt16(ascii: "D"): set = .digits
    case UInt16(ascii: "s"), UInt16(ascii: "S"): set = .whiteSpace
    case UInt16(ascii: "w"), UInt16(ascii: "W"): set = wordCharacters
    case UInt16(ascii: "p"), UInt16(ascii: "P"):
      return readsCodePoints ? try parseProperty(isInClass: isInClass) : nil
    default: return nil
    }
    position += 1
    let isNegated = letter & 0x20 == 0
    return ClassValue(isNegated ? complement(folded(set)) : folded(set))
  }

  private mutating func parseProperty(isInClass: Bool) throws(Failure) -> ClassValue {
    let start = position - 1
    let error = failure(isInClass ? .invalidPropertyNameInClass : .invalidPropertyName, at: start)
    let isNegated = units[position] == UInt16(ascii: "P")
    position += 1
    guard consume(.openBrace) else { throw error }
    let name = parsePropertyWord()
    let value: String? = consume(.equals) ? parsePropertyWord() : nil
    guard consume(.closeBrace) else { throw error }
    if let set = value.map({ UnicodeProperties.set(name: name, value: $0) }) ?? UnicodeProperties.set(name) {
      return ClassValue(isNegated ? complement(folded(set)) : folded(set))
    }
    guard usesSets, value == nil, let strings = UnicodeProperties.strings(name) else { throw error }
    if isNegated { throw error }
    var result = ClassValue(.empty)
    result.mayContainStrings = true
    for string in strings { result.insert(string.map(folded)) }
    return result
  }

  private mutating func parsePropertyWord() -> String {
    var text = ""
    while let unit = current, unit < 128 {
      let scalar = Unicode.Scalar(UInt8(unit))
      guard scalar.properties.isAlphabetic || (0x30...0x39).contains(unit) || unit == .underscore else { break }
      text.unicodeScalars.append(scalar)
      position += 1
    }
    return text
  }

  /// One character after the backslash.
  mutating func parseCharacterEscape(isInClass: Bool) throws(Failure) -> UInt32 {
    let start = position - 1
    guard let letter = current else { throw failure(.loneBackslash, at: start) }
    position += 1
    switch letter {
    case UInt16(ascii: "f"): return 0x0C
    case UInt16(ascii: "n"): return 0x0A
    case UInt16(ascii: "r"): return 0x0D
    case UInt16(ascii: "t"): return 0x09
    case UInt16(ascii: "v"): return 0x0B
    case UInt16(ascii: "c"): return try parseControl(isInClass: isInClass, at: start)
    case UInt16(ascii: "0")...UInt16(ascii: "9"): return try parseOctal(isInClass: isInClass, at: start)
    case UInt16(ascii: "x"):
      if let value = parseHex(digits: 2) { return value }
      if readsCodePoints { throw failure(.invalidEscape, at: start) }
      return UInt32(letter)
    case UInt16(ascii: "u"):
      if let value = try parseUnicodeEscape(isInName: false) { return value }
      if readsCodePoints { throw failure(.invalidUnicodeEscape, at: start) }
      return UInt32(letter)
    default: break
    }
    if readsCodePoints {
      let isSyntax = Self.syntaxCharacters.contains(letter) || isInClass && letter == .hyphen
      if !isSyntax { throw failure(.invalidEscape, at: start) }
      return UInt32(letter)
    }
    if hasNamedGroups && letter == UInt16(ascii: "k") { throw failure(.invalidEscape, at: start) }
    return UInt32(letter)
  }

  static let syntaxCharacters = Set("^$\\.*+?()[]{}|/".utf16)

  private mutating func parseControl(isInClass: Bool, at start: Int) throws(Failure) -> UInt32 {
    if let unit = current, unit < 128 {
      let scalar = Unicode.Scalar(UInt8(unit))
      let isLetter = scalar.properties.isAlphabetic
      if isLetter || !readsCodePoints && isInClass && ((0x30...0x39).contains(unit) || unit == .underscore) {
        position += 1
        return UInt32(unit & 31)
      }
    }
    if readsCodePoints { throw failure(.invalidUnicodeEscape, at: start) }
    position -= 1
    return UInt32(UInt16.backslash)
  }

  /// `\0`, or in patterns without `u` and `v` an octal escape up to `\377`, or `8` and `9` themselves.
  private mutating func parseOctal(isInClass: Bool, at start: Int) throws(Failure) -> UInt32 {
    let first = units[position - 1]
    let isFollowedByDigit = current.map { (0x30...0x39).contains($0) } ?? false
    if readsCodePoints {
      if first == UInt16(ascii: "0") && !isFollowedByDigit { return 0 }
      throw failure(isInClass ? .invalidClassEscape : .invalidDecimalEscape, at: start)
    }
    if first >= UInt16(ascii: "8") { return UInt32(first) }
    var value = UInt32(first - 0x30)
    while let unit = current, (0x30...0x37).contains(unit), value * 8 + UInt32(unit - 0x30) <= 0xFF {
      value = value * 8 + UInt32(unit - 0x30)
      position += 1
    }
    return value
  }

  private mutating func parseHex(digits: Int) -> UInt32? {
    guard position + digits <= units.count else { return nil }
    var value: UInt32 = 0
    for index in position..<position + digits {
      guard let digit = Self.hexValue(units[index]) else { return nil }
      value = value * 16 + digit
    }
    position += digits
    return value
  }

  private static func hexValue(_ unit: UInt16) -> UInt32? {
    switch unit {
    case 0x30...0x39: UInt32(unit - 0x30)
    case 0x41...0x46: UInt32(unit - 0x41) + 10
    case 0x61...0x66: UInt32(unit - 0x61) + 10
    default: nil
    }
  }

  /// What follows `\u`; nil, with nothing consumed, when it is no escape.
  private mutating func parseUnicodeEscape(isInName: Bool) throws(Failure) -> UInt32? {
    let start = position
    if (readsCodePoints || isInName) && consume(.openBrace) {
      var value: UInt32 = 0
      var count = 0
      while let unit = current, let digit = Self.hexValue(unit) {
        value = value * 16 + digit
        if value > 0x10FFFF { throw failure(.invalidUnicodeEscape, at: start - 2) }
        count += 1
        position += 1
      }
      if count > 0 && consume(.closeBrace) { return value }
      position = start
      return nil
    }
    guard let value = parseHex(digits: 4) else { return nil }
    let lead = UInt16(value)
    if readsCodePoints || isInName, UInt16.isLead(lead), peek(0) == .backslash, peek(1) == UInt16(ascii: "u") {
      let rest = position
      position += 2
      if let trail = parseHex(digits: 4), UInt16.isTrail(UInt16(trail)) {
        return UInt16.combine(lead, UInt16(trail))
      }
      position = rest
    }
    return value
  }
}

// MARK: - Group names

extension PatternParser {
  private static let identifierStart = UnicodeProperties.set("ID_Start") ?? .empty
  private static let identifierPart = UnicodeProperties.set("ID_Continue") ?? .empty

  /// A name and the `>` behind it. Names are read by code points in every pattern.
  mutating func parseGroupName() throws(Failure) -> [UInt16] {
    let start = position
    var name: [UInt16] = []
    while true {
      guard let unit = current else { throw failure(.invalidGroupName, at: start) }
      position += 1
      if unit == .greaterThan && !name.isEmpty { return name }
      var value = UInt32(unit)
      if unit == .backslash {
        guard consume(UInt16(ascii: "u")), let escaped = try parseUnicodeEscape(isInName: true) else {
          throw failure(.invalidGroupName, at: start)
        }
        value = escaped
      } else if UInt16.isLead(unit), let trail = current, UInt16.isTrail(trail) {
        position += 1
        value = UInt16.combine(unit, trail)
      }
      guard Self.isNameCharacter(value, isFirst: name.isEmpty) else { throw failure(.invalidGroupName, at: start) }
      if value > 0xFFFF {
        name.append(UInt16(0xD800 + (value - 0x10000) >> 10))
        name.append(UInt16(0xDC00 + (value - 0x10000) & 0x3FF))
      } else {
        name.append(UInt16(value))
      }
    }
  }

  private static func isNameCharacter(_ value: UInt32, isFirst: Bool) -> Bool {
    if value == 0x24 || value == 0x5F { return true }
    if isFirst { return identifierStart.contains(value) }
    return identifierPart.contains(value) || value == 0x200C || value == 0x200D
  }
}
