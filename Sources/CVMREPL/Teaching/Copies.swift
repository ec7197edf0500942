import CVMReport
import CVMRuntime

/// `:shallow`: what a shallow copy shares with its original.
enum ShallowCommand: Command {
  static let spec = CommandSpec(
    name: "shallow", category: .teach, argument: "OBJECT", kind: .object, rule: .required,
    options: [
      .init("by", value: "FORM", "how it is copied", choices: ["spread", "assign", "slice", "assignment"])
    ],
    summary: "draws what a shallow copy of an object shares with it",
    discussion: "The copy ({...o}, Object.assign, slice) is made on a copy of the heap: yours stays as it is.",
    examples: [.init(":shallow p"), .init(":shallow list --by slice", setup: ["let list = [p, [1]]"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let form = call.value("by").flatMap(CopyForm.init)
    return try CopyDemonstration(call.argument, form, isDeep: false, session).answer("shallow")
  }
}

/// `:deep`: what a deep copy shares with its original: nothing, or an error.
enum DeepCommand: Command {
  static let spec = CommandSpec(
    name: "deep", category: .teach, argument: "OBJECT", kind: .object, rule: .required,
    options: [.init("by", value: "FORM", "how it is copied", choices: ["structuredClone", "json"])],
    summary: "draws a deep copy of an object, and says what each way to make one loses",
    discussion:
      "structuredClone, or JSON.parse(JSON.stringify(o)) with --by json, runs on a copy of the heap: yours stays as "
      + "it is.",
    examples: [.init(":deep p"), .init(":deep p --by json")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let form = call.value("by").flatMap(CopyForm.init)
    return try CopyDemonstration(call.argument, form, isDeep: true, session).answer("deep")
  }
}

/// Ways to copy.
enum CopyForm: String {
  case spread, assign, slice, assignment, structuredClone, json

  /// The code that copies an object.
  func code(_ name: String, _ noun: String) -> String {
    switch self {
    case .assignment: name
    case .slice: "\(name).slice()"
    case .assign: noun == "array" ? "Object.assign([], \(name))" : "Object.assign({}, \(name))"
    case .structuredClone: "structuredClone(\(name))"
    case .json: "JSON.parse(JSON.stringify(\(name)))"
    case .spread:
      switch noun {
      case "array": "[...\(name)]"
      case "map": "new Map(\(name))"
      case "set": "new Set(\(name))"
      default: "{...\(name)}"
      }
    }
  }
}

/// Copies an object on a copy of the heap, and shows what the two have in common.
struct CopyDemonstration {
  private let scratch: Session
  private let options: SessionOptions
  private let session: Session
  /// What the original is called on the copy of the heap.
  private let original: String
  private let copyName: String
  private let form: CopyForm
  private let isDeep: Bool
  private let noun: String
  private let originalID: UInt64

  init(_ argument: String, _ wanted: CopyForm?, isDeep: Bool, _ session: Session) throws(CommandError) {
    try session.requireLiveHeap(isDeep ? ":deep" : ":shallow")
    let value = try session.resolve(argument).value
    guard value.isObject else {
      throw .usage(
        "\(argument.prefix(60)) is \(session.machine.preview(value, limit: 40)): a value, and every assignment copies "
          + "values. Only objects are shared.")
    }
    guard let id = session.machine.objectID(of: value), !id.isInternal else {
      throw .usage("\(argument.prefix(60)) is built in: give an object of yours.")
    }
    scratch = try session.scratchCopy()
    self.session = session
    options = session.options
    self.isDeep = isDeep
    noun =
      session.machine.isArray(value)
      ? "array"
      : session.machine.isFunction(value)
        ? "function" : ["Map": "map", "Set": "set"][session.machine.className(of: value)] ?? "object"
    guard noun != "function" else {
      throw .usage("\(argument.prefix(60)) is a function: functions are not copied, only their arrows are.")
    }
    form = wanted ?? (isDeep ? .structuredClone : .spread)
    guard form != .slice || noun == "array" else { throw .usage("Only arrays have slice; give --by spread.") }
    let names = Set(session.machine.globalBindings.map(\.name))
    func free(_ name: String) -> String {
      names.contains(name) ? (2...).lazy.map { "\(name)\($0)" }.first { !names.contains($0) } ?? name : name
    }
    copyName = free("copy")
    if ObjectPath(argument) != nil, argument.first != "_", argument.first != "$" {
      original = argument
    } else {
      original = free("original")
      let isExpression = argument.first == "("
      _ = scratch.evaluateQuietly("let \(original) = \(isExpression ? argument : "heap(\(id.number))"); 0")
    }
    let copied = scratch.quietly(original) ?? .undefined
    originalID = scratch.machine.objectID(of: copied)?.number ?? id.number
  }

  // MARK: Running

  private enum Outcome {
    case copied(ReferencePicture, PictureDifference, copy: UInt64)
    case threw(String)
  }

  /// Some messages draw something below it.
  private static func firstLine(_ text: String) -> String { text.split(separator: "\n").first.map(String.init) ?? "" }

  private func run(_ code: String, as name: String) -> Outcome {
    let before = scratch.picture()
    let status = scratch.evaluateQuietly("let \(name) = \(code); 0")
    guard status == .done, let before, let after = scratch.picture(), let id = after.variable(name)?.content.target
    else {
      let message = scratch.results.value(of: "_error").flatMap { scratch.machine.peek($0, "message") }
      let error = scratch.results.value(of: "_error").map { scratch.machine.className(of: $0) } ?? "Error"
      return .threw(
        message.map { "\(error): \(Self.firstLine(scratch.machine.vm.text($0)))" } ?? "it did not come to an end")
    }
    return .copied(after, PictureDifference(from: before, to: after), copy: id)
  }

  func answer(_ command: String) throws(CommandError) -> CommandAnswer {
    let code = form.code(original, noun)
    let title = "let \(copyName) = \(code)"
    switch run(code, as: copyName) {
    case .threw(let message):
      let hint =
        form == .structuredClone
        ? " Functions cannot be copied: :deep \(original) --by json leaves them out."
        : form == .json ? " JSON knows no cycles: structuredClone does." : ""
      return CommandAnswer("\(title)  throws \(message).\(hint)", command, options: options.rendering) { writer in
        writer.member("code", code)
        writer.member("throws", message)
      }
    case .copied(let picture, let difference, let id):
      let part = picture.part(from: [originalID, id], variables: [root(of: original), copyName])
      let shared = sharedObjects(picture, id)
      let sentences =
        form == .assignment
        ? assignmentSentences() : isDeep ? deepSentences(picture, id, shared) : shallowSentences(picture, id)
      let rendering = options.rendering
      let text = {
        let lines = PictureDrawing(part, difference: difference, options: rendering).lines(.boxes)
        let notes = ([""] + sentences).flatMap {
          TextLayout.wrapped(TextLayout.printable($0, isASCII: rendering.isASCII), to: rendering.width)
        }
        let head = TextLayout.wrapped("\(title)     (on a copy of the heap: yours stays as it is)", to: rendering.width)
        return (head + [""] + lines.map { session.coloured($0) } + notes).map { $0 + "\n" }.joined()
      }
      return CommandAnswer(
        text: text,
        json: {
          JSONWriter.text(isASCII: rendering.isASCII) { writer in
            writer.report(command) { writer in
              writer.member("code", code)
              writer.list("shared") { writer in for id in shared { writer.integer(id) } }
              writer.list("sentences") { writer in for sentence in sentences { writer.string(sentence) } }
              PictureJSON.write(part, to: &writer)
            }
          }
        })
    }
  }

  private func root(of path: String) -> String { ObjectPath(path)?.root ?? path }

  private func sharedObjects(_ picture: ReferencePicture, _ copy: UInt64) -> [UInt64] {
    picture.reachable(from: [originalID]).intersection(picture.reachable(from: [copy])).sorted()
  }

  // MARK: Sentences

  private func assignmentSentences() -> [String] {
    ["\(copyName) and \(original) are ONE \(noun): only the arrow was copied, no object was made."]
  }

  private func shallowSentences(_ picture: ReferencePicture, _ copy: UInt64) -> [String] {
    guard let copied = picture.object(copy), let source = picture.object(originalID) else { return [] }
    var sentences: [String] = []
    let common = copied.slots.filter { slot in
      slot.content.target != nil && source.slots.contains { $0.name == slot.name && $0.content == slot.content }
    }
    if common.isEmpty {
      sentences.append(
        "\(copyName) is a new \(noun), #\(copy), and shares nothing with \(original): all slots hold values. Here "
          + "shallow is deep enough.")
    } else {
      let pairs = common.prefix(3).map { "\(copyName)\($0.name) === \(original)\($0.name)" }
      sentences.append(
        "\(copyName) is a new \(noun), #\(copy). But \(ReferenceSentences.list(pairs)): "
          + (common.count == 1 ? "ONE object" : "each is ONE object") + ", and a change inside shows in both.")
      if common.count > 3 { sentences[0] += " So are \(common.count - 3) more." }
    }
    sentences.append(
      "let \(copyName) = \(original) would copy only the arrow.   All the way down: :deep \(original)")
    return sentences
  }

  private func deepSentences(_ picture: ReferencePicture, _ copy: UInt64, _ shared: [UInt64]) -> [String] {
    let (theirs, ours) = (picture.reachable(from: [originalID]).count, picture.reachable(from: [copy]).count)
    var sentences: [String] = []
    if shared.isEmpty {
      sentences.append(
        "\(copyName) shares nothing with \(original): \(Numbers.counted(UInt64(ours), "new object")) for "
          + "\(theirs). No change of one shows in the other.")
    } else {
      sentences.append("They share \(ReferenceSentences.list(shared.map { picture.object($0)?.heading ?? "#\($0)" })).")
    }
    if ours > theirs { sentences.append("What \(original) holds twice as one object, \(copyName) holds as two.") }
    sentences.append(otherWay())
    return sentences
  }

  /// What the other way to copy deeply would have made.
  private func otherWay() -> String {
    let other: CopyForm = form == .json ? .structuredClone : .json
    let code = other.code(original, noun)
    switch run(code, as: copyName + "_") {
    case .threw(let message): return "\(code) throws \(message)."
    case .copied(let picture, _, let id):
      guard let first = scratch.machine.globalBinding(copyName)?.value,
        let second = scratch.machine.globalBinding(copyName + "_")?.value
      else { return "" }
      var comparison = Comparison(scratch.machine)
      if let difference = comparison.firstDifference(first, second) {
        let (one, two) = (describe(difference.a), describe(difference.b))
        return "\(code) is different: \(copyName)\(difference.path) is \(two) there, \(one) here."
      }
      let counts = [first, second].compactMap { scratch.machine.objectID(of: $0)?.number }.map {
        picture.reachable(from: [$0]).count
      }
      if counts.count == 2, counts[0] != counts[1] {
        return "\(code) makes \(counts[1]) objects instead of \(counts[0]): it does not see what is shared."
      }
      _ = id
      return "\(code) makes an equal copy here."
    }
  }

  private func describe(_ value: Value?) -> String {
    guard let value else { return "missing" }
    let name = scratch.machine.className(of: value)
    return (name.isEmpty || ["Object", "Array"].contains(name) ? "" : "\(name) ")
      + scratch.machine.preview(value, limit: 40)
  }
}
