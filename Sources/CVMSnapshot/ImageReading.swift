import CVMRuntime
import Glibc

/// An image that is about to be restored.
final class ImageReading {
  let name: String
  private let file: Int32
  private let ownsFile: Bool
  private let bytes: [UInt8]
  /// Where the image begins in the file.
  private let start: Int
  let byteCount: Int
  private let header: [UInt64]
  /// Why pages could not be read, when that is known only while they are.
  private(set) var readingError: SnapshotError?

  /// What names the image.
  var hash: UInt64 { header[ImageFile.fieldCount - 1] }
  /// The hash of the image that this one is told from; nil of a full one.
  var parent: UInt64? { header[0] == ImageFile.deltaMagic ? header[3] : nil }

  convenience init(_ source: ImageFile.Source) throws(SnapshotError) {
    switch source {
    case .file(let path):
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw systemError("read", path) }
      try self.init(file: file, owns: true, name: path)
    case .bytes(let bytes): try self.init(file: -1, owns: false, bytes: bytes, name: source.name)
    }
  }

  /// Of an open file, or a part of it, which is closed in the end when it is owned.
  init(
    file: Int32, owns: Bool, bytes: [UInt8] = [], name: String, at range: Range<Int>? = nil
  ) throws(SnapshotError) {
    (self.file, ownsFile, self.bytes, self.name, start) = (file, owns, bytes, name, range?.lowerBound ?? 0)
    var size = bytes.count
    var failure: SnapshotError?
    if file >= 0 {
      var status = stat()
      if fstat(file, &status) != 0 {
        failure = systemError("read", name)
      } else if status.st_mode & S_IFMT != S_IFREG {
        failure = .system(operation: "read", path: name, reason: "it is no plain file")
      }
      size = range?.count ?? Int(status.st_size)
    }
    byteCount = size
    var header = [UInt64](repeating: 0, count: ImageFile.fieldCount)
    let got = header.withUnsafeMutableBytes { Self.read(file, bytes, $0, at: range?.lowerBound ?? 0) }
    self.header = header
    if let failure { throw failure }
    guard got == ImageFile.deltaHeaderSize else {
      throw .wrongLength(path: name, expected: ImageFile.deltaHeaderSize, found: size)
    }
    guard header[0] == ImageFile.magic || header[0] == ImageFile.deltaMagic else { throw .foreign(path: name) }
    guard header[1] <= ImageFile.version else { throw .newerVersion(path: name, version: Int(clamping: header[1])) }
    guard header.dropLast().withUnsafeBytes({ Checksum.of($0) }) == hash else {
      throw .damaged(path: name, section: "the header", offset: 0)
    }
  }

  deinit { if ownsFile { close(file) } }

  func readFull(
    for machine: Machine, validates: Bool
  ) throws(SnapshotError) -> (ImageMetadata, ImagePages) {
    guard header[0] == ImageFile.magic else { throw .missingParent(path: name, parent: header[3]) }
    try checkProgram(machine)
    let (pages, size) = (Int(clamping: header[3]), Int(clamping: header[4]))
    let sums = pages / ImageFile.blockSize * 8
    let metadataStart = ImageFile.headerSize &+ pages
    guard pages >= 0, size >= 0, pages % ImageFile.blockSize == 0, size % 8 == 0,
      pages < 1 << 40, size < 1 << 40, byteCount == metadataStart + size + sums
    else {
      throw .wrongLength(path: name, expected: metadataStart &+ size &+ sums, found: byteCount)
    }
    let metadata = try words(size / 8, at: metadataStart)
    guard metadata.withUnsafeBytes({ Checksum.of($0) }) == header[5] else {
      throw .damaged(path: name, section: "the metadata", offset: metadataStart)
    }
    let source =
      validates
      ? checkedPages(pages, try checkedSums(sums / 8, at: metadataStart + size))
      : self.pages(ImageFile.headerSize..<metadataStart)
    do throws(ImageError) { return (try ImageMetadata(metadata), source) } catch { throw unsound(error) }
  }

  /// What is wrong with the state that this image leads to.
  func unsound(_ error: ImageError) -> SnapshotError {
    // Of a delta's state, nothing has a place in its own file.
    guard parent == nil else {
      return .unsound(path: name, section: "what the changes lead to", offset: 0, reason: error.message)
    }
    switch error.section {
    case .metadata:
      let start = ImageFile.headerSize + Int(clamping: header[3])
      return .unsound(path: name, section: "the metadata", offset: start + error.offset, reason: error.message)
    case .pages:
      return .unsound(
        path: name, section: "the pages", offset: ImageFile.headerSize + error.offset, reason: error.message)
    }
  }

  private func pages(_ range: Range<Int>) -> ImagePages {
    file >= 0 ? .file(file, range.lowerBound + start..<range.upperBound + start) : .bytes(bytes, range)
  }

  private func checkedSums(_ count: Int, at offset: Int) throws(SnapshotError) -> [UInt64] {
    let sums = try words(count, at: offset)
    guard sums.withUnsafeBytes({ Checksum.of($0) }) == header[6] else {
      throw .damaged(path: name, section: "the checksums of the pages", offset: offset)
    }
    return sums
  }

  /// The pages as they are read once and for all: who writes to the file later changes nothing.
  private func checkedPages(_ count: Int, _ sums: [UInt64]) -> ImagePages {
    .read(count) { target, first throws(ImageError) in
      for start in stride(from: 0, to: target.count, by: ImageFile.blockSize) {
        let offset = ImageFile.headerSize + first + start
        let part = UnsafeMutableRawBufferPointer(rebasing: target[start..<start + ImageFile.blockSize])
        let got = Self.read(self.file, self.bytes, part, at: self.start + offset)
        if got != part.count {
          self.readingError = .wrongLength(path: self.name, expected: offset + part.count, found: offset + got)
        } else if Checksum.of(UnsafeRawBufferPointer(part)) != sums[(first + start) / ImageFile.blockSize] {
          self.readingError = .damaged(path: self.name, section: "a page", offset: offset)
        }
        if let error = self.readingError {
          throw ImageError(message: "\(error)", offset: first + start, section: .pages)
        }
      }
    }
  }

  func readDelta(on parent: ImageReading, for machine: Machine) throws(SnapshotError) -> ImageDelta {
    guard header[0] == ImageFile.deltaMagic, header[3] == parent.hash else {
      throw .missingParent(path: name, parent: header[3])
    }
    try checkProgram(machine)
    let size = Int(clamping: header[4])
    guard size >= 0, size % 8 == 0, size < 1 << 40, byteCount == ImageFile.deltaHeaderSize + size else {
      throw .wrongLength(path: name, expected: ImageFile.deltaHeaderSize &+ size, found: byteCount)
    }
    let content = try words(size / 8, at: ImageFile.deltaHeaderSize)
    guard content.withUnsafeBytes({ Checksum.of($0) }) == header[5] else {
      throw .damaged(path: name, section: "the changes", offset: ImageFile.deltaHeaderSize)
    }
    do throws(ImageError) { return try ImageDelta(content) } catch {
      throw .unsound(
        path: name, section: "the changes", offset: ImageFile.deltaHeaderSize + error.offset, reason: error.message)
    }
  }

  private func checkProgram(_ machine: Machine) throws(SnapshotError) {
    guard header[2] == machine.layoutFingerprint else { throw .otherProgram(path: name) }
  }

  private func words(_ count: Int, at offset: Int) throws(SnapshotError) -> [UInt64] {
    var got = 0
    let result = [UInt64](unsafeUninitializedCapacity: count) { target, filled in
      got = Self.read(file, bytes, UnsafeMutableRawBufferPointer(target), at: start + offset)
      filled = got / 8
    }
    guard result.count == count else {
      throw .wrongLength(path: name, expected: offset + count * 8, found: offset + got)
    }
    return result
  }

  /// How many bytes there were to read.
  private static func read(
    _ file: Int32, _ source: [UInt8], _ target: UnsafeMutableRawBufferPointer, at offset: Int
  ) -> Int {
    if file < 0 {
      let count = max(0, min(target.count, source.count - offset))
      source.withUnsafeBytes {
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[min(offset, source.count)...].prefix(count)))
      }
      return count
    }
    return readFile(file, into: target, at: offset)
  }
}
