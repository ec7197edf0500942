/// Why an image was not taken over.
public struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What an offset counts in.
  public enum Section: Sendable {
    case metadata
    case pages
  }

  public let message: String
  /// The offset in the metadata where reading stopped, or in the pages.
  public let offset: Int
  public let section: Section

  public init(message: String, offset: Int, section: Section = .metadata) {
    (self.message, self.offset, self.section) = (message, offset, section)
  }

  public var description: String { message }
}

/// Metadata of an image as 64-bit words; texts and columns are padded to whole words.
struct ImageWriter {
  private var words: [UInt64] = []
  /// Where the content of each column begins.
  private var columns: [UInt32] = []

  init(capacity: Int = 0) { words.reserveCapacity(capacity) }

  /// Closes with the places of the columns, so that a later image can be told part by part.
  mutating func finish() -> ImageMetadata {
    var content: [UInt64] = []
    swap(&content, &words)
    return ImageMetadata(words: content, columns: columns)
  }

  mutating func word(_ word: UInt64) { words.append(word) }
  mutating func word(_ number: Int) { words.append(UInt64(bitPattern: Int64(number))) }

  mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
    word(bytes.count)
    let start = words.count
    columns.append(UInt32(start))
    words.append(contentsOf: repeatElement(0, count: (bytes.count + 7) / 8))
    words.withUnsafeMutableBytes { target in
      UnsafeMutableRawBufferPointer(rebasing: target[(start * 8)...]).copyMemory(from: bytes)
    }
  }

  mutating func bytes(_ bytes: [UInt8]) { bytes.withUnsafeBytes { self.bytes($0) } }
  mutating func text(_ text: String) { bytes(Array(text.utf8)) }

  mutating func column<Element: BitwiseCopyable>(_ start: UnsafePointer<Element>, _ count: Int) {
    bytes(UnsafeRawBufferPointer(UnsafeBufferPointer(start: start, count: count)))
  }

  mutating func column<Element: BitwiseCopyable>(_ elements: [Element]) {
    elements.withUnsafeBytes { bytes($0) }
  }
}

/// Reads what `ImageWriter` wrote, and checks each length.
struct ImageReader {
  private let words: ArraySlice<UInt64>
  private(set) var position = 0

  init(_ metadata: ImageMetadata) { words = metadata.content }
  init(_ words: [UInt64]) { self.words = words[...] }

  func error(_ message: String) -> ImageError { ImageError(message: message, offset: position * 8) }

  mutating func word() throws(ImageError) -> UInt64 {
    guard position < words.count else { throw error("the image ends too early") }
    position += 1
    return words[position - 1]
  }

  /// A number from 0 up to `limit`, exclusive.
  mutating func number(below limit: Int) throws(ImageError) -> Int {
    let word = try word()
    guard word < UInt64(limit) else { throw error("\(word) is out of range") }
    return Int(word)
  }

  mutating func column<Element: BitwiseCopyable>(of type: Element.Type) throws(ImageError) -> [Element] {
    let bytes = try number(below: (words.count - position) * 8 + 1)
    let size = MemoryLayout<Element>.stride
    guard bytes % size == 0, (bytes + 7) / 8 <= words.count - position else { throw error("a column does not fit") }
    let start = position * 8
    position += (bytes + 7) / 8
    return words.withUnsafeBytes { source in
      Array(unsafeUninitializedCapacity: bytes / size) { target, count in
        UnsafeMutableRawBufferPointer(target).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[start..<start + bytes]))
        count = bytes / size
      }
    }
  }

  mutating func text() throws(ImageError) -> String { String(decoding: try column(of: UInt8.self), as: UTF8.self) }

  func requireEnd() throws(ImageError) {
    if position != words.count { throw error("something stands behind the end") }
  }
}
