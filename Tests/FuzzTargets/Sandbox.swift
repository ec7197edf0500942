import Foundation

extension FuzzTarget {
  /// The folder that inputs may write to, which is removed when the process ends.
  nonisolated(unsafe) private(set) static var folder = ""

  /// Makes a process one in which inputs do no harm: it works in a folder of its own, finds no programs to start, and has
  /// no files of the user's.
  public static func confineProcess() {
    // Where no shell would notice, Ctrl-Z stops nothing.
    setsid()
    // In memory where the system has such a place.
    let root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(root)/cvm-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no folder to work in") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    chdir(folder)
    for (name, value) in [
      ("HOME", folder), ("XDG_STATE_HOME", folder), ("PATH", folder), ("TERM", "xterm-256color"), ("EDITRC", ""),
      ("EDITOR", folder + "/none"), ("VISUAL", folder + "/none"), ("PAGER", folder + "/none"),
      ("SHELL", folder + "/none"),
    ] { setenv(name, value, 1) }
    atexit { try? FileManager.default.removeItem(atPath: FuzzTarget.folder) }
  }

  /// Removes what inputs left behind.
  static func emptyFolder() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }
}
