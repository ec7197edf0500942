import Glibc

/// What belongs to a machine beside its pages, as words: columns, what stands between them, and at the end how far each
/// column is from the one before.
public struct ImageMetadata: Sendable, Equatable {
  public let words: [UInt64]
  private let columnCount: Int

  init(words: consuming [UInt64], columns: [UInt32]) {
    var before: UInt32 = 0
    for column in columns {
      words.append(UInt64(column - before))
      before = column
    }
    words.append(UInt64(columns.count))
    self.words = words
    columnCount = columns.count
  }

  /// From the words of another one.
  public init(_ words: [UInt64]) throws(ImageError) {
    guard let last = words.last, last < UInt64(words.count) else {
      throw ImageError(message: "the places of the columns are missing", offset: words.count * 8)
    }
    self.words = words
    columnCount = Int(last)
    var place = 0
    for distance in words[contentCount..<words.count - 1] {
      guard distance <= UInt64(contentCount - place) else {
        throw ImageError(message: "a column is out of its place", offset: contentCount * 8)
      }
      place += Int(distance)
    }
  }

  private var contentCount: Int { words.count - 1 - columnCount }
  var content: ArraySlice<UInt64> { words[..<contentCount] }

  /// The words from one column's start to the next one's, from the first word to the last.
  private var parts: [Range<Int>] {
    var starts = [0]
    for distance in words[contentCount..<words.count - 1] where distance > 0 {
      starts.append(starts[starts.count - 1] + Int(distance))
    }
    // The distances themselves are the last part.
    starts.append(contentCount)
    return zip(starts, starts.dropFirst() + [words.count]).map { $0..<$1 }
  }

  // MARK: Differences

  /// What leads from another one to this one: for each stretch of parts which part of the other it is like, its length, and
  /// what differs. O(words).
  func difference(from parent: ImageMetadata) -> [UInt64] {
    var result: [UInt64] = []
    for (part, like) in matches(with: parent) {
      // What was put into the middle of a part leaves both of its ends as they were.
      let end = commonEnd(of: part, with: parent, like)
      append(part.dropLast(end), from: parent, like.dropLast(end), to: &result)
      if end > 0 { append(part.suffix(end), from: parent, like.suffix(end), to: &result) }
    }
    return result
  }

  private func append(
    _ part: Range<Int>, from parent: ImageMetadata, _ like: Range<Int>, to result: inout [UInt64]
  ) {
    result.append(UInt64(like.lowerBound) << 32 | UInt64(like.count))
    result.append(UInt64(part.count))
    appendDifference(of: part, from: parent, like, to: &result)
  }

  /// How many words at the end of a part are those at the end of another one that is not as long.
  private func commonEnd(of part: Range<Int>, with parent: ImageMetadata, _ like: Range<Int>) -> Int {
    guard part.count != like.count else { return 0 }
    let most = min(part.count, like.count)
    var count = 0
    while count < most, words[part.upperBound - 1 - count] == parent.words[like.upperBound - 1 - count] { count += 1 }
    return count
  }

  /// Parts beside those of the other one that they are like. What was put in between is found by looking for the parts that
  /// stayed as they were.
  private func matches(with parent: ImageMetadata) -> [(Range<Int>, Range<Int>)] {
    let ours = parts
    let theirs = parent.parts
    var places: [UInt64: Int] = [:]
    if ours.count != theirs.count {
      for (number, part) in theirs.enumerated() where part.count > 2 { places[parent.sample(part)] = number }
    }
    var result: [(part: Range<Int>, like: Range<Int>)] = []
    var next = 0
    for part in ours {
      if !places.isEmpty, let place = places[sample(part)], parent.words[theirs[place]] == words[part] {
        next = place
      }
      let like = next < theirs.count ? theirs[next] : 0..<0
      next += 1
      if let last = result.last, last.part.count == last.like.count, last.like.upperBound == like.lowerBound {
        result[result.count - 1] = (last.part.lowerBound..<part.upperBound, last.like.lowerBound..<like.upperBound)
      } else {
        result.append((part, like))
      }
    }
    return result
  }

  /// Nearly always different for parts that differ: their length and some of their words, mixed.
  private func sample(_ part: Range<Int>) -> UInt64 {
    var mixed = UInt64(part.count)
    for position in stride(from: part.lowerBound, to: part.upperBound, by: max(1, part.count / 64)) {
      mixed = (mixed ^ words[position]) &* 0x9e37_79b9_7f4a_7c15
      mixed ^= mixed >> 29
    }
    return mixed
  }

  /// Words that are compared at once.
  private static let span = 32

  /// Stretches: a word with the count of equal words and of differing ones after them, and those.
  private func appendDifference(
    of part: Range<Int>, from parent: ImageMetadata, _ like: Range<Int>, to result: inout [UInt64]
  ) {
    words.withUnsafeBufferPointer { words in
      parent.words.withUnsafeBufferPointer { parentWords in
        let (ours, theirs) = (words[part], parentWords[like])
        let common = min(part.count, like.count)
        func isSame(_ position: Int) -> Bool {
          position < common && ours[part.lowerBound + position] == theirs[like.lowerBound + position]
        }
        var position = 0
        while position < part.count {
          let start = position
          while position + Self.span <= common,
            memcmp(
              words.baseAddress.unsafelyUnwrapped + part.lowerBound + position,
              parentWords.baseAddress.unsafelyUnwrapped + like.lowerBound + position, Self.span * 8) == 0
          { position += Self.span }
          while isSame(position) { position += 1 }
          let first = position
          while position < part.count, !isSame(position) { position += 1 }
          result.append(UInt64(first - start) << 32 | UInt64(position - first))
          result.append(contentsOf: ours[part.lowerBound + first..<part.lowerBound + position])
        }
      }
    }
  }

  /// The one that a difference leads to from this one.
  func applying(_ difference: [UInt64], wordLimit: Int) throws(ImageError) -> ImageMetadata {
    var result: [UInt64] = []
    var next = 0
    func error(_ message: String) -> ImageError { ImageError(message: message, offset: next * 8) }
    func word() throws(ImageError) -> UInt64 {
      guard next < difference.count else { throw error("the difference ends too early") }
      next += 1
      return difference[next - 1]
    }
    while next < difference.count {
      let like = try word()
      let (first, count) = (Int(like >> 32), Int(like & 0xffff_ffff))
      let length = try word()
      guard first + count <= words.count, length <= 1 << 32 else { throw error("a part is like none of the parent's") }
      var done = 0
      while done < Int(length) {
        let stretch = try word()
        let (same, differing) = (Int(stretch >> 32), Int(stretch & 0xffff_ffff))
        guard same + differing > 0, done + same <= count, done + same + differing <= Int(length),
          differing <= difference.count - next
        else { throw error("a stretch does not fit") }
        guard result.count + same + differing <= wordLimit else {
          throw error("the changes make more than they are of")
        }
        result += words[first + done..<first + done + same]
        result += difference[next..<next + differing]
        next += differing
        done += same + differing
      }
    }
    return try ImageMetadata(result)
  }
}
