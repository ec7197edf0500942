import CVMDispatch
import Glibc

/// Opens a place in the file system without opening the file.
let O_PATH = cvm_o_path()

/// A folder that programs may use, held open: what it is called later does not matter.
final class SandboxFolder {
  /// The absolute path by which the host named it.
  let path: String
  /// The path without symbolic links.
  let realPath: String
  let descriptor: Int32

  fileprivate init(path: String, realPath: String, descriptor: Int32) {
    self.path = path
    self.realPath = realPath
    self.descriptor = descriptor
  }
  deinit { close(descriptor) }
}

/// Why a folder can't be a sandbox.
public struct SandboxError: Error, CustomStringConvertible {
  /// As the host named it.
  public let folder: String
  public let reason: String
  public var description: String { "\(folder): \(reason)" }
}

/// The folders that programs see. Everything is resolved beneath their descriptors, so that neither `..` nor a symbolic
/// link nor a race with whoever renames things leads out of them.
public final class Sandbox {
  let folders: [SandboxFolder]
  /// Whether the kernel resolves paths (`openat2`); else they are walked folder by folder.
  private let usesKernel: Bool

  /// Opens the folders. `walks` is for kernels without `openat2`, and for tests.
  public init(folders names: [String], walks: Bool = false) throws(SandboxError) {
    var folders: [SandboxFolder] = []
    for name in names {
      let descriptor = name.utf8.contains(0) ? -1 : Glibc.open(name, O_PATH | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0, let real = realpath(name, nil) else {
        throw SandboxError(folder: name, reason: descriptor < 0 ? String(cString: strerror(errno)) : "it has no path")
      }
      defer { free(real) }
      folders.append(
        SandboxFolder(
          path: Self.absolute(name), realPath: String(cString: real), descriptor: descriptor))
    }
    self.folders = folders
    usesKernel = !walks && Self.kernelResolves
  }

  /// The paths by which the host named the folders.
  public var paths: [String] { folders.map(\.path) }

  private static let kernelResolves: Bool = {
    let root = Glibc.open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { return false }
    defer { close(root) }
    let descriptor = cvm_open_beneath(root, ".", O_PATH | O_CLOEXEC)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }()

  /// The path from the root on, without `.`, `..` and doubled slashes.
  private static func absolute(_ name: String) -> String {
    var text = name
    if !name.hasPrefix("/"), let current = getcwd(nil, 0) {
      text = String(cString: current) + "/" + name
      free(current)
    }
    var parts: [Substring] = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  // MARK: Paths

  /// A place in a folder of the sandbox.
  struct Place {
    let folder: SandboxFolder
    /// Relative to the folder; `.` for the folder itself.
    let path: String

    /// The absolute path, as the host names the folder.
    var absolutePath: String {
      if path == "." { return folder.path }
      return folder.path == "/" ? "/" + path : folder.path + "/" + path
    }
  }

  /// The places that a program's path may mean: of an absolute path those in folders whose path it begins with; of another
  /// one those in all folders.
  func places(_ path: String) -> [Place] {
    guard !path.isEmpty, path.utf8.count < 4096, !path.utf8.contains(0) else { return [] }
    guard path.hasPrefix("/") else { return folders.map { Place(folder: $0, path: path) } }
    let path = Self.withoutEmptyParts(path)
    var found: [Place] = []
    for folder in folders {
      for prefix in folder.path == folder.realPath ? [folder.path] : [folder.path, folder.realPath] {
        guard let rest = Self.rest(of: path, behind: prefix) else { continue }
        found.append(Place(folder: folder, path: rest))
        break
      }
    }
    return found
  }

  /// `//a/./b/` as `/a/b/`; `..` stays.
  private static func withoutEmptyParts(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let text = "/" + parts.filter { $0 != "." }.joined(separator: "/")
    return text != "/" && (path.hasSuffix("/") || parts.last == ".") ? text + "/" : text
  }

  private static func rest(of path: String, behind prefix: String) -> String? {
    if path == prefix { return "." }
    let start = prefix == "/" ? "/" : prefix + "/"
    guard path.hasPrefix(start) else { return nil }
    let rest = path.dropFirst(start.count).drop { $0 == "/" }
    return rest.isEmpty ? "." : String(rest)
  }

  // MARK: Opening

  /// Opens a place that is there; the descriptor, or nil.
  func open(_ place: Place, _ flags: Int32) -> Descriptor? {
    let flags = flags | O_CLOEXEC | O_NOFOLLOW
    guard usesKernel else { return walk(place, flags) }
    let descriptor = cvm_open_beneath(place.folder.descriptor, place.path, flags)
    return descriptor >= 0 ? Descriptor(descriptor) : nil
  }

  /// As `openat2` does it: each folder on the way is opened from the one before, and may not be a symbolic link.
  private func walk(_ place: Place, _ flags: Int32) -> Descriptor? {
    guard let way = way(to: place.path), let parent = descend(place.folder, way.folders) else { return nil }
    var flags = flags
    if way.mustBeFolder { flags |= O_DIRECTORY }
    let descriptor = openat(parent.number, way.name, flags)
    guard descriptor >= 0 else { return nil }
    let opened = Descriptor(descriptor)
    // With O_PATH a symbolic link itself is opened.
    if let status = opened.status, status.st_mode & S_IFMT == S_IFLNK { return nil }
    return opened
  }

  /// A path taken apart.
  private struct Way {
    var folders: [String]
    var name: String
    /// It ends with a slash.
    var mustBeFolder: Bool
  }

  private func way(to path: String) -> Way? {
    guard !path.hasPrefix("/") else { return nil }
    var parts = path.split(separator: "/").map(String.init)
    guard let last = parts.popLast() else { return nil }
    if last == ".." { return Way(folders: parts + [last], name: ".", mustBeFolder: true) }
    return Way(folders: parts, name: last, mustBeFolder: path.hasSuffix("/"))
  }

  /// Opens folder in folder; `..` goes back to the one before, never above the first. Where something notes what is
  /// made, folders that are missing are made.
  private func descend(_ folder: SandboxFolder, _ names: [String], making made: MadeFolders? = nil) -> Descriptor? {
    let start = dup(folder.descriptor)
    guard start >= 0 else { return nil }
    var stack = [Descriptor(start)]
    for name in names where name != "." {
      if name == ".." {
        stack.removeLast()
        if stack.isEmpty { return nil }
        continue
      }
      guard let current = stack.last else { return nil }
      made?.make(name, in: current)
      let next = openat(current.number, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { return nil }
      stack.append(Descriptor(next))
      // Deep paths need few descriptors as long as nothing goes back.
      if stack.count > 64, !names.contains("..") { stack.removeFirst(stack.count - 1) }
    }
    return stack.last
  }

  /// The folder in which a file is to be written, made where it is missing, and the file's name.
  func parent(of place: Place, making made: MadeFolders) -> (folder: Descriptor, name: String)? {
    guard let way = way(to: place.path), !way.mustBeFolder, way.name != ".", way.name.utf8.count <= 255,
      let folder = descend(place.folder, way.folders, making: made)
    else { return nil }
    return (folder, way.name)
  }
}

/// The folders that were made for a file that is to be written: they go again when it is not.
final class MadeFolders {
  private var folders: [(parent: Descriptor, name: String)] = []
  /// Each takes a descriptor. Of more than these, none goes.
  private static let mostNoted = 64

  fileprivate func make(_ name: String, in parent: Descriptor) {
    if mkdirat(parent.number, name, 0o777) == 0, folders.count < Self.mostNoted { folders.append((parent, name)) }
  }

  /// Removes those that nobody has put something into since.
  func remove() {
    for (parent, name) in folders.reversed() { unlinkat(parent.number, name, AT_REMOVEDIR) }
  }
}

/// A file descriptor that is closed when nobody needs it.
final class Descriptor {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { close(number) }

  var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// Whether it is of a file system that shows the kernel's state as files, some of which never end or change the system.
  var isOfKernel: Bool {
    let kind = cvm_file_system_kind(number)
    return kind < 0 || Self.kernelSystems.contains(UInt32(truncatingIfNeeded: kind))
  }

  /// proc, sysfs, debugfs, tracefs, configfs, securityfs, cgroup, cgroup2, devpts, bpf, efivarfs, selinux.
  private static let kernelSystems: Set<UInt32> = [
    0x9fa0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x6265_6570, 0x7363_6673, 0x0027_e0eb, 0x6367_7270, 0x1cd1,
    0xcafe_4a11, 0xde5e_81e4, 0xf97c_ff8c,
  ]
}
