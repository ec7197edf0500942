import CVMRuntime
import Glibc

/// A machine's state as an image in a file without a name: nobody else can open it, and it is gone with the process that
/// keeps it, however that ends.
public final class KeptImage {
  private let file: Int32
  private let folder: String
  /// The size of the file.
  public let byteCount: Int
  /// Where the pages stand in the file, and how many bytes they are.
  private let pages: Range<Int>

  /// Takes the state of a machine that stands between two instructions; the file stands on the disk of a folder.
  public init(_ machine: Machine, folder: String) throws(SnapshotError) {
    let file = try Self.openNameless(in: folder)
    var byteCount = 0
    var pages = 0..<0
    do throws(SnapshotError) {
      try ImageFile.withParts(of: machine) { parts throws(SnapshotError) in
        for part in parts { try writeAll(part, to: file, folder) }
        byteCount = parts.reduce(0) { $0 + $1.count }
        pages = parts[0].count..<parts[0].count + parts[1].count
      }
    } catch {
      close(file)
      throw error
    }
    (self.file, self.folder, self.byteCount, self.pages) = (file, folder, byteCount, pages)
  }

  deinit { close(file) }

  /// Gives a fresh machine this state; its pages are read when they are first touched. After an error the machine is of no
  /// use.
  public func restore(
    into machine: Machine, makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(SnapshotError) {
    try ImageFile.restore(file, folder, into: machine, makeSource: makeSource)
  }

  private static func openNameless(in folder: String) throws(SnapshotError) -> Int32 {
    var template = Array("\(folder)/image-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw systemError("write", folder) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }
}
