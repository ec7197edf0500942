import CVMBytecode
import CVMDispatch

extension Machine {
  /// A value on one line of at most about `limit` characters, as a program would write it: `{x: 1, y: [2, 3]}`.
  public func preview(_ value: Value, limit: Int) -> String {
    var writer = PreviewWriter(machine: self, limit: max(limit, 8))
    writer.write(value, depth: 0)
    return writer.text
  }

  /// A primitive as a program would write it; objects by identity.
  public func literal(_ value: Value, limit: Int) -> String {
    if value.isString { return stringLiteral(value, limit: limit) }
    if value.isSymbol { return vm.describeSymbol(value) }
    if value.isBigInt { return vm.bigIntLiteral(value, limit: limit) }
    if value.isObject { return identity(of: value) ?? "" }
    if value.isDouble, value.asDouble == 0, value.asDouble.sign == .minus { return "-0" }
    if value.isNumber { return NumberFormatting.string(value.asNumber) }
    if value == .true { return "true" }
    if value == .false { return "false" }
    if value.isNull { return "null" }
    return "undefined"
  }

  private func stringLiteral(_ value: Value, limit: Int) -> String {
    let length = vm.stringLength(value)
    let shown = min(length, max(limit, 1))
    let head = firstUnits(of: value, shown)
    let text = String(decoding: head, as: UTF16.self)
    let quote: Unicode.Scalar =
      !text.unicodeScalars.contains("'") ? "'" : !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var literal = quotedText(text, quote: quote)
    guard shown < length || literal.unicodeScalars.count > limit + 2 else { return literal }
    while literal.unicodeScalars.count > max(limit - 3, 1) { literal.unicodeScalars.removeLast() }
    return literal + "..."
  }

  /// The beginning of a string, without flattening ropes.
  private func firstUnits(of string: Value, _ count: Int) -> [UInt16] {
    var units: [UInt16] = []
    var pending = [string]
    while units.count < count, let next = pending.popLast() {
      let cell = vm.cell(next)
      if cell.kind == .rope {
        let right = cell.value(Layout.Rope.right)
        if right.bits != 0 { pending.append(right) }
        pending.append(cell.value(Layout.Rope.left))
        continue
      }
      let view = vm.view(flat: cell)
      for i in 0..<min(view.count, count - units.count) { units.append(view[i]) }
    }
    return units
  }

  /// The name and message of an error as `Error.prototype.toString` would give them, without running code.
  public func errorTitle(_ error: Value) -> String {
    let name = peek(error, "name").flatMap { $0.isString ? vm.text($0) : nil } ?? className(of: error)
    let message = peek(error, "message").flatMap { $0.isString ? vm.text($0) : nil } ?? ""
    return message.isEmpty ? name : name.isEmpty ? message : "\(name): \(message)"
  }
}

/// Writes a value until its line is full. The depth is limited, so it may recurse.
private struct PreviewWriter {
  let machine: Machine
  let vm: VM
  let limit: Int
  var text = ""
  private var open: [Handle] = []
  private static let maximumDepth = 3
  private static let itemLimit = 100

  init(machine: Machine, limit: Int) {
    self.machine = machine
    vm = machine.vm
    self.limit = limit
  }

  private var room: Int { max(limit - text.unicodeScalars.count, 8) }

  mutating func write(_ value: Value, depth: Int) {
    guard value.isObject else {
      text += machine.literal(value, limit: room)
      return
    }
    let object = vm.cell(value)
    if open.contains(value.handle) || depth > Self.maximumDepth || machine.builtInNames[value.handle] != nil {
      text += machine.identity(of: value) ?? ""
      return
    }
    open.append(value.handle)
    defer { open.removeLast() }
    switch object.kind {
    case .function, .boundFunction: writeFunction(object)
    case .array: writeArray(object, depth)
    case .map, .set: writeTable(object, depth)
    case .error: text += machine.errorTitle(value)
    case .wrapper:
      text += "[\(vm.peekClassName(object)): \(machine.literal(object.value(Layout.primitive), limit: room))]"
    default: writeObject(object, depth)
    }
  }

  private mutating func writeFunction(_ function: Cell) {
    let name = vm.peekFunctionName(function)
    let isClass = function.flags & CellFlag.classConstructor != 0
    text += (isClass ? "class" : "function") + (name.isEmpty ? "" : " " + name)
  }

  /// Writes items between brackets until the line is full; `item` writes one, and `count` is how many there are.
  private mutating func writeItems(
    _ brackets: (String, String), count: Int, _ item: (inout PreviewWriter, Int) -> Void
  ) {
    text += brackets.0
    var written = 0
    while written < count {
      let start = text
      if written > 0 { text += ", " }
      item(&self, written)
      let rest = count - written - 1
      let reserve = brackets.1.count + (rest > 0 ? ", ... \(rest) more".count : 0)
      if text.unicodeScalars.count + reserve > limit, written > 0 || rest > 0 {
        text = start + (written > 0 ? ", " : "") + "... \(count - written) more"
        break
      }
      written += 1
      if written == Self.itemLimit, written < count {
        text += ", ... \(count - written) more"
        break
      }
    }
    text += brackets.1
  }

  private mutating func writeArray(_ array: Cell, _ depth: Int) {
    let name = vm.peekClassName(array)
    if name != "Array" { text += "\(name)(\(vm.arrayLength(array))) " }
    if array.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(array)
      let entries = elements.entries
      text += "Array(\(vm.arrayLength(array))) "
      writeItems(("[", "]"), count: entries.count) { writer, position in
        let number = entries[position]
        writer.text += "\(elements.key(number).index): "
        writer.writeProperty(elements.value(number), elements.attributes(number), depth)
      }
      return
    }
    let dense = vm.denseLength(array)
    let length = vm.arrayLength(array)
    let missing = length - dense
    writeItems(("[", "]"), count: dense + (missing > 0 ? 1 : 0)) { writer, i in
      if i == dense {
        writer.text += "<\(missing) empty>"
        return
      }
      let value = writer.vm.arrayElements(array)[i]
      if value == .hole { writer.text += "<empty>" } else { writer.write(value, depth: depth + 1) }
    }
  }

  private mutating func writeProperty(_ stored: Value, _ attributes: Attributes, _ depth: Int) {
    guard attributes.contains(.accessor) else { return write(stored, depth: depth + 1) }
    let pair = vm.cell(stored)
    let hasGetter = !pair.value(Layout.Accessor.getter).isUndefined
    let hasSetter = !pair.value(Layout.Accessor.setter).isUndefined
    text += hasGetter && hasSetter ? "[Getter/Setter]" : hasGetter ? "[Getter]" : "[Setter]"
  }

  private mutating func writeTable(_ object: Cell, _ depth: Int) {
    let table = HashTable(vm, vm.cell(object.value(Layout.table)))
    var entries: [Int] = []
    for number in 0..<table.used where table.key(number) != .hole {
      entries.append(number)
      if entries.count > Self.itemLimit { break }
    }
    text += "\(vm.peekClassName(object))(\(table.count)) "
    writeItems(("{", "}"), count: table.count) { writer, position in
      guard position < entries.count else { return }
      writer.write(table.key(entries[position]), depth: depth + 1)
      guard object.kind == .map else { return }
      writer.text += " => "
      writer.write(table.value(entries[position]), depth: depth + 1)
    }
  }

  private mutating func writeObject(_ object: Cell, _ depth: Int) {
    let name = vm.peekClassName(object)
    if name != "Object" { text += name + " " }
    var properties: [(String, Value, Attributes)] = []
    if let store = vm.indexStore(object), store.flags & CellFlag.sparse == 0 {
      for i in 0..<min(vm.denseLength(store), Self.itemLimit) where vm.arrayElements(store)[i] != .hole {
        properties.append((String(i), vm.arrayElements(store)[i], .all))
      }
    } else if let store = vm.indexStore(object) {
      let elements = vm.sparseElements(store)
      for number in elements.entries.prefix(Self.itemLimit) {
        properties.append((String(elements.key(number).index), elements.value(number), elements.attributes(number)))
      }
    }
    var hidden = 0
    vm.forEachNamedProperty(object) { key, stored, attributes in
      guard attributes.contains(.enumerable) else { return }
      if properties.count == Self.itemLimit * 2 {
        hidden += 1
        return
      }
      let isSymbol = vm.cell(key).kind == .symbol
      let keyText =
        isSymbol
        ? "[\(vm.describeSymbol(Value(tag: Tag.symbol, handle: key)))]"
        : vm.text(Value(tag: Tag.string, handle: key))
      properties.append(
        (isSymbol || isIdentifierName(keyText) ? keyText : quotedText(keyText, quote: "'"), stored, attributes))
    }
    writeItems(("{", "}"), count: properties.count + hidden) { writer, i in
      guard i < properties.count else { return }
      writer.text += properties[i].0 + ": "
      writer.writeProperty(properties[i].1, properties[i].2, depth)
    }
  }
}
