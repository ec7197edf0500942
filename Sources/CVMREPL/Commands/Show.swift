import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:show`: an object with all its slots.
enum ShowCommand: Command {
  static let spec = CommandSpec(
    name: "show", category: .look, argument: "OBJECT", kind: .object, rule: .required,
    table: .init(["slot", "value", "class", "id"]),
    summary: "an object with its slots; `x?` does the same",
    examples: [.init(":show p", setup: ["let p = {x: 1, next: {x: 2}}"]), .init(":show p.next")])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    if session.openedHeaps.inUse != nil {
      let (node, heap) = try session.node(call.argument)
      if let dump = heap.dump { return answer(dump.value(of: node), dump.machine, call, session) }
      return GraphObject(node, of: heap.graph).answer(call, session.options.rendering)
    }
    return answer(try session.resolve(call.argument).value, session.machine, call, session)
  }

  private static func answer(
    _ value: Value, _ machine: Machine, _ call: CommandCall, _ session: Session
  ) -> CommandAnswer {
    let limit = min(call.rowLimit, Int.max - 1)
    // One more than is shown tells whether there are more.
    var slots = machine.slots(of: value, limit: call.has("by") ? Int.max : limit + 1)
    if call.has("by") { slots = sorted(slots, call, machine) }
    let options = session.options.rendering
    return CommandAnswer(
      text: { text(value, slots, limit, session, machine) },
      json: {
        JSONWriter.text(isASCII: options.isASCII) { writer in
          writer.report("show") { writer in
            writer.value(value, machine)
            writer.list("slots") { writer in for slot in slots.prefix(limit) { write(slot, machine, &writer) } }
            if slots.count > limit { writer.member("more", true) }
          }
        }
      }, rows: { ResultTable(columns: columns, rows: slots.prefix(limit).map { cells($0, machine) }) })
  }

  private static let columns = spec.table!.columns.map { ResultTable.Column($0, .left, isFlexible: true) }

  private static func cells(_ slot: ObjectSlot, _ machine: Machine) -> [ResultCell] {
    guard let value = slot.value else { return [.text(slot.name), .text("[accessor]"), .none, .none] }
    return [
      .text(slot.name), .text(machine.preview(value, limit: 200)),
      value.isObject ? .text(machine.className(of: value)) : .none,
      machine.objectID(of: value).map { .object(NodeID($0.number, isInternal: $0.isInternal)) } ?? .none,
    ]
  }

  private static func sorted(_ slots: [ObjectSlot], _ call: CommandCall, _ machine: Machine) -> [ObjectSlot] {
    let rows = slots.enumerated().map { cells($1, machine) + [.count(UInt64($0))] }
    let table = ResultTable(columns: columns + [.init("place")], rows: rows)
    return call.arranged(table).rows.compactMap {
      if case .count(let place) = $0.last { slots[Int(place)] } else { nil }
    }
  }

  private static func text(
    _ value: Value, _ slots: [ObjectSlot], _ limit: Int, _ session: Session, _ machine: Machine
  ) -> String {
    let options = session.options.rendering
    func cut(_ text: String, _ width: Int) -> String {
      TextLayout.ellipsized(TextLayout.printable(text, isASCII: options.isASCII), to: width, isASCII: options.isASCII)
    }
    guard value.isObject else { return wholeText(value, machine, options) }
    let identity = machine.identity(of: value) ?? ""
    let preview = machine.preview(value, limit: max(options.width - identity.count - 2, 16))
    var lines = [cut("\(identity)  \(preview)", options.width)]
    let names = slots.prefix(limit).map { cut($0.name, 30) }
    let width = names.map(displayWidth).max() ?? 0
    for (slot, name) in zip(slots.prefix(limit), names) {
      let head = "  " + TextLayout.padded(name, to: width) + "  "
      lines.append(
        head + cut(content(slot, machine, options.width - displayWidth(head)), options.width - displayWidth(head)))
    }
    if slots.count > limit {
      let all = max(machine.slotCount(of: value), slots.count)
      let figures = "\(Numbers.grouped(UInt64(all - limit))) more (\(limit) of \(Numbers.grouped(UInt64(all))))"
      lines.append("  ... \(figures): :show \(cut(identity.isEmpty ? "_" : session.typed(value), 20)) --all")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A primitive in full.
  private static func wholeText(_ value: Value, _ machine: Machine, _ options: RenderOptions) -> String {
    TextLayout.wrapped(
      TextLayout.printable(machine.literal(value, limit: 20_000), isASCII: options.isASCII), to: options.width
    ).map { $0 + "\n" }.joined()
  }

  private static func content(_ slot: ObjectSlot, _ machine: Machine, _ room: Int) -> String {
    switch slot.content {
    case .accessor(let getter, let setter):
      return [getter.isUndefined ? nil : "getter", setter.isUndefined ? nil : "setter"].compactMap { $0 }
        .joined(separator: " and ")
    case .value(let value):
      guard let identity = machine.identity(of: value) else { return machine.literal(value, limit: max(room - 2, 10)) }
      return "\(identity)  \(machine.preview(value, limit: max(room - identity.count - 2, 10)))"
    }
  }

  private static func write(_ slot: ObjectSlot, _ machine: Machine, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("slot", slot.name)
      switch slot.content {
      case .accessor: writer.member("value", "[accessor]")
      case .value(let value): writer.value(value, machine)
      }
    }
  }
}

extension Session {
  /// How an object is typed as an argument.
  func typed(_ value: Value) -> String {
    guard let id = machine.objectID(of: value) else { return machine.identity(of: value) ?? "" }
    return id.isInternal ? "#i\(id.number)" : "\(id.number)"
  }
}
