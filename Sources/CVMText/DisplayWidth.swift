/// How many columns of a terminal a text takes: wide East-Asian characters and emoji two, combining marks none.
public func displayWidth(_ text: some StringProtocol) -> Int {
  var width = 0
  for character in text { width += displayWidth(character) }
  return width
}

/// How many columns one character takes.
public func displayWidth(_ character: Character) -> Int {
  if let byte = character.asciiValue { return byte < 0x20 || byte == 0x7F ? 0 : 1 }
  var width = 0
  var scalarCount = 0
  for scalar in character.unicodeScalars {
    scalarCount += 1
    // U+FE0F asks for the emoji form, and two regional indicators are a flag.
    if scalar.value == 0xFE0F, width > 0 { return 2 }
    if (0x1F1E6...0x1F1FF).contains(scalar.value), scalarCount == 2 { return 2 }
    width = max(width, scalarWidth(scalar))
  }
  return width
}

private func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
  default: break
  }
  // The medial vowels and final consonants of decomposed Korean join the syllable before them.
  if (0x1160...0x11FF).contains(value) { return 0 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideRanges.contains { $0.contains(value) } ? 2 : 1
}

/// East Asian Width W and F, emoji apart.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x16FF1, 0x17000...0x18CFF, 0x18D00...0x18D08, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
  0x20000...0x2FFFD, 0x30000...0x3FFFD,
]
