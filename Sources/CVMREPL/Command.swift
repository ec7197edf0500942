import CVMHeapGraph
import CVMReport
import CVMRuntime

/// Why a command did nothing.
struct CommandError: Error {
  let status: ExitStatus
  let message: String

  static func usage(_ message: String) -> CommandError { CommandError(status: .usage, message: message) }
  static func notFound(_ message: String) -> CommandError { CommandError(status: .notFound, message: message) }
  static let interrupted = CommandError(status: .interrupted, message: "Interrupted.")
  static func invalidReference(_ id: String) -> CommandError { notFound("Invalid heap reference: \(id)") }
}

/// What a command answers: the text for people is made only when it is shown, as is the JSON.
struct CommandAnswer {
  var text: () -> String
  var json: () -> String
  var status = ExitStatus.done
  /// The table of the answer, for `--csv` and `--jsonl`.
  var rows: (() -> ResultTable)?

  init(
    text: @escaping () -> String, json: @escaping () -> String, status: ExitStatus = .done,
    rows: (() -> ResultTable)? = nil
  ) {
    self.text = text
    self.json = json
    self.status = status
    self.rows = rows
  }

  /// An answer that is nothing but a result.
  init(_ result: AnalysisResult, options: RenderOptions, status: ExitStatus = .done) {
    self.init(
      text: { TerminalRenderer(options: options).render(result) },
      json: { JSONRenderer(isASCII: options.isASCII).render(result) }, status: status)
    if case .table(let table) = result.body { rows = { table } }
  }

  /// A sentence, and members of a JSON object that say the same.
  init(
    _ sentence: String, _ command: String, options: RenderOptions, _ members: @escaping (inout JSONWriter) -> Void
  ) {
    self.init(
      text: {
        sentence.isEmpty
          ? ""
          : TextLayout.wrapped(TextLayout.printable(sentence, isASCII: options.isASCII), to: options.width)
            .map { $0 + "\n" }.joined()
      },
      json: { JSONWriter.text(isASCII: options.isASCII) { $0.report(command, members) } })
  }
}

/// A command: one row of the table, one file.
protocol Command: Sendable {
  static var spec: CommandSpec { get }
  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer
}
