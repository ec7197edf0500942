import CVMRuntime
import Glibc

/// Machines as images in files: for the places that only this program writes to, such as the checkpoints of a session and
/// the executions of a store. ImageFormat.md has every byte.
///
/// A full image is a page of header, the heap's pages as they are, the metadata and a checksum for each block of pages.
/// Nothing is copied while saving; when restoring, pages come from the file when they are first touched. A delta is a header
/// and what differs from the image that its parent's hash names.
public enum ImageFile {
  static let magic: UInt64 = 0x0a1a_0a0d_474d_4943
  static let deltaMagic: UInt64 = 0x0a1a_0a0d_544c_4443
  static let version: UInt64 = 2
  static let headerSize = 4096
  static let deltaHeaderSize = fieldCount * 8
  static let blockSize = 65536
  static let fieldCount = 8

  /// Where an image is read from.
  public enum Source {
    case file(String)
    case bytes([UInt8])

    var name: String {
      switch self {
      case .file(let path): path
      case .bytes: "the image"
      }
    }
  }

  /// Whether bytes begin as a full image does, compressed or not.
  public static func isImage(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: withUnsafeBytes(of: magic.littleEndian, Array.init)) || PackedImage.isPacked(bytes)
  }

  /// Gives a fresh machine the state of an image: of a full one, or of the last of the deltas that follow it, each told from
  /// the one before. Where anybody may have written them, all of their content is validated before it is believed; of the
  /// program's own, pages are read when they are first touched. After an error the machine is of no use.
  public static func restore(
    _ chain: [Source], into machine: Machine, validates: Bool = false,
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    guard let first = chain.first else { preconditionFailure("a chain of images begins with a full one") }
    let full = try ImageReading(first)
    var deltas: [ImageReading] = []
    for source in chain.dropFirst() { deltas.append(try ImageReading(source)) }
    try restore(full, deltas, into: machine, validates: validates, makeSource: makeSource)
  }

  static func restore(
    _ full: ImageReading, _ deltas: [ImageReading], into machine: Machine, validates: Bool,
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    let (metadata, pages) = try full.readFull(for: machine, validates: validates)
    var last = full
    var changes: [ImageDelta] = []
    for delta in deltas {
      changes.append(try delta.readDelta(on: last, for: machine))
      last = delta
    }
    do throws(ImageError) {
      try machine.restore(
        image: metadata, pages, deltas: changes, hash: last.hash, validates: validates, makeSource: makeSource)
    } catch {
      throw full.readingError ?? last.unsound(error)
    }
  }
}
