import CVMReport
import CVMRuntime

/// The lines that show results: `$1 = {x: 1, y: 2}      Object#12`.
enum ResultLine {
  private static let itemLimit = 100
  private static let propertyLimit = 1000
  private static let stringLimit = 1000
  private static let narrowest = 16

  /// A result with its name: on one line when it fits, else as Node would show it, folded after some lines.
  static func text(name: String, value: Value, session: Session) -> String {
    let head = "\(name) = "
    guard value.isObject else {
      return ResultColors.value(head + primitive(value, name, head.count, session), session.options)
    }
    let (machine, options) = (session.machine, session.options)
    let identity = TextLayout.ellipsized(
      printable(identity(of: value, machine), options), to: options.width / 2, isASCII: true)
    let room = max(options.width - head.count - displayWidth(identity) - 2, narrowest)
    if !machine.isError(value), let preview = machine.wholePreview(value, width: room) {
      return line(head + printable(preview, options), identity, options)
    }
    return folded(value, name, head, identity, session)
  }

  /// A text with the identity at the right edge.
  private static func line(_ text: String, _ identity: String, _ options: SessionOptions) -> String {
    let gap = options.width - displayWidth(text) - displayWidth(identity)
    let value = ResultColors.value(text, options)
    let note = ResultColors.note(identity, options)
    if gap >= 2 { return value + String(repeating: " ", count: gap) + note }
    let indent = max(options.width - displayWidth(identity), 0)
    return value + "\n" + String(repeating: " ", count: indent) + note
  }

  // MARK: Long values

  private static func folded(
    _ value: Value, _ name: String, _ head: String, _ identity: String, _ session: Session
  ) -> String {
    let options = session.options
    var inspection = InspectOptions()
    inspection.isForPrompt = true
    inspection.maxArrayLength = itemLimit
    inspection.maxPropertyCount = propertyLimit
    inspection.maxStringLength = stringLimit
    inspection.breakLength = max(options.width - head.count - displayWidth(identity) - 2, options.width / 2)
    var lines = session.machine.inspect(value, options: inspection)
      .split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0), options) }
    let hidden = lines.count - options.resultLines
    if hidden > 0 {
      lines.removeLast(hidden + 1)
      lines.append("... \(rest(of: value, hiddenLines: hidden + 1, session.machine)): :show \(name) --all")
    } else if let last = lines.lastIndex(where: { $0.hasPrefix("  ... ") && $0.contains(" more item") }) {
      lines[last] += ": :show \(name) --all"
    }
    lines = lines.enumerated().map { index, line in
      let room = options.width - (index == 0 ? head.count : 0)
      return TextLayout.ellipsized(line, to: room, isASCII: options.isASCII)
    }
    let rest = lines.dropFirst().map { ResultColors.value($0, options) }
    return ([self.line(head + lines[0], identity, options)] + rest).joined(separator: "\n")
  }

  /// What is left out of a value at its end.
  private static func rest(of value: Value, hiddenLines: Int, _ machine: Machine) -> String {
    if let count = machine.itemCount(of: value), count > itemLimit {
      let noun = machine.isArray(value) ? "items" : machine.className(of: value) == "Map" ? "entries" : "members"
      return "more, \(Numbers.grouped(UInt64(count))) \(noun) in all"
    }
    return hiddenLines > propertyLimit
      ? "more than \(Numbers.grouped(UInt64(propertyLimit))) lines" : "\(hiddenLines) more lines"
  }

  /// A primitive; a long string on several lines, folded after some.
  private static func primitive(_ value: Value, _ name: String, _ used: Int, _ session: Session) -> String {
    let (machine, options) = (session.machine, session.options)
    let room = options.width * options.resultLines
    let literal = machine.literal(value, limit: room)
    let text = printable(literal, options)
    if displayWidth(text) <= options.width - used { return text }
    var lines = TextLayout.cells(text, firstWidth: options.width - used, width: options.width)
    let isWhole = literal.last == "'" || literal.last == "\"" || !value.isString
    if lines.count > options.resultLines || !isWhole {
      lines = Array(lines.prefix(max(options.resultLines - 1, 1)))
      let length = Numbers.grouped(UInt64(machine.stringLength(value)))
      lines.append("... \(length) characters in all: console.log(\(name))")
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Rows

  /// `{x: 1}        Object#12` in a number of columns.
  static func valueAndIdentity(_ value: Value, _ session: Session, room: Int) -> String {
    let machine = session.machine
    guard value.isObject else { return printable(machine.literal(value, limit: room - 2), session.options) }
    let identity = printable(machine.identity(of: value) ?? "", session.options)
    let left = max(room - displayWidth(identity) - 2, 12)
    let preview = TextLayout.ellipsized(
      printable(machine.preview(value, limit: left), session.options), to: left, isASCII: true)
    return TextLayout.padded(preview, to: room - displayWidth(identity)) + identity
  }

  private static func printable(_ text: String, _ options: SessionOptions) -> String {
    TextLayout.printable(text, isASCII: options.escapesNonASCII)
  }

  // MARK: Identity

  /// `Array#13, both items #12` where all items of an array are one object.
  private static func identity(of value: Value, _ machine: Machine) -> String {
    let identity = machine.identity(of: value) ?? ""
    guard machine.isArray(value), (2...100).contains(machine.arrayLength(value)) else { return identity }
    let count = machine.arrayLength(value)
    let items = machine.slots(of: value, limit: count).compactMap(\.value)
    guard items.count == count, let first = items.first, let id = machine.objectID(of: first), !id.isInternal,
      items.allSatisfy({ $0 == first })
    else { return identity }
    return "\(identity), \(count == 2 ? "both" : "all \(count)") items #\(id.number)"
  }

  /// A sentence when an expression or a new variable means an object that another variable holds, too.
  static func aliasRemark(_ text: String, _ value: Value, _ session: Session) -> String? {
    let machine = session.machine
    guard session.options.mode != .expert, let id = machine.objectID(of: value), !id.isInternal,
      let path = ObjectPath(text), !text.hasPrefix("_"), !text.hasPrefix("$")
    else { return nil }
    let hidden = session.results.boundNames
    let other = machine.globalBindings.first {
      ($0.value ?? .undefined) == value && $0.name != path.text && !hidden.contains($0.name)
    }
    guard let other, !(path.steps.isEmpty && machine.globalBinding(path.root) == nil) else { return nil }
    guard session.toldAliases.insert(id.number).inserted else { return nil }
    let noun = machine.isArray(value) ? "array" : machine.isFunction(value) ? "function" : "object"
    return "\(text) and \(other.name) are ONE \(noun), #\(id.number): what changes one changes the other."
  }
}
