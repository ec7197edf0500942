import Glibc

/// Which lessons somebody has done, and how far they are in others, in a file of the state folder: a line each.
struct LessonProgress: Equatable {
  var finished: Set<String> = []
  /// The step at which a lesson goes on that was left in the middle.
  var begun: [String: Int] = [:]

  var isEmpty: Bool { finished.isEmpty && begun.isEmpty }

  private static func path(_ folder: String) -> String { folder + "/lessons" }

  init() {}

  /// Nothing where nothing is kept.
  init(in folder: String?) {
    guard let folder, let bytes = try? readFile(Self.path(folder)) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let step = Int(words[1]) {
        begun[String(words[0])] = step
      } else if words.count == 1 {
        finished.insert(String(line))
      }
    }
  }

  private var text: String {
    (finished.sorted() + begun.sorted { $0.key < $1.key }.map { "\($0) \($1)" }).map { $0 + "\n" }.joined()
  }

  /// Replaces the file as a whole; where that cannot be, progress lasts as long as the session.
  func write(in folder: String?) {
    guard let folder else { return }
    _ = mkdir(folder, 0o700)
    let temporary = Self.path(folder) + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let failure = writeAllBytes(descriptor, Array(text.utf8))
    close(descriptor)
    if failure == 0 { rename(temporary, Self.path(folder)) } else { unlink(temporary) }
  }
}
