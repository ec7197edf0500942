import CVMBytecode
import CVMReport
import CVMRuntime
import CVMSyntax
import CVMTerminal

/// What a person sees of an uncaught error: the error, the place, the line with a caret, the call stack, and a guess.
struct ErrorReport {
  private let session: Session
  private let machine: Machine
  private let exception: Value
  private let width: Int
  private static let titleLimit = 2000
  private static let lineLimit = 300

  init(session: Session, exception: Value) {
    self.session = session
    machine = session.machine
    self.exception = exception
    width = session.options.width
  }

  var text: String {
    var lines = title.split(separator: "\n", omittingEmptySubsequences: false).map { TextLayout.printable(String($0)) }
    lines[0] = "Uncaught \(lines[0])"
    let frames = stackFrames
    if let site = machine.throwSite, let script = site.code.source as? ScriptText {
      if let carets = session.typedStatement?.carets(under: range(of: site.entry), in: script.file, session) {
        lines.insert(carets, at: 0)
      } else {
        lines += place(site.entry, script.file)
      }
      // A stack of one frame says nothing new.
      if frames.count > 1 || script.file.name.first != "[" { lines += frames }
    } else {
      lines += frames
    }
    lines += suggestion
    if session.options.usesColor { lines = lines.map(Self.coloured) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is said of `heap(99)` where no such object is.
  static func invalidReference(
    _ id: UInt64, at range: SourceRange, in file: SourceFile, _ session: Session
  ) -> String {
    var lines = ["Uncaught RangeError: Invalid heap reference: \(id)"]
    if let carets = session.typedStatement?.carets(under: range, in: file, session) {
      lines.insert(carets, at: 0)
    } else {
      lines += DiagnosticRenderer(width: session.options.width).placed(range, in: file)
    }
    let last = session.machine.lastObjectID
    lines.append(
      last == 0
        ? "  There is no object yet."
        : id == 0 || id > last
          ? "  The newest object is #\(last); :find lists them."
          : "  Nothing holds #\(id) any more; :find lists the objects that there are.")
    if session.options.usesColor { lines = lines.map(coloured) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line of a report in colours.
  static func coloured(_ line: String) -> String {
    let isCarets = line.contains("^") && line.allSatisfy { $0 == " " || $0 == "^" }
    if isCarets { return "\u{1B}[\(TextStyle.problem.parameters)m\(line)\u{1B}[0m" }
    var range = line.startIndex..<line.startIndex
    if line.hasPrefix("Uncaught ") {
      // `Uncaught TypeError`, but of a value that was thrown only `Uncaught`.
      let name = line.dropFirst(9).prefix { $0.isLetter }
      let hasName = line[name.endIndex...].hasPrefix(":")
      range = line.startIndex..<(hasName ? name.endIndex : line.index(line.startIndex, offsetBy: 8))
    } else if let place = line.firstRange(of: "SyntaxError: "),
      place.lowerBound == line.startIndex || line[..<place.lowerBound].hasSuffix(": ")
    {
      range = place.lowerBound..<line.index(place.lowerBound, offsetBy: 11)
    }
    guard !range.isEmpty else { return line }
    return line[..<range.lowerBound] + "\u{1B}[\(TextStyle.problem.parameters)m" + line[range] + "\u{1B}[0m"
      + line[range.upperBound...]
  }

  private var title: String {
    if machine.isError(exception) { return cut(machine.errorTitle(exception), Self.titleLimit) }
    var options = InspectOptions()
    options.isForPrompt = session.machine.objectWithID != nil
    let text = cut(machine.inspect(exception, options: options), Self.titleLimit)
    guard options.isForPrompt, let identity = machine.identity(of: exception) else { return text }
    return text + (text.contains("\n") ? "\n  " : "   ") + identity
  }

  private func cut(_ text: String, _ limit: Int) -> String {
    text.utf8.count > limit ? String(text.prefix(limit - 3)) + "..." : text
  }

  private func range(of entry: SourceMap.Entry) -> SourceRange {
    SourceRange(start: entry.caret, end: max(entry.end, entry.caret + 1))
  }

  private func place(_ entry: SourceMap.Entry, _ file: SourceFile) -> [String] {
    DiagnosticRenderer(width: width).placed(range(of: entry), in: file)
  }

  /// The lines of the error's own `stack` that name calls.
  private var stackFrames: [String] {
    guard machine.isError(exception), let stack = machine.peek(exception, "stack"), stack.isString else { return [] }
    return machine.vm.text(stack).split(separator: "\n").filter { $0.hasPrefix("    at ") }
      .map { cut(String($0), Self.lineLimit) }
  }

  // MARK: Guesses

  /// A sentence that names what was probably meant.
  private var suggestion: [String] {
    guard machine.isError(exception), let site = machine.throwSite, let source = site.code.source else { return [] }
    let text = source.text(from: Int(site.entry.start), to: Int(site.entry.end))
    guard text.utf8.count < Self.lineLimit else { return [] }
    switch machine.className(of: exception) {
    case "ReferenceError" where machine.errorTitle(exception).hasSuffix(" is not defined"):
      if let hint = MissingNames.hint(text) { return TextLayout.wrapped("  " + hint, to: width, indent: "  ") }
      let names = machine.globalBindings.map(\.name) + machine.globalObjectNames
      return Suggestions.question(text, among: names).map { ["  \($0)"] } ?? []
    case "TypeError": return memberSuggestion(text)
    default: return []
    }
  }

  /// What the first part of a path is that has no such member: `pts is Array#1, length 2.  Did you mean map ?`
  private func memberSuggestion(_ text: String) -> [String] {
    guard let path = ObjectPath(beginningOf: text) else { return literalSuggestion(text) }
    for (index, step) in path.steps.enumerated() {
      guard case .member(let name) = step else { continue }
      let owner = ObjectPath(root: path.root, steps: path.steps.prefix(index))
      guard let value = owner.evaluate(in: machine, names: { _ in nil }) else { return [] }
      if machine.peek(value, name) == nil, !machine.propertyNames(of: value).contains(name) {
        return remark(owner.text, value, name)
      }
    }
    return path.text == text ? whatItIs(path) : []
  }

  /// What is there instead of a function: `pts.length is 2, a number.`
  private func whatItIs(_ path: ObjectPath) -> [String] {
    guard let value = path.evaluate(in: machine, names: { _ in nil }), !value.isUndefined, !value.isNull else {
      return []
    }
    let sentence =
      machine.identity(of: value).map { "\(path.text) is \($0)." }
      ?? "\(path.text) is \(machine.literal(value, limit: 40)), a \(machine.typeName(of: value))."
    return ["  " + TextLayout.printable(sentence)]
  }

  /// What was meant by `[1, 2].mapp`.
  private func literalSuggestion(_ text: String) -> [String] {
    guard let access = AccessPath(endOf: text), case .literal(let name) = access.owner,
      let prototype = machine.globalObjectProperty(name).flatMap({ machine.peek($0, "prototype") }),
      let question = Suggestions.question(access.partial, among: machine.propertyNames(of: prototype))
    else { return [] }
    return ["  \(question)"]
  }

  private func remark(_ owner: String, _ value: Value, _ name: String) -> [String] {
    if value.isUndefined || value.isNull { return [] }
    var sentence = ""
    if let identity = machine.identity(of: value) {
      if identity != owner { sentence = "\(owner) is \(identity)" }
      if machine.isArray(value) { sentence += ", length \(machine.arrayLength(value))" }
    } else {
      sentence = "\(owner) is \(machine.literal(value, limit: 40)), a \(machine.typeName(of: value))"
    }
    if let question = Suggestions.question(name, among: machine.propertyNames(of: value)) {
      sentence += (sentence.isEmpty ? "" : ".  ") + question
    } else if !sentence.isEmpty {
      sentence += "\(sentence.utf8.contains(0x2C) ? "," : "") and has no \(name)."
    }
    return sentence.isEmpty ? [] : ["  " + TextLayout.printable(sentence)]
  }
}

extension DiagnosticRenderer {
  /// Where a range is, its line, and carets below.
  fileprivate func placed(_ range: SourceRange, in file: SourceFile) -> [String] {
    ["\(file.name):\(file.location(at: range.start))"]
      + snippet(range, in: file).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

/// What stands here in place of names that people know from Node and from browsers.
enum MissingNames {
  static func hint(_ name: String) -> String? {
    switch name {
    case "require":
      "There are no modules: `fs` and `console` are there without `require`, and :load FILE runs another file."
    case "module", "exports": "There are no modules: what a file declares at top level is yours after :load FILE."
    case "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval":
      "There are no timers: a program runs to its end, or waits at a CC(\"...\")."
    case "prompt", "confirm", "alert", "readline":
      "CC(\"...\") asks a person and gives the answer; console.log shows something."
    case "window", "document", "navigator", "location", "localStorage", "fetch", "XMLHttpRequest":
      "There is no web page and no network here; globalThis holds the global names."
    case "clear", "cls": "Ctrl-L clears the screen, :reset forgets everything."
    case "exit", "quit": ":quit leaves, as Ctrl-D does."
    case "help": ":help lists the commands."
    case "Promise": "There are no promises: a program waits for an answer at a CC(\"...\")."
    case "Buffer": "There are no buffers: strings and arrays hold data."
    case "CC": "CC takes one prompt: CC(\"Go on?\")"
    default: nil
    }
  }
}
