import CVMRuntime
import Glibc

/// A machine's state as an image in a file that is gone with what keeps it. Where the machine goes back to an earlier one,
/// only what differs is kept.
///
/// A file without a name is gone however the process ends; one of an ``ImageFolder`` is there after a kill.
public final class KeptImage {
  /// Restoring reads each image of a chain.
  private static let longestChain = 100

  /// A file without a name, and where in it; nil where it has a name, by which it is opened when it is read: there may be
  /// very many.
  private let nameless: (file: NamelessFile, offset: Int)?
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
    let (image, parent) = Self.image(of: machine, after: earlier)
    // What is told from an image stands behind it: a file for each would be open as long as the session lives.
    guard let file = parent?.nameless?.file ?? NamelessFile(folder: folder) else { throw systemError("write", folder) }
    let offset = file.byteCount
    try file.append(image, folder, machine.workObserver)
    self.init(machine, image, parent, folder, nameless: (file, offset))
  }

  /// As a file of a folder, with the next number.
  public convenience init(
    _ machine: Machine, in folder: ImageFolder, after earlier: KeptImage? = nil
  ) throws(SnapshotError) {
    let number = folder.takeNumber()
    let path = folder.path(number)
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw systemError("write", path) }
    defer { close(file) }
    let (image, parent) = Self.image(of: machine, after: earlier)
    do throws(SnapshotError) { try image.write(to: file, folder.path, machine.workObserver) } catch {
      unlink(path)
      throw error
    }
    self.init(machine, image, parent, folder.path, place: (folder, number))
  }

  private init(
    _ machine: Machine, _ image: ImageCheckpoint, _ parent: KeptImage?, _ folder: String,
    nameless: (NamelessFile, Int)? = nil, place: (ImageFolder, Int)? = nil
  ) {
    image.noteSaved()
    (self.nameless, self.folder, self.place, self.parent) = (nameless, folder, place, parent)
    (hash, byteCount, chainLength) = (image.hash, image.byteCount, (parent?.chainLength ?? 0) + 1)
    isForeign = parent?.isForeign ?? false
  }

  /// One that another process left in a folder, told from `parent`.
  init(_ reading: ImageReading, in folder: ImageFolder, number: Int, parent: KeptImage?) {
    (nameless, hash, byteCount) = (nil, reading.hash, reading.byteCount)
    (self.folder, place, self.parent) = (folder.path, (folder, number), parent)
    chainLength = (parent?.chainLength ?? 0) + 1
    isForeign = true
  }

  deinit {
    if let place, !place.folder.keepsFiles { unlink(place.folder.path(place.number)) }
  }

  /// Its number among the files of a folder.
  public func number(in folder: ImageFolder) -> Int? {
    place.flatMap { $0.folder === folder ? $0.number : nil }
  }

  /// What differs from an earlier image, and that; or all of the machine.
  private static func image(of machine: Machine, after earlier: KeptImage?) -> (ImageCheckpoint, parent: KeptImage?) {
    if let earlier, let changes = changes(of: machine, after: earlier) { return (changes, earlier) }
    return (ImageCheckpoint(machine), nil)
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
      if let (file, offset) = nameless {
        return try ImageReading(
          file: file.descriptor, owns: false, name: folder, at: offset..<offset + byteCount)
      }
      return try ImageReading(.file(place.map { $0.folder.path($0.number) } ?? folder))
    }
  }
}

extension ImageCheckpoint {
  fileprivate func write(to file: Int32, _ path: String, _ observer: WorkObserver?) throws(SnapshotError) {
    try withParts { parts throws(SnapshotError) in
      for part in parts { try writeAll(part, to: file, path, observer: observer) }
    }
  }
}

/// A file without a name that holds an image and what is told from it; gone when none of them is needed any more.
private final class NamelessFile {
  let descriptor: Int32
  private(set) var byteCount = 0

  init?(folder: String) {
    guard let file = openNamelessFile(in: folder) else { return nil }
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Appends all of an image or nothing.
  func append(_ image: ImageCheckpoint, _ path: String, _ observer: WorkObserver?) throws(SnapshotError) {
    do throws(SnapshotError) { try image.write(to: descriptor, path, observer) } catch {
      ftruncate(descriptor, off_t(byteCount))
      lseek(descriptor, off_t(byteCount), SEEK_SET)
      throw error
    }
    byteCount += image.byteCount
  }
}
