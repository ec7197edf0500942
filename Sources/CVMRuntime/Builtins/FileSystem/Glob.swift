/// A pattern for file names: `*` and `?` within a name, `**` across folders, `[a-z]`, `[!a-z]`, `{a,b}`, `\` before a
/// character that means itself. One with a slash is held against the path inside the listed folder, else against the name.
struct Glob {
  private enum Token {
    case character(Unicode.Scalar)
    /// Any character but a slash.
    case any
    case set([ClosedRange<UInt32>], isNegated: Bool)
    /// Any characters but slashes.
    case star
    case doubleStar
  }

  private var alternatives: [[Token]] = []
  private let hasSlash: Bool
  private static let maximumAlternatives = 256

  init(_ pattern: String) {
    hasSlash = pattern.unicodeScalars.contains("/")
    alternatives = Self.expanded(Array(pattern.unicodeScalars)).map(Self.tokens)
  }

  func matches(name: String, path: String) -> Bool {
    let text = Array((hasSlash ? path : name).unicodeScalars)
    return alternatives.contains { Self.matches($0, text) }
  }

  // MARK: Reading patterns

  /// The patterns that `{a,b}` stands for.
  private static func expanded(_ pattern: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var pending = [pattern]
    var done: [[Unicode.Scalar]] = []
    while let next = pending.popLast() {
      guard pending.count + done.count < maximumAlternatives, let group = firstGroup(next) else {
        done.append(next)
        continue
      }
      for part in group.parts { pending.append(Array(next[..<group.start]) + Array(part) + Array(next[group.end...])) }
    }
    return done
  }

  /// The first `{...}` with a comma in it.
  private static func firstGroup(
    _ pattern: [Unicode.Scalar]
  ) -> (start: Int, end: Int, parts: [ArraySlice<Unicode.Scalar>])? {
    var starts: [(start: Int, commas: [Int])] = []
    var position = 0
    while position < pattern.count {
      switch pattern[position] {
      case "\\": position += 1
      case "{": starts.append((position, []))
      case ",": if !starts.isEmpty { starts[starts.count - 1].commas.append(position) }
      case "}":
        guard let group = starts.popLast(), !group.commas.isEmpty else { break }
        let cuts = [group.start] + group.commas + [position]
        return (
          group.start, position + 1, zip(cuts, cuts.dropFirst()).map { pattern[($0 + 1)..<$1] }
        )
      default: break
      }
      position += 1
    }
    return nil
  }

  private static func tokens(_ pattern: [Unicode.Scalar]) -> [Token] {
    var tokens: [Token] = []
    var position = 0
    while position < pattern.count {
      let scalar = pattern[position]
      position += 1
      switch scalar {
      case "?": tokens.append(.any)
      case "*":
        let isDouble = position < pattern.count && pattern[position] == "*"
        while position < pattern.count, pattern[position] == "*" { position += 1 }
        if isDouble, position < pattern.count, pattern[position] == "/" {
          // `**/` also stands for no folder at all.
          position += 1
          tokens.append(.doubleStar)
          tokens.append(.set([], isNegated: false))
        } else {
          tokens.append(isDouble ? .doubleStar : .star)
        }
      case "[":
        if let (set, end) = set(pattern, from: position) {
          tokens.append(set)
          position = end
        } else {
          tokens.append(.character(scalar))
        }
      case "\\" where position < pattern.count:
        tokens.append(.character(pattern[position]))
        position += 1
      default: tokens.append(.character(scalar))
      }
    }
    return tokens
  }

  private static func set(_ pattern: [Unicode.Scalar], from start: Int) -> (Token, Int)? {
    var position = start
    let isNegated = position < pattern.count && (pattern[position] == "!" || pattern[position] == "^")
    if isNegated { position += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while position < pattern.count, pattern[position] != "]" || ranges.isEmpty {
      let low = pattern[position].value
      if position + 2 < pattern.count, pattern[position + 1] == "-", pattern[position + 2] != "]" {
        let high = pattern[position + 2].value
        ranges.append(min(low, high)...max(low, high))
        position += 3
      } else {
        ranges.append(low...low)
        position += 1
      }
    }
    return position < pattern.count ? (.set(ranges, isNegated: isNegated), position + 1) : nil
  }

  // MARK: Matching

  /// Follows all ways through the pattern at once: the time is the product of the lengths, whatever the pattern.
  private static func matches(_ tokens: [Token], _ text: [Unicode.Scalar]) -> Bool {
    var current = [Bool](repeating: false, count: tokens.count + 1)
    current[0] = true
    skipStars(tokens, &current, isAtFolder: true)
    for scalar in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      for (index, token) in tokens.enumerated() where current[index] {
        switch token {
        case .character(let wanted): if wanted == scalar { next[index + 1] = true }
        case .any: if scalar != "/" { next[index + 1] = true }
        case .set(let ranges, let isNegated):
          if scalar != "/", ranges.contains(where: { $0.contains(scalar.value) }) != isNegated {
            next[index + 1] = true
          }
        case .star: if scalar != "/" { next[index] = true }
        case .doubleStar: next[index] = true
        }
      }
      skipStars(tokens, &next, isAtFolder: scalar == "/")
      current = next
    }
    return current[tokens.count]
  }

  /// Stars may stand for nothing. The empty set behind `**/` is passed where a folder's name begins.
  private static func skipStars(_ tokens: [Token], _ states: inout [Bool], isAtFolder: Bool) {
    for (index, token) in tokens.enumerated() where states[index] {
      switch token {
      case .star, .doubleStar: states[index + 1] = true
      case .set(let ranges, false) where ranges.isEmpty: if isAtFolder { states[index + 1] = true }
      default: continue
      }
    }
  }
}
