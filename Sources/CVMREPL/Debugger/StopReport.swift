import CVMBytecode
import CVMReport
import CVMRuntime
import CVMSyntax
import CVMTerminal

/// What a person sees where a run stands still: why, the line with carets, variables, the stack, and what changed.
struct StopReport {
  let session: Session
  let run: StoppedRun
  let earlier: StoppedRun?
  private static let indent = 11

  private var machine: Machine { session.machine }
  private var width: Int { session.options.width }

  var text: String {
    let frames = machine.stackFrames(limit: 30)
    var lines = heading(frames.first)
    if let frame = frames.first {
      lines += place(frame)
      if session.stepper.shownUnit == .instruction { lines += row("next", instruction(frame)) }
      lines += row("locals", locals(frame))
    }
    lines += row("stack", [stack(frames)])
    lines += row("changed", changes)
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: Why

  private func heading(_ frame: StackFrame?) -> [String] {
    var lines: [String] = []
    switch run.cause {
    case .breakpoint(let number):
      let title = session.stepper.breakpoints[number].map { ": \($0.title)" } ?? ""
      lines = ["Breakpoint \(number)\(title)"]
    case .debuggerStatement: lines = ["Stopped at a debugger statement."]
    case .condition(let text): lines = ["Stopped: \(text)"]
    case .exception:
      let error = machine.stoppedException ?? .undefined
      lines = [
        "About to throw \(machine.isError(error) ? machine.errorTitle(error) : machine.preview(error, limit: 60))"
      ]
    case .interrupt: lines = ["Interrupted.   (:continue goes on, :abort gives up)"]
    case .returned:
      let value = earlier?.frame.flatMap { machine.returnedValue(of: $0) }
      let name = earlier?.frame.map { Self.name($0) } ?? "it"
      lines = [value.map { "\(name) returned \(machine.preview($0, limit: 60))" } ?? "\(name) returned"]
    case .step, .back: break
    }
    lines += run.notes
    if let problem = session.stepper.problem { lines.append(problem) }
    return lines.map { TextLayout.ellipsized(session.options.rendering.printable($0), to: width, isASCII: true) }
  }

  // MARK: Where

  private func place(_ frame: StackFrame) -> [String] {
    guard let script = frame.code.script, let range = Self.range(of: frame, script) else {
      return ["  \(Self.name(frame)), instruction \(frame.offset)"]
    }
    let line = script.file.line(at: range.start)
    let title = "\(Self.shortName(script)):\(line)"
    let head = TextLayout.padded(TextLayout.ellipsized(title, to: 24, isASCII: true), to: Self.indent - 3)
    let room = max(width - displayWidth(head) - 3, 20)
    let snippet = DiagnosticRenderer(width: room).snippet(range, in: script.file)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard snippet.count >= 2 else { return [head] }
    // The renderer's margin is not wanted here, nor the indentation of the line.
    let margin = min(snippet[0].prefix { $0 == " " }.count, snippet[1].prefix { $0 == " " }.count)
    let pad = String(repeating: " ", count: displayWidth(head) + 3)
    return ["  \(head) \(snippet[0].dropFirst(margin))", pad + snippet[1].dropFirst(margin)]
  }

  /// The instruction that comes next, as `:disasm` shows it.
  private func instruction(_ frame: StackFrame) -> [String] {
    let row = Disassembler(frame.code.block).rows().first { $0.pc == frame.offset }
    return row.map { ["\($0.pc)  \($0.mnemonic)  \($0.operands.joined(separator: ", "))"] } ?? []
  }

  /// The last part of a path.
  static func shortName(_ script: ScriptText) -> String {
    script.displayName.split(separator: "/").last.map(String.init) ?? script.displayName
  }

  /// The part of the source that comes next: the statement where one begins, else the expression.
  static func range(of frame: StackFrame, _ script: ScriptText) -> SourceRange? {
    if let part = script.steps.steps(of: frame.code.block)[frame.offset] {
      return SourceRange(start: part.start, end: part.shownEnd)
    }
    if let entry = frame.entry { return SourceRange(start: entry.start, end: max(entry.end, entry.start + 1)) }
    // Before anything of the function itself: all of it.
    let start = frame.code.block.sourceStart
    return SourceRange(start: start, end: max(frame.code.block.sourceEnd, start + 1))
  }

  // MARK: Variables

  private func locals(_ frame: StackFrame) -> [String] {
    var items: [String] = []
    if frame.this.isObject, frame.this != machine.globalThis { items.append("this = \(machine.shortText(frame.this))") }
    for variable in frame.variables where !variable.isCaptured {
      items.append("\(variable.name) = \(variable.value.map(describe) ?? "(no value yet)")")
    }
    if items.count > 12 { items = items.suffix(12) + ["(:locals for all)"] }
    return items
  }

  /// A value in a few words: an object with its id.
  private func describe(_ value: Value) -> String {
    guard value.isObject, machine.objectID(of: value) != nil else { return machine.preview(value, limit: 40) }
    if machine.isFunction(value) { return machine.shortText(value) }
    return "\(machine.shortText(value)) \(machine.preview(value, limit: 34))"
  }

  // MARK: The stack

  static func name(_ frame: StackFrame) -> String {
    if frame.code.block.kind == .program { return frame.code.source?.displayName ?? "(program)" }
    return frame.name.isEmpty ? "(anonymous)" : frame.name
  }

  /// `total(ps = #13)`
  static func call(_ frame: StackFrame, _ machine: Machine) -> String {
    let name = name(frame)
    if frame.code.block.kind == .program { return name }
    let block = frame.code.block
    let parameters = (0..<block.parameterCount).compactMap { register -> String? in
      guard let variable = block.variables.first(where: { Int($0.register) == register }) else {
        return nil
      }
      let name = String(decoding: variable.name, as: UTF16.self)
      guard let value = frame.variable(name)?.value else { return nil }
      return "\(name) = \(machine.shortText(value))"
    }
    return (frame.isConstruct ? "new " : "") + "\(name)(\(parameters.joined(separator: ", ")))"
  }

  private func stack(_ frames: [StackFrame]) -> String {
    let shown = frames.prefix(5).map { Self.call($0, machine) }.joined(separator: " <- ")
    let rest = machine.stackDepth - 5
    return shown + (frames.count > 5 ? " <- ... \(rest) more (:bt)" : "")
  }

  // MARK: What changed

  private var changes: [String] {
    // Going back changes nothing: it was so.
    guard let earlier else { return [] }
    if case .back = run.cause { return [] }
    var items = run.locals.changes(since: earlier.locals)
    guard let difference = session.differenceSinceLastStop() else { return items }
    for change in difference.variables { items.append("\(change.name) \(Self.text(change))") }
    for item in difference.changed {
      for change in item.changes.prefix(3) { items.append("\(item.title)\(change.name) \(Self.text(change))") }
    }
    for item in difference.added.prefix(3) { items.append("new \(item.title)") }
    if difference.addedCount > 3 { items.append("\(difference.addedCount - 3) more new objects") }
    if items.count > 8 { items = items.prefix(8) + ["..."] }
    return items
  }

  private static func text(_ change: HeapDifference.Change) -> String {
    switch (change.old, change.new) {
    case (let old?, let new?): "\(old) -> \(new)"
    case (nil, let new?): "= \(new)"
    case (_, nil): "removed"
    }
  }

  // MARK: Layout

  /// Items behind a title, as many in a line as there is room for.
  private func row(_ title: String, _ items: [String]) -> [String] {
    var lines: [String] = []
    var line = TextLayout.padded("  \(title)", to: Self.indent)
    var isEmpty = true
    for item in items.filter({ !$0.isEmpty }) {
      let text = TextLayout.ellipsized(
        session.options.rendering.printable(item), to: max(width - Self.indent, 20), isASCII: true)
      if !isEmpty, displayWidth(line) + displayWidth(text) + 3 > width {
        lines.append(line)
        line = String(repeating: " ", count: Self.indent)
        isEmpty = true
      }
      line += (isEmpty ? "" : "   ") + text
      isEmpty = false
    }
    return isEmpty ? lines : lines + [line]
  }
}

extension Session {
  /// What changed in the heap since the last stop, where the heap is small enough to tell.
  func differenceSinceLastStop() -> HeapDifference? { HeapDifference.acrossTravel(self, by: -1)?.reversed }
}
