import Glibc

/// What the host lets programs do with files. It belongs to the host: no checkpoint brings rights along.
public final class FileAccess {
  /// The folders that programs see; nil: none.
  public var sandbox: Sandbox?
  /// Whether `fs.readFile("-")` reads the standard input of the process.
  public var readsStandardInput: Bool
  /// The files that programs wrote, in order.
  public private(set) var writtenPaths: [String] = []
  private let input: StandardInput
  private var temporaryCount = 0

  /// `input` is the descriptor that `fs.readFile("-")` reads.
  public init(sandbox: Sandbox? = nil, readsStandardInput: Bool = false, input: Int32 = STDIN_FILENO) {
    self.sandbox = sandbox
    self.readsStandardInput = readsStandardInput
    self.input = StandardInput(input)
  }

  /// How an operation ended.
  enum Outcome<Result> {
    case done(Result)
    /// The path means nothing that the program may see.
    case refused
    /// The run is to stop; nothing was changed.
    case interrupted
    /// So much memory would be needed.
    case tooLarge(Int)
  }

  /// Asked in the midst of long work: whether the run is to stop, and whether so many bytes are to be had.
  struct Limits {
    var mustStop: () -> Bool
    var fits: (Int) -> Bool
  }

  // MARK: Reading

  func read(_ path: String, _ limits: Limits) -> Outcome<[UInt8]> {
    if path == "-" { return readsStandardInput ? input.read(limits) : .refused }
    guard let sandbox else { return .refused }
    for place in sandbox.places(path) {
      let outcome = read(place, sandbox, limits)
      if case .refused = outcome { continue }
      return outcome
    }
    return .refused
  }

  private func read(_ place: Sandbox.Place, _ sandbox: Sandbox, _ limits: Limits) -> Outcome<[UInt8]> {
    guard let file = openRegular(place, sandbox), let status = file.status else { return .refused }
    let size = max(Int(status.st_size), 0)
    guard limits.fits(size) else { return .tooLarge(size) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    while true {
      if limits.mustStop() { return .interrupted }
      guard let count = append(from: file.number, to: &bytes) else { return .refused }
      if count == 0 { return .done(bytes) }
      if bytes.count > size, !limits.fits(bytes.count) { return .tooLarge(bytes.count) }
    }
  }

  /// Opens a file for reading when it is a regular one. It is looked at before: opening a device can do something.
  private func openRegular(_ place: Sandbox.Place, _ sandbox: Sandbox) -> Descriptor? {
    guard let seen = sandbox.open(place, O_PATH), let before = seen.status, before.st_mode & S_IFMT == S_IFREG,
      !seen.isOfKernel, let file = sandbox.open(place, O_RDONLY | O_NONBLOCK | O_NOCTTY), let status = file.status,
      status.st_mode & S_IFMT == S_IFREG, !file.isOfKernel
    else { return nil }
    return file
  }

  /// Appends what one `read` gives; how much that is, 0 at the end, nil after an error.
  private func append(from file: Int32, to bytes: inout [UInt8]) -> Int? {
    let piece = 1 << 18
    var buffer = [UInt8](repeating: 0, count: piece)
    while true {
      let count = Glibc.read(file, &buffer, piece)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      bytes += buffer[..<count]
      return count
    }
  }

  // MARK: Writing

  func write(_ path: String, _ bytes: [UInt8], _ limits: Limits) -> Outcome<Bool> {
    guard path != "-", let sandbox, let place = sandbox.places(path).first else { return .refused }
    let made = MadeFolders()
    let outcome = write(place, sandbox, bytes, limits, making: made)
    if case .done = outcome { return outcome }
    made.remove()
    return outcome
  }

  private func write(
    _ place: Sandbox.Place, _ sandbox: Sandbox, _ bytes: [UInt8], _ limits: Limits, making made: MadeFolders
  ) -> Outcome<Bool> {
    guard let (folder, name) = sandbox.parent(of: place, making: made), !folder.isOfKernel else { return .refused }
    guard let mode = modeToWrite(folder, name) else { return .refused }
    temporaryCount += 1
    let temporary = ".cvm-\(getpid())-\(temporaryCount)-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = openat(
      folder.number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(0o666))
    guard descriptor >= 0 else { return .refused }
    let file = Descriptor(descriptor)
    if let mode { fchmod(descriptor, mode) }
    let outcome = writeAll(bytes, to: file, limits)
    if case .done = outcome, renameat(folder.number, temporary, folder.number, name) == 0 {
      writtenPaths.append(place.absolutePath)
      return .done(true)
    }
    unlinkat(folder.number, temporary, 0)
    if case .interrupted = outcome { return .interrupted }
    return .refused
  }

  /// The mode of a file that is to be replaced; the inner nil when there is none, the outer when it may not be replaced.
  private func modeToWrite(_ folder: Descriptor, _ name: String) -> mode_t?? {
    var status = stat()
    guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return errno == ENOENT ? .some(nil) : nil
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = openat(folder.number, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = Descriptor(descriptor)
    guard let opened = file.status, opened.st_mode & S_IFMT == S_IFREG else { return nil }
    return .some(opened.st_mode & 0o777)
  }

  private func writeAll(_ bytes: [UInt8], to file: Descriptor, _ limits: Limits) -> Outcome<Bool> {
    var position = 0
    while position < bytes.count {
      if limits.mustStop() { return .interrupted }
      let count = bytes.withUnsafeBytes {
        Glibc.write(file.number, $0.baseAddress.map { $0 + position }, min(bytes.count - position, 1 << 20))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return .refused }
      position += count
    }
    return .done(true)
  }

  // MARK: Listing

  func list(_ path: String, recursive: Bool, filter: String?, _ limits: Limits) -> Outcome<[String]> {
    guard let sandbox else { return .done([]) }
    let glob = filter.map(Glob.init)
    var found: Set<String> = []
    for place in sandbox.places(path) {
      guard let root = sandbox.open(place, O_RDONLY | O_DIRECTORY | O_NONBLOCK), !root.isOfKernel else { continue }
      var walk = FolderWalk(place, sandbox, glob, limits)
      guard walk.visit(root, recursive: recursive, into: &found) else { return .interrupted }
    }
    guard limits.fits(found.reduce(0) { $0 + $1.utf8.count + 32 }) else {
      return .tooLarge(found.count * 128)
    }
    return .done(found.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) })
  }
}

/// Finds the files in a folder and, where asked, in those inside it.
private struct FolderWalk {
  private let place: Sandbox.Place
  private let sandbox: Sandbox
  private let glob: Glob?
  private let limits: FileAccess.Limits
  private var steps = 0

  init(_ place: Sandbox.Place, _ sandbox: Sandbox, _ glob: Glob?, _ limits: FileAccess.Limits) {
    self.place = place
    self.sandbox = sandbox
    self.glob = glob
    self.limits = limits
  }

  /// False when the run is to stop.
  mutating func visit(_ root: Descriptor, recursive: Bool, into found: inout Set<String>) -> Bool {
    var pending: [String] = []
    guard read(root, "", recursive, &pending, &found) else { return false }
    while let relative = pending.popLast() {
      let inner = Sandbox.Place(folder: place.folder, path: place.path == "." ? relative : place.path + "/" + relative)
      guard let folder = sandbox.open(inner, O_RDONLY | O_DIRECTORY | O_NONBLOCK), !folder.isOfKernel else { continue }
      guard read(folder, relative + "/", recursive, &pending, &found) else { return false }
    }
    return true
  }

  private mutating func read(
    _ folder: Descriptor, _ prefix: String, _ recursive: Bool, _ pending: inout [String], _ found: inout Set<String>
  ) -> Bool {
    let copy = dup(folder.number)
    guard copy >= 0, let stream = fdopendir(copy) else {
      if copy >= 0 { close(copy) }
      return true
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      steps += 1
      if steps & 0xff == 0, limits.mustStop() { return false }
      guard let name = Self.name(of: entry), name != ".", name != ".." else { continue }
      var status = stat()
      guard fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      let relative = prefix + name
      switch status.st_mode & S_IFMT {
      case S_IFDIR: if recursive { pending.append(relative) }
      case S_IFREG: if glob?.matches(name: name, path: relative) ?? true { found.insert(path(relative)) }
      default: continue
      }
    }
    return true
  }

  /// Nil for a name that is no text.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
    }
  }

  private func path(_ relative: String) -> String {
    let base = clean
    return base == "/" ? "/" + relative : base + "/" + relative
  }

  /// The absolute path of the folder, without `.`, `..` and doubled slashes.
  private var clean: String {
    var parts: [Substring] = []
    for part in place.absolutePath.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
