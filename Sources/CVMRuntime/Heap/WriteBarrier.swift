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

/// To be called before a store into a cell that was not made in this instruction.
@inline(__always) func writeBarrier(_ vm: VM, _ address: UnsafeMutableRawPointer) {
  let card = (address - UnsafeMutableRawPointer(vm.pointee.heap)) >> 9
  if _slowPath(vm.pointee.cards[card] != CardBit.all) { logCard(vm, card) }
}

@inline(never) func logCard(_ vm: VM, _ card: Int) {
  if vm.pointee.cards[card] & CardBit.undo == 0 { vm.machine.undoLog?.append(card: card, of: vm) }
  vm.pointee.cards[card] = CardBit.all
}

/// Pre-images of the 512-byte cards written in an epoch, so that it can be taken back. O(what changed).
final class UndoLog {
  static let cardSize = 512
  private var cardNumbers: [Int] = []
  private var images: [UInt8] = []

  /// The number of cards logged in this epoch.
  var count: Int { cardNumbers.count }

  func append(card: Int, of vm: VM) {
    cardNumbers.append(card)
    let start = UnsafeRawBufferPointer(
      start: vm.pointee.heap + card * UndoLog.cardSize, count: UndoLog.cardSize)
    images.append(contentsOf: start)
  }

  /// Puts the logged cards back as they were when the epoch began, and forgets them.
  func rollBack(_ vm: VM) {
    for (i, card) in cardNumbers.enumerated() {
      images.withUnsafeBytes { bytes in
        (vm.pointee.heap + card * UndoLog.cardSize).update(
          from: bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + i * UndoLog.cardSize,
          count: UndoLog.cardSize)
      }
    }
    reset()
  }

  func reset() {
    cardNumbers.removeAll(keepingCapacity: true)
    images.removeAll(keepingCapacity: true)
  }
}

extension Machine {
  /// Starts an epoch: from now on the first store into each card keeps its content in the undo log.
  func beginEpoch() {
    if undoLog == nil { undoLog = UndoLog() }
    undoLog?.reset()
    heap.clearCards(CardBit.undo)
  }
}

extension Heap {
  /// Clears one consumer's dirty bit on every card in use.
  func clearCards(_ bit: UInt8) {
    for card in 0..<(topBlock * Heap.blockSize / UndoLog.cardSize) { cards[card] &= ~bit }
  }
}
