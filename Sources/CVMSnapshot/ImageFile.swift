import CVMRuntime
import Glibc

/// Machines as images in files: for the places that only this program writes to, such as the checkpoints of a session.
///
/// A page of header, the heap's pages as they are, and the metadata. Header and metadata have checksums. Nothing is copied
/// while saving; when restoring, pages come from the file when they are first touched.
public enum ImageFile {
  static let magic: UInt64 = 0x0a1a_0a0d_474d_4943
  static let version: UInt64 = 1
  static let headerSize = 4096
  private static let fieldCount = 8

  /// Writes the machine's state: either all of it or nothing.
  public static func write(_ machine: Machine, to path: String, syncs: Bool = true) throws(SnapshotError) {
    try withParts(of: machine) { parts throws(SnapshotError) in try writeAtomically(parts, to: path, syncs: syncs) }
  }

  /// Calls a function with what a file with the machine's state consists of.
  static func withParts(
    of machine: Machine, _ body: ([UnsafeRawBufferPointer]) throws(SnapshotError) -> Void
  ) throws(SnapshotError) {
    let metadata = machine.imageMetadata()
    let pages = machine.imagePages
    let metadataSum = metadata.withUnsafeBytes { Checksum.of($0) }
    var fields: [UInt64] = [
      magic, version, machine.layoutFingerprint, UInt64(pages.count), UInt64(metadata.count * 8), metadataSum, 0,
    ]
    fields.append(fields.withUnsafeBytes { Checksum.of($0) })
    var header = [UInt64](repeating: 0, count: headerSize / 8)
    header.replaceSubrange(0..<fieldCount, with: fields)
    var failure: SnapshotError?
    header.withUnsafeBytes { header in
      metadata.withUnsafeBytes { metadata in
        do throws(SnapshotError) { try body([header, pages, metadata]) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Gives a fresh machine the state that a file holds. After an error the machine is of no use.
  public static func restore(
    _ path: String, into machine: Machine, makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw systemError("read", path) }
    defer { close(file) }
    try restore(file, path, into: machine, makeSource: makeSource)
  }

  /// Gives a fresh machine the state that an open file holds. After an error the machine is of no use.
  static func restore(
    _ file: Int32, _ path: String, into machine: Machine,
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    let header = try words(fieldCount, of: file, at: 0, path)
    guard header[0] == magic else { throw .foreign(path: path) }
    guard header[1] == version else { throw .newerVersion(path: path, version: Int(clamping: header[1])) }
    guard header.dropLast().withUnsafeBytes({ Checksum.of($0) }) == header[fieldCount - 1] else {
      throw .damaged(path: path, section: "the header", offset: 0)
    }
    guard header[2] == machine.layoutFingerprint else { throw .otherProgram(path: path) }
    let (pages, size) = (Int(clamping: header[3]), Int(clamping: header[4]))
    var status = stat()
    guard fstat(file, &status) == 0 else { throw systemError("read", path) }
    guard Int(status.st_size) == headerSize + pages + size, size % 8 == 0 else {
      throw .wrongLength(path: path, expected: headerSize + pages + size, found: Int(status.st_size))
    }
    let metadata = try words(size / 8, of: file, at: headerSize + pages, path)
    guard metadata.withUnsafeBytes({ Checksum.of($0) }) == header[5] else {
      throw .damaged(path: path, section: "the metadata", offset: headerSize + pages)
    }
    do throws(ImageError) {
      try machine.restore(image: metadata, pages: file, at: headerSize, makeSource: makeSource)
    } catch {
      throw .damaged(path: path, section: "the metadata (\(error))", offset: headerSize + pages + error.offset)
    }
  }

  private static func words(
    _ count: Int, of file: Int32, at offset: Int, _ path: String
  ) throws(SnapshotError) -> [UInt64] {
    var got = 0
    let result = [UInt64](unsafeUninitializedCapacity: count) { target, filled in
      let bytes = UnsafeMutableRawBufferPointer(target)
      while got < bytes.count {
        let step = pread(file, bytes.baseAddress! + got, bytes.count - got, off_t(offset + got))
        if step < 0, errno == EINTR { continue }
        if step <= 0 { break }
        got += step
      }
      filled = got / 8
    }
    guard result.count == count else {
      throw .wrongLength(path: path, expected: offset + count * 8, found: offset + got)
    }
    return result
  }
}
