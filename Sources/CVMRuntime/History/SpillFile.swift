import Glibc

/// A file without a name: nobody else can open it, and it is gone with the process, however that ends. Nil, with `errno`
/// set, where none can be made.
public func openNamelessFile(in folder: String) -> Int32? {
  var template = Array("\(folder)/cvm-XXXXXX".utf8CString)
  let file = mkstemp(&template)
  guard file >= 0 else { return nil }
  unlink(template)
  _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  return file
}

/// Fills memory from a place of a file on, in as many steps as it takes; how many bytes there were.
public func readFile(_ file: Int32, into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
  var got = 0
  while got < target.count {
    let step = pread(file, target.baseAddress! + got, target.count - got, off_t(offset + got))
    if step < 0, errno == EINTR { continue }
    if step <= 0 { break }
    got += step
  }
  return got
}

/// Changes of old epochs, on disk instead of in memory. What is read back leaves its place unused until nothing is left.
final class SpillFile {
  /// Where the changes of an epoch are.
  struct Place {
    fileprivate let offset: Int
    fileprivate let cardCount: Int
    fileprivate let wordCount: Int

    /// What the changes take, there and in memory.
    var changesByteCount: Int { cardCount * 12 + wordCount * 8 }
  }

  private let file: Int32
  private var end = 0
  private var placeCount = 0

  init?(folder: String) {
    guard let file = openNamelessFile(in: folder) else { return nil }
    self.file = file
  }

  deinit { close(file) }

  /// Nil when they can't be written.
  func append(_ changes: WordChanges) -> Place? {
    let place = Place(offset: end, cardCount: changes.cards.count, wordCount: changes.words.count)
    var position = end
    guard changes.masks.withUnsafeBytes({ transfer($0, at: &position) }),
      changes.words.withUnsafeBytes({ transfer($0, at: &position) }),
      changes.cards.withUnsafeBytes({ transfer($0, at: &position) })
    else { return nil }
    end = position
    placeCount += 1
    return place
  }

  /// Nil when they can't be read.
  func read(_ place: Place) -> WordChanges? {
    var position = place.offset
    guard let masks: [UInt64] = read(place.cardCount, at: &position),
      let words: [UInt64] = read(place.wordCount, at: &position),
      let cards: [UInt32] = read(place.cardCount, at: &position)
    else { return nil }
    return WordChanges(cards: cards, masks: masks, words: words)
  }

  /// The changes are not asked for again.
  func forget(_ place: Place) {
    placeCount -= 1
    let isLast = place.offset + place.changesByteCount == end
    guard isLast || placeCount == 0 else { return }
    end = placeCount == 0 ? 0 : place.offset
    ftruncate(file, off_t(end))
  }

  private func transfer(_ bytes: UnsafeRawBufferPointer, at position: inout Int) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let written = pwrite(file, rest.baseAddress, rest.count, off_t(position))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      position += written
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return true
  }

  private func read<Element: BitwiseCopyable>(_ count: Int, at position: inout Int) -> [Element]? {
    var isComplete = true
    let result = [Element](unsafeUninitializedCapacity: count) { target, filled in
      let bytes = UnsafeMutableRawBufferPointer(target)
      let got = readFile(file, into: bytes, at: position)
      isComplete = got == bytes.count
      position += got
      filled = isComplete ? count : 0
    }
    return isComplete ? result : nil
  }
}
