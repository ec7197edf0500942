import CVMDispatch

/// The functions of `console`. All are native: values are printed without running code of the program.
enum ConsoleBuiltins {
  static var consoleFunctions: [BuiltinFunction] {
    [
      BuiltinFunction("log", length: 0, native: log, "Prints values on standard output."),
      BuiltinFunction("warn", length: 0, native: warn, "Prints values on standard error."),
      BuiltinFunction("dir", length: 0, native: dir, "Prints one object, with options such as depth."),
      BuiltinFunction("time", length: 0, native: time, "Starts a timer."),
      BuiltinFunction("timeEnd", length: 0, native: timeEnd, "Prints the time of a timer and ends it."),
      BuiltinFunction("timeLog", length: 0, native: timeLog, "Prints the time of a timer."),
      BuiltinFunction("trace", length: 0, native: trace, "Prints values and the call stack on standard error."),
      BuiltinFunction("assert", length: 0, native: assert, "Prints a message when its first argument is false."),
      BuiltinFunction("clear", length: 0, native: clear, "Does nothing: output is not a screen."),
      BuiltinFunction("count", length: 0, native: count, "Prints how often it was called with this label."),
      BuiltinFunction("countReset", length: 0, native: countReset, "Starts counting a label again."),
      BuiltinFunction("group", length: 0, native: group, "Indents what is printed from now on."),
      BuiltinFunction("groupEnd", length: 0, native: groupEnd, "Ends the indentation of the last group."),
      BuiltinFunction("table", length: 1, native: table, "Prints rows and columns."),
      BuiltinFunction("debug", length: 0, native: info, "Prints values on standard output."),
      BuiltinFunction("info", length: 0, native: info, "Prints values on standard output."),
      BuiltinFunction("dirxml", length: 0, native: info, "Prints values on standard output."),
      BuiltinFunction("error", length: 0, native: warn, "Prints values on standard error."),
      BuiltinFunction("groupCollapsed", length: 0, native: group, "Indents what is printed from now on."),
    ]
  }
}

extension Machine {
  /// Creates the global `console`.
  func installConsole() {
    let console = vm.makeObject(prototype: intrinsics.objectPrototype.handle, inlineCapacity: 24)
    builtInNames[vm.handle(console)] = "console"
    for row in ConsoleBuiltins.consoleFunctions {
      vm.addNamed(console, atoms.intern(row.name).handle, makeBuiltin(row, path: "console.\(row.name)"), .all)
    }
    vm.addNamed(console, intrinsics.symbolToStringTag.handle, vm.makeString("console"), .configurable)
    vm.addNamed(
      vm.cell(intrinsics.globalObject), atoms.intern("console").handle, vm.objectValue(console), .hidden)
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  fileprivate func message(_ start: Registers, _ count: Int) -> [UInt8] {
    MessageFormatter(self, machine.inspectOptions).format(UnsafeBufferPointer(start: start, count: Swift.max(count, 0)))
  }

  /// The label of a counter or timer; nil after raising an error.
  fileprivate func label(_ frame: Registers, _ count: Int32) -> String? {
    guard count > 0, !frame[0].isUndefined else { return "default" }
    guard !frame[0].isSymbol else {
      _ = throwTypeError(ErrorMessage.symbolToString)
      return nil
    }
    return displayString(frame[0])
  }

  fileprivate func printWarning(_ text: String) {
    machine.write(Array("Warning: \(text)\n".utf8), to: .error)
  }
}

private func log(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if vm.isCalledFromFirstDialect {
    let plain = vm.makeString("[object Object]")
    for i in 0..<Int(count) where frame[i].isObject && !vm.isCallable(frame[i]) { frame[i] = plain }
  }
  return info(vm, frame, count)
}

/// Whether there is room for what is printed, as `canAllocate` says it.
private func canPrint(_ vm: VM, _ frame: Registers, _ count: Int32) -> Bool {
  vm.canAllocate((0..<Int(count)).reduce(0) { $0 + (frame[$1].isString ? vm.stringLength(frame[$1]) * 4 : 0) })
}

private func info(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard canPrint(vm, frame, count) else { return .retry }
  vm.machine.printLine(vm.message(frame, Int(count)), to: .output)
  return .undefined
}

private func warn(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard canPrint(vm, frame, count) else { return .retry }
  vm.machine.printLine(vm.message(frame, Int(count)), to: .error)
  return .undefined
}

private func dir(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let machine = vm.machine
  var options = machine.inspectOptions
  if count > 1, frame[1].isObject { options.update(from: vm.cell(frame[1]), vm) }
  let text = machine.inspect(count > 0 ? frame[0] : .undefined, options: options)
  machine.printLine(Array(text.utf8), to: .output)
  return .undefined
}

extension InspectOptions {
  /// Takes over what an options object of `console.dir` says.
  fileprivate mutating func update(from object: Cell, _ vm: VM) {
    func read(_ name: StaticString) -> Value? {
      guard case .value(let value) = vm.getProperty(object, PropertyKey(atom: vm.machine.atoms.intern(name).handle)),
        !value.isUndefined
      else { return nil }
      return value
    }
    func limit(_ value: Value) -> Int {
      guard value.isNumber else { return Int.max / 2 }
      return Int(min(max(value.asNumber, -1), 1e9))
    }
    if let value = read("depth") { depth = value.isNumber && value.asNumber.isFinite ? limit(value) : nil }
    if let value = read("showHidden") { showHidden = vm.toBoolean(value) }
    if let value = read("colors") { colors = vm.toBoolean(value) }
    if let value = read("maxArrayLength") { maxArrayLength = limit(value) }
    if let value = read("maxStringLength") { maxStringLength = limit(value) }
    if let value = read("breakLength") { breakLength = limit(value) }
    if let value = read("compact") { compact = value.isNumber ? limit(value) : value == .false ? 0 : 3 }
    if let value = read("sorted") { sorted = vm.toBoolean(value) }
  }
}

private func trace(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let message = vm.message(frame, Int(count))
  let heading = message.isEmpty ? Array("Trace".utf8) : Array("Trace: ".utf8) + message
  vm.machine.printLine(heading + Array(vm.stackText().utf8), to: .error)
  return .undefined
}

private func assert(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if count > 0, vm.toBoolean(frame[0]) { return .undefined }
  guard count > 1 else {
    vm.machine.printLine(Array("Assertion failed".utf8), to: .error)
    return .undefined
  }
  guard !frame[1].isSymbol else { return vm.throwTypeError(ErrorMessage.symbolToString) }
  var values = Array(UnsafeBufferPointer(start: frame + 1, count: Int(count) - 1))
  values[0] = vm.makeString("Assertion failed: \(vm.displayString(frame[1]))")
  vm.machine.printLine(MessageFormatter(vm, vm.machine.inspectOptions).format(values), to: .error)
  return .undefined
}

private func clear(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { .undefined }

private func count(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let label = vm.label(frame, count) else { return .exceptionMarker }
  let machine = vm.machine
  let number = machine.console.counts[label, default: 0] + 1
  machine.console.counts[label] = number
  machine.printLine(Array("\(label): \(number)".utf8), to: .output)
  return .undefined
}

private func countReset(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let label = vm.label(frame, count) else { return .exceptionMarker }
  if vm.machine.console.counts.removeValue(forKey: label) == nil {
    vm.printWarning("Count for '\(label)' does not exist")
  }
  return .undefined
}

private func group(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if count > 0 { _ = log(vm, frame, count) }
  vm.machine.console.groupDepth += 1
  return .undefined
}

private func groupEnd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.machine.console.groupDepth = max(vm.machine.console.groupDepth - 1, 0)
  return .undefined
}

private func time(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let label = vm.label(frame, count) else { return .exceptionMarker }
  if vm.machine.console.timers[label] != nil {
    vm.printWarning("Label '\(label)' already exists for console.time()")
  } else {
    vm.machine.console.timers[label] = Machine.now()
  }
  return .undefined
}

private func timeEnd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let label = vm.label(frame, count) else { return .exceptionMarker }
  printTimer(vm, label, "timeEnd", [])
  vm.machine.console.timers[label] = nil
  return .undefined
}

private func timeLog(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let label = vm.label(frame, count) else { return .exceptionMarker }
  let data = count > 1 ? Array(UnsafeBufferPointer(start: frame + 1, count: Int(count) - 1)) : []
  printTimer(vm, label, "timeLog", data)
  return .undefined
}

private func printTimer(_ vm: VM, _ label: String, _ function: String, _ data: [Value]) {
  let machine = vm.machine
  guard let start = machine.console.timers[label] else {
    vm.printWarning("No such label '\(label)' for console.\(function)()")
    return
  }
  let heading = vm.makeString("\(label): \(durationText((Machine.now() - start) * 1000))")
  let values = [vm.makeString("%s"), heading] + data
  machine.printLine(MessageFormatter(vm, machine.inspectOptions).format(values), to: .output)
}

/// Milliseconds as Node prints them: `1.234ms`, `1.500s`, `2:05.000 (m:ss.mmm)`.
func durationText(_ milliseconds: Double) -> String {
  func fixed(_ number: Double) -> String {
    NumberFormatting.text { NumberFormatting.writeFixed(number, fractionDigits: 3, to: $0) }
  }
  func padded(_ text: String, _ width: Int) -> String {
    String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
  }
  if milliseconds < 1000 {
    let text = fixed(milliseconds)
    let number = Array(text.utf8).withUnsafeBufferPointer { NumberParsing.number($0) }
    return "\(NumberFormatting.string(number))ms"
  }
  if milliseconds < 60_000 { return "\(fixed(milliseconds / 1000))s" }
  let hours = Int(milliseconds / 3_600_000)
  let rest = milliseconds - Double(hours) * 3_600_000
  let minutes = Int(rest / 60_000)
  let seconds = padded(fixed((rest - Double(minutes) * 60_000) / 1000), 6)
  if hours > 0 { return "\(hours):\(padded(String(minutes), 2)):\(seconds) (h:mm:ss.mmm)" }
  return "\(minutes):\(seconds) (m:ss.mmm)"
}

private func table(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let machine = vm.machine
  guard count > 0, frame[0].isObject, !vm.isCallable(frame[0]) else {
    return log(vm, frame, min(count, 1))
  }
  var properties: [PropertyKey]?
  if count > 1, !frame[1].isUndefined {
    guard frame[1].isObject, vm.cell(frame[1]).kind == .array else {
      return vm.throwTypeError("The \"properties\" argument must be an instance of Array.")
    }
    let list = vm.cell(frame[1])
    properties = (0..<min(vm.arrayLength(list), 1000)).compactMap {
      vm.ownProperty(list, PropertyKey(index: UInt32($0))).flatMap { $0.isAccessor ? nil : vm.propertyKey($0.value) }
    }
  }
  var table = ConsoleTable(vm, machine.inspectOptions)
  machine.printLine(Array(table.render(vm.cell(frame[0]), properties: properties).utf8), to: .output)
  return .undefined
}
