import CVMReport

/// A lesson: text, statements that run, questions to predict, tasks.
struct Lesson: Sendable {
  /// Something that goes wrong in a lesson's text.
  struct Problem: Error, Equatable {
    var line: Int
    var message: String
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
  var id: String {
    var id = ""
    for character in title.lowercased() {
      if character.isLetter || character.isNumber { id.append(character) } else if id.last != "-" { id.append("-") }
    }
    while id.last == "-" { id.removeLast() }
    return id
  }

  // MARK: Reading

  init(_ text: String) throws(Problem) {
    var reader = LessonReader()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      try reader.take(line.last == "\r" ? line.dropLast() : line, index + 1)
    }
    try reader.finish()
    (title, aim, steps) = (reader.title, reader.aim, reader.steps)
    if title.isEmpty { throw Problem(line: 1, message: "A lesson begins with `lesson: TITLE`.") }
    if aim.isEmpty { throw Problem(line: 1, message: "A lesson needs a line `aim: ...`.") }
    if steps.isEmpty { throw Problem(line: 1, message: "The lesson has no steps.") }
  }
}

/// Reads a lesson line by line.
private struct LessonReader {
  var title = ""
  var aim = ""
  var steps: [(line: Int, step: Lesson.Step)] = []
  private var paragraph = ""
  private var paragraphLine = 0

  static let fields = [
    "ask", "because", "idea", "check", "lost", "alive", "collected", "hint", "solution", "wrong", "done",
  ]

  mutating func take(_ line: Substring, _ number: Int) throws(Lesson.Problem) {
    let text = CommandCall.trimmed(line)
    if text.isEmpty { return endParagraph() }
    if line.hasPrefix("#") { return }
    if line.first == " " || line.first == "\t" {
      if !paragraph.isEmpty, Self.field(text) == nil {
        paragraph += " " + text
        return
      }
      return try takeField(text, number)
    }
    guard let (name, value) = Self.keyword(text) else {
      if paragraph.isEmpty { paragraphLine = number }
      paragraph += (paragraph.isEmpty ? "" : " ") + text
      return
    }
    endParagraph()
    if value.isEmpty { throw Lesson.Problem(line: number, message: "Nothing stands behind `\(name):`.") }
    switch name {
    case "lesson": title = value
    case "aim": aim = value
    case "run": steps.append((number, .run(value)))
    case "predict": steps.append((number, .predict(Lesson.Prediction(statement: value))))
    default: steps.append((number, .task(Lesson.Task(text: value))))
    }
  }

  mutating func finish() throws(Lesson.Problem) {
    endParagraph()
    for (line, step) in steps {
      switch step {
      case .predict(let prediction) where prediction.ask.isEmpty:
        throw Lesson.Problem(line: line, message: "A `predict:` needs an indented `ask: EXPRESSION` below it.")
      case .task(let task)
      where task.checks.isEmpty && task.lost.isEmpty && task.alive.isEmpty && task.collected.isEmpty:
        throw Lesson.Problem(line: line, message: "A `task:` needs an indented `check: EXPRESSION` below it.")
      default: continue
      }
    }
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { steps.append((paragraphLine, .text(paragraph))) }
    paragraph = ""
  }

  private static func keyword(_ text: String) -> (String, String)? {
    split(text, ["lesson", "aim", "run", "predict", "task"])
  }

  private static func field(_ text: String) -> (String, String)? { split(text, fields) }

  private static func split(_ text: String, _ names: [String]) -> (String, String)? {
    guard let colon = text.firstIndex(of: ":"), names.contains(String(text[..<colon])) else { return nil }
    return (String(text[..<colon]), CommandCall.trimmed(text[text.index(after: colon)...]))
  }

  private mutating func takeField(_ text: String, _ number: Int) throws(Lesson.Problem) {
    guard let (name, value) = Self.field(text) else {
      let known = Self.fields.map { "\($0):" }.joined(separator: " ")
      throw Lesson.Problem(line: number, message: "An indented line is one of \(known), not `\(text.prefix(30))`.")
    }
    guard paragraph.isEmpty, let last = steps.last else {
      throw Lesson.Problem(line: number, message: "`\(name):` stands below a `task:` or a `predict:`.")
    }
    if value.isEmpty { throw Lesson.Problem(line: number, message: "Nothing stands behind `\(name):`.") }
    switch last.step {
    case .predict(var prediction):
      switch name {
      case "ask": prediction.ask = value
      case "because": prediction.because = value
      case "idea":
        guard let split = value.firstRange(of: " => ") else {
          throw Lesson.Problem(line: number, message: "`idea: WRONG ANSWER => WHAT IT GIVES AWAY`")
        }
        prediction.ideas.append((String(value[..<split.lowerBound]), String(value[split.upperBound...])))
      default: throw Lesson.Problem(line: number, message: "A `predict:` has no `\(name):`.")
      }
      steps[steps.count - 1].step = .predict(prediction)
    case .task(var task):
      switch name {
      case "check": task.checks.append(value)
      case "lost": task.lost.append(value)
      case "alive": task.alive.append(value)
      case "collected": task.collected.append(value)
      case "hint": task.hints.append(value)
      case "solution": task.solution.append(value)
      case "wrong": task.wrong.append(value)
      case "done": task.done = value
      default: throw Lesson.Problem(line: number, message: "A `task:` has no `\(name):`.")
      }
      steps[steps.count - 1].step = .task(task)
    case .text, .run:
      throw Lesson.Problem(line: number, message: "`\(name):` stands below a `task:` or a `predict:`.")
    }
  }
}
