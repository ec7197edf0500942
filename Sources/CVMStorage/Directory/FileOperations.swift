import Glibc

/// What the directory store asks of the operating system, all in one place, where tests let it fail.
public struct FileOperations: Sendable {
  public enum Operation: String, Sendable, CaseIterable {
    case open, read, write, sync, rename, link, unlink, makeFolder, lock
  }

  /// How an operation goes wrong.
  public enum Fault: Sendable {
    /// With an error number, having done nothing.
    case error(Int32)
    /// Only so many bytes are written before it fails.
    case shortWrite(Int, Int32)
  }

  /// Asked before each operation; nil lets it happen.
  public var fault: (@Sendable (Operation, _ path: String) -> Fault?)?
  var syncs: Bool

  public init(
    durability: Durability = .powerLoss, fault: (@Sendable (Operation, _ path: String) -> Fault?)? = nil
  ) {
    syncs = durability == .powerLoss
    self.fault = fault
  }

  private func prepare(_ operation: Operation, _ path: String) throws(StorageError) {
    guard let fault = fault?(operation, path) else { return }
    switch fault {
    case .error(let number), .shortWrite(_, let number): throw error(operation, path, number)
    }
  }

  private func error(_ operation: Operation, _ path: String, _ number: Int32 = errno) -> StorageError {
    .system(operation: operation.rawValue, path: path, reason: String(cString: strerror(number)))
  }

  // MARK: Files

  /// Calls a function with an open file and closes it.
  func withFile<Result>(
    _ path: String, _ flags: Int32, _ body: (Int32) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    try prepare(.open, path)
    let file = Glibc.open(path, flags | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw error(.open, path) }
    defer { close(file) }
    return try body(file)
  }

  func write(_ parts: [[UInt8]], to file: Int32, at offset: Int, _ path: String) throws(StorageError) {
    var allowed = Int.max
    var failure: Int32 = 0
    if let fault = fault?(.write, path) {
      switch fault {
      case .error(let number): (allowed, failure) = (0, number)
      case .shortWrite(let count, let number): (allowed, failure) = (count, number)
      }
    }
    var place = offset
    for part in parts {
      var done = 0
      while done < part.count {
        let count = min(part.count - done, allowed)
        guard count > 0 else { throw error(.write, path, failure) }
        let written = part.withUnsafeBytes { pwrite(file, $0.baseAddress! + done, count, off_t(place)) }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw error(.write, path) }
        done += written
        place += written
        allowed -= written
      }
    }
  }

  func truncate(_ file: Int32, to size: Int, _ path: String) throws(StorageError) {
    try prepare(.write, path)
    guard ftruncate(file, off_t(size)) == 0 else { throw error(.write, path) }
  }

  func sync(_ file: Int32, _ path: String) throws(StorageError) {
    try prepare(.sync, path)
    guard !syncs || fsync(file) == 0 else { throw error(.sync, path) }
  }

  func syncFolder(_ path: String) throws(StorageError) {
    try withFile(path, O_RDONLY | O_DIRECTORY) { file throws(StorageError) in try sync(file, path) }
  }

  /// The bytes of a file from an offset on; nil when there is none.
  func read(_ path: String, from offset: Int = 0, upTo limit: Int = .max) throws(StorageError) -> [UInt8]? {
    try prepare(.read, path)
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard file >= 0 else { throw error(.read, path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw error(.read, path) }
    let count = min(max(Int(status.st_size) - offset, 0), limit)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      while filled < count {
        let got = pread(file, target.baseAddress! + filled, count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    if failure != 0 { throw error(.read, path, failure) }
    return bytes
  }

  /// Writes a file so that at any instant there is the old one or the new one. Its folder is not synced.
  func replace(_ path: String, _ parts: [[UInt8]], isDurable: Bool = true) throws(StorageError) {
    let temporary = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).new"
    do throws(StorageError) {
      try withFile(temporary, O_WRONLY | O_CREAT | O_TRUNC) { file throws(StorageError) in
        try write(parts, to: file, at: 0, temporary)
        if isDurable { try sync(file, temporary) }
      }
      try rename(temporary, to: path)
    } catch {
      Glibc.unlink(temporary)
      throw error
    }
  }

  func rename(_ path: String, to other: String) throws(StorageError) {
    try prepare(.rename, other)
    guard Glibc.rename(path, other) == 0 else { throw error(.rename, other) }
  }

  /// Gives a file a second name; false when that is not possible.
  func link(_ path: String, as other: String) throws(StorageError) -> Bool {
    try prepare(.link, other)
    return Glibc.link(path, other) == 0
  }

  /// Removes a file; what is not there needs no removal.
  func unlink(_ path: String) throws(StorageError) {
    try prepare(.unlink, path)
    guard Glibc.unlink(path) == 0 || errno == ENOENT else { throw error(.unlink, path) }
  }

  // MARK: Folders

  /// False when it was there already.
  @discardableResult
  func makeFolder(_ path: String) throws(StorageError) -> Bool {
    try prepare(.makeFolder, path)
    if mkdir(path, 0o700) == 0 { return true }
    guard errno == EEXIST else { throw error(.makeFolder, path) }
    return false
  }

  /// The names in a folder, sorted; none when there is no such folder.
  func names(in path: String) throws(StorageError) -> [String] {
    try prepare(.read, path)
    guard let folder = opendir(path) else {
      if errno == ENOENT { return [] }
      throw error(.read, path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder of files and such folders, as far as possible.
  func removeFolder(_ path: String) {
    for name in (try? names(in: path)) ?? [] {
      let inner = "\(path)/\(name)"
      if Glibc.unlink(inner) != 0, errno == EISDIR || errno == EPERM { removeFolder(inner) }
    }
    rmdir(path)
  }

  func linkCount(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_nlink) : nil
  }

  /// The seconds since something changed in a folder.
  func age(_ path: String) -> Double? {
    var status = stat()
    return stat(path, &status) == 0 ? currentTime() - Double(status.st_mtim.tv_sec) : nil
  }

  // MARK: Locks

  /// Calls a function while no other process or thread is in one with the same lock file. Nil when the file is not there,
  /// or was replaced or removed meanwhile.
  func locked<Result>(
    _ path: String, creates: Bool = false, _ body: () throws(StorageError) -> Result
  ) throws(StorageError) -> Result? {
    try prepare(.lock, path)
    let file = Glibc.open(path, O_RDWR | O_CLOEXEC | (creates ? O_CREAT : 0), 0o600)
    if file < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard file >= 0 else { throw error(.lock, path) }
    // Closing gives the lock back, as the end of the process does.
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 { guard errno == EINTR else { throw error(.lock, path) } }
    var (held, named) = (stat(), stat())
    guard fstat(file, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino, held.st_dev == named.st_dev
    else { return nil }
    return try body()
  }
}
