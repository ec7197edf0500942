import CVMHeapGraph
import CVMReport

/// `:doctest`: runs a transcript again, and says what differs.
enum DoctestCommand: Command {
  static let spec = CommandSpec(
    name: "doctest", category: .teach, argument: "FILE", kind: .file, rule: .required,
    table: .init(["line", "typed", "part", "expected", "got"], rowLimit: 10),
    summary: "runs a transcript again, and says what is different now",
    discussion:
      "FILE is a page or notes that :transcript wrote, or any text with `cvm> ` in front of what is typed and the "
      + "answer below it; a line `...` stands for any lines. It runs on a heap of its own. Of pages and notes the pictures "
      + "and the sentences are compared, too. Answers that are never twice the same, lessons, and commands that write "
      + "files are not compared.",
    examples: [.init(":doctest lesson.md")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let path = Redirection.expanded(call.argument)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch { throw .notFound("Cannot read \(error.message)") }
    let steps = DoctestStep.read(String(decoding: bytes, as: UTF8.self))
    guard !steps.isEmpty else {
      throw .usage("\(path) has no line that begins with `\(TranscriptDocument.prompt)`: it is no transcript.")
    }
    let outcomes = Doctest(session).run(steps)
    let different = outcomes.count { !$0.differences.isEmpty }
    let failures = outcomes.flatMap { outcome in outcome.differences.map { (outcome.step, $0) } }
    let compared = outcomes.count { $0.isCompared }
    let table = call.arranged(table(failures))
    let options = session.options.rendering
    let shown = failures.prefix(call.rowLimit)
    return CommandAnswer(
      text: {
        var text = shown.map { report($0.0, $0.1, path, options) }.joined()
        if failures.count > shown.count { text += "... and \(failures.count - shown.count) more (--all)\n" }
        text +=
          "\(Numbers.counted(UInt64(outcomes.count), "step")), \(compared) compared: "
          + (failures.isEmpty ? "all as written.\n" : "\(different) different.\n")
        return text
      },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("doctest") { writer in
            writer.member("steps", outcomes.count)
            writer.member("compared", compared)
            writer.member("different", different)
            writer.list("failures") { writer in
              for (step, part) in shown {
                writer.object { writer in
                  writer.member("line", step.line)
                  writer.member("typed", step.typed)
                  writer.member("part", part.name)
                  writer.member("expected", part.expected)
                  writer.member("got", part.got)
                }
              }
            }
          }
        }
      }, status: failures.isEmpty ? .done : .error, rows: { table })
  }

  private static func table(_ failures: [(DoctestStep, Doctest.Part)]) -> ResultTable {
    var columns = [ResultTable.Column("line")]
    for name in ["typed", "part", "expected", "got"] {
      columns.append(ResultTable.Column(name, .left, isFlexible: true))
    }
    let rows = failures.map { step, part -> [ResultCell] in
      [.count(UInt64(step.line))] + [step.typed, part.name, part.expected, part.got].map { .text(oneLine($0)) }
    }
    return ResultTable(columns: columns, rows: rows, totalRowCount: rows.count)
  }

  private static func oneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " / ") }

  private static func report(
    _ step: DoctestStep, _ part: Doctest.Part, _ path: String, _ options: RenderOptions
  ) -> String {
    func lines(_ head: String, _ text: String) -> [String] {
      let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let shown = all.last == "" ? all.dropLast() : all[...]
      if shown.isEmpty { return [head + "(nothing)"] }
      return shown.enumerated().map { ($0 == 0 ? head : String(repeating: " ", count: head.count)) + $1 }
    }
    let first = step.typed.split(separator: "\n").first.map(String.init) ?? ""
    let what = part.name == "answer" ? "" : "   (its \(part.name))"
    let all =
      ["\(path):\(step.line): \(first)\(what)"] + lines("  written  ", part.expected) + lines("  now      ", part.got)
    return all.map {
      TextLayout.ellipsized(
        TextLayout.printable($0, isASCII: options.isASCII), to: options.width, isASCII: options.isASCII) + "\n"
    }.joined()
  }
}

/// Runs the steps of a transcript on a heap of its own.
struct Doctest {
  /// Something that a step has written, and what there is now.
  struct Part {
    let name: String
    let expected: String
    let got: String
  }

  struct Outcome {
    let step: DoctestStep
    let isCompared: Bool
    /// What differs.
    var differences: [Part] = []
  }

  /// They write files, ask, or leave.
  private static let notRun: Set<String> = [
    "quit", "transcript", "doctest", "save", "export", "edit", "open", "recover", "source", "load", "quiz", "predict",
    "use",
  ]
  /// Their answers have times in them, or are those of a lesson, which goes another way each time.
  private static let notCompared: Set<String> = [
    "time", "bench", "gc", "checkpoint", "checkpoints", "heap", "set", "learn",
  ]

  private let session: Session

  init(_ session: Session) { self.session = session }

  func run(_ steps: [DoctestStep]) -> [Outcome] {
    final class Output { var bytes: [UInt8] = [] }
    let output = Output()
    let scratch = Session.scratch(
      like: session.options,
      console: Console(output: { output.bytes += $0 }, errors: { output.bytes += $0 }))
    scratch.options.mode = session.options.mode
    var entries: [Int?] = []
    var outcomes = steps.map { step -> Outcome in
      output.bytes = []
      let wasInLesson = scratch.isInLesson
      let entry = scratch.teaching.log.entries.count
      let isCompared = take(step, scratch)
      let isInLesson = wasInLesson || scratch.isInLesson
      let isLogged = !isInLesson && scratch.teaching.log.entries.count == entry + 1
      entries.append(isLogged ? entry : nil)
      guard isCompared, !isInLesson else { return Outcome(step: step, isCompared: false) }
      let got = String(decoding: output.bytes, as: UTF8.self).withoutColors
      if Self.isSame(step.expected, got) { return Outcome(step: step, isCompared: true) }
      return Outcome(
        step: step, isCompared: true, differences: [Part(name: "answer", expected: step.expected, got: got)])
    }
    scratch.leaveLessonHeap()
    let document = TranscriptDocument(scratch, title: "")
    guard document.missingCount == 0 else { return outcomes }
    for (index, entry) in entries.enumerated() {
      guard let entry else { continue }
      outcomes[index].differences += Self.differences(steps[index], document, document.steps[entry])
    }
    return outcomes
  }

  /// Runs a step; whether its answer is the same each time.
  private func take(_ step: DoctestStep, _ scratch: Session) -> Bool {
    guard let command = InputLine.command(in: step.typed, scratch) else {
      // At a terminal carets stand below what was typed, and the place of an error is not said.
      if step.beginsWithCarets {
        let width = TranscriptDocument.prompt.count
        scratch.typedStatement = TypedStatement(promptWidth: width, printedLines: scratch.printedLines)
      }
      _ = scratch.evaluate(step.typed)
      scratch.typedStatement = nil
      return true
    }
    let word = command.dropFirst().prefix { $0.isLetter }
    let name = CommandTable.explained(String(word))?.name ?? String(word)
    guard !Self.notRun.contains(name) else { return false }
    scratch.command(command)
    return !Self.notCompared.contains(name)
  }

  // MARK: Comparing

  /// How sentences and picture of a step differ from what is written.
  private static func differences(
    _ step: DoctestStep, _ document: TranscriptDocument, _ now: TranscriptDocument.Step
  ) -> [Part] {
    var parts: [Part] = []
    if let sentences = step.sentences, sentences != now.sentences {
      parts.append(
        Part(name: "sentences", expected: lines(sentences), got: lines(now.sentences)))
    }
    guard let written = step.picture else { return parts }
    let shown = document.draws(now) ? now.picture : nil
    switch written {
    case .drawing(let expected):
      let isDrawn = shown != nil && now.difference.map { !$0.isEmpty } ?? false
      let drawings = [true, false].map { isASCII -> String in
        guard let picture = shown, isDrawn, let difference = now.difference else { return "" }
        return TranscriptDocument.drawing(picture, difference, RenderOptions(width: 80, isASCII: isASCII))
      }
      if drawings.contains(where: { isSame(expected, $0) }) { break }
      parts.append(Part(name: "picture", expected: expected, got: drawings[0]))
    case .words(let expected):
      let words = shown.map { TranscriptPage.description($0) } ?? ""
      if isSame(expected, words) { break }
      let known = Set(words.split(separator: "\n")), wanted = Set(expected.split(separator: "\n"))
      parts.append(
        Part(
          name: "picture",
          expected: lines(expected.split(separator: "\n").filter { !known.contains($0) }.map(String.init)),
          got: lines(words.split(separator: "\n").filter { !wanted.contains($0) }.map(String.init))))
    }
    return parts
  }

  private static func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// Whether two answers are the same but for spaces and lines `...`.
  static func isSame(_ expected: String, _ got: String) -> Bool {
    func lines(_ text: String) -> [String] {
      var all = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      while all.last == "" { all.removeLast() }
      return all
    }
    return matches(lines(expected)[...], lines(got)[...])
  }

  private static func matches(_ pattern: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let stop = pattern.firstIndex(of: "...") else { return Array(pattern) == Array(lines) }
    let head = pattern[..<stop]
    guard lines.count >= head.count, Array(lines.prefix(head.count)) == Array(head) else { return false }
    let rest = pattern[(stop + 1)...]
    guard !rest.contains("...") else {
      return (lines.startIndex + head.count...lines.endIndex).contains { matches(rest, lines[$0...]) }
    }
    let tail = lines.dropFirst(head.count)
    return tail.count >= rest.count && Array(tail.suffix(rest.count)) == Array(rest)
  }
}
