import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSnapshot
import CVMStorage

/// What `cvm-repl executions` is asked to do.
public enum ExecutionsAction: Sendable, Equatable {
  case list
  case show(String, outputOnly: Bool)
  case delete([String])
  case restart(String)
  /// Into a file, or as JSON to standard output.
  case export(String, file: String?)
  /// Makes an execution of what `export` wrote.
  case load(file: String, id: String?)
}

/// `cvm-repl executions`: looks at what a store holds.
struct ExecutionsCommand {
  let place: String?
  let options: SessionOptions
  let console: Console

  func run(_ action: ExecutionsAction) -> ExitStatus {
    let store: any ExecutionStore
    do throws(StorageError) { store = try ExecutionPlace.open(place, creates: action.makesStore) } catch {
      if case .missing = error, action == .list { return show([]) }
      return ExecutionMessages.write(.storage(error), id: action.ids.first, store: nil, to: console)
    }
    let manager = VMManager(store: store, options: options, console: console)
    var current: String?
    do throws(ExecutionError) {
      switch action {
      case .list: return show(try manager.list())
      case .show(let id, let outputOnly): return try show(id, outputOnly: outputOnly, manager)
      case .delete(let ids):
        for id in ids {
          current = id
          try manager.delete(id)
        }
      case .restart(let id):
        try manager.restart(id)
        if !options.isJSON { console.write("\(ExecutionRunner.resumeCommand(id, place: place)) begins it again.\n") }
      case .export(let id, let file): try export(id, to: file, manager)
      case .load(let file, let id): return try load(file, id: id, manager)
      }
      return .done
    } catch {
      return ExecutionMessages.write(error, id: current ?? action.ids.first, store: store, to: console)
    }
  }

  // MARK: The list

  private func show(_ records: [ExecutionRecord]) -> ExitStatus {
    let table = ResultTable(
      columns: [
        .init("id", .left, isFlexible: true), .init("status", .left), .init("step"),
        .init("bytes", title: "size"), .init("age", .left),
        .init("question", title: "question or result", .left, isFlexible: true),
      ] + (options.isJSON ? [.init("result", .left)] : []),
      rows: records.map { record in
        [
          .text(record.id), .text(record.statusText), .count(UInt64(record.sequence)),
          .bytes(UInt64(record.stateBytes)),
          options.isJSON ? .seconds(max(currentTime() - record.updatedAt, 0)) : .text(Ages.text(record.updatedAt)),
        ] + notes(record)
      })
    let result = AnalysisResult(name: "executions", body: .table(table))
    if options.isJSONLines {
      console.write(JSONRenderer(isASCII: options.isASCII).renderLines(result))
    } else if options.isJSON {
      console.write(JSONRenderer(isASCII: options.isASCII).render(result))
    } else if records.isEmpty {
      console.write("No executions. cvm-repl run FILE --id NAME makes one.\n")
    } else {
      console.write(TerminalRenderer(options: options.rendering).render(result))
    }
    return .done
  }

  /// What a program asks or came to: for people in one column.
  private func notes(_ record: ExecutionRecord) -> [ResultCell] {
    let cell = record.note.map { ResultCell.text(TextLayout.printable($0)) } ?? .none
    if !options.isJSON { return [cell] }
    return record.status == .waiting ? [cell, .none] : [.none, cell]
  }

  // MARK: One

  private func show(_ id: String, outputOnly: Bool, _ manager: VMManager) throws(ExecutionError) -> ExitStatus {
    let record = try manager.status(id)
    let log: [LogEntry]
    do throws(StorageError) { log = try manager.store.log(of: id) } catch { throw .storage(error) }
    let current = Array(log.suffix(from: (log.lastIndex { $0.kind == .restart } ?? -1) + 1))
    if outputOnly {
      for entry in current {
        if entry.kind == .output { console.write(entry.bytes) }
        if entry.kind == .errorOutput { console.writeError(entry.bytes) }
      }
      return .done
    }
    if options.isJSON { writeJSON(record, current) } else { write(record, current) }
    return .done
  }

  private func write(_ record: ExecutionRecord, _ log: [LogEntry]) {
    let details = ProgramDetails(encoded: record.details)
    var lines = ["\(record.id)  \(record.statusText)"]
    func add(_ name: String, _ text: String) {
      let name = name + String(repeating: " ", count: max(10 - name.count, 1))
      lines += TextLayout.wrapped("  " + name + TextLayout.printable(text), to: options.width, indent: "            ")
    }
    if let details { add("program", ([details.file] + details.arguments).joined(separator: " ")) }
    add("step", Numbers.grouped(UInt64(record.sequence)))
    add("state", ByteCount.text(UInt64(record.stateBytes)))
    add("made", Ages.ago(record.createdAt))
    add("changed", Ages.ago(record.updatedAt))
    if let owner = record.owner, owner.isAlive() { add("running", "\(owner)") }
    if let question = record.question { add("asks", question) }
    if let answer = record.answer { add("answer", answer) }
    if let result = record.result {
      let first = result.split(separator: "\n").first.map(String.init) ?? ""
      add(record.status == .failed ? "error" : record.status == .stopped ? "because" : "result", first)
    }
    let asked = Self.questions(log)
    if !asked.isEmpty { lines += ["", "  asked and answered"] }
    for (question, answer) in asked {
      lines += TextLayout.wrapped(
        TextLayout.printable("    \(question) -> \(answer)"), to: options.width, indent: "      ")
    }
    let output = String(decoding: log.filter { $0.kind == .output }.flatMap(\.bytes), as: UTF8.self)
    var printed = output.split(separator: "\n", omittingEmptySubsequences: false)
    if printed.last == "" { printed.removeLast() }
    if !printed.isEmpty {
      lines += ["", "  printed \(Numbers.counted(UInt64(printed.count), "line")) (--output shows all of it)"]
      if printed.count > Self.shownLines { lines.append("    ...") }
      lines += printed.suffix(Self.shownLines).map {
        TextLayout.ellipsized("    " + TextLayout.printable(String($0)), to: options.width)
      }
    }
    console.write(lines.map { $0 + "\n" }.joined())
  }

  private static let shownLines = 10

  private static func questions(_ log: [LogEntry]) -> [(question: String, answer: String)] {
    var result: [(String, String)] = []
    var question = ""
    for entry in log {
      let text = String(decoding: entry.bytes, as: UTF8.self)
      if entry.kind == .question { question = text }
      if entry.kind == .answer { result.append((question, text)) }
    }
    return result
  }

  private func writeJSON(_ record: ExecutionRecord, _ log: [LogEntry]) {
    func text(_ kind: LogEntry.Kind) -> String {
      String(decoding: log.filter { $0.kind == kind }.flatMap(\.bytes), as: UTF8.self)
    }
    let isASCII = options.isASCII
    console.write(
      JSONWriter.text(isASCII: isASCII) { writer in
        writer.report("executions") { writer in
          writer.member("id", record.id)
          writer.member("status", record.status.word)
          writer.member("step", record.sequence)
          if let details = ProgramDetails(encoded: record.details) {
            writer.member("program", details.file)
            writer.list("arguments") { writer in for argument in details.arguments { writer.string(argument) } }
          }
          writer.member("programHash", "\(record.program)")
          writer.member("stateBytes", record.stateBytes)
          writer.member("createdAt", record.createdAt)
          writer.member("updatedAt", record.updatedAt)
          if let owner = record.owner, owner.isAlive() { writer.member("process", owner.process) }
          if let question = record.question { writer.member("question", question) }
          if let answer = record.answer { writer.member("answer", answer) }
          if let result = record.result { writer.member("result", result) }
          writer.list("answers") { writer in
            for (question, answer) in Self.questions(log) {
              writer.object {
                $0.member("question", question)
                $0.member("answer", answer)
              }
            }
          }
          writer.member("output", text(.output))
          writer.member("errorOutput", text(.errorOutput))
        }
      })
  }

  // MARK: Export

  /// Writes the state as a portable checkpoint, which `open` opens, or as JSON; it was restored in a machine before.
  private func export(_ id: String, to file: String?, _ manager: VMManager) throws(ExecutionError) {
    let record = try manager.status(id)
    guard record.state != nil else {
      let reason = record.status == .ready ? "it has not run yet" : "it has ended (\(record.status.word))"
      throw .state(id: id, reason: reason)
    }
    let chain: [StoredBlob]
    do throws(StorageError) { chain = try manager.store.state(of: id) } catch { throw .storage(error) }
    let session = Session(options: options, console: console)
    try ExecutionState.restore(chain, of: id, into: ExecutionRun(session))
    do throws(CommandError) {
      let asJSON = file.map(CheckpointNames.isJSON) ?? true
      let checkpoint = try session.makeCheckpoint(withNotes: asJSON)
      var byteCount = checkpoint.byteCount
      do throws(SnapshotError) {
        if asJSON {
          let text = try ExchangedExecution.text(of: checkpoint, record, in: manager.store)
          guard let file else { return console.write(text) }
          try ExecutionJSON.write(text, to: file)
          byteCount = text.count
        } else if let file {
          byteCount = try checkpoint.write(to: file, compresses: true)
        }
      } catch {
        throw CommandError(status: .error, message: "\(error)")
      }
      console.writeError("\(TextLayout.printable(file ?? "")): \(ByteCount.text(UInt64(byteCount)))\n")
    } catch {
      throw .notSavable(id: id, reason: error.message)
    }
  }

  /// Makes an execution of a file that `export` wrote, perhaps elsewhere.
  private func load(_ file: String, id: String?, _ manager: VMManager) throws(ExecutionError) -> ExitStatus {
    let exchanged: ExchangedExecution
    do throws(CommandError) { exchanged = try ExchangedExecution(file: file) } catch {
      console.writeError(error.message + "\n")
      return error.status
    }
    let name = id ?? exchanged.id
    do throws(CommandError) { try manager.adopt(exchanged, as: name) } catch {
      console.writeError(error.message + "\n")
      return error.status
    }
    console.writeError(
      "\(name): \(exchanged.status.word). \(ExecutionRunner.resumeCommand(name, place: place)) goes on.\n")
    return .done
  }
}

extension ExecutionsAction {
  var makesStore: Bool { if case .load = self { true } else { false } }

  /// The executions that it names.
  var ids: [String] {
    switch self {
    case .list: []
    case .show(let id, _), .restart(let id), .export(let id, _): [id]
    case .load(_, let id): id.map { [$0] } ?? []
    case .delete(let ids): ids
    }
  }
}

extension ExecutionRecord {
  /// Its status, and whether a process is at it right now.
  var statusText: String { owner?.isAlive(lastSeen: updatedAt) == true ? "\(status.word), running" : status.word }

  /// What is asked, or what it came to, in a line.
  var note: String? {
    let text = status == .waiting ? question : result
    return text.map { String($0.split(separator: "\n").first ?? "") }
  }
}
