import Glibc

/// Writes a file so that at any instant there is the old one or the new one: into a temporary file beside it, which is
/// brought to the disk and then renamed.
func writeAtomically(_ parts: [UnsafeRawBufferPointer], to path: String, syncs: Bool = true) throws(SnapshotError) {
  let directory = directoryName(path)
  let temporary = "\(path).tmp-\(getpid())"
  let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard file >= 0 else { throw systemError("write", path) }
  do throws(SnapshotError) {
    for part in parts { try writeAll(part, to: file, path) }
    if syncs, fsync(file) != 0 { throw systemError("write", path) }
  } catch {
    close(file)
    unlink(temporary)
    throw error
  }
  guard close(file) == 0, rename(temporary, path) == 0 else {
    let error = systemError("write", path)
    unlink(temporary)
    throw error
  }
  guard syncs else { return }
  let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if folder >= 0 {
    fsync(folder)
    close(folder)
  }
}

/// Told how far long work is.
typealias WorkObserver = (_ phase: String, _ completed: Int, _ total: Int) -> Void

/// So much that a disk has something to do, so little that somebody who waits sees it grow.
private let writtenAtOnce = 16 << 20

/// Writes all bytes, in as many steps as it takes.
func writeAll(
  _ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String, observer: WorkObserver? = nil
) throws(SnapshotError) {
  var rest = bytes
  while !rest.isEmpty {
    observer?("writing", bytes.count - rest.count, bytes.count)
    let written = write(file, rest.baseAddress, min(rest.count, writtenAtOnce))
    if written < 0 {
      if errno == EINTR { continue }
      throw systemError("write", path)
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
  }
}

/// The whole content of a file; the caller frees it.
func readWholeFile(_ path: String) throws(SnapshotError) -> UnsafeMutableRawBufferPointer {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw systemError("read", path) }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw systemError("read", path) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw .system(operation: "read", path: path, reason: "it is no plain file")
  }
  let count = Int(status.st_size)
  let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 4096)
  var position = 0
  while position < count {
    guard let start = bytes.baseAddress else { break }
    let got = read(file, start + position, count - position)
    if got < 0, errno == EINTR { continue }
    if got < 0 {
      let error = systemError("read", path)
      bytes.deallocate()
      throw error
    }
    // It became shorter meanwhile: its length will not fit.
    if got == 0 { break }
    position += got
  }
  return UnsafeMutableRawBufferPointer(rebasing: bytes[..<position])
}

func systemError(_ operation: String, _ path: String) -> SnapshotError {
  .system(operation: operation, path: path, reason: String(cString: strerror(errno)))
}

private func directoryName(_ path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
