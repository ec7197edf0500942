import CVMHeapGraph
import CVMReport
import CVMTerminal

extension Session {
  /// Runs a command line, with or without the colon in front.
  @discardableResult
  public func command(_ line: String) -> ExitStatus {
    let text = CommandCall.trimmed(line[...])
    let whole = text.hasPrefix(":") ? text : ":" + text
    let name = CommandTable.explained(String(whole.dropFirst().prefix { $0.isLetter }))?.name ?? ""
    let wasInLesson = isInLesson
    let (status, output) = console.recording { () -> ExitStatus in
      let status = runCommand(line)
      if name != "learn" { checkLesson(after: whole, status) }
      return status
    }
    // What ends a lesson is no line of the session.
    if isInLesson || !wasInLesson, !text.isEmpty {
      if machine.history != nil, name != "transcript" { teaching.log.add(nil, whole, output) }
      if !isFinished { history.add(text, number: nil) }
    }
    console.flush()
    return status
  }

  /// Runs a command line that nobody typed.
  func runCommand(_ line: String) -> ExitStatus {
    var text = line[...].drop(while: \.isWhitespace)
    if text.isEmpty { return .done }
    if text.first == ":" { text.removeFirst() }
    let word = text.prefix { !$0.isWhitespace && $0 != "|" && $0 != ">" }
    results.keepExpression(.undefined, in: machine)
    do throws(CommandError) {
      let command = try CommandTable.find(String(word))
      let spec = command.spec
      let (rest, redirection) = try Redirection.split(text[word.endIndex...], of: spec)
      var call = try CommandCall(rest[...], for: spec)
      call.isForPrograms = redirection != nil
      // What is shown beside the answer leaves standard output to it.
      let isForPrograms = !options.isJSON && ["json", "jsonl", "csv"].contains(where: call.has)
      if isForPrograms { options.isJSON = true }
      defer { if isForPrograms { options.isJSON = false } }
      let clock = Stopwatch()
      let answer = try command.run(call, in: self)
      return try show(answer, of: call, by: command, redirection, clock)
    } catch {
      if !error.message.isEmpty { writeError(error.message) }
      return error.status
    }
  }

  /// Says what was wrong with a command; at a terminal no word is broken.
  private func writeError(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let wrapped =
      options.isInteractive ? lines.flatMap { TextLayout.wrapped($0, to: options.width, indent: "  ") } : lines
    console.writeError(wrapped.joined(separator: "\n") + "\n")
  }

  private func show(
    _ answer: CommandAnswer, of call: CommandCall, by command: any Command.Type, _ redirection: Redirection?,
    _ clock: Stopwatch
  ) throws(CommandError) -> ExitStatus {
    let (text, isForPeople) = rendered(answer, call)
    if let redirection {
      let status = try redirection.write(text, to: console)
      if case .file(let path, _) = redirection {
        let size = ByteCount.text(UInt64(text.utf8.count))
        console.writeError("\(TextLayout.printable(path)): \(size)\(rowCount(answer, call))\n")
      }
      return answer.status == .done ? status : answer.status
    }
    let seconds = clock.seconds
    let isLong = isForPeople && seconds > options.longAnalysis && call.spec.isAnalysis
    let duration = isLong ? "-- took \(Numbers.duration(seconds: seconds))\n" : ""
    guard isForPeople, !(text + duration).isEmpty else {
      console.write(text)
      return answer.status
    }
    let table = answer.rows?()
    if let table, table.isNumbered { lastTable = table }
    if let table, canOfferMore(of: call, text, table) {
      try showParts(text, of: command, call, table)
      console.write(duration)
    } else {
      page(text + duration)
    }
    return answer.status
  }

  /// What a file lacks of a table that is cut where no screen asked for it.
  private func rowCount(_ answer: CommandAnswer, _ call: CommandCall) -> String {
    guard !call.has("top"), let table = answer.rows?(), table.totalRowCount > table.rows.count else { return "" }
    return
      ", \(Numbers.grouped(UInt64(table.rows.count))) of \(Numbers.grouped(UInt64(table.totalRowCount))) rows (--all)"
  }

  /// The answer in the form that was asked for.
  private func rendered(_ answer: CommandAnswer, _ call: CommandCall) -> (text: String, isForPeople: Bool) {
    let isASCII = options.rendering.isASCII
    if let rows = answer.rows, call.has("csv") || call.has("jsonl") || (options.isJSONLines && !call.has("json")) {
      let result = AnalysisResult(name: "", body: .table(rows()))
      if call.has("csv") { return (CSVRenderer.render(result), false) }
      return (JSONRenderer(isASCII: isASCII).renderLines(result), false)
    }
    if options.isJSON || options.isJSONLines || call.has("json") { return (answer.json(), false) }
    return (answer.text(), true)
  }
}
