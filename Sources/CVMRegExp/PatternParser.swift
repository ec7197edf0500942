/// Parses a pattern by the grammar of ECMA-262, 22.2.1, with the additions of annex B.1.2 in patterns without `u` and
/// `v`. Groups are kept on an explicit stack.
package struct PatternParser {
  package typealias Failure = RegExpSyntaxError

  static let maximumDepth = 1000
  static let maximumGroups = 1 << 16

  let units: [UInt16]
  let flags: RegExpFlags
  let readsCodePoints: Bool
  let usesSets: Bool
  var position = 0

  /// The flags that modifiers change, as they are here.
  var ignoreCase: Bool
  var multiline: Bool
  var dotAll: Bool

  /// The number of the next group.
  var nextCapture = 1
  var totalCaptures = 0
  var hasNamedGroups = false
  var namedGroups: [NamedGroup] = []
  var groupPaths: [[AlternativePath]] = []
  var references: [(name: [UInt16], offset: Int)] = []
  var largestReference = (group: 0, offset: 0)
  private var frames: [Frame] = []
  private var nextFrame = 0

  /// One alternative of one disjunction around a named group.
  struct AlternativePath: Equatable {
    var disjunction: Int
    var alternative: Int
  }

  private enum GroupKind {
    case whole
    case plain
    case capture(Int)
    case lookaround(isAhead: Bool, isNegated: Bool)
  }

  private struct Frame {
    var kind: GroupKind
    var number: Int
    var start: Int
    var firstCapture: Int
    var modifiers: (ignoreCase: Bool, multiline: Bool, dotAll: Bool)
    var alternatives: [PatternNode] = []
    var terms: [PatternNode] = []
  }

  init(_ units: [UInt16], flags: RegExpFlags) {
    self.units = units
    self.flags = flags
    readsCodePoints = flags.readsCodePoints
    usesSets = flags.contains(.unicodeSets)
    ignoreCase = flags.contains(.ignoreCase)
    multiline = flags.contains(.multiline)
    dotAll = flags.contains(.dotAll)
  }

  package static func parse(_ units: [UInt16], flags: RegExpFlags) throws(Failure) -> ParsedPattern {
    var parser = PatternParser(units, flags: flags)
    return try parser.parsePattern()
  }

  private mutating func parsePattern() throws(Failure) -> ParsedPattern {
    countGroups()
    open(.whole, at: 0)
    while position < units.count { try parseTerm() }
    guard frames.count == 1 else { throw failure(.unterminatedGroup, at: frames[frames.count - 1].start) }
    if readsCodePoints && largestReference.group >= nextCapture {
      throw failure(.invalidEscape, at: largestReference.offset)
    }
    for reference in references where !namedGroups.contains(where: { $0.name == reference.name }) {
      throw failure(.unknownNamedReference, at: reference.offset)
    }
    let root = closeFrame()
    return ParsedPattern(
      root: resolveReferences(root), flags: flags, captureCount: nextCapture, namedGroups: namedGroups)
  }

  /// Counts the groups beforehand: in patterns without `u` and `v`, what `\1` and `\k` mean depends on it.
  private mutating func countGroups() {
    var index = 0
    var isInClass = false
    while index < units.count {
      switch units[index] {
      case .backslash: index += 1
      case .openBracket: isInClass = true
      case .closeBracket: isInClass = false
      case .openParenthesis where !isInClass:
        if index + 1 < units.count, units[index + 1] == .questionMark {
          if index + 3 < units.count, units[index + 2] == .lessThan,
            units[index + 3] != .equals, units[index + 3] != .exclamationMark
          {
            totalCaptures += 1
            hasNamedGroups = true
          }
        } else {
          totalCaptures += 1
        }
      default: break
      }
      index += 1
    }
    if readsCodePoints { hasNamedGroups = true }
  }

  func failure(_ message: RegExpSyntaxError.Message, at offset: Int) -> Failure {
    RegExpSyntaxError(message, at: min(offset, units.count))
  }
}

// MARK: - Reading

extension PatternParser {
  var current: UInt16? { position < units.count ? units[position] : nil }

  func peek(_ distance: Int) -> UInt16? {
    position + distance < units.count ? units[position + distance] : nil
  }

  mutating func consume(_ unit: UInt16) -> Bool {
    guard current == unit else { return false }
    position += 1
    return true
  }

  /// The next code point, or code unit in patterns without `u` and `v`.
  mutating func nextCharacter() -> UInt32 {
    let unit = units[position]
    position += 1
    if readsCodePoints, UInt16.isLead(unit), position < units.count, UInt16.isTrail(units[position]) {
      position += 1
      return UInt16.combine(unit, units[position - 1])
    }
    return UInt32(unit)
  }

  /// Decimal digits as a number that stops growing far beyond any length of a string.
  mutating func parseDecimal() -> UInt32? {
    let start = position
    var value: UInt64 = 0
    while let unit = current, (0x30...0x39).contains(unit) {
      value = min(value * 10 + UInt64(unit - 0x30), UInt64(UInt32.max))
      position += 1
    }
    return position > start ? UInt32(value) : nil
  }
}

// MARK: - Terms

extension PatternParser {
  private mutating func parseTerm() throws(Failure) {
    let start = position
    switch units[position] {
    case .verticalBar:
      position += 1
      finishAlternative()
    case .openParenthesis:
      position += 1
      try openGroup(at: start)
    case .closeParenthesis:
      position += 1
      try closeGroup(at: start)
    case .caret:
      position += 1
      append(.assertion(multiline ? .lineStart : .start))
    case .dollar:
      position += 1
      append(.assertion(multiline ? .lineEnd : .end))
    case .asterisk, .plus, .questionMark:
      throw failure(.nothingToRepeat, at: start)
    case .openBrace:
      if try parseBraces() != nil { throw failure(.nothingToRepeat, at: start) }
      if readsCodePoints { throw failure(.loneBracket, at: start) }
      position = start + 1
      try appendAtom(character(0x7B), captures: nextCapture..<nextCapture)
    case .closeBrace, .closeBracket:
      if readsCodePoints { throw failure(.loneBracket, at: start) }
      position += 1
      try appendAtom(character(UInt32(units[start])), captures: nextCapture..<nextCapture)
    case .period:
      position += 1
      try appendAtom(
        .set(dotAll ? .everything : CodePointSet.lineTerminators.complement), captures: nextCapture..<nextCapture)
    case .openBracket:
      let node = usesSets ? try parseSetClass() : try parseClass()
      try appendAtom(node, captures: nextCapture..<nextCapture)
    case .backslash:
      try parseAtomEscape()
    default:
      try appendAtom(character(nextCharacter()), captures: nextCapture..<nextCapture)
    }
  }

  /// The node that matches a character under the flags that hold here.
  func character(_ value: UInt32) -> PatternNode {
    guard ignoreCase else { return .character(value) }
    let set = CaseFolding.matching(flags).closure(of: value)
    return set.single.map { .character($0) } ?? .set(set)
  }

  /// The node that matches a member of a set under the flags that hold here.
  func node(matching set: CodePointSet) -> PatternNode {
    .set(ignoreCase ? CaseFolding.matching(flags).closure(set) : set)
  }

  mutating func append(_ node: PatternNode) {
    frames[frames.count - 1].terms.append(node)
  }

  mutating func appendAtom(_ node: PatternNode, captures: Range<Int>) throws(Failure) {
    append(try parseQuantifier(of: node, captures: captures))
  }

  private mutating func parseQuantifier(
    of node: PatternNode, captures: Range<Int>
  ) throws(Failure) -> PatternNode {
    let bounds: (UInt32, UInt32)
    switch current {
    case .asterisk:
      bounds = (0, Quantifier.unlimited)
      position += 1
    case .plus:
      bounds = (1, Quantifier.unlimited)
      position += 1
    case .questionMark:
      bounds = (0, 1)
      position += 1
    case .openBrace:
      let start = position
      guard let braces = try parseBraces() else {
        if readsCodePoints { throw failure(.incompleteQuantifier, at: start) }
        position = start
        return node
      }
      bounds = braces
    default: return node
    }
    let isGreedy = !consume(.questionMark)
    return .quantified(
      node, Quantifier(minimum: bounds.0, maximum: bounds.1, isGreedy: isGreedy, captures: captures))
  }

  /// `{2}`, `{2,}` or `{2,3}`; nil when something else stands here.
  private mutating func parseBraces() throws(Failure) -> (UInt32, UInt32)? {
    let start = position
    guard consume(.openBrace), let minimum = parseDecimal() else { return nil }
    var maximum = minimum
    if consume(.comma) { maximum = parseDecimal() ?? Quantifier.unlimited }
    guard consume(.closeBrace) else { return nil }
    if maximum < minimum { throw failure(.quantifierOutOfOrder, at: start) }
    return (min(minimum, Quantifier.unlimited - 1), maximum)
  }
}

// MARK: - Groups

extension PatternParser {
  private mutating func open(_ kind: GroupKind, at start: Int) {
    frames.append(
      Frame(
        kind: kind, number: nextFrame, start: start, firstCapture: nextCapture,
        modifiers: (ignoreCase, multiline, dotAll)))
    nextFrame += 1
  }

  private mutating func openGroup(at start: Int) throws(Failure) {
    if frames.count > Self.maximumDepth || nextCapture >= Self.maximumGroups { throw failure(.tooLarge, at: start) }
    guard consume(.questionMark) else {
      open(.capture(nextCapture), at: start)
      nextCapture += 1
      return
    }
    if consume(.colon) { return open(.plain, at: start) }
    if consume(.equals) { return open(.lookaround(isAhead: true, isNegated: false), at: start) }
    if consume(.exclamationMark) { return open(.lookaround(isAhead: true, isNegated: true), at: start) }
    if consume(.lessThan) {
      if consume(.equals) { return open(.lookaround(isAhead: false, isNegated: false), at: start) }
      if consume(.exclamationMark) { return open(.lookaround(isAhead: false, isNegated: true), at: start) }
      try openNamedGroup(at: start)
      return
    }
    try openModifiers(at: start)
  }

  private mutating func openNamedGroup(at start: Int) throws(Failure) {
    let nameStart = position
    let name = try parseGroupName()
    let path = frames.map { AlternativePath(disjunction: $0.number, alternative: $0.alternatives.count) }
    if let known = namedGroups.firstIndex(where: { $0.name == name }) {
      for group in namedGroups[known].groups where !Self.areExclusive(groupPaths[group], path) {
        throw failure(.duplicateGroupName, at: nameStart)
      }
      namedGroups[known].groups.append(nextCapture)
    } else {
      namedGroups.append(NamedGroup(name: name, groups: [nextCapture]))
    }
    while groupPaths.count <= nextCapture { groupPaths.append([]) }
    groupPaths[nextCapture] = path
    open(.capture(nextCapture), at: start)
    nextCapture += 1
  }

  /// Whether two groups are in different alternatives of one disjunction, so that never both take part.
  private static func areExclusive(_ left: [AlternativePath], _ right: [AlternativePath]) -> Bool {
    zip(left, right).contains { $0.disjunction == $1.disjunction && $0.alternative != $1.alternative }
  }

  private mutating func openModifiers(at start: Int) throws(Failure) {
    var added: [UInt16] = []
    var removed: [UInt16] = []
    var isRemoving = false
    loop: while let unit = current {
      position += 1
      switch unit {
      case UInt16(ascii: "i"), UInt16(ascii: "m"), UInt16(ascii: "s"):
        if added.contains(unit) || removed.contains(unit) { throw failure(.repeatedFlag, at: position - 1) }
        if isRemoving { removed.append(unit) } else { added.append(unit) }
      case UInt16(ascii: "-") where !isRemoving: isRemoving = true
      case .colon: break loop
      default: throw failure(.invalidGroup, at: start)
      }
    }
    guard position > 0, units[position - 1] == .colon, !(added.isEmpty && removed.isEmpty) else {
      throw failure(.invalidGroup, at: start)
    }
    open(.plain, at: start)
    for (units, value) in [(added, true), (removed, false)] {
      if units.contains(UInt16(ascii: "i")) { ignoreCase = value }
      if units.contains(UInt16(ascii: "m")) { multiline = value }
      if units.contains(UInt16(ascii: "s")) { dotAll = value }
    }
  }

  /// Whether what stands here is matched from its end to its start.
  var isBackward: Bool {
    for frame in frames.reversed() {
      if case .lookaround(let isAhead, _) = frame.kind { return !isAhead }
    }
    return false
  }

  private mutating func finishAlternative() {
    let top = frames.count - 1
    let terms = frames[top].terms
    frames[top].alternatives.append(terms.isEmpty ? .empty : terms.count == 1 ? terms[0] : .sequence(terms))
    frames[top].terms = []
  }

  private mutating func closeFrame() -> PatternNode {
    finishAlternative()
    let frame = frames.removeLast()
    return frame.alternatives.count == 1 ? frame.alternatives[0] : .alternation(frame.alternatives)
  }

  private mutating func closeGroup(at start: Int) throws(Failure) {
    guard frames.count > 1 else { throw failure(.unmatchedParenthesis, at: start) }
    let frame = frames[frames.count - 1]
    let body = closeFrame()
    (ignoreCase, multiline, dotAll) = frame.modifiers
    let captures = frame.firstCapture..<nextCapture
    switch frame.kind {
    case .whole, .plain:
      try appendAtom(body, captures: captures)
    case .capture(let number):
      try appendAtom(.capture(number, body), captures: captures)
    case .lookaround(let isAhead, let isNegated):
      let node = PatternNode.lookaround(
        Lookaround(isAhead: isAhead, isNegated: isNegated, captures: captures), body)
      if isAhead && !readsCodePoints {
        try appendAtom(node, captures: captures)
      } else {
        append(node)
        if let unit = current, unit == .asterisk || unit == .plus || unit == .questionMark {
          throw failure(.invalidQuantifier, at: position)
        }
      }
    }
  }

  /// Replaces references by name with references by number, now that all groups are known.
  private func resolveReferences(_ node: PatternNode) -> PatternNode {
    if references.isEmpty { return node }
    switch node {
    case .namedReference(let index, let ignoreCase):
      let groups = namedGroups.first { $0.name == references[index].name }?.groups ?? []
      return .backreference(groups: groups, ignoreCase: ignoreCase)
    case .sequence(let nodes): return .sequence(nodes.map(resolveReferences))
    case .alternation(let nodes): return .alternation(nodes.map(resolveReferences))
    case .capture(let number, let body): return .capture(number, resolveReferences(body))
    case .lookaround(let kind, let body): return .lookaround(kind, resolveReferences(body))
    case .quantified(let body, let quantifier): return .quantified(resolveReferences(body), quantifier)
    case .empty, .character, .set, .assertion, .backreference: return node
    }
  }
}
