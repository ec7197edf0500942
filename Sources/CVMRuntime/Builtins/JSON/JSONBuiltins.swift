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
  if text.isSymbol { return vm.isCalledFromFirstDialect ? .null : vm.throwTypeError(ErrorMessage.symbolToString) }
  let value = vm.parseJSON(vm.primitiveToString(text))
  return value.isUndefined ? .null : value
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
  let writer = JSONWriter(vm, gap: gap)
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

@inline(__always) private func isPlainInJSON(_ byte: UInt8) -> Bool { byte >= 32 && byte != 34 && byte != 92 }

/// The units of a string in quotes, or some more.
func quotedCount(_ view: StringView) -> Int {
  var count = view.count + 2
  for i in 0..<view.count {
    let unit = view[i]
    if unit == 34 || unit == 92 { count += 1 }
    if unit < 32 || unit & 0xf800 == 0xd800 { count += 5 }
  }
  return count
}

/// What a value is to the self-hosted writer. All but the first two may have a method `toJSON`.
enum JSONForm: Int32 {
  case nothing = 0
  case text = 1
  case object = 2
  /// An object that may stand for a primitive value.
  case wrapper = 3
  case function = 4
  case bigInt = 5
}

/// Appends a string in quotes, escaped as JSON asks; lone surrogates as escapes.
func appendQuoted(_ view: StringView, to output: inout StringBuilder) {
  output.append(ascii: 34)
  var start = 0
  if let latin1 = view.latin1 {
    var i = 0
    while i < view.count, isPlainInJSON(latin1[i]) { i += 1 }
    if i == view.count {
      output.append(view, 0, i)
      return output.append(ascii: 34)
    }
  }
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
  @inline(__always) func jsonForm(_ value: Value) -> JSONForm {
    if value.isObject {
      let kind = cell(value).kind
      return kind == .object || kind == .array
        ? .object : isCallable(value) ? .function : kind == .wrapper ? .wrapper : .object
    }
    return value.isUndefined || value.isSymbol ? .nothing : value.isBigInt ? .bigInt : .text
  }

  /// Text with one more member or element: a comma when it follows another, the line break and indentation `lead`, its key
  /// unless that is undefined, and the value if that is no object.
  func appendJSONMember(to text: Value, follows: Bool, lead: Value, key: Value, _ value: Value) -> Value {
    if value.isBigInt { return throwTypeError("Do not know how to serialize a BigInt") }
    if let longer = appendShortJSONMember(to: text, follows, lead, key, value) { return longer }
    let member = jsonMember(follows: follows, lead: lead, key: key, value)
    guard member != .retry, canConcatenate(text, member) else { return .retry }
    return concatenate(text, member) ?? throwRangeError(ErrorMessage.invalidStringLength)
  }

  /// As above, where all that is added is short, Latin-1 and without escapes, which most members are; else nil.
  private func appendShortJSONMember(
    to text: Value, _ follows: Bool, _ lead: Value, _ key: Value, _ value: Value
  ) -> Value? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ShortText.capacity) { buffer in
      var output = ShortText(buffer.baseAddress.unsafelyUnwrapped)
      if follows { output.append(44) }
      let isIndented = stringLength(lead) > 0
      if isIndented { guard output.append(view(lead)) else { return nil } }
      if key.isString {
        guard output.append(quoted: view(key)) else { return nil }
        output.append(58)
        if isIndented { output.append(32) }
      }
      if value.isString {
        guard output.append(quoted: view(value)) else { return nil }
      } else if value.isInt {
        output.count += NumberFormatting.write(Int(value.asInt), to: output.end)
      } else if value.isDouble, value.asDouble.isFinite {
        guard output.hasRoom(for: NumberFormatting.maximumDecimalLength) else { return nil }
        output.count += NumberFormatting.write(value.asDouble, to: output.end)
      } else if value.isBoolean || !value.isObject {
        guard output.append(view(value == .true ? "true" : value == .false ? "false" : "null")) else { return nil }
      }
      if output.count == 0 { return text }
      let added = UnsafeBufferPointer(start: UnsafePointer(output.start), count: output.count)
      return canAllocate((stringLength(text) + added.count) * 2) ? append(latin1: added, to: text) : nil
    }
  }

  private func view(_ text: StaticString) -> StringView {
    StringView(latin1: text.utf8Start, utf16: nil, count: text.utf8CodeUnitCount)
  }

  private func jsonMember(follows: Bool, lead: Value, key: Value, _ value: Value) -> Value {
    var count = stringLength(lead)
    for text in [key, value] where text.isString { count += quotedCount(view(text)) }
    guard canAllocate(count * 4) else { return .retry }
    var output = StringBuilder()
    output.reserve(count + 32)
    if follows { output.append(ascii: 44) }
    let indentation = view(lead)
    output.append(indentation, 0, indentation.count)
    if key.isString {
      appendQuoted(view(key), to: &output)
      output.append(indentation.count == 0 ? ":" : ": ")
    }
    if !value.isObject { appendPrimitiveJSON(value, to: &output) }
    return output.makeString(self)
  }

  /// Appends a string, number, boolean or null.
  @inline(__always) func appendPrimitiveJSON(_ value: Value, to output: inout StringBuilder) {
    if value.isString {
      appendQuoted(view(value), to: &output)
    } else if value.isInt {
      output.append(integer: Int(value.asInt))
    } else if value.isDouble, value.asDouble.isFinite {
      output.append(number: value.asDouble)
    } else if value.isBoolean {
      output.append(value == .true ? "true" as StaticString : "false")
    } else {
      output.append("null" as StaticString)
    }
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

/// A few characters on their way into a string, which keep room for a number behind them.
private struct ShortText {
  static let capacity = 512

  let start: UnsafeMutablePointer<UInt8>
  var count = 0

  init(_ start: UnsafeMutablePointer<UInt8>) { self.start = start }

  var end: UnsafeMutablePointer<UInt8> { start + count }

  /// Whether that many bytes fit, and some after them.
  @inline(__always) func hasRoom(for bytes: Int) -> Bool { count + bytes <= Self.capacity - 32 }

  @inline(__always) mutating func append(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  @inline(__always) mutating func append(_ text: StringView) -> Bool {
    guard let bytes = text.latin1, hasRoom(for: text.count) else { return false }
    end.update(from: bytes, count: text.count)
    count += text.count
    return true
  }

  /// False, without effects, for text that has to be escaped.
  @inline(__always) mutating func append(quoted text: StringView) -> Bool {
    guard let bytes = text.latin1, hasRoom(for: text.count) else { return false }
    let target = end + 1
    for index in 0..<text.count {
      guard isPlainInJSON(bytes[index]) else { return false }
      target[index] = bytes[index]
    }
    target[-1] = 34
    target[text.count] = 34
    count += text.count + 2
    return true
  }
}
