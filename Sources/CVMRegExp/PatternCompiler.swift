/// Writes the instructions for a parsed pattern.
struct PatternCompiler {
  static let maximumWords = 1 << 22

  let parsed: ParsedPattern
  private(set) var words: [UInt32] = []
  private(set) var codeCount = 0
  private(set) var slotCount: Int
  /// The code units that every match begins with, as far as they are known.
  private(set) var prefix: [UInt16] = []
  private(set) var search = RegExpProgram.SearchStrategy.anywhere
  /// The set of the loop that every match begins with, see `RegExpProgram.leadingRun`.
  private(set) var leadingRun: UInt32?
  private let readsCodePoints: Bool
  private var sets: [CodePointSet: Int] = [:]
  private var setOrder: [CodePointSet] = []
  /// Words that name a set by its number and get its offset at the end.
  private var setOperands: [Int] = []

  init(_ parsed: ParsedPattern) {
    self.parsed = parsed
    readsCodePoints = parsed.flags.readsCodePoints
    slotCount = parsed.captureCount * 2
  }

  mutating func compile() throws(RegExpSyntaxError) {
    emit(.save, 0)
    try emit(parsed.root, follow: .accept, isBackward: false)
    emit(.save, 1)
    emit(.match)
    codeCount = words.count
    let unitSet = chooseSearch()
    let offsets = setOrder.map { appendEncoded($0) }
    for index in setOperands { words[index] = offsets[Int(words[index])] }
    leadingRun = findLeadingRun()
    if let unitSet { search = .firstUnit(set: appendEncoded(unitSet)) }
    if words.count > Self.maximumWords { throw RegExpSyntaxError(.tooLarge, at: 0) }
  }

  /// A set in words: a bitmap of the first 256 members, the number of ranges above, and these.
  private mutating func appendEncoded(_ set: CodePointSet) -> UInt32 {
    let offset = words.count
    words += [UInt32](repeating: 0, count: 9)
    for range in set.ranges {
      if range.first < 256 {
        for value in range.first...min(range.last, 255) {
          words[offset + Int(value >> 5)] |= 1 << (value & 31)
        }
      }
      if range.last >= 256 {
        words[offset + 8] += 1
        words += [max(range.first, 256), range.last]
      }
    }
    return UInt32(offset)
  }

  /// The set of a possessive loop without upper limit that comes first, when nothing depends on where it began.
  private func findLeadingRun() -> UInt32? {
    var place = 0
    while words[place] & 0xFF == UInt32(RegExpOpcode.save.rawValue) { place += 1 }
    let isLoop = words[place] == UInt32(RegExpOpcode.loopSet.rawValue) | LoopMode.possessive.rawValue << 8
    guard isLoop, words[place + 2] <= 1, words[place + 3] == Quantifier.unlimited, !parsed.root.refersBack else {
      return nil
    }
    return words[place + 1]
  }

  private mutating func chooseSearch() -> CodePointSet? {
    if parsed.root.isAnchored {
      search = .start
      return nil
    }
    var characters: [UInt32] = []
    _ = parsed.root.appendPrefix(to: &characters)
    prefix = characters.prefix { !readsCodePoints || !(0xD800...0xDFFF).contains($0) }.flatMap(Self.units)
    if !prefix.isEmpty {
      search = .literal
      return nil
    }
    let first = parsed.root.first
    guard first.isTestable else { return nil }
    return Self.firstUnits(of: first.set, readsCodePoints: readsCodePoints)
  }

  /// The units that characters of a set begin with.
  private static func firstUnits(of set: CodePointSet, readsCodePoints: Bool) -> CodePointSet {
    guard readsCodePoints else { return set }
    var result = set.intersection(CodePointSet(0, 0xFFFF))
    for range in set.ranges where range.last > 0xFFFF {
      let first = max(range.first, 0x10000)
      result = result.union(CodePointSet(0xD800 + (first - 0x10000) >> 10, 0xD800 + (range.last - 0x10000) >> 10))
    }
    return result
  }

  static func units(_ value: UInt32) -> [UInt16] {
    if value <= 0xFFFF { return [UInt16(value)] }
    return [UInt16(0xD800 + (value - 0x10000) >> 10), UInt16(0xDC00 + (value - 0x10000) & 0x3FF)]
  }
}

// MARK: - Emitting

extension PatternCompiler {
  private mutating func emit(_ opcode: RegExpOpcode, _ small: Int = 0, _ operands: UInt32...) {
    words.append(UInt32(opcode.rawValue) | UInt32(small) << 8)
    words += operands
  }

  /// Emits an instruction with a target that is set later, and gives its place.
  private mutating func emitForward(_ opcode: RegExpOpcode, _ operands: UInt32...) -> Int {
    words.append(UInt32(opcode.rawValue))
    words += operands
    return words.count - operands.count - 1
  }

  private mutating func setTarget(of place: Int) {
    words[place] = words[place] & 0xFF | UInt32(words.count) << 8
  }

  private mutating func number(of set: CodePointSet) -> UInt32 {
    if let known = sets[set] { return UInt32(known) }
    sets[set] = setOrder.count
    setOrder.append(set)
    return UInt32(setOrder.count - 1)
  }

  /// Marks the word at a distance behind the end as a set operand.
  private mutating func markSet(at index: Int) {
    setOperands.append(index)
  }

  private mutating func emitSetInstruction(_ opcode: RegExpOpcode, _ set: CodePointSet, small: Int = 0) -> Int {
    let place = words.count
    emit(opcode, small, number(of: set))
    markSet(at: place + 1)
    return place
  }

  private func needsCodePoints(_ set: CodePointSet) -> Bool {
    readsCodePoints && set.needsCodePoints
  }

  private mutating func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  private mutating func emit(
    _ node: PatternNode, follow: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    if words.count > Self.maximumWords { throw RegExpSyntaxError(.tooLarge, at: 0) }
    switch node {
    case .empty: break
    case .character(let value): emitCharacters([value], isBackward: isBackward)
    case .set(let set): emitSet(set, isBackward: isBackward)
    case .sequence(let nodes): try emitSequence(nodes, follow: follow, isBackward: isBackward)
    case .alternation(let nodes):
      if let set = node.asSet {
        emitSet(set, isBackward: isBackward)
      } else {
        try emitAlternation(nodes, follow: follow, isBackward: isBackward)
      }
    case .capture(let number, let body):
      emit(.save, number * 2 + (isBackward ? 1 : 0))
      try emit(body, follow: follow, isBackward: isBackward)
      emit(.save, number * 2 + (isBackward ? 0 : 1))
    case .assertion(let assertion): emit(assertion)
    case .lookaround(let kind, let body): try emitLookaround(kind, body)
    case .backreference(let groups, let ignoreCase):
      emit(.backreference, 0, (isBackward ? 1 : 0) | (ignoreCase ? 2 : 0), UInt32(groups.count))
      words += groups.map { UInt32($0) }
    case .namedReference: preconditionFailure("references by name are resolved by the parser")
    case .quantified(let body, let quantifier):
      try emitQuantified(body, quantifier, follow: follow, isBackward: isBackward)
    }
  }

  private mutating func emitCharacters(_ values: [UInt32], isBackward: Bool) {
    if isBackward {
      for value in values.reversed() {
        emit(readsCodePoints ? .stepBackCodePoint : .stepBack)
        emitCharacters([value], isBackward: false)
        emit(readsCodePoints ? .stepBackCodePoint : .stepBack)
      }
      return
    }
    var units: [UInt16] = []
    func flush(_ compiler: inout PatternCompiler) {
      if units.count == 1 {
        compiler.emit(.character, Int(units[0]))
      } else if !units.isEmpty {
        compiler.emit(.literal, units.count)
        compiler.words += units.map { UInt32($0) }
      }
      units = []
    }
    for value in values {
      if readsCodePoints && (0xD800...0xDFFF).contains(value) {
        flush(&self)
        _ = emitSetInstruction(.setCodePoint, CodePointSet(value))
      } else {
        units += Self.units(value)
        if units.count > 10_000 { flush(&self) }
      }
    }
    flush(&self)
  }

  private mutating func emitSet(_ set: CodePointSet, isBackward: Bool) {
    if let single = set.single { return emitCharacters([single], isBackward: isBackward) }
    let step: RegExpOpcode = readsCodePoints ? .stepBackCodePoint : .stepBack
    if isBackward { emit(step) }
    _ = emitSetInstruction(needsCodePoints(set) ? .setCodePoint : .set, set)
    if isBackward { emit(step) }
  }

  private mutating func emit(_ assertion: PatternAssertion) {
    switch assertion {
    case .start: emit(.assertStart)
    case .end: emit(.assertEnd)
    case .lineStart: emit(.assertLineStart)
    case .lineEnd: emit(.assertLineEnd)
    case .wordBoundary(let words): _ = emitSetInstruction(.assertWordBoundary, words)
    case .notWordBoundary(let words): _ = emitSetInstruction(.assertNotWordBoundary, words)
    }
  }

  private mutating func emitLookaround(_ kind: Lookaround, _ body: PatternNode) throws(RegExpSyntaxError) {
    let slot = newSlot()
    if kind.isNegated {
      let begin = emitForward(.lookNegative, UInt32(slot))
      try emit(body, follow: .accept, isBackward: !kind.isAhead)
      emit(.lookFail, slot)
      setTarget(of: begin)
    } else {
      emit(.lookPositive, slot)
      try emit(body, follow: .accept, isBackward: !kind.isAhead)
      emit(.lookSucceed, slot)
    }
  }

  private mutating func emitSequence(
    _ nodes: [PatternNode], follow: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    if isBackward {
      for node in nodes.reversed() { try emit(node, follow: .unknown, isBackward: true) }
      return
    }
    var follows = [FirstCharacters](repeating: follow, count: nodes.count)
    for index in nodes.indices.dropLast().reversed() {
      follows[index] = nodes[index + 1].first.then(follows[index + 1])
    }
    var index = 0
    while index < nodes.count {
      var characters: [UInt32] = []
      while index < nodes.count, case .character(let value) = nodes[index] {
        characters.append(value)
        index += 1
      }
      if characters.isEmpty {
        try emit(nodes[index], follow: follows[index], isBackward: false)
        index += 1
      } else {
        emitCharacters(characters, isBackward: false)
      }
    }
  }

  private mutating func emitAlternation(
    _ nodes: [PatternNode], follow: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    var firsts: [FirstCharacters] = []
    var later: [FirstCharacters] = []
    if !isBackward {
      firsts = nodes.map { $0.first.then(follow) }
      later = firsts
      for index in later.indices.dropLast().reversed() { later[index] = later[index].or(later[index + 1]) }
    }
    var ends: [Int] = []
    for (index, node) in nodes.enumerated() {
      if index == nodes.count - 1 {
        try emit(node, follow: follow, isBackward: isBackward)
        break
      }
      let split: Int
      if isBackward || !firsts[index].isTestable {
        split = emitForward(.splitGreedy)
      } else {
        let rest = later[index + 1]
        split = emitTest(firsts[index].set, excludesOthers: rest.excludes(firsts[index].set))
      }
      try emit(node, follow: follow, isBackward: isBackward)
      ends.append(emitForward(.jump))
      setTarget(of: split)
    }
    for end in ends { setTarget(of: end) }
  }

  /// Goes to a target unless a member of a set stands here; keeps the target as a choice unless it is excluded.
  private mutating func emitTest(_ set: CodePointSet, excludesOthers: Bool) -> Int {
    let opcode: RegExpOpcode =
      switch (excludesOthers, needsCodePoints(set)) {
      case (true, false): .branchUnless
      case (true, true): .branchUnlessCodePoint
      case (false, false): .splitIf
      case (false, true): .splitIfCodePoint
      }
    return emitSetInstruction(opcode, set)
  }
}

// MARK: - Quantifiers

extension PatternCompiler {
  private mutating func emitQuantified(
    _ body: PatternNode, _ quantifier: Quantifier, follow: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    var quantifier = quantifier
    if body.isAlwaysEmpty {
      // Rounds beyond the required ones consume nothing and so fail; required ones are all alike.
      quantifier.minimum = min(quantifier.minimum, 1)
      quantifier.maximum = quantifier.minimum
    }
    if quantifier.maximum == 0 { return }
    if quantifier.minimum == 1 && quantifier.maximum == 1 {
      return try emit(body, follow: follow, isBackward: isBackward)
    }
    if !isBackward, let set = body.asSet { return emitSingle(set, quantifier, follow: follow) }
    let inner = body.first.or(follow)
    switch (quantifier.minimum, quantifier.maximum) {
    case (0, 1): try emitOptional(body, quantifier, follow: follow, isBackward: isBackward)
    case (0, Quantifier.unlimited):
      try emitStar(body, quantifier, follow: follow, inner: inner, isBackward: isBackward)
    case (1, Quantifier.unlimited) where !body.canBeEmpty:
      let start = words.count
      emitReset(quantifier)
      try emit(body, follow: isBackward ? .unknown : inner, isBackward: isBackward)
      let exit = emitChoice(body, quantifier, follow: follow, isBackward: isBackward)
      emit(.jump, start)
      if let exit { setTarget(of: exit) }
    default: try emitCounted(body, quantifier, isBackward: isBackward)
    }
  }

  private mutating func emitReset(_ quantifier: Quantifier) {
    if quantifier.captures.isEmpty { return }
    emit(.resetCaptures, 0, UInt32(quantifier.captures.lowerBound * 2), UInt32(quantifier.captures.upperBound * 2))
  }

  /// Decides between another round, which comes next, and the target, which the caller sets.
  private mutating func emitChoice(
    _ body: PatternNode, _ quantifier: Quantifier, follow: FirstCharacters, isBackward: Bool
  ) -> Int? {
    let first = body.first
    if !isBackward && first.isTestable {
      let excludesOthers = follow.excludes(first.set)
      if excludesOthers || quantifier.isGreedy { return emitTest(first.set, excludesOthers: excludesOthers) }
    }
    return emitForward(quantifier.isGreedy ? .splitGreedy : .splitLazy)
  }

  private mutating func emitOptional(
    _ body: PatternNode, _ quantifier: Quantifier, follow: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    let exit = emitChoice(body, quantifier, follow: follow, isBackward: isBackward)
    let slot = body.canBeEmpty ? newSlot() : nil
    if let slot { emit(.save, slot) }
    try emit(body, follow: slot == nil ? follow : .unknown, isBackward: isBackward)
    if let slot { emit(.emptyCheck, 0, UInt32(slot), RegExpOpcode.noOperand, 0) }
    if let exit { setTarget(of: exit) }
  }

  private mutating func emitStar(
    _ body: PatternNode, _ quantifier: Quantifier, follow: FirstCharacters, inner: FirstCharacters, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    let start = words.count
    let exit = emitChoice(body, quantifier, follow: follow, isBackward: isBackward)
    let slot = body.canBeEmpty ? newSlot() : nil
    if let slot { emit(.save, slot) }
    emitReset(quantifier)
    try emit(body, follow: isBackward ? .unknown : inner, isBackward: isBackward)
    if let slot { emit(.emptyCheck, 0, UInt32(slot), RegExpOpcode.noOperand, 0) }
    emit(.jump, start)
    if let exit { setTarget(of: exit) }
  }

  private mutating func emitCounted(
    _ body: PatternNode, _ quantifier: Quantifier, isBackward: Bool
  ) throws(RegExpSyntaxError) {
    let counter = newSlot()
    let slot = body.canBeEmpty ? newSlot() : nil
    let slotOperand = slot.map { UInt32($0) } ?? RegExpOpcode.noOperand
    emit(.clearCounter, counter)
    let start = words.count
    let exit = emitForward(
      .loop, UInt32(counter), quantifier.minimum, quantifier.maximum, quantifier.isGreedy ? 1 : 0)
    emit(.loopBody, 0, UInt32(counter), slotOperand)
    emitReset(quantifier)
    try emit(body, follow: .unknown, isBackward: isBackward)
    if slot != nil { emit(.emptyCheck, 0, slotOperand, UInt32(counter), quantifier.minimum) }
    emit(.jump, start)
    setTarget(of: exit)
  }

  private mutating func emitSingle(_ set: CodePointSet, _ quantifier: Quantifier, follow: FirstCharacters) {
    var mode = quantifier.isGreedy ? LoopMode.greedy : .lazy
    var maximum = quantifier.maximum
    if follow.isAccept {
      if mode == .lazy { maximum = quantifier.minimum }
      mode = .possessive
    } else if follow.excludes(set) || maximum == quantifier.minimum {
      mode = .possessive
    }
    if maximum == 0 { return }
    var next = RegExpOpcode.noOperand
    if !follow.isNullable && !follow.acceptsEnd, let single = follow.set.single,
      single <= 0xFFFF, !readsCodePoints || !(0xD800...0xDFFF).contains(single)
    {
      next = single
    }
    let small = Int(mode.rawValue)
    let isPlain = { (value: UInt32) in value <= 0xFFFF && !(0xD800...0xDFFF).contains(value) }
    if let single = set.single, isPlain(single) {
      emit(.loopCharacter, small, single, quantifier.minimum, maximum, next)
    } else if !readsCodePoints, let excluded = set.complement.single, isPlain(excluded) {
      emit(.loopNotCharacter, small, excluded, quantifier.minimum, maximum, next)
    } else {
      let place = words.count
      emit(
        needsCodePoints(set) ? .loopSetCodePoint : .loopSet, small, number(of: set), quantifier.minimum, maximum, next)
      markSet(at: place + 1)
    }
  }
}
