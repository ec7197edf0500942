/// The image that a machine was last saved as or restored from, which deltas are told from.
public struct SavedImage: Sendable {
  /// What names it.
  public let hash: UInt64
  let metadata: ImageMetadata
}

/// What differs between an image and the one before it: words of the cards that were written to, and of the metadata.
public struct ImageDelta {
  let cards: WordChanges
  let difference: [UInt64]

  /// All of it as words.
  public var words: [UInt64] {
    var writer = ImageWriter()
    writer.column(cards.cards)
    writer.column(cards.masks)
    writer.column(cards.words)
    writer.column(difference)
    return writer.finish().words
  }

  init(cards: WordChanges, difference: [UInt64]) {
    self.cards = cards
    self.difference = difference
  }

  /// From the words of another one.
  public init(_ words: [UInt64]) throws(ImageError) {
    var reader = ImageReader(try ImageMetadata(words))
    let numbers = try reader.column(of: UInt32.self)
    let masks = try reader.column(of: UInt64.self)
    let contents = try reader.column(of: UInt64.self)
    difference = try reader.column(of: UInt64.self)
    try reader.requireEnd()
    guard masks.count == numbers.count, masks.reduce(0, { $0 + $1.nonzeroBitCount }) == contents.count else {
      throw reader.error("the columns of the cards differ in length")
    }
    cards = WordChanges(cards: numbers, masks: masks, words: contents)
  }

  /// The metadata that follows from the parent's, which must not be more than so many words.
  func metadata(over parent: ImageMetadata, wordLimit: Int) throws(ImageError) -> ImageMetadata {
    try parent.applying(difference, wordLimit: wordLimit)
  }

  /// Puts the words where they belong.
  func writeCards(to heap: Heap) throws(ImageError) {
    let count = heap.topBlock * (Heap.blockSize / Card.size)
    // What a later delta has freed may lie behind the end.
    cards.forEach { offset, word in
      if offset >> Card.shift < count { (heap.base + offset).storeBytes(of: word, as: UInt64.self) }
    }
  }
}

extension Machine {
  /// What differs from the image that was saved last, and the metadata that it leads to; nil when there is none. The machine
  /// must stand between two instructions. O(cards of the heap) bytes looked at, O(what was written) copied.
  public func imageDelta() -> (delta: ImageDelta, metadata: ImageMetadata)? {
    guard let savedImage else { return nil }
    let metadata = imageMetadata()
    var changes = WordChanges()
    heap.forEachCard(with: CardBit.checkpoint) { card in
      let mask = heap.allocatedWords(ofCard: card)
      guard mask != 0 else { return }
      let words = (heap.base + card << Card.shift).assumingMemoryBound(to: UInt64.self)
      changes.append(card: UInt32(card), mask: mask) { words[$0] }
    }
    return (ImageDelta(cards: changes, difference: metadata.difference(from: savedImage.metadata)), metadata)
  }

  /// From now on deltas are told from this moment, at which the machine was saved under a name.
  public func noteSaved(as hash: UInt64, _ metadata: ImageMetadata) {
    savedImage = SavedImage(hash: hash, metadata: metadata)
    var unsaved: [Int] = []
    heap.forEachCard(with: CardBit.checkpoint) { card in
      if heap.allocatedWords(ofCard: card) == 0 { unsaved.append(card) }
    }
    heap.clearCards(CardBit.checkpoint)
    for card in unsaved { heap.cards[card] |= CardBit.checkpoint }
    heap.markFreeRuns(CardBit.checkpoint)
  }
}
