import CLineEdit

/// The motions of vi's command mode.
extension LineEditor {
  // MARK: Keys

  /// Reads what belongs to a motion; nil when the keys are none.
  func viReadMotion(_ key: Character, hasOperator: Bool = false) -> ViMotionKeys? {
    switch key {
    case "f", "F", "t", "T": return viReadCharacter().map { ViMotionKeys(key: key, argument: $0) }
    case "i", "a": return hasOperator ? viReadCharacter().map { ViMotionKeys(key: key, argument: $0) } : nil
    case "g": return viReadCharacter().flatMap { $0 == [0x67] ? ViMotionKeys(key: "g") : nil }
    case "j", "k", "+", "-": return hasOperator ? ViMotionKeys(key: key) : nil
    default: return ViMotionKeys(key: key)
    }
  }

  /// The character that is typed next; nil for any other key.
  func viReadCharacter() -> [UInt32]? {
    guard let key = edit.readKey() else { return nil }
    if key == CLE_KEY_TEXT { return takePendingText() }
    if (0x20...0x7E).contains(key) || key == 0x09 { return [key] }
    if key != CLE_KEY_ESCAPE { queue.putBack(key) }
    return nil
  }

  // MARK: Places

  func viMotion(_ keys: ViMotionKeys, _ count: Int?, _ operation: Character? = nil) -> ViMotion? {
    let text = edit.text
    let cursor = edit.cursor
    let line = lineBounds(text, cursor)
    let rounds = count ?? 1
    func steps(_ step: (Int) -> Int) -> Int { (0..<rounds).reduce(cursor) { place, _ in step(place) } }
    switch keys.key {
    case "h": return ViMotion(place: steps { max(line.lowerBound, characterStart(text, before: $0)) })
    case "l", " ": return ViMotion(place: steps { min(line.upperBound, characterEnd(text, after: $0)) })
    case "0": return ViMotion(place: line.lowerBound)
    case "^", "_": return ViMotion(place: viFirstCharacter(text, line))
    case "$": return ViMotion(place: viLineEnd(text, cursor, rounds))
    case "|": return ViMotion(place: min(line.upperBound, line.lowerBound + rounds - 1))
    case "w", "W": return viWordForward(text, cursor, rounds, isBig: keys.key == "W", operation)
    case "b", "B": return ViMotion(place: steps { viWordStart(text, $0, isBig: keys.key == "B") })
    case "e", "E": return viWordEndMotion(text, cursor, rounds, isBig: keys.key == "E")
    case "f", "F", "t", "T": return viFind(ViState.Find(key: keys.key, sought: keys.argument), rounds, text, cursor)
    case ";": return vi.find.flatMap { viFind($0, rounds, text, cursor, keeps: true) }
    case ",": return vi.find.flatMap { viFind($0.turned, rounds, text, cursor, keeps: true) }
    case "%": return viPartner(text, cursor).map { ViMotion(place: $0, kind: .inclusive) }
    case "G": return ViMotion(place: viLine(text, count), kind: .lines)
    case "g": return ViMotion(place: viLine(text, rounds), kind: .lines)
    case "j", "+": return viLineMotion(text, cursor, rounds)
    case "k", "-": return viLineMotion(text, cursor, -rounds)
    case "i", "a": return viObject(keys.argument, withAll: keys.key == "a", text, cursor)
    default: return nil
    }
  }

  func viFirstCharacter(_ text: [UInt32], _ line: Range<Int>) -> Int {
    line.first { text[$0] != 0x20 && text[$0] != 0x09 } ?? line.upperBound
  }

  private func viLineEnd(_ text: [UInt32], _ cursor: Int, _ count: Int) -> Int {
    var end = lineBounds(text, cursor).upperBound
    for _ in 1..<max(2, count) where count > 1 && end < text.count { end = lineBounds(text, end + 1).upperBound }
    return end
  }

  /// The start of a line by its number; of the last one without.
  private func viLine(_ text: [UInt32], _ number: Int?) -> Int {
    guard let number else { return viFirstCharacter(text, lineBounds(text, text.count)) }
    var start = 0
    for _ in 1..<max(2, number) where number > 1 {
      let end = lineBounds(text, start).upperBound
      if end == text.count { break }
      start = end + 1
    }
    return viFirstCharacter(text, lineBounds(text, start))
  }

  private func viLineMotion(_ text: [UInt32], _ cursor: Int, _ count: Int) -> ViMotion? {
    var place = cursor
    for _ in 0..<abs(count) {
      let line = lineBounds(text, place)
      if count < 0 ? line.lowerBound == 0 : line.upperBound == text.count { return nil }
      place = count < 0 ? line.lowerBound - 1 : line.upperBound + 1
    }
    return ViMotion(place: place, kind: .lines)
  }

  // MARK: Words

  private enum WordClass { case blank, lineEnd, word, mark }

  private func wordClass(_ scalar: UInt32, isBig: Bool) -> WordClass {
    if scalar == newline { return .lineEnd }
    if scalar == 0x20 || scalar == 0x09 { return .blank }
    return isBig || isWord(scalar) ? .word : .mark
  }

  private func viWordForward(
    _ text: [UInt32], _ cursor: Int, _ count: Int, isBig: Bool, _ operation: Character?
  ) -> ViMotion? {
    func kind(_ place: Int) -> WordClass { wordClass(text[place], isBig: isBig) }
    guard cursor < text.count else { return nil }
    // `cw` leaves the blanks behind the word.
    if operation == "c", kind(cursor) == .word || kind(cursor) == .mark {
      var motion = viWordEndMotion(text, cursor, count, isBig: isBig, mayStay: true)
      motion?.kind = .inclusive
      return motion
    }
    var place = cursor
    for _ in 0..<count where place < text.count {
      let first = kind(place)
      if first == .word || first == .mark {
        while place < text.count, kind(place) == first { place += 1 }
      }
      while place < text.count, kind(place) == .blank || kind(place) == .lineEnd {
        // An empty line is a word.
        if place > cursor, text[place] == newline, text[place - 1] == newline { break }
        place += 1
      }
    }
    guard operation != nil else { return ViMotion(place: place) }
    // An operator stops at the end of the line of the last word.
    var start = place
    while start > cursor, kind(start - 1) == .blank || kind(start - 1) == .lineEnd { start -= 1 }
    if let end = text[start..<place].firstIndex(of: newline), end > cursor { place = end }
    return ViMotion(place: place)
  }

  private func viWordStart(_ text: [UInt32], _ cursor: Int, isBig: Bool) -> Int {
    func kind(_ place: Int) -> WordClass { wordClass(text[place], isBig: isBig) }
    var place = cursor
    while place > 0, kind(place - 1) == .blank || kind(place - 1) == .lineEnd { place -= 1 }
    guard place > 0 else { return 0 }
    let first = kind(place - 1)
    while place > 0, kind(place - 1) == first { place -= 1 }
    return place
  }

  /// The last character of a word.
  private func viWordEndMotion(
    _ text: [UInt32], _ cursor: Int, _ count: Int, isBig: Bool, mayStay: Bool = false
  ) -> ViMotion? {
    func kind(_ place: Int) -> WordClass { wordClass(text[place], isBig: isBig) }
    var place = cursor
    for round in 0..<count {
      var next = mayStay && round == 0 ? place : place + 1
      while next < text.count, kind(next) == .blank || kind(next) == .lineEnd { next += 1 }
      guard next < text.count else { return round == 0 ? nil : ViMotion(place: place, kind: .inclusive) }
      let first = kind(next)
      while next + 1 < text.count, kind(next + 1) == first { next += 1 }
      place = next
    }
    return ViMotion(place: place, kind: .inclusive)
  }

  // MARK: Characters and brackets

  private func viFind(
    _ find: ViState.Find, _ count: Int, _ text: [UInt32], _ cursor: Int, keeps: Bool = false
  ) -> ViMotion? {
    if !keeps { vi.find = find }
    let line = lineBounds(text, cursor)
    let isForward = find.key == "f" || find.key == "t"
    let isBefore = find.key == "t" || find.key == "T"
    var place = cursor
    let step = isForward ? 1 : -1
    for round in 0..<count {
      place += step
      // After `t`, `;` must not stay in front of the same character.
      if keeps, isBefore, round == 0, line.contains(place), text[place...].starts(with: find.sought) { place += step }
      while line.contains(place), !text[place...].starts(with: find.sought) { place += step }
      guard line.contains(place) else { return nil }
    }
    if isBefore { place += isForward ? -1 : find.sought.count }
    return ViMotion(place: place, kind: isForward ? .inclusive : .exclusive)
  }

  private static let openers: [UInt32] = [0x28, 0x5B, 0x7B]
  private static let closers: [UInt32] = [0x29, 0x5D, 0x7D]

  /// The partner of the first bracket from the cursor on in its line.
  private func viPartner(_ text: [UInt32], _ cursor: Int) -> Int? {
    let line = lineBounds(text, cursor)
    guard
      let place = (cursor..<max(cursor, line.upperBound)).first(where: {
        Self.openers.contains(text[$0]) || Self.closers.contains(text[$0])
      })
    else { return nil }
    if let index = Self.openers.firstIndex(of: text[place]) {
      return viBracket(text, place, 1, Self.openers[index], Self.closers[index])
    }
    guard let index = Self.closers.firstIndex(of: text[place]) else { return nil }
    return viBracket(text, place, -1, Self.closers[index], Self.openers[index])
  }

  /// The bracket that closes the one at a place, in a direction.
  private func viBracket(
    _ text: [UInt32], _ start: Int, _ direction: Int, _ same: UInt32, _ other: UInt32
  ) -> Int? {
    var depth = 0
    var place = start
    while text.indices.contains(place) {
      if text[place] == same { depth += 1 }
      if text[place] == other { depth -= 1 }
      if depth == 0 { return place }
      place += direction
    }
    return nil
  }

  // MARK: Objects

  /// `iw`, `a"`, `i(` and the like.
  private func viObject(_ object: [UInt32], withAll: Bool, _ text: [UInt32], _ cursor: Int) -> ViMotion? {
    guard let scalar = object.first, object.count == 1 else { return nil }
    switch scalar {
    case 0x77, 0x57: return viWordObject(text, cursor, isBig: scalar == 0x57, withAll: withAll)
    case 0x22, 0x27, 0x60: return viQuoted(text, cursor, scalar, withAll: withAll)
    case 0x62, 0x28, 0x29: return viEnclosed(text, cursor, 0x28, 0x29, withAll: withAll)
    case 0x42, 0x7B, 0x7D: return viEnclosed(text, cursor, 0x7B, 0x7D, withAll: withAll)
    case 0x5B, 0x5D: return viEnclosed(text, cursor, 0x5B, 0x5D, withAll: withAll)
    default: return nil
    }
  }

  private func viWordObject(_ text: [UInt32], _ cursor: Int, isBig: Bool, withAll: Bool) -> ViMotion? {
    guard cursor < text.count, text[cursor] != newline else { return nil }
    func kind(_ place: Int) -> WordClass { wordClass(text[place], isBig: isBig) }
    var start = cursor
    var end = cursor + 1
    while start > 0, kind(start - 1) == kind(cursor) { start -= 1 }
    while end < text.count, kind(end) == kind(cursor) { end += 1 }
    if withAll {
      let word = end
      while end < text.count, kind(end) == .blank { end += 1 }
      if end == word { while start > 0, kind(start - 1) == .blank { start -= 1 } }
    }
    return ViMotion(place: end, start: start)
  }

  private func viQuoted(_ text: [UInt32], _ cursor: Int, _ quote: UInt32, withAll: Bool) -> ViMotion? {
    let line = lineBounds(text, cursor)
    let quotes = line.filter { text[$0] == quote && ($0 == 0 || text[$0 - 1] != 0x5C) }
    for index in stride(from: 0, to: quotes.count - 1, by: 2) where quotes[index + 1] >= cursor {
      let range = quotes[index]..<quotes[index + 1]
      return withAll
        ? ViMotion(place: range.upperBound + 1, start: range.lowerBound)
        : ViMotion(place: range.upperBound, start: range.lowerBound + 1)
    }
    return nil
  }

  private func viEnclosed(
    _ text: [UInt32], _ cursor: Int, _ open: UInt32, _ close: UInt32, withAll: Bool
  ) -> ViMotion? {
    var depth = 0
    var place = min(cursor, text.count - 1)
    while place >= 0 {
      if text[place] == close, place != cursor { depth += 1 }
      if text[place] == open {
        if depth == 0 { break }
        depth -= 1
      }
      place -= 1
    }
    guard place >= 0, let end = viBracket(text, place, 1, open, close) else { return nil }
    return withAll ? ViMotion(place: end + 1, start: place) : ViMotion(place: end, start: place + 1)
  }
}

extension ViState.Find {
  /// The same search the other way round.
  fileprivate var turned: ViState.Find {
    let keys: [Character: Character] = ["f": "F", "F": "f", "t": "T", "T": "t"]
    return ViState.Find(key: keys[key] ?? key, sought: sought)
  }
}
