/// The instructions of the matcher. An instruction is a word with the opcode in its low 8 bits and a *target*, a
/// count or another small operand in the 24 others, and then operand words.
///
/// *Slots* hold positions and counters: first two for each group, then those of loops and lookarounds.
/// A *set* operand is the offset of an encoded set in the same words. Names that end in `CodePoint` read a pair of
/// surrogates as one character. Instructions that fail take up the latest choice.
enum RegExpOpcode: UInt8, CaseIterable {
  /// The match is found.
  case match
  case fail
  /// The unit in the operand.
  case character
  /// As many units as the operand says, in the words that follow.
  case literal
  /// `set`: a member of a set.
  case set
  case setCodePoint
  /// To the character before, for matching backwards.
  case stepBack
  case stepBackCodePoint

  case jump
  /// Goes on here; the target is the other choice.
  case splitGreedy
  /// Goes on at the target; the next instruction is the other choice.
  case splitLazy
  /// `set`: goes to the target unless a member stands here.
  case branchUnless
  case branchUnlessCodePoint
  /// `set`: goes to the target unless a member stands here; if one does, the target is the other choice.
  case splitIf
  case splitIfCodePoint

  /// Position into the slot in the operand.
  case save
  /// `first, end`: no group of these slots took part.
  case resetCaptures
  /// 0 into the slot in the operand.
  case clearCounter
  /// `counter, minimum, maximum, isGreedy`: another round, or out to the target.
  case loop
  /// `counter, positionSlot`: begins a round. Follows `loop`.
  case loopBody
  /// `positionSlot, counter, minimum`: fails when an optional round consumed nothing.
  case emptyCheck

  /// `set, minimum, maximum, next`: members of a set in a row. The operand is a `LoopMode`; when a choice is taken
  /// up, only places are considered where the unit `next` follows, if there is one.
  case loopSet
  case loopSetCodePoint
  /// `unit, minimum, maximum, next`
  case loopCharacter
  case loopNotCharacter

  /// `flags, count, group...`: what the first of these groups with a value matched.
  case backreference

  case assertStart
  case assertEnd
  case assertLineStart
  case assertLineEnd
  /// `set`: between a member and something else.
  case assertWordBoundary
  case assertNotWordBoundary

  /// Begins a lookaround that must match; the operand is its slot.
  case lookPositive
  /// `slot`: begins a lookaround that must not match; goes on at the target.
  case lookNegative
  /// Ends a lookaround that must match, or must not.
  case lookSucceed
  case lookFail

  static let noOperand = UInt32.max

  /// The number of operand words behind the first word; literals and references have more.
  var operandCount: Int {
    switch self {
    case .match, .fail, .character, .literal, .stepBack, .stepBackCodePoint, .jump, .splitGreedy, .splitLazy, .save,
      .clearCounter, .assertStart, .assertEnd, .assertLineStart, .assertLineEnd, .lookPositive, .lookSucceed,
      .lookFail:
      0
    case .set, .setCodePoint, .branchUnless, .branchUnlessCodePoint, .splitIf, .splitIfCodePoint,
      .assertWordBoundary, .assertNotWordBoundary, .lookNegative:
      1
    case .resetCaptures, .loopBody, .backreference: 2
    case .emptyCheck: 3
    case .loop, .loopSet, .loopSetCodePoint, .loopCharacter, .loopNotCharacter: 4
    }
  }
}

/// How a loop over single characters gives up what it took.
enum LoopMode: UInt32 {
  case greedy
  /// Never: no other choice could match.
  case possessive
  case lazy
}
