import CVMReport
import CVMRuntime

/// `:vars`: the variables of the top level.
enum VarsCommand: Command {
  static let spec = CommandSpec(
    name: "vars", category: .session, summary: "lists your variables with their values",
    examples: [.init(":vars", setup: ["let p = {x: 1}, n = 2"])])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let hidden = session.results.boundNames
    let bindings = session.machine.globalBindings.filter { !hidden.contains($0.name) }
    return CommandAnswer(
      text: { text(bindings, session) }, json: { json(bindings, session) })
  }

  private static func text(_ bindings: [Machine.GlobalBinding], _ session: Session) -> String {
    if bindings.isEmpty { return "No variables yet.\n" }
    let options = session.options.rendering
    let names = bindings.map { TextLayout.ellipsized(TextLayout.printable($0.name), to: 24, isASCII: true) }
    let width = names.map(displayWidth).max() ?? 0
    let machine = session.machine
    return zip(bindings, names).map { binding, name in
      let kind = TextLayout.padded("\(binding.kind)", to: 8)
      let head = "\(kind)  \(TextLayout.padded(name, to: width))  "
      guard let value = binding.value else { return head + "(no value yet)\n" }
      let identity = machine.identity(of: value).map { "  " + TextLayout.printable($0, isASCII: options.isASCII) } ?? ""
      let room = max(options.width - displayWidth(head) - displayWidth(identity), 12)
      let preview = TextLayout.printable(machine.preview(value, limit: room), isASCII: options.isASCII)
      return TextLayout.ellipsized(head + preview + identity, to: options.width, isASCII: true) + "\n"
    }.joined()
  }

  private static func json(_ bindings: [Machine.GlobalBinding], _ session: Session) -> String {
    let machine = session.machine
    return JSONWriter.text(isASCII: session.options.isASCII) { writer in
      writer.report("vars") { writer in
        writer.list("variables") { writer in
          for binding in bindings {
            writer.object { writer in
              writer.member("name", binding.name)
              writer.member("kind", "\(binding.kind)")
              if let value = binding.value { writer.value(value, machine) }
            }
          }
        }
      }
    }
  }
}

extension JSONWriter {
  /// The members that describe a value: its text, and for objects id and class.
  mutating func value(_ value: Value, _ machine: Machine) {
    member("value", machine.preview(value, limit: 200))
    guard value.isObject else { return }
    member("class", machine.className(of: value))
    guard let id = machine.objectID(of: value) else { return }
    if id.isInternal { member("id", "i\(id.number)") } else { member("id", id.number) }
  }
}
