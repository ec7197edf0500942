import CVMText

/// The edited text as lines, which keep what was found out about them until they change.
struct TextDocument {
  struct Line {
    var scalars: [UInt32]
    var text: String
    var spans: [StyledSpan] = []
    /// The highlighter's state before and after the line; -1 when it is not known.
    var stateBefore = -1
    var stateAfter = -1
    /// The offsets of brackets, in code points, that are neither in strings nor in comments.
    var brackets: [Bracket] = []
    /// The rows on the screen, as long as neither text nor styles change.
    var rows: [FrameRow]?

    init(_ scalars: some Collection<UInt32>) {
      self.scalars = Array(scalars)
      text = makeString(scalars)
    }
  }

  struct Bracket {
    var offset: Int
    var scalar: UInt32
  }

  /// A place in the text, in code points.
  struct Place: Equatable {
    var line: Int
    var column: Int
  }

  private(set) var lines = [Line([])]
  private(set) var count = 0

  /// Takes over a text; lines that are as before keep what is known about them. Says whether anything changed.
  @discardableResult
  mutating func update(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
    var head = 0
    var start = 0
    while head < lines.count, matches(lines[head].scalars, text, at: start) {
      let end = start + lines[head].scalars.count
      if end == text.count {
        if head == lines.count - 1 { return false }
        break
      }
      guard text[end] == newline else { break }
      start = end + 1
      head += 1
    }
    var tail = lines.count
    var end = text.count
    while tail > head {
      let scalars = lines[tail - 1].scalars
      let begin = end - scalars.count
      guard begin > start, text[begin - 1] == newline, matches(scalars, text, at: begin) else { break }
      end = begin - 1
      tail -= 1
    }
    var fresh: [Line] = []
    if start <= end {
      let middle = UnsafeBufferPointer(rebasing: text[start..<end])
      fresh = middle.split(separator: newline, omittingEmptySubsequences: false).map { Line($0) }
    }
    lines.replaceSubrange(head..<tail, with: fresh)
    if lines.isEmpty { lines = [Line([])] }
    count = text.count
    return true
  }

  private func matches(_ line: [UInt32], _ text: UnsafeBufferPointer<UInt32>, at start: Int) -> Bool {
    guard start >= 0, start + line.count <= text.count else { return false }
    for i in 0..<line.count where line[i] != text[start + i] { return false }
    return start + line.count == text.count || text[start + line.count] == newline
  }

  /// Highlights the lines that changed, and those after them for which that matters.
  mutating func highlight(_ highlight: (String, Int) -> (spans: [StyledSpan], state: Int)) {
    var state = 0
    for i in lines.indices {
      if lines[i].stateBefore != state {
        let result = highlight(lines[i].text, state)
        if lines[i].spans != result.spans { lines[i].rows = nil }
        lines[i].spans = result.spans
        lines[i].stateBefore = state
        lines[i].stateAfter = result.state
        lines[i].brackets = brackets(of: lines[i])
      }
      state = lines[i].stateAfter
    }
  }

  /// Forgets the rows of all lines, after the width changed.
  mutating func forgetRows() {
    for i in lines.indices { lines[i].rows = nil }
  }

  mutating func setRows(_ rows: [FrameRow], ofLine line: Int) { lines[line].rows = rows }

  private func brackets(of line: Line) -> [Bracket] {
    guard line.spans.contains(where: { $0.style == .bracket }) else { return [] }
    var found: [Bracket] = []
    var spans = line.spans.filter { $0.style == .bracket }[...]
    var offset = 0
    for (index, scalar) in line.scalars.enumerated() {
      while let first = spans.first, first.range.upperBound <= offset { spans.removeFirst() }
      guard let first = spans.first else { break }
      if first.range.contains(offset) { found.append(Bracket(offset: index, scalar: scalar)) }
      offset += utf8Length(scalar)
    }
    return found
  }

  // MARK: Places

  var text: String { lines.lazy.map(\.text).joined(separator: "\n") }

  /// A range of the text's UTF-8 as ranges of lines.
  func rangesByLine(_ range: Range<Int>) -> [Int: Range<Int>] {
    var result: [Int: Range<Int>] = [:]
    var start = 0
    for (number, line) in lines.enumerated() {
      let count = line.text.utf8.count
      let part = range.clamped(to: start..<start + count + 1)
      if !part.isEmpty { result[number] = part.lowerBound - start..<part.upperBound - start }
      start += count + 1
      if start > range.upperBound { break }
    }
    return result
  }

  func place(of offset: Int) -> Place {
    var rest = offset
    for (number, line) in lines.enumerated() {
      if rest <= line.scalars.count { return Place(line: number, column: rest) }
      rest -= line.scalars.count + 1
    }
    return Place(line: lines.count - 1, column: lines[lines.count - 1].scalars.count)
  }

  /// The places of a bracket at or before the cursor and of its partner.
  func matchingBrackets(at place: Place) -> (Place, Place)? {
    for column in [place.column, place.column - 1] where column >= 0 {
      let brackets = lines[place.line].brackets
      guard let index = brackets.firstIndex(where: { $0.offset == column }) else { continue }
      let isOpen = "([{".unicodeScalars.contains { $0.value == brackets[index].scalar }
      if let partner = isOpen ? closing(place.line, index) : opening(place.line, index) {
        return (Place(line: place.line, column: column), partner)
      }
    }
    return nil
  }

  private func isPair(_ open: UInt32, _ close: UInt32) -> Bool {
    (open == 0x28 && close == 0x29) || (open == 0x5B && close == 0x5D) || (open == 0x7B && close == 0x7D)
  }

  private func isOpening(_ scalar: UInt32) -> Bool { scalar == 0x28 || scalar == 0x5B || scalar == 0x7B }

  private func closing(_ line: Int, _ index: Int) -> Place? {
    var depth = 0
    for number in line..<lines.count {
      for bracket in lines[number].brackets[(number == line ? index : 0)...] {
        depth += isOpening(bracket.scalar) ? 1 : -1
        guard depth == 0 else { continue }
        return isPair(lines[line].brackets[index].scalar, bracket.scalar)
          ? Place(line: number, column: bracket.offset) : nil
      }
    }
    return nil
  }

  private func opening(_ line: Int, _ index: Int) -> Place? {
    var depth = 0
    for number in stride(from: line, through: 0, by: -1) {
      let brackets = lines[number].brackets
      for bracket in brackets[...(number == line ? index : brackets.count - 1)].reversed() {
        depth += isOpening(bracket.scalar) ? -1 : 1
        guard depth == 0 else { continue }
        return isPair(bracket.scalar, lines[line].brackets[index].scalar)
          ? Place(line: number, column: bracket.offset) : nil
      }
    }
    return nil
  }
}

let newline: UInt32 = 0x0A

func makeString(_ scalars: some Sequence<UInt32>) -> String {
  var text = String.UnicodeScalarView()
  for value in scalars { text.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
  return String(text)
}

func makeScalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

func utf8Length(_ scalar: UInt32) -> Int { scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4 }
