import CVMRuntime
import Glibc

/// A machine's state as an image, ready to be written: all of it, or what differs from the one that was saved before.
///
/// The pages are those of the machine itself: it must not go on before they are written.
public final class ImageCheckpoint {
  /// What names the image: of its whole content and, in a delta, of what it is told from.
  public let hash: UInt64
  /// The hash of the image that this one is told from; nil when it stands alone.
  public let parent: UInt64?
  /// The size of the file.
  public let byteCount: Int
  private let machine: Machine
  private let metadata: ImageMetadata
  private let header: [UInt64]
  /// Behind the header and the pages.
  private let words: [[UInt64]]

  /// All of a machine that stands between two instructions.
  public init(_ machine: Machine) {
    let metadata = machine.imageMetadata()
    let pages = machine.imagePages
    let sums = stride(from: 0, to: pages.count, by: ImageFile.blockSize).map { start in
      Checksum.of(UnsafeRawBufferPointer(rebasing: pages[start..<start + ImageFile.blockSize]))
    }
    var fields: [UInt64] = [
      ImageFile.magic, ImageFile.version, machine.layoutFingerprint, UInt64(pages.count),
      UInt64(metadata.words.count * 8), metadata.words.withUnsafeBytes { Checksum.of($0) },
      sums.withUnsafeBytes { Checksum.of($0) },
    ]
    hash = fields.withUnsafeBytes { Checksum.of($0) }
    fields.append(hash)
    header = fields + [UInt64](repeating: 0, count: ImageFile.headerSize / 8 - fields.count)
    words = [metadata.words, sums]
    parent = nil
    byteCount = ImageFile.headerSize + pages.count + (metadata.words.count + sums.count) * 8
    (self.machine, self.metadata) = (machine, metadata)
  }

  /// What differs from the image that the machine was last saved as or restored from; nil when there was none.
  public init?(changesOf machine: Machine) {
    guard let before = machine.savedImage, let (delta, metadata) = machine.imageDelta() else { return nil }
    let content = delta.words
    var fields: [UInt64] = [
      ImageFile.deltaMagic, ImageFile.version, machine.layoutFingerprint, before.hash, UInt64(content.count * 8),
      content.withUnsafeBytes { Checksum.of($0) }, 0,
    ]
    hash = fields.withUnsafeBytes { Checksum.of($0) }
    fields.append(hash)
    header = fields
    words = [content]
    parent = before.hash
    byteCount = (fields.count + content.count) * 8
    (self.machine, self.metadata) = (machine, metadata)
  }

  /// Calls a function with what the file consists of.
  public func withParts(
    _ body: ([UnsafeRawBufferPointer]) throws(SnapshotError) -> Void
  ) throws(SnapshotError) {
    var failure: SnapshotError?
    header.withUnsafeBytes { header in
      words[0].withUnsafeBytes { first in
        (words.count > 1 ? words[1] : []).withUnsafeBytes { second in
          let pages = parent == nil ? [machine.imagePages] : []
          do throws(SnapshotError) { try body([header] + pages + [first, second]) } catch { failure = error }
        }
      }
    }
    if let failure { throw failure }
  }

  /// Writes the file: either all of it or nothing.
  public func write(to path: String, syncs: Bool = true) throws(SnapshotError) {
    try withParts { parts throws(SnapshotError) in try writeAtomically(parts, to: path, syncs: syncs) }
  }

  /// The bytes of the file.
  public var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(byteCount)
    try? withParts { parts throws(SnapshotError) in for part in parts { result += part } }
    return result
  }

  /// From now on deltas are told from this image: it is where it will be found.
  public func noteSaved() { machine.noteSaved(as: hash, metadata) }
}
