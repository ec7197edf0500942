import CVMRegExp

/// A transcription of the standard's matchers (ECMA-262, 22.2.2) with closures as continuations: slow and plain, to
/// compare the compiled programs with.
package struct NaiveMatcher {
  struct State {
    var end: Int
    var captures: [Range<Int>?]
  }

  struct OutOfPatience: Error {}

  typealias Continuation = (State) throws -> State?

  /// A counter of calls that all copies share.
  private final class Patience {
    var left = 200_000
  }

  let pattern: ParsedPattern
  let text: [UInt16]
  private let patience = Patience()

  package init(_ pattern: ParsedPattern, _ text: [UInt16]) {
    self.pattern = pattern
    self.text = text
  }

  /// Start and end of each group, -1 for those that took no part; nil when nothing matches.
  package func search() throws -> [Int32]? {
    var start = 0
    while start <= text.count {
      let state = State(end: start, captures: Array(repeating: nil, count: pattern.captureCount))
      if let found = try match(pattern.root, forward: true, state, { $0 }) {
        let whole = [Int32(start), Int32(found.end)]
        return whole
          + found.captures.dropFirst().flatMap { $0.map { [Int32($0.lowerBound), Int32($0.upperBound)] } ?? [-1, -1] }
      }
      start += step(at: start)
    }
    return nil
  }

  /// What a search in a text finds; nil where the pattern is refused, or would take too long.
  package static func outcome(_ pattern: [UInt16], _ flags: RegExpFlags, _ text: [UInt16]) -> [Int32]?? {
    guard let parsed = try? PatternParser.parse(pattern, flags: flags) else { return nil }
    do { return .some(try NaiveMatcher(parsed, text).search()) } catch { return nil }
  }

  private func step(at index: Int) -> Int {
    guard pattern.flags.readsCodePoints, index + 1 < text.count else { return 1 }
    return UInt16.isLead(text[index]) && UInt16.isTrail(text[index + 1]) ? 2 : 1
  }

  /// The character at or before a place, and the place behind it in the direction.
  private func character(_ end: Int, forward: Bool) -> (UInt32, Int)? {
    if forward {
      guard end < text.count else { return nil }
      let width = step(at: end)
      return (width == 2 ? UInt16.combine(text[end], text[end + 1]) : UInt32(text[end]), end + width)
    }
    guard end > 0 else { return nil }
    if end > 1 && step(at: end - 2) == 2 { return (UInt16.combine(text[end - 2], text[end - 1]), end - 2) }
    return (UInt32(text[end - 1]), end - 1)
  }

  private func match(
    _ node: PatternNode, forward: Bool, _ state: State, _ continuation: @escaping Continuation
  ) throws -> State? {
    patience.left -= 1
    if patience.left < 0 { throw OutOfPatience() }
    switch node {
    case .empty: return try continuation(state)
    case .character(let value): return try matchSet(CodePointSet(value), forward: forward, state, continuation)
    case .set(let set): return try matchSet(set, forward: forward, state, continuation)
    case .sequence(let nodes):
      guard let next = forward ? nodes.first : nodes.last else { return try continuation(state) }
      let rest = PatternNode.sequence(forward ? Array(nodes.dropFirst()) : nodes.dropLast())
      return try match(next, forward: forward, state) { try match(rest, forward: forward, $0, continuation) }
    case .alternation(let nodes):
      for node in nodes {
        if let found = try match(node, forward: forward, state, continuation) { return found }
      }
      return nil
    case .capture(let group, let body):
      return try match(body, forward: forward, state) { inner in
        var result = inner
        result.captures[group] = forward ? state.end..<inner.end : inner.end..<state.end
        return try continuation(result)
      }
    case .assertion(let assertion): return holds(assertion, state.end) ? try continuation(state) : nil
    case .lookaround(let kind, let body):
      let found = try match(body, forward: kind.isAhead, state) { $0 }
      if kind.isNegated { return found == nil ? try continuation(state) : nil }
      guard let found else { return nil }
      return try continuation(State(end: state.end, captures: found.captures))
    case .backreference(let groups, let ignoreCase):
      let captured = groups.compactMap { state.captures[$0] }.first
      return try matchReference(captured, ignoreCase, forward: forward, state, continuation)
    case .namedReference: return nil
    case .quantified(let body, let quantifier):
      return try repeatMatcher(
        body, quantifier, quantifier.minimum, quantifier.maximum, forward: forward, state, continuation)
    }
  }

  private func matchSet(
    _ set: CodePointSet, forward: Bool, _ state: State, _ continuation: Continuation
  ) throws -> State? {
    guard let (value, end) = character(state.end, forward: forward), set.contains(value) else { return nil }
    return try continuation(State(end: end, captures: state.captures))
  }

  /// RepeatMatcher, 22.2.2.3.1.
  private func repeatMatcher(
    _ body: PatternNode, _ quantifier: Quantifier, _ minimum: UInt32, _ maximum: UInt32, forward: Bool, _ state: State,
    _ continuation: @escaping Continuation
  ) throws -> State? {
    if maximum == 0 { return try continuation(state) }
    let next: Continuation = { after in
      if minimum == 0 && after.end == state.end { return nil }
      return try repeatMatcher(
        body, quantifier, minimum == 0 ? 0 : minimum - 1,
        maximum == Quantifier.unlimited ? maximum : maximum - 1, forward: forward, after, continuation)
    }
    var cleared = state
    for group in quantifier.captures { cleared.captures[group] = nil }
    if minimum > 0 { return try match(body, forward: forward, cleared, next) }
    if !quantifier.isGreedy {
      if let found = try continuation(state) { return found }
      return try match(body, forward: forward, cleared, next)
    }
    if let found = try match(body, forward: forward, cleared, next) { return found }
    return try continuation(state)
  }

  private func matchReference(
    _ captured: Range<Int>?, _ ignoreCase: Bool, forward: Bool, _ state: State, _ continuation: Continuation
  ) throws -> State? {
    guard let captured else { return try continuation(state) }
    let start = forward ? state.end : state.end - captured.count
    guard start >= 0, start + captured.count <= text.count else { return nil }
    let folding = CaseFolding.matching(pattern.flags)
    for index in 0..<captured.count {
      let a = UInt32(text[captured.lowerBound + index])
      let b = UInt32(text[start + index])
      if ignoreCase ? folding.canonicalize(a) != folding.canonicalize(b) : a != b { return nil }
    }
    return try continuation(State(end: forward ? start + captured.count : start, captures: state.captures))
  }

  private func holds(_ assertion: PatternAssertion, _ end: Int) -> Bool {
    func isTerminator(_ index: Int) -> Bool { CodePointSet.lineTerminators.contains(UInt32(text[index])) }
    func isBoundary(_ words: CodePointSet) -> Bool {
      let before = end > 0 && words.contains(UInt32(text[end - 1]))
      let after = end < text.count && words.contains(UInt32(text[end]))
      return before != after
    }
    return switch assertion {
    case .start: end == 0
    case .end: end == text.count
    case .lineStart: end == 0 || isTerminator(end - 1)
    case .lineEnd: end == text.count || isTerminator(end)
    case .wordBoundary(let words): isBoundary(words)
    case .notWordBoundary(let words): !isBoundary(words)
    }
  }
}
