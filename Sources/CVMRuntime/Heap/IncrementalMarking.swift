/// A collection of a large heap in slices, between which the program runs: mostly-parallel marking as of Boehm, Demers and
/// Shenker (1991), by one thread.
///
/// The collector's bit of the card table, cleared when marking begins, says where was stored since. When all that was
/// found is looked at, the marked cells on such cards are looked at again, in a few rounds while the program goes on and
/// a last time, with the roots, while it stands still. What dies meanwhile may live one collection longer. The marks
/// go into a table of their own, so that until the end everything else sees the heap as after the last collection.
final class IncrementalMarking {
  @exclusivity(unchecked) var marker: Marker
  /// The next card to be looked at in this round; nil between rounds.
  @exclusivity(unchecked) private var nextCard: Int?
  private var rounds = 0
  /// How much was handed out since the last collection when the last slice began.
  @exclusivity(unchecked) fileprivate var allocatedAtLastSlice: Int

  /// Below this many bytes a collection in one go is done within a few milliseconds.
  static let leastBytes = 16 << 20
  /// The part of the marking that is done at a safepoint, about one for each cell: half a millisecond.
  static let slice = 10_000
  /// The next slice is due when the program took this much memory, or came to the next safepoint.
  static let bytesBetweenSlices = 256 << 10
  /// So few groups of written cards, or so many rounds, and the rest is done with the program standing still.
  private static let fewGroups = 256
  private static let mostRounds = 4

  fileprivate init(_ marker: Marker) {
    self.marker = marker
    allocatedAtLastSlice = marker.heap.allocatedSinceCollection
  }

  /// Does a part of the work; true when only the last part is left.
  fileprivate func advance(by work: Int) -> Bool {
    var budget = work
    while budget > 0 {
      marker.drain(&budget)
      guard marker.isDry else { return false }
      if let card = nextCard {
        nextCard = marker.rescanCards(from: card, &budget)
        continue
      }
      if rounds == Self.mostRounds || marker.heap.writtenGroupCount(upTo: Self.fewGroups) < Self.fewGroups {
        return true
      }
      rounds += 1
      nextCard = 0
    }
    return false
  }
}

extension Marker {
  /// Looks again at what was marked and then written to, from a card on; the card to go on with, nil at the end.
  fileprivate mutating func rescanCards(from first: Int, _ budget: inout Int) -> Int? {
    let count = heap.topBlock * Heap.blockSize / Card.size
    var card = first
    while card < count {
      if card % 8 == 0, !heap.isAnyWritten(inGroupOf: card) {
        card += 8
        continue
      }
      if heap.cards[card] & CardBit.collector != 0 {
        guard budget > 0 else { return card }
        budget -= 8
        heap.cards[card] &= ~CardBit.collector
        rescan(card: card)
      }
      card += 1
    }
    return nil
  }

  private mutating func rescan(card: Int) {
    let start = card << Card.shift
    let block = start / Heap.blockSize
    let sizeClass = Int(heap.blockClass[block])
    if sizeClass == 0 { return }
    guard sizeClass < Heap.classCount else {
      let cell = heap.base + heap.largeCellStart(ofBlock: block) * Heap.blockSize
      if isMarked(cell) { rescan(cell, onCard: card) }
      return
    }
    let size = Heap.cellSize(ofClass: sizeClass)
    let inside = start % Heap.blockSize
    let last = min(start + Card.size, start - inside + Heap.blockSize / size * size)
    for position in stride(from: start - inside % size, to: last, by: size) where isMarked(offset: position) {
      rescan(heap.base + position, onCard: card)
    }
  }
}

extension Heap {
  fileprivate func isAnyWritten(inGroupOf card: Int) -> Bool {
    let pattern = UInt64(CardBit.collector) &* 0x0101_0101_0101_0101
    return UnsafeRawPointer(cards).load(fromByteOffset: card, as: UInt64.self) & pattern != 0
  }

  /// In how many groups of eight cards some card was written to since marking began, counted up to a bound.
  fileprivate func writtenGroupCount(upTo bound: Int) -> Int {
    var count = 0
    for group in stride(from: 0, to: topBlock * Heap.blockSize / Card.size, by: 8) where isAnyWritten(inGroupOf: group)
    {
      count += 1
      if count == bound { break }
    }
    return count
  }

  /// The first block of the large cell that a block is part of.
  fileprivate func largeCellStart(ofBlock block: Int) -> Int {
    var start = block
    while blockClass[start] == Heap.largeContinuation { start -= 1 }
    return start
  }
}

extension Machine {
  /// A collection is due: a small one is done at once, a large one begins, or goes on.
  func collectWhenDue() {
    if marking == nil {
      let mayWait = heap.bytesInUse + heap.liveBytes / 2 < limits.heapBytes
      guard heap.bytesInUse > IncrementalMarking.leastBytes, mayWait else { return collect() }
      beginMarking()
    } else if heap.bytesInUse > limits.heapBytes {
      return collect()
    }
    continueMarking(by: IncrementalMarking.slice)
    // What died while it was marked may be what is too much.
    if marking == nil, heap.bytesInUse > limits.heapBytes { collect() }
  }

  func beginMarking() {
    heap.clearCards(CardBit.collector)
    var marker = Marker(vm, heap)
    markRoots(&marker)
    marking = IncrementalMarking(marker)
  }

  /// Does a part of the collection that was begun. Only between instructions: `frame` and `pc` are stored.
  func continueMarking(by work: Int) {
    guard let marking else { return }
    let allocated = heap.allocatedSinceCollection - marking.allocatedAtLastSlice
    marking.allocatedAtLastSlice = heap.allocatedSinceCollection
    // The more the program takes, the more is done, so that marking ends in bounded memory.
    let share = min(max(allocated / IncrementalMarking.bytesBetweenSlices, 1), 4)
    guard marking.advance(by: work * share) else {
      heap.threshold = heap.allocatedSinceCollection + IncrementalMarking.bytesBetweenSlices
      return
    }
    self.marking = nil
    markRoots(&marking.marker)
    marking.marker.drain()
    var budget = Int.max
    while marking.marker.rescanCards(from: 0, &budget) != nil {}
    marking.marker.drain()
    endCollection(&marking.marker)
  }

  /// Forgets a collection that was begun: when the heap becomes another one.
  func abandonMarking() {
    marking?.marker.finish()
    marking = nil
  }
}
