import CVMRuntime
import Glibc

/// A machine's state as an image in a file that is gone with what keeps it. Where the machine goes back to an earlier one,
/// only what differs is kept.
///
/// A file without a name is gone however the process ends; one of an ``ImageFolder`` is there after a kill.
public final class KeptImage {
  /// Restoring reads each image of a chain.
  private static let longestChain = 100

  /// A file without a name; nil where it has one, by which it is opened when it is read: there may be very many.
  private let file: Int32?
  private let folder: String
  /// Where the file has a name, and its number there.
  private let place: (folder: ImageFolder, number: Int)?
  /// What names the image.
  public let hash: UInt64
  private let parent: KeptImage?
  private let chainLength: Int
  /// Whether another process left it, or what it is told from: anybody may have written to its file meanwhile.
  private let isForeign: Bool
  /// The size of the file.
  public let byteCount: Int

  /// Takes the state of a machine that stands between two instructions; the file stands on the disk of a folder. `earlier`
  /// is the one that the machine was saved as or restored from last, where there is one.
  public convenience init(
    _ machine: Machine, folder: String, after earlier: KeptImage? = nil
  ) throws(SnapshotError) {
    guard let file = openNamelessFile(in: folder) else { throw systemError("write", folder) }
    try self.init(machine, file, folder: folder, nil, after: earlier)
  }

  /// As a file of a folder, with the next number.
  public convenience init(
    _ machine: Machine, in folder: ImageFolder, after earlier: KeptImage? = nil
  ) throws(SnapshotError) {
    let number = folder.takeNumber()
    let file = open(folder.path(number), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw systemError("write", folder.path(number)) }
    do throws(SnapshotError) {
      try self.init(machine, file, folder: folder.path, (folder, number), after: earlier)
    } catch {
      unlink(folder.path(number))
      throw error
    }
  }

  private init(
    _ machine: Machine, _ file: Int32, folder: String, _ place: (folder: ImageFolder, number: Int)?,
    after earlier: KeptImage?
  ) throws(SnapshotError) {
    let changes = earlier.flatMap { Self.changes(of: machine, after: $0) }
    let image = changes ?? ImageCheckpoint(machine)
    let parent = changes == nil ? nil : earlier
    do throws(SnapshotError) {
      try image.withParts { parts throws(SnapshotError) in
        for part in parts { try writeAll(part, to: file, folder, observer: machine.workObserver) }
      }
    } catch {
      close(file)
      throw error
    }
    image.noteSaved()
    if place != nil { close(file) }
    (self.file, self.folder, self.place, self.parent) = (place == nil ? file : nil, folder, place, parent)
    (hash, byteCount, chainLength) = (image.hash, image.byteCount, (parent?.chainLength ?? 0) + 1)
    isForeign = parent?.isForeign ?? false
  }

  /// One that another process left in a folder, told from `parent`.
  init(_ reading: ImageReading, in folder: ImageFolder, number: Int, parent: KeptImage?) {
    (file, hash, byteCount) = (nil, reading.hash, reading.byteCount)
    (self.folder, place, self.parent) = (folder.path, (folder, number), parent)
    chainLength = (parent?.chainLength ?? 0) + 1
    isForeign = true
  }

  deinit {
    if let file { close(file) }
    if let place, !place.folder.keepsFiles { unlink(place.folder.path(place.number)) }
  }

  /// Its number among the files of a folder.
  public func number(in folder: ImageFolder) -> Int? {
    place.flatMap { $0.folder === folder ? $0.number : nil }
  }

  /// Nil where a full image is better.
  private static func changes(of machine: Machine, after earlier: KeptImage) -> ImageCheckpoint? {
    guard earlier.chainLength < longestChain, machine.savedImage?.hash == earlier.hash,
      let image = ImageCheckpoint(changesOf: machine), image.byteCount < machine.imagePages.count / 2
    else { return nil }
    return image
  }

  /// Gives a fresh machine this state. What this process wrote is read when it is first touched; what another one left is
  /// validated each time. After an error the machine is of no use.
  public func restore(
    into machine: Machine,
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    var deltas: [ImageReading] = []
    var image = self
    while let parent = image.parent {
      deltas.append(try image.reading)
      image = parent
    }
    try ImageFile.restore(
      try image.reading, deltas.reversed(), into: machine, validates: isForeign, makeSource: makeSource)
  }

  private var reading: ImageReading {
    get throws(SnapshotError) {
      if let file { return try ImageReading(file: file, owns: false, name: folder) }
      return try ImageReading(.file(place.map { $0.folder.path($0.number) } ?? folder))
    }
  }
}
