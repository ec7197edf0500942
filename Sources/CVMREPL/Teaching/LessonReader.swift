import CVMReport

/// Reads a lesson line by line, and finds all that is wrong with its form.
struct LessonReader {
  private(set) var title = ""
  private(set) var aim = ""
  private(set) var steps: [(line: Int, step: Lesson.Step)] = []
  private(set) var problems: [Lesson.Problem] = []
  private var paragraph = ""
  private var paragraphLine = 0

  static let words = ["lesson", "aim", "run", "predict", "task"]
  static let predictionFields = ["ask", "because", "idea"]
  static let taskFields = [
    "check", "same", "lost", "alive", "collected", "checkpoint", "moment", "when", "hint", "solution", "wrong", "done",
  ]

  init(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.last == "\r" ? line.dropLast() : line
      do throws(Lesson.Problem) { try take(line, index + 1) } catch { problems.append(error) }
    }
    endParagraph()
    checkSteps()
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  private mutating func take(_ line: Substring, _ number: Int) throws(Lesson.Problem) {
    let text = CommandCall.trimmed(line)
    if text.isEmpty { return endParagraph() }
    if line.hasPrefix("#") { return }
    let column = line.prefix { $0 == " " || $0 == "\t" }.count + 1
    if column > 1 {
      if !paragraph.isEmpty, Self.split(text, Self.predictionFields + Self.taskFields) == nil {
        paragraph += " " + text
        return
      }
      return try takeField(text, number, column)
    }
    guard let (name, value) = Self.split(text, Self.words) else {
      if let problem = Self.misspelling(text) { throw Lesson.Problem(line: number, message: problem) }
      if paragraph.isEmpty { paragraphLine = number }
      paragraph += (paragraph.isEmpty ? "" : " ") + text
      return
    }
    endParagraph()
    if value.isEmpty { throw Self.missingValue(name, number, 1) }
    switch name {
    case "lesson": title = value
    case "aim": aim = value
    case "run": steps.append((number, .run(value)))
    case "predict": steps.append((number, .predict(Lesson.Prediction(statement: value))))
    default: steps.append((number, .task(Lesson.Task(text: value))))
    }
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { steps.append((paragraphLine, .text(paragraph))) }
    paragraph = ""
  }

  private mutating func checkSteps() {
    func note(_ line: Int, _ message: String) { problems.append(Lesson.Problem(line: line, message: message)) }
    // What is wrong in a line is said there, and not once more where it is missing.
    guard problems.isEmpty else { return }
    if title.isEmpty { note(1, "A lesson begins with `lesson: TITLE`.") }
    if aim.isEmpty { note(1, "A lesson needs a line `aim: ...`.") }
    if steps.isEmpty { note(1, "The lesson has no steps.") }
    for (line, step) in steps {
      switch step {
      case .predict(let prediction) where prediction.ask.isEmpty:
        note(line, "A `predict:` needs an indented `ask: EXPRESSION` below it.")
      case .task(let task) where task.goals.isEmpty:
        note(line, "A `task:` needs an indented `check: EXPRESSION` below it.")
      default: continue
      }
    }
  }

  // MARK: Words

  private static func split(_ text: String, _ names: [String]) -> (String, String)? {
    guard let colon = text.firstIndex(of: ":"), names.contains(String(text[..<colon])) else { return nil }
    return (String(text[..<colon]), CommandCall.trimmed(text[text.index(after: colon)...]))
  }

  /// What a word in front of a colon should be, where it looks like one of the words of a lesson.
  private static func misspelling(_ text: String) -> String? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let word = String(text[..<colon])
    guard !word.isEmpty, word.allSatisfy(\.isLetter) else { return nil }
    let lower = word.lowercased()
    if (predictionFields + taskFields).contains(word) {
      let step = predictionFields.contains(lower) ? "predict:" : "task:"
      return "`\(lower):` is indented, below the `\(step)` that it belongs to."
    }
    if words.contains(lower) { return "`\(word):` is no word of a lesson: did you mean `\(lower):`?" }
    guard let near = Suggestions.nearest(to: word, among: words) else { return nil }
    return "`\(word):` is no word of a lesson: did you mean `\(near):`?"
  }

  private static func missingValue(_ name: String, _ number: Int, _ column: Int) -> Lesson.Problem {
    Lesson.Problem(line: number, column: column, message: "Nothing stands behind `\(name):`.")
  }

  // MARK: Fields

  private mutating func takeField(_ text: String, _ number: Int, _ column: Int) throws(Lesson.Problem) {
    func problem(_ message: String) -> Lesson.Problem {
      Lesson.Problem(line: number, column: column, message: message)
    }
    let all = Self.predictionFields + Self.taskFields
    guard let (name, value) = Self.split(text, all) else {
      let word = String(text.prefix { $0 != ":" && $0 != " " })
      if text.contains(":"),
        let near = Suggestions.nearest(to: word, among: all) ?? all.first(where: { $0 == word.lowercased() })
      {
        throw problem("`\(word):` is no word of a lesson: did you mean `\(near):`?")
      }
      let known = all.map { "\($0):" }.joined(separator: " ")
      throw problem("An indented line is one of \(known), not `\(text.prefix(30))`.")
    }
    // A step whose own line is wrong is not there.
    if let last = problems.last, last.line > steps.last?.line ?? 0, last.column == 1 { return }
    guard paragraph.isEmpty, let last = steps.last else {
      throw problem("`\(name):` stands below a `task:` or a `predict:`.")
    }
    if value.isEmpty { throw Self.missingValue(name, number, column) }
    switch last.step {
    case .predict(var prediction):
      switch name {
      case "ask": prediction.ask = value
      case "because": prediction.because = value
      case "idea":
        guard let split = value.firstRange(of: " => ") else {
          throw problem("`idea: WRONG ANSWER => WHAT IT GIVES AWAY`")
        }
        prediction.ideas.append((String(value[..<split.lowerBound]), String(value[split.upperBound...])))
      default: throw problem("A `predict:` has no `\(name):`.")
      }
      steps[steps.count - 1].step = .predict(prediction)
    case .task(var task):
      guard Self.taskFields.contains(name) else { throw problem("A `task:` has no `\(name):`.") }
      if let wrong = Self.add(value, name, to: &task, number) { throw problem(wrong) }
      steps[steps.count - 1].step = .task(task)
    case .text, .run: throw problem("`\(name):` stands below a `task:` or a `predict:`.")
    }
  }

  /// Takes a line of a task; what is wrong with it.
  private static func add(_ value: String, _ name: String, to task: inout Lesson.Task, _ line: Int) -> String? {
    switch name {
    case "check":
      guard GoalExpression.isExpression(value) else { return "`\(value.prefix(60))` is no expression." }
      task.checks.append(value)
    case "same": task.same.append(value)
    case "lost": task.lost.append(value)
    case "alive": task.alive.append(value)
    case "collected": task.collected.append(value)
    case "checkpoint": task.checkpoints.append(value)
    case "moment":
      guard value == "taken back" else { return "`moment:` is `taken back`, not `\(value.prefix(30))`." }
      task.isTakenBack = true
    case "when":
      guard let (condition, text) = condition(value) else { return "`when: EXPRESSION => WHAT IS SAID WHILE IT HOLDS`" }
      task.remarks.append(Lesson.Remark(line: line, condition: condition, text: text))
    case "hint": task.hints.append(value)
    case "solution": task.solution.append(value)
    case "wrong": task.wrong.append(value)
    default: task.done = value
    }
    return nil
  }

  /// The parts of a remark: the arrow between them is the first with an expression in front.
  private static func condition(_ value: String) -> (String, String)? {
    var rest = value.startIndex..<value.endIndex
    while let arrow = value[rest].firstRange(of: " => ") {
      let condition = String(value[..<arrow.lowerBound])
      if GoalExpression.isExpression(condition) { return (condition, String(value[arrow.upperBound...])) }
      rest = arrow.upperBound..<value.endIndex
    }
    return nil
  }
}
