import CVMHeapGraph
import CVMReport
import CVMRuntime

/// The object that a command is about.
struct ObjectArgument {
  let value: Value
  /// How it was named.
  let text: String
}

extension Session {
  /// Finds what `12`, `#12`, `@12`, `pts[0].x`, `_`, `$3` or `(expression)` means.
  func resolve(_ text: String) throws(CommandError) -> ObjectArgument {
    if let id = NodeID(parsing: text) { return ObjectArgument(value: try object(id), text: text) }
    if let first = text.first, first == "#" || first == "@" || first.isNumber {
      throw .invalidReference(String(text.drop { $0 == "#" || $0 == "@" }.prefix(40)))
    }
    if let row = RowArgument(text) { return try resolve(row) }
    if text.first == "(" { return ObjectArgument(value: try valueOfExpression(text), text: text) }
    guard let path = ObjectPath(text) else {
      throw .usage("\(text.prefix(60)) is no object: give an id (12), a name or path (pts[0].x) or (an expression)")
    }
    if let value = path.evaluate(in: machine, frame: stoppedFrame, names: results.value(of:)) {
      return ObjectArgument(value: value, text: text)
    }
    throw .notFound(notFoundMessage(path))
  }

  private func resolve(_ row: RowArgument) throws(CommandError) -> ObjectArgument {
    switch try subject(of: row) {
    case .object(let id): return ObjectArgument(value: try object(id), text: id.description)
    case .name(let name): return try resolve(name)
    case .className(let name):
      throw .usage(
        "Row \(row.number) is a class, not one object. :find row \(row.number) lists the objects of \(name).")
    }
  }

  private func object(_ id: NodeID) throws(CommandError) -> Value {
    let dump = try heapDump()
    guard let node = dump.graph.node(withID: id) else {
      throw .invalidReference(String(id.description.dropFirst()))
    }
    return dump.value(of: node)
  }

  private func notFoundMessage(_ path: ObjectPath) -> String {
    let names = machine.globalBindings.map(\.name)
    let isKnown = ObjectPath(root: path.root, steps: []).evaluate(in: machine, names: results.value(of:)) != nil
    if isKnown { return "There is nothing at \(path.text.prefix(60))" }
    let question = Suggestions.question(path.root, among: names).map { ". \($0)" } ?? ""
    return "\(path.root.prefix(60)) is not defined\(question)"
  }

  /// The value of an expression, which may run code of the program.
  private func valueOfExpression(_ text: String) throws(CommandError) -> Value {
    guard let value = quietly(text) else {
      throw CommandError(status: .error, message: "The expression has no value.")
    }
    return value
  }

  /// As `resolve`, of an argument that must be an object of the heap: its node, too.
  func resolveNode(_ text: String) throws(CommandError) -> (node: Int, value: Value, dump: HeapDump) {
    let argument = try resolve(text)
    guard argument.value.isObject || argument.value.isString || argument.value.isSymbol else {
      throw .usage(
        "\(text.prefix(60)) is \(machine.preview(argument.value, limit: 40)): a value, which nothing refers to")
    }
    let dump = try heapDump()
    guard let node = dump.node(of: argument.value) else {
      throw .notFound("\(text.prefix(60)) is not part of the heap")
    }
    return (node, argument.value, dump)
  }
}

extension HeapDump {
  /// The values of objects as texts, for reports.
  func texts(of machine: Machine) -> ObjectTexts {
    ObjectTexts(
      preview: { node in
        // Reports name the class in front of the preview.
        let value = self.value(of: node)
        if machine.isFunction(value) { return "" }
        let preview = machine.preview(value, limit: 60)
        let className = machine.className(of: value)
        return preview.hasPrefix(className + " ") ? String(preview.dropFirst(className.count + 1)) : preview
      },
      primitiveSlots: { node in
        machine.slots(of: self.value(of: node), limit: 100).compactMap { slot in
          switch slot.content {
          case .accessor: return ObjectTexts.PrimitiveSlot(slot.name, "[accessor]")
          case .value(let value):
            return value.isObject ? nil : ObjectTexts.PrimitiveSlot(slot.name, machine.literal(value, limit: 40))
          }
        }
      })
  }
}
