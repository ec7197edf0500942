import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:vars`: the variables of the top level.
enum VarsCommand: Command {
  static let spec = CommandSpec(
    name: "vars", category: .session, table: .init(["kind", "name", "value", "class", "id"], rowLimit: 50),
    summary: "lists your variables with their values",
    examples: [.init(":vars", setup: ["let p = {x: 1}, n = 2"]), .init(":vars --by name --csv")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let hidden = session.results.boundNames
    var bindings: [String: Machine.GlobalBinding] = [:]
    var rows: [[ResultCell]] = []
    for binding in session.machine.globalBindings where !hidden.contains(binding.name) {
      bindings[binding.name] = binding
      rows.append(cells(binding, session.machine))
    }
    let columns = ["kind", "name", "value", "class", "id"].map { ResultTable.Column($0, .left, isFlexible: true) }
    let table = call.arranged(ResultTable(columns: columns, rows: rows))
    let shown = table.rows.compactMap { row -> Machine.GlobalBinding? in
      if case .text(let name) = row[1] { return bindings[name] }
      return nil
    }
    return CommandAnswer(
      text: { text(shown, of: table.totalRowCount, session) }, json: { json(shown, session) }, rows: { table })
  }

  private static func cells(_ binding: Machine.GlobalBinding, _ machine: Machine) -> [ResultCell] {
    let kind = ResultCell.text("\(binding.kind)")
    guard let value = binding.value else { return [kind, .text(binding.name), .none, .none, .none] }
    return [
      kind, .text(binding.name), .text(machine.preview(value, limit: 200)),
      value.isObject ? .text(machine.className(of: value)) : .none,
      machine.objectID(of: value).map { .object(NodeID($0.number, isInternal: $0.isInternal)) } ?? .none,
    ]
  }

  private static func text(_ bindings: [Machine.GlobalBinding], of total: Int, _ session: Session) -> String {
    if bindings.isEmpty { return "No variables yet.\n" }
    let options = session.options.rendering
    let names = bindings.map { TextLayout.ellipsized(TextLayout.printable($0.name), to: 24, isASCII: true) }
    let width = names.map(displayWidth).max() ?? 0
    var lines = zip(bindings, names).map { binding, name in
      let head = "\(TextLayout.padded("\(binding.kind)", to: 8))  \(TextLayout.padded(name, to: width))  "
      guard let value = binding.value else { return head + "(no value yet)" }
      return TextLayout.ellipsized(
        head + ResultLine.valueAndIdentity(value, session, room: options.width - displayWidth(head)),
        to: options.width, isASCII: true)
    }
    if total > bindings.count { lines.append("-- \(bindings.count) of \(Numbers.grouped(UInt64(total))) (--all)") }
    return lines.map { $0 + "\n" }.joined()
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
