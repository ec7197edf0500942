import CVMReport
import CVMRuntime

/// `:type`: what kind of value an expression has.
enum TypeCommand: Command {
  static let spec = CommandSpec(
    name: "type", category: .look, argument: "CODE", kind: .code, rule: .required,
    summary: "what kind of value it is, and where its methods come from",
    discussion: "A name or path is only looked at; any other expression runs.",
    examples: [.init(":type p"), .init(":type new Map([['k', 1]])"), .init(":type [1, 2].map")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let machine = session.machine
    let path = ObjectPath(call.argument)?.evaluate(in: machine, names: session.results.value(of:))
    guard let value = path ?? session.quietly(Session.asExpression(call.argument)) else {
      throw CommandError(status: .error, message: "")
    }
    let options = session.options.rendering
    let chain = machine.prototypeChain(of: value)
    var sentence = description(value, machine)
    if !chain.isEmpty { sentence += "   " + chain.map { "-> \($0)" }.joined(separator: " ") }
    return CommandAnswer(sentence, "type", options: options) { writer in
      writer.member("type", machine.typeName(of: value))
      writer.value(value, machine)
      writer.list("prototypes") { writer in for name in chain { writer.string(name) } }
    }
  }

  private static func description(_ value: Value, _ machine: Machine) -> String {
    let type = machine.typeName(of: value)
    guard value.isObject else {
      return value.isUndefined || value.isNull ? type : "\(type)  \(machine.literal(value, limit: 40))"
    }
    let identity = machine.identity(of: value) ?? ""
    if machine.isFunction(value) {
      let preview = machine.preview(value, limit: 60)
      return preview == identity ? "\(type)  \(identity)" : "\(type)  \(preview)  \(identity)"
    }
    if machine.isArray(value) {
      return "\(type)  \(identity) of \(Numbers.grouped(UInt64(machine.arrayLength(value))))\(items(value, machine))"
    }
    let kinds = machine.slots(of: value, limit: 8).filter(\.isEnumerable).compactMap { slot in
      slot.name.hasPrefix(".")
        ? "\(slot.name.dropFirst()): \(slot.value.map { short($0, machine) } ?? "accessor")" : nil
    }
    return "\(type)  \(identity)" + (kinds.isEmpty ? "" : "  {\(kinds.joined(separator: ", "))}")
  }

  /// What all items have in common: `Array of number`.
  private static func items(_ value: Value, _ machine: Machine) -> String {
    let kinds = machine.slots(of: value, limit: 1000).filter { $0.name.hasPrefix("[") }
      .compactMap { $0.value.map { short($0, machine) } }
    var names: [String] = []
    for kind in kinds where !names.contains(kind) { names.append(kind) }
    guard !names.isEmpty else { return "" }
    return names.count > 4 ? "" : " (\(names.joined(separator: " | ")))"
  }

  private static func short(_ value: Value, _ machine: Machine) -> String {
    value.isObject ? machine.className(of: value) : machine.typeName(of: value)
  }
}

extension Session {
  /// A text that would be a declaration or a block, as an expression.
  static func asExpression(_ text: String) -> String {
    ["class", "function", "{", "async function"].contains { text.hasPrefix($0) } ? "(\(text)\n)" : text
  }
}
