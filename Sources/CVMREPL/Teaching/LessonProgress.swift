import Glibc

/// Which lessons somebody has done, in a file of the state folder: a line each.
enum LessonProgress {
  private static func path(_ folder: String) -> String { folder + "/lessons" }

  /// Nothing where nothing is kept.
  static func read(in folder: String?) -> Set<String> {
    guard let folder, let bytes = try? readFile(path(folder)) else { return [] }
    return Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
  }

  /// Replaces the file as a whole; where that cannot be, progress lasts as long as the session.
  static func write(_ done: Set<String>, in folder: String?) {
    guard let folder else { return }
    _ = mkdir(folder, 0o700)
    let temporary = path(folder) + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let failure = writeAllBytes(descriptor, Array(done.sorted().map { $0 + "\n" }.joined().utf8))
    close(descriptor)
    if failure == 0 { rename(temporary, path(folder)) } else { unlink(temporary) }
  }
}
