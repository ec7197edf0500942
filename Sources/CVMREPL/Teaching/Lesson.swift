import CVMReport

/// A lesson: text, statements that run, questions to predict, tasks.
struct Lesson: Sendable {
  /// Something that goes wrong in a lesson's text.
  struct Problem: Error, Equatable {
    var line: Int
    var column = 1
    var message: String
  }

  /// What is said while a condition holds and the task is not solved.
  struct Remark: Sendable {
    var line: Int
    var condition: String
    var text: String
  }

  struct Prediction: Sendable {
    var statement: String
    /// An expression, `new objects` or `out of reach`.
    var ask = ""
    var because = ""
    /// Wrong answers with what they give away.
    var ideas: [(answer: String, remark: String)] = []
  }

  struct Task: Sendable {
    var text: String
    /// Expressions that must hold.
    var checks: [String] = []
    /// Variables whose object, as it was when the task began, must be out of reach, must be reachable, must be freed.
    var lost: [String] = []
    var alive: [String] = []
    var collected: [String] = []
    /// Variables that must still refer to the object that they referred to when the task began.
    var same: [String] = []
    /// Names of checkpoints that must have been made before the checks held.
    var checkpoints: [String] = []
    /// What was done since the task began must have been taken back.
    var isTakenBack = false
    /// What to say to typical mistakes.
    var remarks: [Remark] = []
    var hints: [String] = []
    /// Lines that solve it.
    var solution: [String] = []
    /// Lines that must not solve it.
    var wrong: [String] = []
    var done = ""
  }

  enum Step: Sendable {
    case text(String)
    case run(String)
    case predict(Prediction)
    case task(Task)
  }

  var title = ""
  var aim = ""
  var steps: [(line: Int, step: Step)] = []

  /// One word for files and progress.
  var id: String { Self.id(title) }

  /// The word of a title.
  static func id(_ title: String) -> String {
    var id = ""
    for character in title.lowercased() {
      if character.isLetter || character.isNumber { id.append(character) } else if id.last != "-" { id.append("-") }
    }
    while id.last == "-" { id.removeLast() }
    return id
  }

  // MARK: Reading

  init(_ text: String) throws(Problem) {
    let reader = LessonReader(text)
    if let problem = reader.problems.first { throw problem }
    (title, aim, steps) = (reader.title, reader.aim, reader.steps)
  }
}
