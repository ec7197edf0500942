import Foundation

@testable import CVMREPL

/// A session in this process whose output is kept.
final class TestSession {
  /// What was written, kept apart from the session so that it may outlive it.
  private final class Transcript {
    var output: [UInt8] = []
    var errors: [UInt8] = []
  }

  let session: Session
  private let transcript: Transcript

  init(_ statements: String..., configure: (inout SessionOptions) -> Void = { _ in }) {
    let transcript = Transcript()
    self.transcript = transcript
    var options = SessionOptions()
    options.verifies = true
    options.stateFolder = nil
    // Answers are the same however busy the machine is.
    options.longAnalysis = .infinity
    configure(&options)
    session = Session(
      options: options, console: Console(output: { transcript.output += $0 }, errors: { transcript.errors += $0 }))
    session.installPromptFunctions()
    for statement in statements { session.evaluate(statement) }
  }

  /// Takes what was written to standard output since the last time.
  var output: String {
    defer { transcript.output = [] }
    return String(decoding: transcript.output, as: UTF8.self)
  }

  /// Takes what was written to standard error since the last time.
  var errors: String {
    defer { transcript.errors = [] }
    return String(decoding: transcript.errors, as: UTF8.self)
  }

  /// Evaluates a statement, or runs a command when the line begins with a colon; what that wrote to standard output.
  @discardableResult
  func callAsFunction(_ line: String) -> String {
    _ = output
    if line.hasPrefix(":") { session.command(line) } else { session.evaluate(line) }
    return output
  }

  /// The lines of a statement's or command's output without trailing spaces.
  func lines(_ line: String) -> [String] {
    self(line).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
  }

  /// The members of a command's JSON.
  func json(_ command: String, argument: String = "") throws -> [String: Any] {
    let words = command.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? " \(words[1])" : ""
    let text = self("\(words[0]) --json\(rest) \(argument)")
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let object = value as? [String: Any] else { throw NotAnObject(text: text) }
    return object
  }

  /// How many references an object has.
  func references(_ object: String) throws -> Int {
    try json(":refs \(object)")["references"] as? Int ?? -1
  }

  struct NotAnObject: Error {
    var text: String
  }
}

/// Feeds lines to a session as a pipe would.
func pipe(_ input: String, configure: (inout SessionOptions) -> Void = { _ in }) throws -> PipedOutcome {
  try pipe(Array(input.utf8), configure: configure)
}

func pipe(_ input: [UInt8], configure: (inout SessionOptions) -> Void = { _ in }) throws -> PipedOutcome {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try Data(input).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let handle = try FileHandle(forReadingFrom: file)
  let session = TestSession(configure: configure)
  let status = REPL(session: session.session, descriptor: handle.fileDescriptor).run()
  return PipedOutcome(status: status, output: session.output, errors: session.errors)
}

struct PipedOutcome {
  var status: ExitStatus
  var output: String
  var errors: String

  var lines: [String] { output.split(separator: "\n").map(String.init) }
}
