import CVMBytecode
import CVMDispatch

extension Machine {
  /// A value on one line of at most about `limit` characters, as a program would write it: `{x: 1, y: [2, 3]}`.
  public func preview(_ value: Value, limit: Int) -> String {
    preview(value, width: max(limit, 8), ascii: true)
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
    return Inspector(vm, InspectOptions()).formatPrimitive(value)
  }

  private func stringLiteral(_ value: Value, limit: Int) -> String {
    let length = vm.stringLength(value)
    let shown = min(length, max(limit, 1))
    let head = firstUnits(of: value, shown)
    var literal = Inspector(vm, InspectOptions()).quoted(head)
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
