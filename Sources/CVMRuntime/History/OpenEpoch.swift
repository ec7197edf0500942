import CVMDispatch

/// The epoch that is going on: pre-images of the cards written in it, and the memory that was handed out in it.
///
/// O(what changed): a card of 512 bytes is copied before the first store into it. Memory handed out since the epoch began
/// holds cells that did not exist then; it is left out when the epoch is closed or taken back.
final class OpenEpoch {
  private(set) var cards: [UInt32] = []
  private(set) var images: [UInt64] = []
  /// Byte ranges of the heap handed out in this epoch, unordered; they may overlap.
  private(set) var fresh: [Range<Int>] = []
  let start: Moment

  init(start: Moment) { self.start = start }

  /// Keeps the content of a card that is about to be written for the first time in this epoch.
  func log(_ card: Int, _ vm: VM) {
    cards.append(UInt32(card))
    let words = UnsafeMutableRawPointer(vm.pointee.heap + card << Card.shift).assumingMemoryBound(to: UInt64.self)
    images.append(contentsOf: UnsafeBufferPointer(start: words, count: Card.words))
  }

  func noteFresh(_ range: Range<Int>) { if !range.isEmpty { fresh.append(range) } }

  /// The words of cells from before the epoch whose content differs from now.
  func changes(_ vm: VM) -> WordChanges {
    let fresh = mergedFresh()
    var changes = WordChanges()
    for (index, card) in cards.enumerated() {
      let memory = UnsafeMutableRawPointer(vm.pointee.heap + Int(card) << Card.shift)
        .assumingMemoryBound(to: UInt64.self)
      var mask: UInt64 = 0
      for word in 0..<Card.words where images[index * Card.words + word] != memory[word] { mask |= 1 << UInt64(word) }
      mask &= ~freshMask(Int(card), fresh)
      guard mask != 0 else { continue }
      changes.append(card: card, mask: mask) { images[index * Card.words + $0] }
    }
    return changes
  }

  private func mergedFresh() -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in fresh.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// The words of a card that lie in fresh memory, as bits.
  private func freshMask(_ card: Int, _ fresh: [Range<Int>]) -> UInt64 {
    let start = card << Card.shift
    let end = start + Card.size
    // The first range that ends behind the card's start.
    var low = 0
    var high = fresh.count
    while low < high {
      let middle = (low + high) / 2
      if fresh[middle].upperBound <= start { low = middle + 1 } else { high = middle }
    }
    var mask: UInt64 = 0
    while low < fresh.count, fresh[low].lowerBound < end {
      let first = max(fresh[low].lowerBound - start, 0) / 8
      let last = (min(fresh[low].upperBound, end) - start) / 8
      if first < last { mask |= (last - first == 64 ? ~0 : (1 << UInt64(last - first)) - 1) << UInt64(first) }
      low += 1
    }
    return mask
  }

  /// Calls `body` with each word that a store replaced in this epoch.
  func forEachPreImageWord(_ body: (UInt64) -> Void) { for word in images { body(word) } }
}

/// Words of old cells as they were at another moment: 8 bytes a word and 12 a card.
struct WordChanges {
  private(set) var cards: [UInt32] = []
  private(set) var masks: [UInt64] = []
  private(set) var words: [UInt64] = []

  init() {}

  init(cards: [UInt32], masks: [UInt64], words: [UInt64]) {
    (self.cards, self.masks, self.words) = (cards, masks, words)
  }

  var isEmpty: Bool { cards.isEmpty }
  /// Bytes that keeping them takes.
  var byteCount: Int { cards.count * 12 + words.count * 8 }

  mutating func append(card: UInt32, mask: UInt64, word: (Int) -> UInt64) {
    cards.append(card)
    masks.append(mask)
    var rest = mask
    while rest != 0 {
      words.append(word(rest.trailingZeroBitCount))
      rest &= rest - 1
    }
  }

  /// Exchanges the words with those in the heap: the changes then lead the other way.
  mutating func exchange(_ vm: VM) {
    var next = 0
    for (index, card) in cards.enumerated() {
      let memory = UnsafeMutableRawPointer(vm.pointee.heap + Int(card) << Card.shift)
        .assumingMemoryBound(to: UInt64.self)
      vm.pointee.cards[Int(card)] |= CardBit.all & ~CardBit.undo
      var rest = masks[index]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        (memory[bit], words[next]) = (words[next], memory[bit])
        next += 1
        rest &= rest - 1
      }
    }
  }

  /// Calls `body` with the byte offset in the heap and the content of each word.
  func forEach(_ body: (_ offset: Int, _ word: UInt64) -> Void) {
    var next = 0
    for (index, card) in cards.enumerated() {
      var rest = masks[index]
      while rest != 0 {
        body(Int(card) << Card.shift + rest.trailingZeroBitCount * 8, words[next])
        next += 1
        rest &= rest - 1
      }
    }
  }

  /// The changes that lead over several epochs, oldest first: where more than one has a word, the oldest counts.
  init(merging epochs: [WordChanges]) {
    var merged: [UInt32: (mask: UInt64, words: [UInt64])] = [:]
    for changes in epochs {
      var next = 0
      for (index, card) in changes.cards.enumerated() {
        var entry = merged[card] ?? (0, [UInt64](repeating: 0, count: Card.words))
        var rest = changes.masks[index]
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          if entry.mask >> UInt64(bit) & 1 == 0 { entry.words[bit] = changes.words[next] }
          next += 1
          rest &= rest - 1
        }
        entry.mask |= changes.masks[index]
        merged[card] = entry
      }
    }
    for card in merged.keys.sorted() {
      guard let entry = merged[card] else { continue }
      append(card: card, mask: entry.mask) { entry.words[$0] }
    }
  }
}
