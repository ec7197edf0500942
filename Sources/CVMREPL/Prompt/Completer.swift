import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMSyntax
import CVMTerminal
import Glibc

/// Finds what may be typed at the cursor. Never runs code of the program.
final class Completer {
  private let session: Session
  private var machine: Machine { session.machine }
  private typealias Candidate = EditorSupport.Candidate

  init(_ session: Session) { self.session = session }

  func complete(_ text: String, _ cursor: Int) -> EditorSupport.Completions {
    let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
    if CommandLineText.isCommand(before) { return completeCommand(before) }
    if let dotted = DotCommands.completions(before) { return dotted }
    return completeCode(before, start: 0, wholeText: text)
  }

  // MARK: Commands

  private func completeCommand(_ before: String) -> EditorSupport.Completions {
    let words = CommandLineText(before).words
    guard let first = words.first else { return EditorSupport.Completions(start: before.utf8.count) }
    let isInFirst = first.range.upperBound == before.utf8.count
    if isInFirst { return commandNames(beginningWith: first.text.dropFirst(), at: first.range.lowerBound + 1) }
    guard let command = try? CommandTable.find(String(first.text.dropFirst())) else {
      return EditorSupport.Completions(start: before.utf8.count)
    }
    let isInWord = words.count > 1 && words[words.count - 1].range.upperBound == before.utf8.count
    let word = isInWord ? words[words.count - 1].text : ""
    let start = before.utf8.count - word.utf8.count
    let previous = words.dropLast(isInWord ? 1 : 0).last?.text ?? ""
    if let file = TypedFileName(before, command.spec) { return files(file) }
    return completeArgument(of: command.spec, word: String(word), previous: String(previous), start, before)
  }

  private func commandNames(beginningWith prefix: Substring, at start: Int) -> EditorSupport.Completions {
    var candidates: [Candidate] = []
    for spec in CommandTable.specs {
      // An alias is offered where the name does not fit.
      let names = spec.name.hasPrefix(prefix) ? [spec.name] : spec.aliases.filter { $0.hasPrefix(prefix) }
      candidates += names.map { Candidate($0, kind: spec.summary) }
    }
    return EditorSupport.Completions(start: start, candidates: sorted(candidates), suffix: " ")
  }

  private func completeArgument(
    of spec: CommandSpec, word: String, previous: String, _ start: Int, _ before: String
  ) -> EditorSupport.Completions {
    func choices(_ candidates: [Candidate]) -> EditorSupport.Completions {
      EditorSupport.Completions(start: start, candidates: candidates.filter { $0.text.hasPrefix(word) }, suffix: " ")
    }
    if let option = spec.allOptions.first(where: { "--\($0.name)" == previous && $0.value != nil }) {
      if !option.choices.isEmpty { return choices(option.choices.map { Candidate($0) }) }
      return EditorSupport.Completions(start: start)
    }
    if word.hasPrefix("-") {
      let options = spec.allOptions.map { Candidate("--\($0.name)", kind: $0.summary) }
      return choices(sorted(options))
    }
    switch spec.kind {
    case .file: return EditorSupport.Completions(start: start)
    case .command:
      let commands = CommandTable.specs.map { Candidate($0.name, kind: $0.summary) }
      return choices(sorted(commands + HelpTopics.all.map { Candidate($0.name, kind: $0.summary) }))
    case .choice(let texts): return choices(texts.map { Candidate($0) })
    case .object, .objects: return objects(word, previous, start, before)
    case .className:
      if previous == "row" || (!word.isEmpty && "row".hasPrefix(word)) { return objects(word, previous, start, before) }
      return choices(classNames())
    case .checkpoint:
      let kept = checkpoints().filter { $0.text.hasPrefix(word) }
      if word.isEmpty, !kept.isEmpty { return choices(kept) }
      var completions = files(TypedFileName(text: word[...], start: start, keepsBlanks: false))
      completions.candidates = kept + completions.candidates
      return completions
    case .branch:
      return choices(
        session.branches.entries.filter { $0.parked != nil }.map { entry in
          Candidate(entry.name, kind: entry.parked.map { "at [\($0.statement)]" } ?? "")
        })
    case .setting:
      if let setting = Settings.all.first(where: { $0.name == previous }) {
        return choices(setting.choices.map { Candidate($0) })
      }
      return choices(sorted(Settings.all.map { Candidate($0.name, kind: $0.summary) }))
    case .heapName:
      return choices(([OpenedHeaps.live] + session.openedHeaps.all.map(\.name)).map { Candidate($0) })
    case .text: return choices([])
    case .code: return completeCode(before, start: 0, wholeText: before)
    }
  }

  /// Ids, and names and paths.
  private func objects(
    _ word: String, _ previous: String, _ start: Int, _ before: String
  ) -> EditorSupport.Completions {
    if previous == "row", let rows = session.lastTable?.rows {
      let candidates = rows.indices.prefix(Self.mostObjects).map { Candidate("\($0 + 1)", kind: rowText(rows[$0])) }
      return EditorSupport.Completions(start: start, candidates: candidates.filter { $0.text.hasPrefix(word) })
    }
    if word.hasPrefix("(") { return completeCode(before, start: 0, wholeText: before) }
    let mark = word.first.map { "#@".contains($0) ? String($0) : "" } ?? ""
    let digits = word.dropFirst(mark.count)
    if !mark.isEmpty || (!digits.isEmpty && digits.allSatisfy(\.isNumber)) {
      let candidates = recentObjects().map { Candidate("\(mark)\($0.id)", kind: $0.text) }
      return EditorSupport.Completions(start: start, candidates: candidates.filter { $0.text.hasPrefix(word) })
    }
    var completions = completeCode(before, start: start, wholeText: "")
    if session.lastTable != nil, !word.isEmpty, "row".hasPrefix(word) {
      completions.start = start
      completions.candidates.append(Candidate("row ", kind: "a row of the last table"))
    }
    return completions
  }

  private func rowText(_ cells: [ResultCell]) -> String {
    let texts = cells.compactMap { cell in if case .text(let text) = cell { text } else { nil } }
    return TextLayout.ellipsized(texts.joined(separator: "  "), to: 40, isASCII: true)
  }

  private static let mostObjects = 40

  /// The newest objects that results and variables hold.
  private func recentObjects() -> [(id: UInt64, text: String)] {
    var texts: [UInt64: String] = [:]
    let values = session.results.values.suffix(Self.mostObjects) + machine.globalBindings.compactMap(\.value)
    for value in values {
      guard let id = machine.objectID(of: value), !id.isInternal, texts[id.number] == nil else { continue }
      texts[id.number] = machine.preview(value, limit: 40)
    }
    return texts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  private func checkpoints() -> [Candidate] {
    session.checkpoints.flatMap { kept in
      let place = "after [\(kept.statement)]"
      return [Candidate("c\(kept.number)", kind: kept.name.isEmpty ? place : "\(kept.name), \(place)")]
        + (kept.name.isEmpty ? [] : [Candidate(kept.name, kind: "c\(kept.number), \(place)")])
    }
  }

  /// The classes of the program, and of what its variables hold.
  private func classNames() -> [Candidate] {
    var names: Set<String> = ["Array", "Object", "Map", "Set"]
    for binding in machine.globalBindings {
      guard let value = binding.value, value.isObject else { continue }
      names.insert(machine.className(of: value) == "class" ? binding.name : machine.className(of: value))
    }
    return names.sorted().map { Candidate($0) }
  }

  // MARK: Files

  private func files(_ typed: TypedFileName) -> EditorSupport.Completions {
    let slash = typed.name.lastIndex(of: "/")
    let folder = slash.map { String(typed.name[...$0]) } ?? ""
    let prefix = slash.map { String(typed.name[typed.name.index(after: $0)...]) } ?? typed.name
    var place = folder.isEmpty ? "." : folder
    if place.hasPrefix("~/"), let home = getenv("HOME") { place = String(cString: home) + place.dropFirst() }
    var candidates: [Candidate] = []
    guard !typed.isClosed, let directory = opendir(place) else { return EditorSupport.Completions(start: typed.start) }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name != ".", name != "..", name.hasPrefix(prefix), prefix.hasPrefix(".") || !name.hasPrefix(".") else {
        continue
      }
      var status = stat()
      let isFolder = stat(place + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      candidates.append(
        Candidate(typed.written(folder + name, isFolder: isFolder), kind: isFolder ? "folder" : ""))
    }
    return EditorSupport.Completions(start: typed.start, candidates: sorted(candidates), suffix: " ")
  }

  // MARK: Code

  private func completeCode(_ before: String, start first: Int, wholeText: String) -> EditorSupport.Completions {
    let end = before.utf8.count
    let none = EditorSupport.Completions(start: end)
    let code = String(decoding: before.utf8.dropFirst(first), as: UTF8.self)
    if let key = TypedKey(endOf: code), let value = value(of: key.owner) {
      return EditorSupport.Completions(start: end - key.partial.utf8.count, candidates: keys(of: value, key))
    }
    guard let access = AccessPath(endOf: code) else { return none }
    let start = end - access.partial.utf8.count
    if let owner = access.owner {
      guard let value = value(of: owner) else { return none }
      return EditorSupport.Completions(start: start, candidates: members(of: value, access.partial))
    }
    return EditorSupport.Completions(start: start, candidates: names(access.partial, wholeText))
  }

  private func value(of owner: AccessPath.Owner) -> Value? {
    switch owner {
    case .path(let path): path.evaluate(in: machine, names: session.results.value(of:))
    case .literal(let name):
      machine.globalObjectProperty(name).flatMap { machine.peek($0, "prototype") }
    }
  }

  private static let mostMembers = 1000

  /// The properties of a value, its own before those that it inherits.
  private func members(of value: Value, _ prefix: String) -> [Candidate] {
    var seen: Set<String> = []
    var own: [Candidate] = []
    var inherited: [Candidate] = []
    var ownNames: Set<String> = []
    if value.isObject {
      for slot in machine.slots(of: value, limit: Self.mostMembers) where slot.name.hasPrefix(".") {
        ownNames.insert(String(slot.name.dropFirst()))
      }
    }
    for name in ["length"] + machine.propertyNames(of: value, limit: Self.mostMembers) {
      // Lengths are no stored properties.
      if name == "length", seen.isEmpty, machine.peek(value, name) == nil { continue }
      guard Self.isIdentifier(name), seen.insert(name).inserted, name.hasPrefix(prefix) else { continue }
      // What every object has, and what is marked as private, is shown when it is asked for.
      if prefix.isEmpty, Self.everyObjectHas.contains(name) || name.hasPrefix("_") { continue }
      let candidate = Candidate(name, kind: machine.peek(value, name).map(kind) ?? "getter")
      if ownNames.contains(name) { own.append(candidate) } else { inherited.append(candidate) }
    }
    return sorted(own) + sorted(inherited)
  }

  /// The keys that an object has of its own, with the signs behind them.
  private func keys(of value: Value, _ typed: TypedKey) -> [Candidate] {
    guard value.isObject else { return [] }
    let own = Set(machine.slots(of: value, limit: Self.mostMembers).map(\.name))
    return sorted(
      machine.propertyNames(of: value, limit: Self.mostMembers).compactMap { name in
        guard name.hasPrefix(typed.partial), own.contains(".\(name)") || own.contains("[\"\(name)\"]"),
          !name.contains(where: { $0 == typed.quote || $0 == "\\" || $0.isNewline })
        else { return nil }
        return Candidate("\(name)\(typed.quote)]", kind: machine.peek(value, name).map(kind) ?? "getter")
      })
  }

  private static let everyObjectHas: Set<String> = [
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
  ]

  private static func isIdentifier(_ name: String) -> Bool { ObjectPath(name).map { $0.steps.isEmpty } ?? false }

  private static let keywords = [
    "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
    "else", "extends", "false", "finally", "for", "function", "if", "in", "instanceof", "let", "new", "null", "of",
    "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void",
    "while", "yield",
  ]

  /// Variables, then names of the language; keywords once a letter is typed.
  private func names(_ prefix: String, _ wholeText: String) -> [Candidate] {
    var seen: Set<String> = []
    func fits(_ name: String) -> Bool { name.hasPrefix(prefix) && seen.insert(name).inserted }
    let variables = machine.globalBindings.filter { fits($0.name) }.map {
      Candidate($0.name, kind: $0.value.map(kind) ?? "not initialized")
    }
    if prefix.isEmpty { return sorted(variables) }
    var results: [Candidate] = []
    for name in ["_", "_error"] + session.results.values.indices.map({ "$\($0 + 1)" }) where fits(name) {
      guard let value = session.results.value(of: name) else { continue }
      results.append(Candidate(name, kind: kind(value)))
    }
    let builtIns = machine.globalObjectNames.filter(fits).map {
      Candidate($0, kind: machine.globalObjectProperty($0).map(kind) ?? "getter")
    }
    let words = Self.keywords.filter(fits).map { Candidate($0, kind: "keyword") }
    let local = localNames(wholeText, prefix).filter(fits).map { Candidate($0, kind: "in this text") }
    return sorted(variables + local) + results + sorted(builtIns + words)
  }

  /// Names in what is being typed: parameters and local variables.
  private func localNames(_ text: String, _ prefix: String) -> [String] {
    guard text.utf8.count < 50_000 else { return [] }
    let source = SourceFile(name: "input", text: text)
    return scanTokens(source).filter { $0.kind == .identifier }
      .map { source.text(in: $0.range) }
      .filter { $0.count > 1 && $0 != prefix }
  }

  private func kind(_ value: Value) -> String {
    if value.isString { return "string" }
    if value.isSymbol { return "symbol" }
    guard value.isObject else { return machine.literal(value, limit: 20) }
    if machine.isArray(value) { return "Array(\(machine.arrayLength(value)))" }
    return machine.className(of: value)
  }

  private func sorted(_ candidates: [Candidate]) -> [Candidate] { candidates.sorted { $0.text < $1.text } }
}

/// Commands as Node has them.
private enum DotCommands {
  static func completions(_ before: String) -> EditorSupport.Completions? {
    guard before.first == ".", before.dropFirst().allSatisfy(\.isLetter) else { return nil }
    let candidates = InputLine.dotCommands.keys.sorted().filter { $0.hasPrefix(before.dropFirst()) }
    return EditorSupport.Completions(start: 1, candidates: candidates.map { EditorSupport.Candidate($0) }, suffix: " ")
  }
}

/// The key at the end of a code: `obj["two wo`.
struct TypedKey {
  let owner: AccessPath.Owner
  let quote: Character
  let partial: String

  init?(endOf code: String) {
    guard let mark = code.lastIndex(where: { $0 == "\"" || $0 == "'" }), mark > code.startIndex else { return nil }
    let bracket = code.index(before: mark)
    guard code[bracket] == "[", let owner = AccessPath(endOf: "\(code[..<bracket]).")?.owner else { return nil }
    (self.owner, quote, partial) = (owner, code[mark], String(code[code.index(after: mark)...]))
    if partial.contains(where: { $0 == "]" || $0.isNewline }) { return nil }
  }
}

/// The access at the end of a code: `pts[0].na`.
struct AccessPath {
  enum Owner: Equatable {
    case path(ObjectPath)
    /// A literal, by the class whose prototype it has.
    case literal(String)
  }

  /// What is accessed; nil for a name alone.
  var owner: Owner?
  /// What is typed of the name.
  var partial: String

  /// Nil where no name can be typed: in strings, comments, after numbers.
  init?(endOf code: String) {
    let bytes = Array(code.utf8)
    guard !Self.isInText(code) else { return nil }
    var start = bytes.count
    while start > 0, Self.isPart(bytes[start - 1]) { start -= 1 }
    partial = String(decoding: bytes[start...], as: UTF8.self)
    if let first = partial.utf8.first, (0x30...0x39).contains(first) { return nil }
    var end = start
    while end > 0, Self.isBlank(bytes[end - 1]) { end -= 1 }
    guard end > 0, bytes[end - 1] == 0x2E else { return }
    end -= 1
    // `...name` spreads, `1.` is a number, `a?.b` accesses.
    if end > 0, bytes[end - 1] == 0x2E { return }
    if end > 0, bytes[end - 1] == 0x3F { end -= 1 }
    while end > 0, Self.isBlank(bytes[end - 1]) { end -= 1 }
    guard let owner = Self.owner(bytes, end) else { return nil }
    self.owner = owner
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...: true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 }

  /// Whether the end is in a string, a template, a regular expression or a comment.
  private static func isInText(_ code: String) -> Bool {
    var state = LineScanner.State.start
    var last: LineScanner.Piece?
    var lineLength = 0
    for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
      let result = LineScanner.scan(String(line), after: state)
      state = result.end
      last = result.pieces.last
      lineLength = line.utf8.count
    }
    guard let last else { return false }
    guard last.range.upperBound == lineLength else { return false }
    switch last.kind {
    case .comment, .token(.invalid): return true
    case .template: return LineScanner.scan("", after: state).pieces.isEmpty && !isClosedTemplate(code)
    case .string: return !isClosed(code, last, lineLength)
    case .token(let kind): return kind == .regExp || kind == .number || kind == .bigInt
    }
  }

  private static func isClosedTemplate(_ code: String) -> Bool { code.hasSuffix("`") || code.hasSuffix("${") }

  private static func isClosed(_ code: String, _ piece: LineScanner.Piece, _ lineLength: Int) -> Bool {
    let bytes = Array(code.utf8.suffix(lineLength - piece.range.lowerBound))
    guard bytes.count > 1, let first = bytes.first, let last = bytes.last else { return false }
    return first == last && (first == 0x22 || first == 0x27)
  }

  /// What ends at an offset.
  private static func owner(_ bytes: [UInt8], _ end: Int) -> Owner? {
    guard end > 0 else { return nil }
    switch bytes[end - 1] {
    case 0x22, 0x27, 0x60: return .literal("String")
    case 0x5D:
      // `a[0].` or `[1, 2].`
      break
    case 0x7D, 0x29: return nil
    default: break
    }
    var start = end
    var depth = 0
    scanning: while start > 0 {
      let byte = bytes[start - 1]
      if depth > 0 {
        if byte == 0x5D { depth += 1 }
        if byte == 0x5B { depth -= 1 }
      } else if byte == 0x5D {
        depth = 1
      } else if !isPart(byte), byte != 0x2E, byte != 0x3F {
        break scanning
      }
      start -= 1
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self).split(separator: "?.").joined(separator: ".")
    if text.first == "[" { return .literal("Array") }
    return ObjectPath(text).map { .path($0) }
  }
}
