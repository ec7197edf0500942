import CVMHeapGraph
import CVMReport
import CVMTerminal
import Glibc

/// `:history`: what was typed.
enum HistoryCommand: Command {
  static let spec = CommandSpec(
    name: "history", category: .session, argument: "PATTERN", rule: .optional,
    options: [.init("session", "only what was typed in this session")],
    table: .init(["number", "text"], rowLimit: 50),
    summary: "what was typed, the newest last",
    discussion:
      "Statements stand as clean code, those of this session with their number in a comment; --top N shows the last N, --all all of them. "
      + "With a PATTERN only what contains it, in capital or small letters. What earlier sessions left stands in front.",
    examples: [
      .init(":history", setup: ["let q = p"]), .init(":history q --top 5", setup: ["let q = p"]),
      .init(":history --session", setup: ["let q = p"]),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let pattern = call.argument.lowercased()
    var entries = session.history.entries
    if !call.has("session") {
      entries = session.earlierHistory().map { SessionHistory.Entry(number: nil, text: $0) } + entries
    }
    if !pattern.isEmpty { entries = entries.filter { $0.text.lowercased().contains(pattern) } }
    let shown = entries.suffix(call.rowLimit)
    let table = ResultTable(
      columns: [.init("number"), .init("text", .left, isFlexible: true)],
      rows: shown.map { [$0.number.map { .count(UInt64($0)) } ?? .none, .text($0.text)] },
      totalRowCount: entries.count)
    let options = session.options.rendering
    let isCutToScreen = !call.has("top") && !call.wantsAllRows
    let room = isCutToScreen ? session.linesPerPage : nil
    return CommandAnswer(
      text: { text(shown, of: entries.count, room, options) },
      json: {
        JSONRenderer(isASCII: options.isASCII).render(AnalysisResult(name: "history", body: .table(table)))
      }, rows: { call.has("by") ? call.arranged(table) : table })
  }

  /// The entries, or the newest of them that the screen has room for.
  private static func text(
    _ entries: ArraySlice<SessionHistory.Entry>, of total: Int, _ room: Int?, _ options: RenderOptions
  ) -> String {
    let texts = entries.map { text($0, options) }
    guard let room else { return texts.joined() }
    var lines = 1
    let newest = texts.reversed().prefix { text in
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) {
        $0 + max(1, (displayWidth($1) + options.width - 1) / options.width)
      }
      return lines <= room
    }
    // One that is longer than the screen is better than none.
    let count = max(newest.count, min(texts.count, 1))
    let note = count < total ? "-- the newest \(count) of \(Numbers.grouped(UInt64(total))) (--all)\n" : ""
    return note + texts.suffix(count).joined()
  }

  /// A statement as it can be typed again, with its number in a comment where there is room.
  private static func text(_ entry: SessionHistory.Entry, _ options: RenderOptions) -> String {
    var lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map {
      TextLayout.printable(String($0).replacingTabs, isASCII: false)
    }
    if let number = entry.number, let last = lines.last {
      let comment = "// [\(number)]"
      let gap = options.width - displayWidth(last) - comment.count
      if gap >= 2 { lines[lines.count - 1] = last + String(repeating: " ", count: gap) + comment }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension String {
  fileprivate var replacingTabs: String {
    split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "  ")
  }
}

/// `:edit`: a statement in an editor.
enum EditCommand: Command {
  static let spec = CommandSpec(
    name: "edit", category: .session, argument: "N", rule: .optional,
    summary: "opens a statement in $EDITOR, and runs what was saved",
    discussion: "Statement N, or the last one. Nothing runs when the text was not changed or is empty.",
    examples: [.init(":edit 1", setup: ["let q = 1"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    var text = ""
    if call.argument == "new" {
      text = ""
    } else if !call.argument.isEmpty {
      guard let number = Int(call.argument) else { throw .usage(":edit needs the number of a statement") }
      guard let entry = session.history.statement(number) else { throw .notFound("There is no statement [\(number)]") }
      text = entry.text
    } else {
      text = session.history.lastStatement?.text ?? ""
    }
    let edited = try ExternalEditor.edit(text, console: session.console)
    let options = session.options.rendering
    func answer(_ sentence: String, _ status: ExitStatus = .done) -> CommandAnswer {
      var answer = CommandAnswer(sentence, "edit", options: options) { $0.member("ran", sentence.isEmpty) }
      answer.status = status
      return answer
    }
    if edited.allSatisfy(\.isWhitespace) { return answer("Nothing to run.") }
    if edited == text { return answer("Not changed, so nothing runs.") }
    session.write(
      edited.split(separator: "\n").map { TextLayout.printable(String($0)) + "\n" }.joined())
    return answer("", session.evaluate(edited))
  }
}

/// The person's editor.
enum ExternalEditor {
  /// Lets a text be edited; what was saved, without line feeds at its end.
  static func edit(_ text: String, console: Console) throws(CommandError) -> String {
    console.flush()
    let named = ["VISUAL", "EDITOR"].map { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    let editor = named.first { !$0.isEmpty }
    guard let editor = editor ?? (isatty(STDIN_FILENO) == 1 ? "vi" : nil) else {
      throw .usage("Set EDITOR to the editor that you like.")
    }
    var template = Array("/tmp/cvm-repl-XXXXXX.js".utf8CString)
    let descriptor = mkstemps(&template, 3)
    guard descriptor >= 0 else { throw failure("Cannot make a file") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    Terminal.removeAtEnd(path)
    defer {
      unlink(path)
      Terminal.removeAtEnd("")
    }
    let problem = writeAllBytes(descriptor, Array((text.isEmpty ? "" : text + "\n").utf8))
    close(descriptor)
    if problem != 0 { throw failure("Cannot write \(path)") }
    let words = ["/bin/sh", "-c", "\(editor) \"$1\"", "sh", path]
    guard let child = Terminal.lend({ ShellPipe.spawn(words) }) else {
      throw failure("Cannot start /bin/sh")
    }
    let status = ShellPipe.wait(for: child)
    _ = Interrupts.take()
    if status != 0 {
      throw CommandError(status: .error, message: "\(editor) ended with status \(status): nothing runs.")
    }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try readFile(path) } catch { throw .notFound("Cannot read \(error.message)") }
    var result = String(decoding: bytes, as: UTF8.self)
    while result.last?.isNewline == true { result.removeLast() }
    return result
  }

  private static func failure(_ text: String) -> CommandError {
    CommandError(status: .error, message: "\(text): \(String(cString: strerror(errno)))")
  }
}
