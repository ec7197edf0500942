/// The tree of a pattern. Case-insensitivity and character classes are already resolved to sets.
package indirect enum PatternNode {
  case empty
  case character(UInt32)
  case set(CodePointSet)
  case sequence([PatternNode])
  case alternation([PatternNode])
  case capture(Int, PatternNode)
  case assertion(PatternAssertion)
  case lookaround(Lookaround, PatternNode)
  /// A reference to the first of the groups that took part; more than one when groups share a name.
  case backreference(groups: [Int], ignoreCase: Bool)
  /// A reference by name, an index into the names that the parser met.
  case namedReference(Int, ignoreCase: Bool)
  case quantified(PatternNode, Quantifier)
}

package enum PatternAssertion {
  case start
  case end
  case lineStart
  case lineEnd
  case wordBoundary(words: CodePointSet)
  case notWordBoundary(words: CodePointSet)
}

package struct Lookaround {
  package var isAhead: Bool
  package var isNegated: Bool
  /// The groups inside.
  package var captures: Range<Int>
}

package struct Quantifier: Equatable {
  package static let unlimited = UInt32.max

  package var minimum: UInt32
  package var maximum: UInt32
  package var isGreedy: Bool
  /// The groups inside, which each round forgets.
  package var captures: Range<Int>
}

/// A named group and the numbers of the groups that bear the name.
public struct NamedGroup: Equatable, Sendable {
  public let name: [UInt16]
  public internal(set) var groups: [Int]
}

/// What the parser makes of a pattern.
package struct ParsedPattern {
  package var root: PatternNode
  package var flags: RegExpFlags
  /// The number of groups, the whole match as group 0 included.
  package var captureCount: Int
  package var namedGroups: [NamedGroup]
}
