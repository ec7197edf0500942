import CVMReport
import CVMRuntime

/// A run that stands still for the person who debugs it.
struct StoppedRun {
  var statement: RunningStatement
  var cause: StopCause
  /// What it goes on with.
  var origin: RunOrigin
  /// The innermost frame, and its variables.
  var frame: StackFrame?
  var locals: LocalTexts
  /// Steps since the first stop.
  var stepCount = 0
  /// What the person changed here; going back loses it.
  var changes: [String] = []
  /// What is said about it when it is shown.
  var notes: [String] = []

  /// A run that stands still now.
  init(_ statement: RunningStatement, _ cause: StopCause, session: Session) {
    self.init(statement, cause, on: session.machine, session.nextAnswer)
  }

  init(_ statement: RunningStatement, _ cause: StopCause, on machine: Machine, _ nextAnswer: Int) {
    (self.statement, self.cause) = (statement, cause)
    origin = RunOrigin(machine, nextAnswer: nextAnswer, statement.inputs)
    frame = machine.stackFrames(limit: 1).first
    locals = LocalTexts(frame, machine)
  }
}

/// The variables of a frame as texts, to tell what changed.
struct LocalTexts {
  private(set) var base = -1
  private(set) var code = -1
  private(set) var texts: [(name: String, text: String)] = []

  init() {}

  init(_ frame: StackFrame?, _ machine: Machine) {
    guard let frame else { return }
    (base, code) = (frame.base, frame.code.number)
    texts = frame.variables.map { ($0.name, $0.value.map { machine.shortText($0) } ?? "(no value yet)") }
  }

  /// `s 0 -> 1` for each that another moment has with another value.
  func changes(since earlier: LocalTexts) -> [String] {
    guard base == earlier.base, code == earlier.code else { return [] }
    return texts.compactMap { name, text in
      guard let old = earlier.texts.first(where: { $0.name == name }) else {
        return "\(name) = \(text)"
      }
      if old.text == text { return nil }
      return old.text == "(no value yet)" ? "\(name) = \(text)" : "\(name) \(old.text) -> \(text)"
    }
  }
}

extension Machine {
  /// A primitive as a literal, an object by its id.
  func shortText(_ value: Value) -> String {
    guard value.isObject else { return literal(value, limit: 30) }
    return objectID(of: value).map { "\($0.isInternal ? "#i" : "#")\($0.number)" } ?? identity(of: value) ?? "object"
  }
}
