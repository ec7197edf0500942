// The interpreter of a program at one place of the text.

extension RegExpMatcher {
  /// Runs the attempt under way until it matches, fails, or the budget is used up.
  func attempt<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ count: Int, _ budget: inout Int
  ) -> Outcome {
    let words = program.words
    let slots = self.slots
    var place = savedPlace
    var position = savedPosition
    var base = stack
    var top = base + savedStackCount
    var end = base + stackCapacity
    var steps = budget

    interpreter: while true {
      let word = words[place]
      switch unsafeBitCast(UInt8(truncatingIfNeeded: word), to: RegExpOpcode.self) {
      case .character:
        if position < count && unit(text, position) == word >> 8 {
          position += 1
          place += 1
          continue interpreter
        }

      case .literal:
        let length = Int(word >> 8)
        if length <= count - position {
          var index = 0
          while index < length && unit(text, position + index) == words[place + 1 + index] { index += 1 }
          if index == length {
            position += length
            place += 1 + length
            continue interpreter
          }
        }

      case .set:
        if position < count && encodedSet(words + Int(words[place + 1]), contains: unit(text, position)) {
          position += 1
          place += 2
          continue interpreter
        }

      case .setCodePoint:
        if position < count && encodedSet(words + Int(words[place + 1]), contains: codePoint(text, count, position)) {
          position += isPair(text, count, position) ? 2 : 1
          place += 2
          continue interpreter
        }

      case .stepBack:
        if position > 0 {
          position -= 1
          place += 1
          continue interpreter
        }

      case .stepBackCodePoint:
        if position > 0 {
          position -= position > 1 && isPair(text, count, position - 2) ? 2 : 1
          place += 1
          continue interpreter
        }

      case .jump:
        place = Int(word >> 8)
        steps -= 1
        if steps < 0 { return suspend(.notFinished, place, position, top - base, steps, &budget) }
        continue interpreter

      case .splitGreedy:
        guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        push(&top, Choice(.branch, Int(word >> 8), Int32(truncatingIfNeeded: position)))
        place += 1
        continue interpreter

      case .splitLazy:
        guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        push(&top, Choice(.branch, place + 1, Int32(truncatingIfNeeded: position)))
        place = Int(word >> 8)
        continue interpreter

      case .branchUnless:
        let isMember = position < count && encodedSet(words + Int(words[place + 1]), contains: unit(text, position))
        place = isMember ? place + 2 : Int(word >> 8)
        continue interpreter

      case .branchUnlessCodePoint:
        let isMember =
          position < count && encodedSet(words + Int(words[place + 1]), contains: codePoint(text, count, position))
        place = isMember ? place + 2 : Int(word >> 8)
        continue interpreter

      case .splitIf:
        if position < count && encodedSet(words + Int(words[place + 1]), contains: unit(text, position)) {
          guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
          push(&top, Choice(.branch, Int(word >> 8), Int32(truncatingIfNeeded: position)))
          place += 2
        } else {
          place = Int(word >> 8)
        }
        continue interpreter

      case .splitIfCodePoint:
        if position < count && encodedSet(words + Int(words[place + 1]), contains: codePoint(text, count, position)) {
          guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
          push(&top, Choice(.branch, Int(word >> 8), Int32(truncatingIfNeeded: position)))
          place += 2
        } else {
          place = Int(word >> 8)
        }
        continue interpreter

      case .save:
        guard store(Int32(truncatingIfNeeded: position), Int(word >> 8), slots, &base, &top, &end) else {
          return leave(.stackExhausted, steps, &budget)
        }
        place += 1
        continue interpreter

      case .resetCaptures:
        for slot in Int(words[place + 1])..<Int(words[place + 2]) where slots[slot] >= 0 {
          guard store(-1, slot, slots, &base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        }
        place += 3
        continue interpreter

      case .clearCounter:
        guard store(0, Int(word >> 8), slots, &base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        place += 1
        continue interpreter

      case .loop:
        let rounds = UInt32(bitPattern: slots[Int(words[place + 1])])
        if rounds < words[place + 2] {
          place += 5
        } else if rounds >= words[place + 3] {
          place = Int(word >> 8)
        } else {
          guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
          if words[place + 4] != 0 {
            push(&top, Choice(.branch, Int(word >> 8), Int32(truncatingIfNeeded: position)))
            place += 5
          } else {
            push(&top, Choice(.branch, place + 5, Int32(truncatingIfNeeded: position)))
            place = Int(word >> 8)
          }
        }
        continue interpreter

      case .loopBody:
        let counter = Int(words[place + 1])
        guard store(slots[counter] &+ 1, counter, slots, &base, &top, &end) else {
          return leave(.stackExhausted, steps, &budget)
        }
        if words[place + 2] != RegExpOpcode.noOperand {
          guard store(Int32(truncatingIfNeeded: position), Int(words[place + 2]), slots, &base, &top, &end) else {
            return leave(.stackExhausted, steps, &budget)
          }
        }
        place += 3
        continue interpreter

      case .emptyCheck:
        let isOptional =
          words[place + 2] == RegExpOpcode.noOperand
          || UInt32(bitPattern: slots[Int(words[place + 2])]) > words[place + 3]
        if !(isOptional && Int(slots[Int(words[place + 1])]) == position) {
          place += 4
          continue interpreter
        }

      case .loopSet, .loopSetCodePoint, .loopCharacter, .loopNotCharacter:
        let start = position
        let minimum = Int(words[place + 2])
        let mode = unsafeBitCast(UInt8(truncatingIfNeeded: word >> 8), to: LoopModeByte.self)
        let most = mode == .lazy ? minimum : Int(words[place + 3])
        var least = start
        if isCodePointLoop(word) {
          let set = words + Int(words[place + 1])
          var taken = 0
          while taken < most && position < count && encodedSet(set, contains: codePoint(text, count, position)) {
            position += isPair(text, count, position) ? 2 : 1
            taken += 1
            if taken == minimum { least = position }
          }
          if taken < minimum { break }
        } else {
          let limit = most < count - start ? start + most : count
          position = scan(word, words[place + 1], words, text, position, limit)
          if position - start < minimum { break }
          least = start + minimum
        }
        steps -= (position - start) >> 4
        if mode == .greedy {
          if position > least {
            guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
            push(
              &top, Choice(.loop, place, Int32(truncatingIfNeeded: position), Int32(truncatingIfNeeded: least)))
          }
        } else if mode == .lazy {
          let more = min(words[place + 3] - words[place + 2], UInt32(Int32.max))
          guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
          push(&top, Choice(.loop, place, Int32(truncatingIfNeeded: position), Int32(more)))
        }
        place += 5
        continue interpreter

      case .backreference:
        let isBackward = words[place + 1] & 1 != 0
        let ignoresCase = words[place + 1] & 2 != 0
        let groupCount = Int(words[place + 2])
        var from = 0
        var length = 0
        for index in 0..<groupCount {
          let group = Int(words[place + 3 + index])
          if slots[group * 2] >= 0 && slots[group * 2 + 1] >= 0 {
            from = Int(slots[group * 2])
            length = Int(slots[group * 2 + 1]) - from
            break
          }
        }
        let at = isBackward ? position - length : position
        steps -= length >> 4
        if at >= 0 && at + length <= count
          && (ignoresCase
            ? equalIgnoringCase(program, text, from, at, length)
            : equal(text, from, at, length))
        {
          position = isBackward ? at : at + length
          place += 3 + groupCount
          continue interpreter
        }

      case .assertStart:
        if position == 0 {
          place += 1
          continue interpreter
        }

      case .assertEnd:
        if position == count {
          place += 1
          continue interpreter
        }

      case .assertLineStart:
        if position == 0 || isLineTerminator(unit(text, position - 1)) {
          place += 1
          continue interpreter
        }

      case .assertLineEnd:
        if position == count || isLineTerminator(unit(text, position)) {
          place += 1
          continue interpreter
        }

      case .assertWordBoundary, .assertNotWordBoundary:
        let set = words + Int(words[place + 1])
        let before = position > 0 && encodedSet(set, contains: unit(text, position - 1))
        let after = position < count && encodedSet(set, contains: unit(text, position))
        let isNegated = UInt8(truncatingIfNeeded: word) == RegExpOpcode.assertNotWordBoundary.rawValue
        if (before != after) != isNegated {
          place += 2
          continue interpreter
        }

      case .lookPositive:
        guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        slots[Int(word >> 8)] = Int32(truncatingIfNeeded: top - base)
        push(&top, Choice(.lookaround, 0, Int32(truncatingIfNeeded: position)))
        place += 1
        continue interpreter

      case .lookNegative:
        guard hasRoom(&base, &top, &end) else { return leave(.stackExhausted, steps, &budget) }
        slots[Int(words[place + 1])] = Int32(truncatingIfNeeded: top - base)
        push(&top, Choice(.lookaround, Int(word >> 8), Int32(truncatingIfNeeded: position)))
        place += 2
        continue interpreter

      case .lookSucceed:
        // What was chosen inside is final; the slots set there are still to be restored by a choice before.
        var kept = base + Int(slots[Int(word >> 8)])
        position = Int(kept.pointee.position)
        var entry = kept + 1
        steps -= (top - entry) >> 4
        while entry < top {
          if entry.pointee.tag >> 30 == Choice.Kind.restore.rawValue {
            kept.pointee = entry.pointee
            kept += 1
          }
          entry += 1
        }
        top = kept
        place += 1
        continue interpreter

      case .lookFail:
        let barrier = base + Int(slots[Int(word >> 8)])
        while top > barrier {
          top -= 1
          if top.pointee.tag >> 30 == Choice.Kind.restore.rawValue {
            slots[Int(top.pointee.tag & Choice.indexMask)] = top.pointee.position
          }
        }

      case .match:
        return suspend(.matched, place, position, top - base, steps, &budget)

      case .fail: break
      }

      // The latest choice.
      steps -= 1
      backtrack: while true {
        if top == base { return leave(.failed, steps, &budget) }
        top -= 1
        let choice = top.pointee
        let index = Int(choice.tag & Choice.indexMask)
        switch choice.tag >> 30 {
        case Choice.Kind.restore.rawValue:
          slots[index] = choice.position
          continue backtrack
        case Choice.Kind.lookaround.rawValue:
          if index == 0 { continue backtrack }
          place = index
          position = Int(choice.position)
          break backtrack
        case Choice.Kind.branch.rawValue:
          place = index
          position = Int(choice.position)
          break backtrack
        default: break
        }
        let word = words[index]
        let next = words[index + 4]
        var at = Int(choice.position)
        if unsafeBitCast(UInt8(truncatingIfNeeded: word >> 8), to: LoopModeByte.self) == .greedy {
          let least = Int(choice.limit)
          let start = at
          if isCodePointLoop(word) {
            repeat {
              at -= at - 2 >= least && isPair(text, count, at - 2) ? 2 : 1
            } while at > least && next != RegExpOpcode.noOperand && unit(text, at) != next
          } else {
            repeat { at -= 1 } while at > least && next != RegExpOpcode.noOperand && unit(text, at) != next
          }
          steps -= (start - at) >> 4
          if at == least {
            if next != RegExpOpcode.noOperand && unit(text, at) != next { continue backtrack }
          } else {
            top.pointee.position = Int32(truncatingIfNeeded: at)
            top += 1
          }
        } else {
          var more = choice.limit
          let start = at
          repeat {
            if more == 0 || at >= count { continue backtrack }
            if isCodePointLoop(word) {
              if !encodedSet(words + Int(words[index + 1]), contains: codePoint(text, count, at)) { continue backtrack }
              at += isPair(text, count, at) ? 2 : 1
            } else {
              if scan(word, words[index + 1], words, text, at, at + 1) == at { continue backtrack }
              at += 1
            }
            if more != Int32.max { more -= 1 }
            if next != RegExpOpcode.noOperand && at == count { continue backtrack }
          } while next != RegExpOpcode.noOperand && unit(text, at) != next
          steps -= (at - start) >> 4
          top.pointee.position = Int32(truncatingIfNeeded: at)
          top.pointee.limit = more
          top += 1
        }
        place = index + 5
        position = at
        break backtrack
      }
      if steps < 0 { return suspend(.notFinished, place, position, top - base, steps, &budget) }
    }
  }
}

extension RegExpMatcher {
  // What follows is spelled with its parts, since variables that local functions share are looked after at run time.

  @inline(__always) private func leave(_ outcome: Outcome, _ steps: Int, _ budget: inout Int) -> Outcome {
    budget = steps
    return outcome
  }

  @inline(__always) private func suspend(
    _ outcome: Outcome, _ place: Int, _ position: Int, _ stackCount: Int, _ steps: Int, _ budget: inout Int
  ) -> Outcome {
    savedPlace = place
    savedPosition = position
    savedStackCount = stackCount
    return leave(outcome, steps, &budget)
  }

  /// Adds a choice; the stack has room, see `hasRoom`.
  @inline(__always) private func push(_ top: inout UnsafeMutablePointer<Choice>, _ choice: Choice) {
    top.initialize(to: choice)
    top += 1
  }

  /// Whether there is room for one more choice.
  @inline(__always) private func hasRoom(
    _ base: inout UnsafeMutablePointer<Choice>, _ top: inout UnsafeMutablePointer<Choice>,
    _ end: inout UnsafeMutablePointer<Choice>
  ) -> Bool {
    if _fastPath(top != end) { return true }
    guard let grown = grow(from: top) else { return false }
    base = stack
    top = grown
    end = stack + stackCapacity
    return true
  }

  /// Sets a slot so that going back restores it. Before the first choice nothing is ever restored.
  @inline(__always) private func store(
    _ value: Int32, _ slot: Int, _ slots: UnsafeMutablePointer<Int32>, _ base: inout UnsafeMutablePointer<Choice>,
    _ top: inout UnsafeMutablePointer<Choice>, _ end: inout UnsafeMutablePointer<Choice>
  ) -> Bool {
    if top != base {
      guard hasRoom(&base, &top, &end) else { return false }
      push(&top, Choice(.restore, slot, slots[slot]))
    }
    slots[slot] = value
    return true
  }
}

@inline(__always)
private func unit<Unit: FixedWidthInteger & UnsignedInteger>(_ text: UnsafePointer<Unit>, _ index: Int) -> UInt32 {
  UInt32(truncatingIfNeeded: text[index])
}

@inline(__always)
private func isPair<Unit: FixedWidthInteger & UnsignedInteger>(
  _ text: UnsafePointer<Unit>, _ count: Int, _ index: Int
) -> Bool {
  Unit.bitWidth == 16 && index + 1 < count && unit(text, index) & 0xFC00 == 0xD800
    && unit(text, index + 1) & 0xFC00 == 0xDC00
}

@inline(__always)
private func codePoint<Unit: FixedWidthInteger & UnsignedInteger>(
  _ text: UnsafePointer<Unit>, _ count: Int, _ index: Int
) -> UInt32 {
  isPair(text, count, index)
    ? 0x10000 + ((unit(text, index) & 0x3FF) << 10 | unit(text, index + 1) & 0x3FF) : unit(text, index)
}

/// `LoopMode` as it stands in an instruction.
private enum LoopModeByte: UInt8 {
  case greedy
  case possessive
  case lazy
}

@inline(__always)
private func isCodePointLoop(_ word: UInt32) -> Bool {
  UInt8(truncatingIfNeeded: word) == RegExpOpcode.loopSetCodePoint.rawValue
}

@inline(__always)
private func isLineTerminator(_ unit: UInt32) -> Bool {
  unit == 0x0A || unit == 0x0D || unit == 0x2028 || unit == 0x2029
}

extension RegExpMatcher {
  /// The end of a run of characters that a loop takes.
  @inline(__always)
  private func scan<Unit: FixedWidthInteger & UnsignedInteger>(
    _ word: UInt32, _ operand: UInt32, _ words: UnsafePointer<UInt32>, _ text: UnsafePointer<Unit>, _ start: Int,
    _ limit: Int
  ) -> Int {
    var position = start
    switch UInt8(truncatingIfNeeded: word) {
    case RegExpOpcode.loopSet.rawValue:
      let set = words + Int(operand)
      while position < limit && encodedSet(set, contains: UInt32(truncatingIfNeeded: text[position])) { position += 1 }
    case RegExpOpcode.loopCharacter.rawValue:
      while position < limit && UInt32(truncatingIfNeeded: text[position]) == operand { position += 1 }
    default:
      while position < limit && UInt32(truncatingIfNeeded: text[position]) != operand { position += 1 }
    }
    return position
  }

  private func equal<Unit: FixedWidthInteger & UnsignedInteger>(
    _ text: UnsafePointer<Unit>, _ left: Int, _ right: Int, _ length: Int
  ) -> Bool {
    for index in 0..<length where text[left + index] != text[right + index] { return false }
    return true
  }

  /// Both sides have the same length: simple case folding never leaves a plane, and upper case here is one unit.
  private func equalIgnoringCase<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ left: Int, _ right: Int, _ length: Int
  ) -> Bool {
    let folding = CaseFolding.matching(program.flags)
    var index = 0
    while index < length {
      var a = UInt32(truncatingIfNeeded: text[left + index])
      var b = UInt32(truncatingIfNeeded: text[right + index])
      index += 1
      if Unit.bitWidth == 16, program.flags.readsCodePoints, index < length, a & 0xFC00 == 0xD800, b & 0xFC00 == 0xD800
      {
        let low = UInt32(truncatingIfNeeded: text[left + index])
        let right = UInt32(truncatingIfNeeded: text[right + index])
        if low & 0xFC00 == 0xDC00 && right & 0xFC00 == 0xDC00 {
          a = 0x10000 + ((a & 0x3FF) << 10 | low & 0x3FF)
          b = 0x10000 + ((b & 0x3FF) << 10 | right & 0x3FF)
          index += 1
        }
      }
      if a != b && folding.canonicalize(a) != folding.canonicalize(b) { return false }
    }
    return true
  }
}
