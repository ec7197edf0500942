import CVMReport
import CVMRuntime
import CVMStorage
import CVMSyntax

/// What the command line does with executions that have a name: `run --id`, and `resume`.
struct ExecutionRunner {
  let manager: VMManager
  let console: Console
  let id: String
  /// As it was named on the command line; nil for the standard one.
  let place: String?
  /// Answers for `CC`, in order.
  var answers: ArraySlice<String>
  /// Whether something follows a program that comes to its end, which may ask, too.
  let isFollowed: Bool
  /// Asks a person.
  let ask: ((_ question: String) -> Answer)?
  /// The machine of a program that came to its end.
  private(set) var completed: ExecutionRun?

  /// Starts a program under a name and runs it as far as there are answers.
  mutating func start(_ source: [UInt8], _ details: ProgramDetails) -> ExitStatus {
    do throws(ExecutionError) {
      manager.goesOn = !answers.isEmpty || ask != nil
      defer { try? manager.release(id) }
      try manager.startExecution(id, source: source, details: details)
      return proceed(from: try manager.getNext(id))
    } catch {
      if case .storage(.taken) = error { return sayTaken() }
      return refuse(error)
    }
  }

  /// Says that answers were given which nobody asked for.
  static func sayUnused(_ count: Int, to console: Console) {
    guard count > 0 else { return }
    console.flush()
    let answers = Numbers.counted(UInt64(count), "answer")
    console.writeError(
      "Warning: \(answers) \(count == 1 ? "was" : "were") not used: nothing asked for \(count == 1 ? "it" : "them").\n")
  }

  /// Goes on with an execution as far as there are answers.
  mutating func resume() -> ExitStatus {
    do throws(ExecutionError) {
      if let ended = try manager.status(id).ending {
        defer { Self.sayUnused(answers.count, to: console) }
        let status = say(ended)
        if isFollowed { console.writeError("Its state is gone: -e and -c were not run.\n") }
        return status
      }
      try manager.hold(id)
      manager.goesOn = !answers.isEmpty || ask != nil
      defer { try? manager.release(id) }
      return proceed(from: try manager.getNext(id))
    } catch {
      return refuse(error)
    }
  }

  private mutating func proceed(from first: ExecutionStep) -> ExitStatus {
    var step = first
    do throws(ExecutionError) {
      while true {
        switch step {
        case .question(let question, let sequence):
          guard let next = try answer(question, sequence) else { return sayPaused(question) }
          step = next
        case .completed:
          completed = manager.machine(of: id)
          if !isFollowed { Self.sayUnused(answers.count, to: console) }
          return .done
        case .failed(let error):
          console.writeError(error)
          Self.sayUnused(answers.count, to: console)
          return .error
        case .stopped(let reason):
          Self.sayUnused(answers.count, to: console)
          return sayStopped(reason)
        }
      }
    } catch {
      return refuse(error)
    }
  }

  /// Goes on with the next answer, or with that of a person; nil when there is none.
  private mutating func answer(_ question: String, _ sequence: Int) throws(ExecutionError) -> ExecutionStep? {
    if let answer = answers.popFirst() {
      manager.goesOn = !answers.isEmpty || ask != nil
      return try manager.answer(answer, to: id, sequence: sequence)
    }
    guard let ask else { return nil }
    console.flush()
    guard case .text(let text) = ask(question) else { return nil }
    // What a person typed is kept before anything else happens.
    try manager.submit(text, to: id, sequence: sequence)
    return try manager.getNext(id)
  }

  // MARK: What is said

  /// What to type to go on.
  static func resumeCommand(_ id: String, place: String?) -> String {
    "cvm-repl resume \(id)" + (place.map { " --store \(shellWord($0))" } ?? "")
  }

  /// A text as one word of a shell.
  static func shellWord(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    return isPlain && !text.isEmpty
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }

  private var resumeCommand: String { Self.resumeCommand(id, place: place) }

  private func sayPaused(_ question: String) -> ExitStatus {
    console.flush()
    console.writeError("Paused at CC: \(question)\n\(resumeCommand) --answer TEXT goes on.\n")
    return .paused
  }

  private func sayStopped(_ reason: StopReason) -> ExitStatus {
    console.flush()
    let sentence = reason == .interrupted ? "Interrupted." : "Stopped: \(reason.message)."
    console.writeError("\(sentence) \(resumeCommand) goes on.\n")
    return reason == .interrupted ? .interrupted : .limit
  }

  private func sayTaken() -> ExitStatus {
    var text = "There is already an execution \(id)."
    if let record = try? manager.status(id) {
      text = "There is already an execution \(id), \(record.status.word), changed \(Ages.ago(record.updatedAt))."
    }
    let store = place.map { " --store \(Self.shellWord($0))" } ?? ""
    console.writeError(
      "\(text)\n\(resumeCommand) goes on with it; cvm-repl executions delete \(id)\(store) forgets it.\n")
    return .error
  }

  private func say(_ ended: (status: ExecutionStatus, text: String?, at: Double)) -> ExitStatus {
    console.writeError("\(id) \(ended.status == .failed ? "failed" : "was completed") \(Ages.ago(ended.at)).\n")
    if let text = ended.text { console.writeError(text.hasSuffix("\n") ? text : text + "\n") }
    return ended.status == .failed ? .error : .done
  }

  private func refuse(_ error: ExecutionError) -> ExitStatus {
    ExecutionMessages.write(error, id: id, store: manager.store, to: console)
  }
}

extension ExecutionRecord {
  /// How it ended, if it did.
  fileprivate var ending: (status: ExecutionStatus, text: String?, at: Double)? {
    status == .completed || status == .failed ? (status, result, updatedAt) : nil
  }
}

/// What people read when something is wrong with executions or their store.
enum ExecutionMessages {
  static func write(
    _ error: ExecutionError, id: String?, store: (any ExecutionStore)?, to console: Console
  ) -> ExitStatus {
    console.flush()
    switch error {
    case .program(let diagnostics):
      console.writeError(diagnostics)
      return .error
    case .storage(.unknownExecution(let unknown)):
      let names = (try? store?.records())?.map(\.id) ?? []
      let question = Suggestions.question(unknown, among: names).map { " \($0)" } ?? ""
      console.writeError("\(error).\(question)\n")
      return .notFound
    case .storage(.missing):
      if let id {
        console.writeError("There is no execution \(id): \(lowercased(error.description)).\n")
      } else {
        console.writeError("\(error).\n")
      }
      return .notFound
    case .storage(.badName):
      console.writeError("\(error).\n")
      return .usage
    case .storage(.owned(let id, let owner)):
      console.writeError("\(id) is running: it is in the hands of \(owner).\n")
      return .error
    default:
      let text = error.description
      console.writeError(text.hasSuffix(".") || text.hasSuffix("\n") ? text + "\n" : text + ".\n")
      return .error
    }
  }

  private static func lowercased(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}

/// How long ago something was, for people.
enum Ages {
  static func text(_ time: Double, now: Double = currentTime()) -> String {
    let seconds = max(now - time, 0)
    func counted(_ number: Double, _ unit: String) -> String { "\(Int(number)) \(unit)" }
    switch seconds {
    case ..<1: return "now"
    case ..<60: return counted(seconds, "s")
    case ..<3600: return counted(seconds / 60, "min")
    case ..<172_800: return counted(seconds / 3600, "h")
    default: return counted(seconds / 86_400, "days")
    }
  }

  static func ago(_ time: Double) -> String {
    let text = text(time)
    return text == "now" ? "just now" : text + " ago"
  }
}
