import CVMRuntime
import Glibc

/// A machine's state as an image in a file without a name: nobody else can open it, and it is gone with the process that
/// keeps it, however that ends. Where the machine goes back to an earlier one, only what differs is kept.
public final class KeptImage {
  /// Restoring reads each image of a chain.
  private static let longestChain = 100

  private let file: Int32
  private let folder: String
  /// What names the image.
  public let hash: UInt64
  private let parent: KeptImage?
  private let chainLength: Int
  /// The size of the file.
  public let byteCount: Int

  /// Takes the state of a machine that stands between two instructions; the file stands on the disk of a folder. `earlier`
  /// is the one that the machine was saved as or restored from last, where there is one.
  public init(_ machine: Machine, folder: String, after earlier: KeptImage? = nil) throws(SnapshotError) {
    let changes = earlier.flatMap { Self.changes(of: machine, after: $0) }
    let image = changes ?? ImageCheckpoint(machine)
    let parent = changes == nil ? nil : earlier
    guard let file = openNamelessFile(in: folder) else { throw systemError("write", folder) }
    do throws(SnapshotError) {
      try image.withParts { parts throws(SnapshotError) in for part in parts { try writeAll(part, to: file, folder) } }
    } catch {
      close(file)
      throw error
    }
    image.noteSaved()
    (self.file, self.folder, self.parent) = (file, folder, parent)
    (hash, byteCount, chainLength) = (image.hash, image.byteCount, (parent?.chainLength ?? 0) + 1)
  }

  deinit { close(file) }

  /// Nil where a full image is better.
  private static func changes(of machine: Machine, after earlier: KeptImage) -> ImageCheckpoint? {
    guard earlier.chainLength < longestChain, machine.savedImage?.hash == earlier.hash,
      let image = ImageCheckpoint(changesOf: machine), image.byteCount < machine.imagePages.count / 2
    else { return nil }
    return image
  }

  /// Gives a fresh machine this state; its pages are read when they are first touched. After an error the machine is of no
  /// use.
  public func restore(
    into machine: Machine, makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    var deltas: [ImageReading] = []
    var image = self
    while let parent = image.parent {
      deltas.append(try image.reading)
      image = parent
    }
    try ImageFile.restore(
      try image.reading, deltas.reversed(), into: machine, verifiesPages: false, makeSource: makeSource)
  }

  private var reading: ImageReading {
    get throws(SnapshotError) { try ImageReading(file: file, owns: false, name: folder) }
  }
}
