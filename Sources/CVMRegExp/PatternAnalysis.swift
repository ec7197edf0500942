/// What the next character must be for a part of a pattern to match.
struct FirstCharacters {
  var set: CodePointSet
  /// Whether the part may match whatever comes next.
  var isNullable: Bool
  /// Whether it may match at the end of the text though it is not nullable.
  var acceptsEnd = false
  /// Whether there is nothing left but to have matched.
  var isAccept = false

  static let nothing = FirstCharacters(set: .empty, isNullable: true)
  static let unknown = FirstCharacters(set: .everything, isNullable: true)
  static let accept = FirstCharacters(set: .everything, isNullable: true, isAccept: true)

  /// Whether a look at the next character tells that the part can't match.
  var isTestable: Bool { !isNullable && !acceptsEnd }

  /// Whether this part can't match where a member of `set` stands.
  func excludes(_ set: CodePointSet) -> Bool {
    !isNullable && self.set.isDisjoint(with: set)
  }

  /// Requirement of this part and what follows it.
  func then(_ follow: FirstCharacters) -> FirstCharacters {
    if !isNullable { return self }
    return FirstCharacters(
      set: set.union(follow.set), isNullable: follow.isNullable, acceptsEnd: acceptsEnd || follow.acceptsEnd)
  }

  func or(_ other: FirstCharacters) -> FirstCharacters {
    FirstCharacters(
      set: set.union(other.set), isNullable: isNullable || other.isNullable, acceptsEnd: acceptsEnd || other.acceptsEnd)
  }
}

extension PatternNode {
  /// What the next character must be, matching forwards.
  var first: FirstCharacters {
    switch self {
    case .empty: return .nothing
    case .character(let value): return FirstCharacters(set: CodePointSet(value), isNullable: false)
    case .set(let set): return FirstCharacters(set: set, isNullable: false)
    case .sequence(let nodes):
      var result = FirstCharacters.nothing
      for node in nodes {
        result = result.then(node.first)
        if !result.isNullable { break }
      }
      return result
    case .alternation(let nodes):
      return nodes.dropFirst().reduce(nodes[0].first) { $0.or($1.first) }
    case .capture(_, let body): return body.first
    case .assertion(.end): return FirstCharacters(set: .empty, isNullable: false, acceptsEnd: true)
    case .assertion(.lineEnd): return FirstCharacters(set: .lineTerminators, isNullable: false, acceptsEnd: true)
    case .assertion: return .nothing
    case .lookaround(let kind, let body):
      if !kind.isAhead || kind.isNegated { return .nothing }
      let first = body.first
      return first.isNullable ? .nothing : first
    case .backreference, .namedReference: return .unknown
    case .quantified(let body, let quantifier):
      if quantifier.maximum == 0 { return .nothing }
      var first = body.first
      if quantifier.minimum == 0 { first.isNullable = true }
      return first
    }
  }

  /// Whether the node can match without consuming anything.
  var canBeEmpty: Bool {
    switch self {
    case .empty, .assertion, .lookaround, .backreference, .namedReference: true
    case .character, .set: false
    case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
    case .alternation(let nodes): nodes.contains(where: \.canBeEmpty)
    case .capture(_, let body): body.canBeEmpty
    case .quantified(let body, let quantifier): quantifier.minimum == 0 || body.canBeEmpty
    }
  }

  /// Whether the node never consumes anything.
  var isAlwaysEmpty: Bool {
    switch self {
    case .empty, .assertion, .lookaround: true
    case .character, .set, .backreference, .namedReference: false
    case .sequence(let nodes), .alternation(let nodes): nodes.allSatisfy(\.isAlwaysEmpty)
    case .capture(_, let body): body.isAlwaysEmpty
    case .quantified(let body, let quantifier): quantifier.maximum == 0 || body.isAlwaysEmpty
    }
  }

  /// The set that stands for a node which matches just one character and does nothing else.
  var asSet: CodePointSet? {
    switch self {
    case .character(let value): return CodePointSet(value)
    case .set(let set): return set
    case .alternation(let nodes):
      var result = CodePointSet.empty
      for node in nodes {
        guard let set = node.asSet else { return nil }
        result = result.union(set)
      }
      return result
    default: return nil
    }
  }

  /// Whether the pattern looks at what a group matched, or at text before.
  var refersBack: Bool {
    switch self {
    case .backreference, .namedReference: true
    case .lookaround(let kind, let body): !kind.isAhead || body.refersBack
    case .sequence(let nodes), .alternation(let nodes): nodes.contains(where: \.refersBack)
    case .capture(_, let body), .quantified(let body, _): body.refersBack
    case .empty, .character, .set, .assertion: false
    }
  }

  /// Whether every match begins at the start of the text.
  var isAnchored: Bool {
    switch self {
    case .assertion(.start): true
    case .sequence(let nodes): nodes.first?.isAnchored ?? false
    case .alternation(let nodes): nodes.allSatisfy(\.isAnchored)
    case .capture(_, let body): body.isAnchored
    case .lookaround(let kind, let body): kind.isAhead && !kind.isNegated && body.isAnchored
    case .quantified(let body, let quantifier): quantifier.minimum > 0 && body.isAnchored
    default: false
    }
  }

  /// Appends the characters that every match begins with; false when nothing more is known.
  func appendPrefix(to prefix: inout [UInt32]) -> Bool {
    if prefix.count >= 64 { return false }
    switch self {
    case .empty, .assertion, .lookaround: return true
    case .character(let value):
      prefix.append(value)
      return true
    case .sequence(let nodes): return nodes.allSatisfy { $0.appendPrefix(to: &prefix) }
    case .capture(_, let body): return body.appendPrefix(to: &prefix)
    case .quantified(let body, let quantifier):
      if quantifier.maximum == 0 { return true }
      if quantifier.minimum > 0 { _ = body.appendPrefix(to: &prefix) }
      return quantifier.minimum == 1 && quantifier.maximum == 1
    case .set, .alternation, .backreference, .namedReference: return false
    }
  }
}
