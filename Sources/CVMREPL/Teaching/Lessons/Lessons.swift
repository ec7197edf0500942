/// The lessons of the tour, in the form in which teachers write their own.
enum Lessons {
  static let all = [
    values, aliasing, constants, functions, copies, sharing, equality, closures, garbage, checkpoints,
  ]

  /// Their titles, which stand in their first lines.
  static let titles = all.map { text in
    String(text.prefix { $0 != "\n" }.dropFirst("lesson: ".count))
  }

  /// The word by which a lesson is remembered as done.
  static func id(_ title: String) -> String {
    titles.firstIndex(of: title).flatMap { try? Lesson(all[$0]).id } ?? title
  }
}
