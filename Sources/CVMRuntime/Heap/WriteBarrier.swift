import CVMDispatch

/// What a card remembers: one dirty bit for each consumer. A consumer clears only its own bit.
enum CardBit {
  /// The undo log has the card's content from before this epoch.
  static let undo: UInt8 = 1
  static let checkpoint: UInt8 = 2
  static let collector: UInt8 = 4
  static let graph: UInt8 = 8
  static let all: UInt8 = 0xff
}

/// The unit of the write barrier: 512 bytes of heap.
enum Card {
  static let size = 512
  static let shift = 9
  static let words = 64
}

/// To be called before a store into a cell that was not made in this instruction.
@inline(__always) func writeBarrier(_ vm: VM, _ address: UnsafeMutableRawPointer) {
  let card = (address - UnsafeMutableRawPointer(vm.pointee.heap)) >> Card.shift
  if _slowPath(vm.pointee.cards[card] != CardBit.all) { logCard(vm, card) }
}

@inline(never) func logCard(_ vm: VM, _ card: Int) {
  // What a collection takes out of weak cells was dead when the epoch began, and no undo may bring it back.
  if vm.machine.isCollecting {
    vm.pointee.cards[card] |= ~CardBit.undo
    return
  }
  if vm.pointee.cards[card] & CardBit.undo == 0 { vm.machine.history?.open.log(card, vm) }
  vm.pointee.cards[card] = CardBit.all
}

/// Marks the cards of a range as written without keeping their content, where what was there before stays valid.
@inline(__always) func markCardsDirty(_ vm: VM, _ start: UnsafeMutableRawPointer, _ count: Int) {
  let offset = start - UnsafeMutableRawPointer(vm.pointee.heap)
  for card in offset >> Card.shift...(offset + max(count, 1) - 1) >> Card.shift {
    vm.pointee.cards[card] = CardBit.all
  }
}

extension Heap {
  /// Calls `body` with each card in use that one consumer's dirty bit is set for.
  func forEachCard(with bit: UInt8, _ body: (Int) -> Void) {
    let count = topBlock * Heap.blockSize / Card.size
    let pattern = UInt64(bit) &* 0x0101_0101_0101_0101
    for group in stride(from: 0, to: count, by: 8) {
      let bits = UnsafeRawPointer(cards).load(fromByteOffset: group, as: UInt64.self) & pattern
      guard bits != 0 else { continue }
      for card in group..<group + 8 where cards[card] & bit != 0 { body(card) }
    }
  }

  /// Sets one consumer's dirty bit where new cells will be made: they are written without a barrier.
  func markFreeRuns(_ bit: UInt8) {
    forEachFreeRun { run in
      for card in run.lowerBound >> Card.shift...(run.upperBound - 1) >> Card.shift { cards[card] |= bit }
    }
  }

  /// Clears one consumer's dirty bit on every card in use.
  func clearCards(_ bit: UInt8) {
    let keep = ~bit
    for card in 0..<(topBlock * Heap.blockSize / Card.size) { cards[card] &= keep }
  }
}
