import CVMReport
import CVMRuntime
import CVMSnapshot
import CVMStorage
import CVMSyntax
import CVMText

/// An execution on its way from one store to another: execution JSON with what the store knows of it.
struct ExchangedExecution {
  let id: String
  let json: ExecutionJSON
  let program: [UInt8]
  let details: ProgramDetails
  let log: [LogEntry]

  private static let kinds: [(kind: LogEntry.Kind, name: String)] = [
    (.output, "output"), (.errorOutput, "errorOutput"), (.question, "question"), (.answer, "answer"),
    (.restart, "restart"),
  ]

  // MARK: Writing

  /// The text of a state, with the program and the log of its record.
  static func text(
    of checkpoint: Checkpoint, _ record: ExecutionRecord, in store: any ExecutionStore
  ) throws(SnapshotError) -> [UInt8] {
    let log: [LogEntry]
    let program: [UInt8]
    do throws(StorageError) {
      log = try store.log(of: record.id)
      program = try store.program(of: record.id)
    } catch {
      throw .system(operation: "read", path: store.place, reason: "\(error)")
    }
    return try ExecutionJSON.text(of: checkpoint) { json in
      json.member("id", record.id)
      json.member("programId", "\(record.program)")
      json.breakLine()
      json.group("program") { json in
        if let details = ProgramDetails(encoded: record.details) {
          json.member("file", details.file)
          json.member("typescript", details.isTypeScript)
          json.member("dialect", details.language.rawValue)
          json.list("arguments") { json in for argument in details.arguments { json.string(argument) } }
        }
        text("source", "bytes", program, &json)
      }
      json.breakLine()
      json.list("log") { json in
        for entry in log {
          json.breakLine(indent: 1)
          json.object { json in
            json.member("kind", kinds.first { $0.kind == entry.kind }?.name ?? "")
            text("text", "bytes", entry.bytes, &json)
          }
        }
      }
    }
  }

  /// Bytes that are text as text, others in Base64.
  private static func text(_ name: String, _ other: String, _ bytes: [UInt8], _ json: inout JSONWriter) {
    if let text = String(validating: bytes, as: UTF8.self) {
      json.member(name, text)
    } else {
      json.member(other, Base64.encode(bytes))
    }
  }

  // MARK: Reading

  init(file: String) throws(CommandError) {
    do throws(SnapshotError) {
      json = try ExecutionJSON(readingFile: file)
      do throws(JSONError) {
        let document = json.document
        var fields = HostFields(document)
        id = try fields.text("id", of: document.root) ?? "imported"
        if let program = document.member("program", of: document.root) {
          self.program = try fields.bytes("source", "bytes", of: program)
          var arguments: [String] = []
          if let list = document.member("arguments", of: program) {
            for element in document.elements(of: list) { arguments.append(document.text(element) ?? "") }
          }
          let dialect = try fields.text("dialect", of: program) ?? LanguageDialect.js.rawValue
          guard let language = LanguageDialect(rawValue: dialect) else {
            throw document.error("there is no dialect \(dialect.prefix(40))", at: program)
          }
          var details = ProgramDetails(
            file: try fields.text("file", of: program) ?? file, language: language, arguments: arguments)
          if let flag = document.member("typescript", of: program) {
            details.isTypeScript = document.boolean(flag) ?? false
          }
          self.details = details
        } else {
          program = []
          details = ProgramDetails(file: file)
        }
        log = try fields.log(Self.kinds)
      } catch {
        throw .json(path: file, error)
      }
    } catch {
      throw CommandError(error)
    }
  }

  /// Where it stands; only what waits or was stopped can be kept in a store.
  var status: ExecutionStatus {
    let state = json.document.member("state", of: json.document.root).flatMap { json.document.text($0) }
    return state == "waiting" ? .waiting : .stopped
  }

  /// Whether it can go on.
  var canGoOn: Bool {
    let state = json.document.member("state", of: json.document.root).flatMap { json.document.text($0) }
    return state == "waiting" || state == "stopped"
  }
}

/// Reads the members that a host has added.
private struct HostFields {
  let document: JSONDocument

  init(_ document: JSONDocument) { self.document = document }

  func text(_ name: String, of node: Int) throws(JSONError) -> String? {
    guard let member = document.member(name, of: node) else { return nil }
    guard let text = document.text(member) else { throw document.error("this is no string", at: member) }
    return text
  }

  func bytes(_ name: String, _ other: String, of node: Int) throws(JSONError) -> [UInt8] {
    if let text = try text(name, of: node) { return Array(text.utf8) }
    guard let member = document.member(other, of: node) else {
      throw document.error("the member \(name) is missing", at: node)
    }
    guard let bytes = document.text(member).flatMap({ Base64.decode($0) }) else {
      throw document.error("this is no Base64", at: member)
    }
    return bytes
  }

  mutating func log(_ kinds: [(kind: LogEntry.Kind, name: String)]) throws(JSONError) -> [LogEntry] {
    guard let list = document.member("log", of: document.root) else { return [] }
    guard document.kind(list) == .array else { throw document.error("this is no array", at: list) }
    var log: [LogEntry] = []
    for element in document.elements(of: list) {
      let name = try text("kind", of: element)
      guard let kind = kinds.first(where: { $0.name == name })?.kind else {
        throw document.error("there is no entry of this kind", at: element)
      }
      log.append(LogEntry(kind, try bytes("text", "bytes", of: element)))
    }
    return log
  }
}

extension VMManager {
  /// Makes an execution of what another store exported. Nothing is made of a state that no machine can have.
  func adopt(_ exchanged: ExchangedExecution, as id: String) throws(CommandError) {
    guard exchanged.canGoOn else {
      throw CommandError(
        status: .error, message: "This execution has nothing to go on with: it neither waits nor was stopped.")
    }
    let machine = Machine()
    let state: [UInt8]
    do throws(SnapshotError) {
      try exchanged.json.restore(into: machine, makeSource: Session.source)
      state = try Checkpoint(machine).bytes
    } catch {
      throw CommandError(error)
    }
    let question = machine.isPaused ? machine.vm.text(machine.pausedPrompt) : nil
    do throws(StorageError) { try make(exchanged, as: id, state, question: question) } catch {
      throw CommandError(status: .error, message: "\(error).")
    }
  }

  private func make(
    _ exchanged: ExchangedExecution, as id: String, _ state: [UInt8], question: String?
  ) throws(StorageError) {
    var first = ExecutionCommit(expectedSequence: 0, status: question == nil ? .stopped : .waiting)
    first.state = .replaced(StateBlob(state))
    first.question = question
    first.log = exchanged.log
    // As one: a kill in between would leave an execution that begins its program again.
    try store.create(
      NewExecution(id: id, program: exchanged.program, details: exchanged.details.encoded(), first: first), owner: nil)
  }
}

extension ExecutionJSON {
  /// Reads a file, or standard input as `-`.
  convenience init(readingFile path: String) throws(SnapshotError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch {
      throw .system(operation: "read", path: path, reason: error.reason)
    }
    try self.init(bytes, path: path)
  }
}

/// Execution JSON, which the session goes on with.
enum ExecutionJSONFileKind: FileKind {
  static let title = "execution JSON"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    let keys = beginning.jsonKeys
    return keys.contains("format") && keys.contains("version") && !keys.contains("bytecode")
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    let json: ExecutionJSON
    do throws(SnapshotError) { json = try ExecutionJSON(readingFile: path) } catch { throw CommandError(error) }
    let (sentence, members) = try RestoreCommand.restore(KeptCheckpoint(json, file: path), title: path, in: session)
    return .session(sentence, members)
  }
}

extension CommandError {
  /// Why a file can't be opened.
  init(_ error: SnapshotError) {
    if case .system = error { self = .notFound("\(error)") } else { self.init(status: .error, message: "\(error)") }
  }
}
