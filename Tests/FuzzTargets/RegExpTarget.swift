import CVMRegExp
import CVMTestSupport

extension FuzzTarget {
  /// Flags, a pattern, a zero and a text: what is found is what the standard's matchers find, in whatever slices the work is
  /// done, in either kind of string.
  static let regExp = FuzzTarget(
    "regexp",
    words: [
      "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "\\k<n>", "\\1", "\\b", "\\B", "\\d", "\\W", "\\p{L}",
      "\\p{Script=Greek}",
      "[^", "{2,3}", "*?", "+?", "??", "[a-z]", "[\\w--\\d]", "\\q{ab|c}", "\\u{1F600}", "\\ud83d", "\\cA", "(?i:",
      "(?-s:",
    ],
    seeds: {
      let patterns = [
        "(a*)*b", "(?<y>\\d{4})-(?<m>\\d\\d)", "^(?:a|ab)(c|bcd)(d*)$", "(?<=(\\w)\\1)x|[^\\s-]+?$", "[\\p{L}--[a-z]]+",
        "(?i:K)\\k<n>(?<n>.)", "\\b[a-c]{2,}\\B", "(?=(a+))a*b\\1", "((a)|(b))+",
      ]
      let text = Array("aabbc 2024-05 aaax".utf8)
      let flags: [UInt8] = [0, 4, 32, 64, 36]
      return patterns.flatMap { pattern in flags.map { [$0] + Array(pattern.utf8) + [0] + text } }
    }
  ) { bytes in
    guard let first = bytes.first else { return }
    let flags = RegExpFlags(rawValue: first)
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
    let pattern = Array(String(decoding: parts[0], as: UTF8.self).utf16)
    let rest = parts.count > 1 ? Array(parts[1]) : []
    guard let program = try? RegExpProgram(pattern: pattern, flags: flags) else { return }
    let narrow = rest.map { UInt16($0) }
    let wide = Array(String(decoding: rest, as: UTF8.self).utf16)
    for (text, isNarrow) in [(narrow, true), (narrow, false), (wide, false)] {
      let whole = program.search(text, isNarrow: isNarrow, slice: 100_000)
      guard whole != .tooLong else { continue }
      let sliced = program.search(text, isNarrow: isNarrow, slice: 7)
      require(sliced == whole || sliced == .tooLong, "slices of work change what is found")
      guard text.count < 64, let expected = NaiveMatcher.outcome(pattern, flags, text) else { continue }
      require(whole == expected.map { .found($0) } ?? .nothing, "\(whole), not \(String(describing: expected))")
    }
  }
}

/// How a search ended.
private enum SearchOutcome: Equatable {
  case found([Int32])
  case nothing
  case tooLong
}

extension RegExpProgram {
  fileprivate func search(_ text: [UInt16], isNarrow: Bool, slice: Int) -> SearchOutcome {
    let matcher = RegExpMatcher(stackLimit: 1 << 20)
    // Never nil, also of an empty text.
    let bytes = text.map { UInt8(truncatingIfNeeded: $0) } + [0]
    let units = text + [0]
    return bytes.withUnsafeBufferPointer { bytes in
      units.withUnsafeBufferPointer { units in
        guard let narrow = bytes.baseAddress, let wide = units.baseAddress else { return .nothing }
        let view: RegExpText = isNarrow ? .latin1(narrow, count: text.count) : .utf16(wide, count: text.count)
        matcher.start(self, in: view, at: 0, isSticky: false)
        for _ in 0..<max(1, 100_000 / slice) {
          var steps = slice
          switch matcher.resume(budget: &steps) {
          case .matched: return .found(Array(matcher.captures))
          case .failed: return .nothing
          case .stackExhausted: return .tooLong
          case .notFinished: continue
          }
        }
        return .tooLong
      }
    }
  }
}
