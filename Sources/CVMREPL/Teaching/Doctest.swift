import CVMHeapGraph
import CVMReport

/// `:doctest`: runs a transcript again, and says what differs.
enum DoctestCommand: Command {
  static let spec = CommandSpec(
    name: "doctest", category: .teach, argument: "FILE", kind: .file, rule: .required,
    table: .init(["line", "typed", "expected", "got"], rowLimit: 10),
    summary: "runs a transcript again, and says what is different now",
    discussion:
      "FILE is a page or notes that :transcript wrote, or any text with `cvm> ` in front of what is typed and the "
      + "answer below it; a line `...` stands for any lines. It runs on a heap of its own. Answers that are never twice "
      + "the same, and commands that write files, are not compared.",
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
    let failures = outcomes.filter { !$0.isSame }
    let compared = outcomes.count { $0.isCompared }
    let table = call.arranged(table(failures))
    let options = session.options.rendering
    let shown = failures.prefix(call.rowLimit)
    return CommandAnswer(
      text: {
        var text = shown.map { report($0, path, options) }.joined()
        if failures.count > shown.count { text += "... and \(failures.count - shown.count) more (--all)\n" }
        text +=
          "\(Numbers.counted(UInt64(outcomes.count), "step")), \(compared) compared: "
          + (failures.isEmpty ? "all as written.\n" : "\(failures.count) different.\n")
        return text
      },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("doctest") { writer in
            writer.member("steps", outcomes.count)
            writer.member("compared", compared)
            writer.member("different", failures.count)
            writer.list("failures") { writer in
              for failure in shown {
                writer.object { writer in
                  writer.member("line", failure.step.line)
                  writer.member("typed", failure.step.typed)
                  writer.member("expected", failure.step.expected)
                  writer.member("got", failure.got)
                }
              }
            }
          }
        }
      }, status: failures.isEmpty ? .done : .error, rows: { table })
  }

  private static func table(_ failures: [Doctest.Outcome]) -> ResultTable {
    var columns = [ResultTable.Column("line")]
    for name in ["typed", "expected", "got"] { columns.append(ResultTable.Column(name, .left, isFlexible: true)) }
    let rows = failures.map { outcome -> [ResultCell] in
      let step = outcome.step
      return [.count(UInt64(step.line))] + [step.typed, step.expected, outcome.got].map { .text(oneLine($0)) }
    }
    return ResultTable(columns: columns, rows: rows, totalRowCount: rows.count)
  }

  private static func oneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " / ") }

  private static func report(_ outcome: Doctest.Outcome, _ path: String, _ options: RenderOptions) -> String {
    func lines(_ head: String, _ text: String) -> [String] {
      let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let shown = all.last == "" ? all.dropLast() : all[...]
      if shown.isEmpty { return [head + "(nothing)"] }
      return shown.enumerated().map { ($0 == 0 ? head : String(repeating: " ", count: head.count)) + $1 }
    }
    let first = outcome.step.typed.split(separator: "\n").first.map(String.init) ?? ""
    let all =
      ["\(path):\(outcome.step.line): \(first)"] + lines("  written  ", outcome.step.expected)
      + lines("  now      ", outcome.got)
    return all.map {
      TextLayout.ellipsized(
        TextLayout.printable($0, isASCII: options.isASCII), to: options.width, isASCII: options.isASCII) + "\n"
    }.joined()
  }
}

/// A statement or command of a transcript with what was answered.
struct DoctestStep: Equatable {
  var line: Int
  var typed: String
  var expected: String

  /// Reads a page, notes, or plain text.
  static func read(_ text: String) -> [DoctestStep] {
    var text = text
    let isPage = text.hasPrefix("<!DOCTYPE html>")
    if isPage, let start = text.firstRange(of: "<pre id=\"session\" tabindex=\"0\">"),
      let end = text[start.upperBound...].firstRange(of: "</pre>")
    {
      text = Markup.unescaped(String(text[start.upperBound..<end.lowerBound]))
    }
    var steps: [DoctestStep] = []
    var isInside = false
    var takesInput = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix(TranscriptDocument.prompt) {
        steps.append(DoctestStep(line: index + 1, typed: String(line.dropFirst(5)), expected: ""))
        (isInside, takesInput) = (true, true)
      } else if isInside, takesInput, line.hasPrefix(TranscriptDocument.continuation) || line == "...>" {
        steps[steps.count - 1].typed += "\n" + line.dropFirst(TranscriptDocument.continuation.count)
      } else if line.hasPrefix("```") {
        isInside = false
      } else if isInside {
        takesInput = false
        steps[steps.count - 1].expected += line + "\n"
      }
    }
    return steps
  }
}

/// Runs the steps of a transcript on a heap of its own.
struct Doctest {
  struct Outcome {
    let step: DoctestStep
    let got: String
    let isCompared: Bool
    let isSame: Bool
  }

  /// They write files, ask, or leave.
  private static let notRun: Set<String> = [
    "quit", "transcript", "doctest", "save", "export", "edit", "open", "recover", "source", "load", "learn", "quiz",
    "predict", "use",
  ]
  /// Their answers have times in them.
  private static let notCompared: Set<String> = ["time", "bench", "gc", "checkpoint", "checkpoints", "heap", "set"]

  private let session: Session

  init(_ session: Session) { self.session = session }

  func run(_ steps: [DoctestStep]) -> [Outcome] {
    final class Output { var bytes: [UInt8] = [] }
    let output = Output()
    let scratch = Session.scratch(
      like: session.options,
      console: Console(output: { output.bytes += $0 }, errors: { output.bytes += $0 }))
    scratch.options.mode = session.options.mode
    return steps.map { step in
      output.bytes = []
      var isCompared = true
      if let command = InputLine.command(in: step.typed, scratch) {
        let word = command.dropFirst().prefix { $0.isLetter }
        let name = CommandTable.explained(String(word))?.name ?? String(word)
        isCompared = !Self.notCompared.contains(name)
        guard !Self.notRun.contains(name) else {
          return Outcome(step: step, got: "", isCompared: false, isSame: true)
        }
        scratch.command(command)
      } else {
        _ = scratch.evaluate(step.typed)
      }
      let got = String(decoding: output.bytes, as: UTF8.self).withoutColors
      return Outcome(
        step: step, got: got, isCompared: isCompared, isSame: !isCompared || Self.isSame(step.expected, got))
    }
  }

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
