import CVMDispatch

enum JSONBuiltins {
  static var functions: [BuiltinFunction] {
    [
      BuiltinFunction("parse", length: 2, native: parse, selfHosted: "JSONParse", "Reads JSON."),
      BuiltinFunction("stringify", length: 3, native: stringify, selfHosted: "JSONStringify", "Writes JSON."),
    ]
  }
}

private func parse(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let text = argument(frame, count, 0)
  if vm.isCallable(argument(frame, count, 1)) || text.isObject { return .callNeeded }
  if text.isSymbol { return vm.throwTypeError(ErrorMessage.symbolToString) }
  return vm.parseJSON(vm.primitiveToString(text))
}

/// The indentation that the third argument of `stringify` asks for; nil when it is an object.
private func gap(_ vm: VM, _ space: Value) -> [UInt16]? {
  if space.isObject { return nil }
  if space.isNumber { return Array(repeating: 32, count: Int(min(max(vm.integer(space), 0), 10))) }
  return space.isString ? Array(vm.view(space).units().prefix(10)) : []
}

private func stringify(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if argument(frame, count, 1).isObject { return .callNeeded }
  guard let gap = gap(vm, argument(frame, count, 2)) else { return .callNeeded }
  var writer = JSONWriter(vm, gap: gap)
  switch writer.write(argument(frame, count, 0)) {
  case .done:
    guard writer.output.count <= VM.maximumStringLength else {
      return vm.throwRangeError(ErrorMessage.invalidStringLength)
    }
    guard vm.canAllocate(writer.output.byteCount) else { return .retry }
    return writer.output.makeString(vm)
  case .nothing: return .undefined
  case .needsCall: return .callNeeded
  case .interrupted: return .retry
  case .circular(let message): return vm.throwTypeError(message)
  }
}

/// Writes plain data as JSON with a stack of its own: nesting is bounded by memory only.
private struct JSONWriter {
  enum Outcome {
    case done, nothing, needsCall, interrupted
    case circular(String)
  }
  private struct Level {
    var object: Cell
    var isArray: Bool
    var keys: [PropertyKey]
    var count: Int
    var position = 0
    var wrote = false
  }

  private let vm: VM
  private let gap: [UInt16]
  private let toJSON: PropertyKey
  private var levels: [Level] = []
  private var open: Set<Handle> = []
  /// A shape known to be without `toJSON` all along its chain.
  private var plainShape: ShapeID = 0
  private var steps = 0
  var output = StringBuilder()

  init(_ vm: VM, gap: [UInt16]) {
    self.vm = vm
    self.gap = gap
    toJSON = PropertyKey(atom: vm.machine.names.toJSON.handle)
  }

  mutating func write(_ root: Value) -> Outcome {
    switch begin(root) {
    case .written: return .done
    case .skipped: return .nothing
    case .needsCall: return .needsCall
    case .circular: return .nothing
    case .entered: break
    }
    while !levels.isEmpty {
      steps += 1
      if steps & 0x3fff == 0 && vm.machine.isInterrupted { return .interrupted }
      let last = levels.count - 1
      if levels[last].position == levels[last].count {
        close()
        continue
      }
      let position = levels[last].position
      levels[last].position += 1
      if let outcome = writeMember(last, position) { return outcome }
    }
    return .done
  }

  private mutating func writeMember(_ last: Int, _ position: Int) -> Outcome? {
    let object = levels[last].object
    let isArray = levels[last].isArray
    let key = isArray ? PropertyKey(index: UInt32(position)) : levels[last].keys[position]
    var value = Value.undefined
    if isArray, object.flags & CellFlag.sparse == 0, position < vm.denseLength(object),
      vm.arrayElements(object)[position] != .hole
    {
      value = vm.arrayElements(object)[position]
    } else {
      switch vm.getProperty(object, key) {
      case .getter: return .needsCall
      case .value(let found): value = found
      case .absent: break
      }
    }
    if !isArray && !isWritten(value) { return value.isObject && !isPlain(value) ? .needsCall : nil }
    if levels[last].wrote { output.append(ascii: 44) }
    levels[last].wrote = true
    indent(levels.count)
    if !isArray {
      quote(vm.keyValue(key))
      output.append(ascii: 58)
      if !gap.isEmpty { output.append(ascii: 32) }
    }
    switch begin(value) {
    case .needsCall: return .needsCall
    case .skipped: output.append("null")
    case .circular: return .circular(circularMessage(value, key))
    case .written, .entered: break
    }
    return nil
  }

  private func isWritten(_ value: Value) -> Bool {
    !value.isUndefined && !value.isSymbol && !(value.isObject && vm.isCallable(value))
  }

  private enum Start { case written, skipped, entered, needsCall, circular }

  private mutating func begin(_ value: Value) -> Start {
    if value.isString {
      quote(value)
    } else if value.isInt {
      output.append(number: Double(value.asInt))
    } else if value.isDouble {
      if value.asDouble.isFinite { output.append(number: value.asDouble) } else { output.append("null") }
    } else if value.isNull {
      output.append("null")
    } else if value.isBoolean {
      output.append(value == .true ? "true" : "false")
    } else if value.isBigInt {
      return .needsCall
    } else if value.isObject {
      return enter(value)
    } else {
      return .skipped
    }
    return .written
  }

  /// Whether nothing of the program has a say in how an object is written.
  private mutating func isPlain(_ value: Value) -> Bool {
    let object = vm.cell(value)
    if object.kind == .wrapper { return false }
    if object.shape == plainShape { return true }
    switch vm.getProperty(object, toJSON) {
    case .absent: break
    case .value(let method) where !vm.isCallable(method): break
    default: return false
    }
    if vm.shapeInfo(object).pointee.flags & ShapeFlag.dictionary == 0 { plainShape = object.shape }
    return true
  }

  private mutating func enter(_ value: Value) -> Start {
    guard isPlain(value) else { return .needsCall }
    if vm.isCallable(value) { return .skipped }
    guard open.insert(value.handle).inserted else { return .circular }
    let object = vm.cell(value)
    let isArray = object.kind == .array
    var keys: [PropertyKey] = []
    if !isArray {
      keys = vm.ownKeys(object).filter { key in
        if !key.isIndex && vm.cell(key.atom).kind == .symbol { return false }
        return vm.ownProperty(object, key)?.attributes.contains(.enumerable) == true
      }
    }
    levels.append(
      Level(object: object, isArray: isArray, keys: keys, count: isArray ? vm.arrayLength(object) : keys.count))
    output.append(ascii: isArray ? 91 : 123)
    return .entered
  }

  private mutating func close() {
    let level = levels.removeLast()
    open.remove(vm.handle(level.object))
    if level.wrote { indent(levels.count) }
    output.append(ascii: level.isArray ? 93 : 125)
  }

  private mutating func indent(_ depth: Int) {
    if gap.isEmpty { return }
    output.append(ascii: 10)
    for _ in 0..<depth { for unit in gap { output.append(unit) } }
  }

  private mutating func quote(_ string: Value) { appendQuoted(vm.view(string), to: &output) }

  private func circularMessage(_ value: Value, _ key: PropertyKey) -> String {
    guard let start = levels.firstIndex(where: { vm.handle($0.object) == value.handle }) else { return "" }
    var path: [(String, String)] = []
    for i in start..<levels.count {
      let level = levels[i]
      let name = vm.constructorName(level.object) ?? "Object"
      var step = ""
      if i > start {
        let parent = levels[i - 1]
        step =
          parent.isArray
          ? "index \(parent.position - 1)" : "property '\(vm.describe(key: parent.keys[parent.position - 1]))'"
      }
      path.append((step, name))
    }
    let last = levels[levels.count - 1].isArray ? "index \(key.index)" : "property '\(vm.describe(key: key))'"
    return circularText(path, closing: last)
  }
}

/// What V8 says of a circle: the constructors along it, the middle of long ones left out.
func circularText(_ path: [(step: String, constructor: String)], closing: String) -> String {
  var text =
    "Converting circular structure to JSON\n    --> starting at object with constructor '\(path[0].constructor)'"
  let steps = path.dropFirst()
  for (i, entry) in steps.enumerated() {
    if steps.count > 3 && i >= 2 && i < steps.count - 1 {
      if i == 2 { text += "\n    |     ..." }
      continue
    }
    text += "\n    |     \(entry.step) -> object with constructor '\(entry.constructor)'"
  }
  return text + "\n    --- \(closing) closes the circle"
}

/// Appends a string in quotes, escaped as JSON asks; lone surrogates as escapes.
func appendQuoted(_ view: StringView, to output: inout StringBuilder) {
  output.append(ascii: 34)
  var start = 0
  for i in 0..<view.count {
    let unit = view[i]
    if unit >= 32 && unit != 34 && unit != 92 && unit & 0xf800 != 0xd800 { continue }
    if unit & 0xf800 == 0xd800 && !view.isLoneSurrogate(at: i) { continue }
    output.append(view, start, i)
    start = i + 1
    switch unit {
    case 34: output.append("\\\"")
    case 92: output.append("\\\\")
    case 8: output.append("\\b")
    case 9: output.append("\\t")
    case 10: output.append("\\n")
    case 12: output.append("\\f")
    case 13: output.append("\\r")
    default:
      output.append("\\u")
      let digits: StaticString = "0123456789abcdef"
      for shift in [12, 8, 4, 0] as [UInt16] { output.append(ascii: digits.utf8Start[Int(unit >> shift & 15)]) }
    }
  }
  output.append(view, start, view.count)
  output.append(ascii: 34)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func quotedJSON(_ string: Value) -> Value {
    var builder = StringBuilder()
    appendQuoted(view(string), to: &builder)
    return builder.makeString(self)
  }

  /// The message about a circle that the self-hosted writer met.
  func circularMessage(open: Value, path: Value, value: Value, key: Value) -> String {
    let objects = cell(open)
    let keys = cell(path)
    var steps: [(step: String, constructor: String)] = []
    var isInside = false
    func step(_ key: Value, _ parent: Cell) -> String {
      parent.kind == .array ? "index \(wordsFor(key))" : "property '\(wordsFor(key))'"
    }
    for i in 0..<denseLength(objects) {
      let object = arrayElements(objects)[i]
      if object == value { isInside = true }
      guard isInside else { continue }
      let text = steps.isEmpty ? "" : step(arrayElements(keys)[i], cell(arrayElements(objects)[i - 1]))
      steps.append((text, constructorName(cell(object)) ?? "Object"))
    }
    guard !steps.isEmpty else { return "Converting circular structure to JSON" }
    return circularText(steps, closing: step(key, cell(arrayElements(objects)[denseLength(objects) - 1])))
  }
}
