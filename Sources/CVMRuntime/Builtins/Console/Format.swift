import CVMDispatch

/// Joins values to the line that `console.log` prints, with the placeholders of a first string replaced.
struct MessageFormatter {
  private let vm: VM
  private let options: InspectOptions

  init(_ vm: VM, _ options: InspectOptions) {
    self.vm = vm
    self.options = options
  }

  func format(_ values: [Value]) -> [UInt8] { values.withUnsafeBufferPointer { format($0) } }

  func format(_ values: UnsafeBufferPointer<Value>) -> [UInt8] {
    var output: [UInt8] = []
    var next = 0
    if values.count > 1, values[0].isString {
      next = replacePlaceholders(values, &output)
      if next == 0 {
        vm.appendUTF8(values[0], to: &output)
        next = 1
      }
    }
    while next < values.count {
      if next > 0 { output.append(0x20) }
      append(values[next], &output)
      next += 1
    }
    return output
  }

  private func append(_ value: Value, _ output: inout [UInt8]) {
    if value.isString {
      vm.appendUTF8(value, to: &output)
    } else if value.isInt {
      output.append(contentsOf: String(value.asInt).utf8)
    } else {
      output.append(contentsOf: Inspector(vm, options).format(value, 0).utf8)
    }
  }

  /// Returns how many values were used; 0 when the first has no placeholder, and nothing was appended.
  private func replacePlaceholders(_ values: UnsafeBufferPointer<Value>, _ output: inout [UInt8]) -> Int {
    let units = vm.units(values[0])
    var last = 0
    var used = 0
    var i = 0
    while i < units.count - 1 {
      defer { i += 1 }
      guard units[i] == 0x25 else { continue }
      i += 1
      if units[i] == 0x25 {
        UTF8Text.append(Array(units[last..<i]), to: &output)
        last = i + 1
      } else if used + 1 < values.count, let text = text(units[i], values[used + 1]) {
        used += 1
        UTF8Text.append(Array(units[last..<i - 1]), to: &output)
        output.append(contentsOf: text)
        last = i + 1
      }
    }
    guard last > 0 else { return 0 }
    UTF8Text.append(Array(units[last...]), to: &output)
    return used + 1
  }

  /// What replaces a placeholder; nil when the letter is none.
  private func text(_ letter: UInt16, _ value: Value) -> [UInt8]? {
    switch UnicodeScalar(letter) {
    case "s": return stringText(value)
    case "d": return numberText(number(value))
    case "i": return numberText(integer(value))
    case "f": return numberText(float(value))
    case "j": return Array((JSONText(vm).format(value) ?? "undefined").utf8)
    case "O": return inspect(value) { _ in }
    case "o":
      return inspect(value) {
        $0.showHidden = true
        $0.depth = 4
      }
    case "c": return []
    default: return nil
    }
  }

  private func inspect(_ value: Value, _ change: (inout InspectOptions) -> Void) -> [UInt8] {
    var options = options
    change(&options)
    return Array(Inspector(vm, options).format(value, 0).utf8)
  }

  private func stringText(_ value: Value) -> [UInt8] {
    if value.isString {
      var bytes: [UInt8] = []
      vm.appendUTF8(value, to: &bytes)
      return bytes
    }
    if value.isNumber { return numberText(value.asNumber) }
    if !value.isObject || vm.isCallable(value) { return Array(vm.displayString(value).utf8) }
    if let text = ownConversion(value) { return Array(text.utf8) }
    return inspect(value) {
      $0.depth = 0
      $0.colors = false
      $0.compact = 3
    }
  }

  /// What the program's own `toString` of an object returns, when that is known without running it.
  private func ownConversion(_ value: Value) -> String? {
    let name = PropertyKey(atom: vm.machine.names.toString.handle)
    guard let property = vm.findProperty(vm.cell(value), name), !property.isAccessor, vm.isCallable(property.value)
    else {
      return nil
    }
    return vm.constantResult(of: vm.cell(property.value))
  }

  private func numberText(_ number: Double) -> [UInt8] {
    Array(number == 0 && number.sign == .minus ? "-0".utf8 : NumberFormatting.string(number).utf8)
  }

  private func primitive(_ value: Value) -> Value {
    guard value.isObject else { return value }
    let cell = vm.cell(value)
    return cell.kind == .wrapper ? cell.value(Layout.primitive) : vm.makeString(vm.displayString(value))
  }

  private func number(_ value: Value) -> Double {
    let value = primitive(value)
    return value.isSymbol ? .nan : vm.primitiveToNumber(value)
  }

  private func float(_ value: Value) -> Double {
    let value = primitive(value)
    return value.isSymbol
      ? .nan : vm.units(vm.primitiveToString(value)).withUnsafeBufferPointer { NumberParsing.parseFloat($0) }
  }

  private func integer(_ value: Value) -> Double {
    let value = primitive(value)
    return value.isSymbol
      ? .nan : vm.units(vm.primitiveToString(value)).withUnsafeBufferPointer { NumberParsing.parseInt($0, radix: 0) }
  }
}

/// `JSON.stringify` for `%j`, as far as it needs no code of the program.
private struct JSONText {
  private let vm: VM
  private static let largestDepth = 200

  init(_ vm: VM) { self.vm = vm }

  func format(_ value: Value) -> String? {
    var seen: [Handle] = []
    var isCircular = false
    let text = format(value, &seen, &isCircular)
    return isCircular ? "[Circular]" : text
  }

  private func format(_ value: Value, _ seen: inout [Handle], _ isCircular: inout Bool) -> String? {
    if value.isString { return JSONText.quoted(vm.units(value)) }
    if value.isNumber { return value.asNumber.isFinite ? vm.plainText(vm.primitiveToString(value)) : "null" }
    if value.isBoolean { return value == .true ? "true" : "false" }
    if value.isNull { return "null" }
    guard value.isObject, !vm.isCallable(value) else { return nil }
    let object = vm.cell(value)
    if object.kind == .wrapper, !object.value(Layout.primitive).isSymbol {
      return format(object.value(Layout.primitive), &seen, &isCircular)
    }
    if seen.contains(value.handle) || seen.count == JSONText.largestDepth { isCircular = true }
    if isCircular { return nil }
    seen.append(value.handle)
    defer { seen.removeLast() }
    if object.kind == .array {
      var items: [String] = []
      for index in 0..<vm.arrayLength(object) where !isCircular {
        let element = vm.ownProperty(object, PropertyKey(index: UInt32(index)))
        let text = element.flatMap { $0.isAccessor ? nil : format($0.value, &seen, &isCircular) }
        items.append(text ?? "null")
      }
      return "[\(items.joined(separator: ","))]"
    }
    var items: [String] = []
    for member in Inspector(vm, InspectOptions()).members(of: object) where !member.attributes.contains(.accessor) {
      let name = vm.keyValue(member.key)
      guard name.isString, let text = format(member.value, &seen, &isCircular) else { continue }
      items.append("\(JSONText.quoted(vm.units(name))):\(text)")
    }
    return "{\(items.joined(separator: ","))}"
  }

  static func quoted(_ units: [UInt16]) -> String {
    var bytes: [UInt8] = [0x22]
    var i = 0
    while i < units.count {
      let unit = units[i]
      i += 1
      switch unit {
      case 0x22, 0x5c: bytes += [0x5c, UInt8(unit)]
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0a: bytes += "\\n".utf8
      case 0x0c: bytes += "\\f".utf8
      case 0x0d: bytes += "\\r".utf8
      case 0..<0x20:
        let digits = String(unit, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
      case 0xd800..<0xe000:
        if unit < 0xdc00, i < units.count, units[i] & 0xfc00 == 0xdc00 {
          UTF8Text.append(UTF8Text.codePoint(unit, units[i]), to: &bytes)
          i += 1
        } else {
          bytes += "\\u\(String(unit, radix: 16))".utf8
        }
      default: UTF8Text.append(UInt32(unit), to: &bytes)
      }
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// `String(value)` as far as it needs no code of the program.
  func displayString(_ value: Value) -> String { displayString(value, 0) }

  private func displayString(_ value: Value, _ level: Int) -> String {
    let inspector = Inspector(self, InspectOptions())
    if value.isSymbol { return inspector.symbolText(value) }
    guard value.isObject else { return plainText(primitiveToString(value)) }
    let object = cell(value)
    switch object.kind {
    case .wrapper: return displayString(object.value(Layout.primitive), level)
    case .regExp: return String(decoding: regExpText(object), as: UTF16.self)
    case .function, .boundFunction: return functionText(object, inspector)
    case .array where level < 20:
      return (0..<Swift.min(arrayLength(object), 10_000)).map { index in
        guard let element = ownProperty(object, PropertyKey(index: UInt32(index))), !element.isAccessor,
          !element.value.isNullish
        else { return "" }
        return displayString(element.value, level + 1)
      }.joined(separator: ",")
    case .error:
      var members: [Inspector.Member] = []
      let name = inspector.constructorName(object, 0)
      let text = inspector.errorBase(object, name, "", &members)
      return ByteSearch.first("\n    at", in: text, from: 0).map {
        String(decoding: Array(text.utf8)[..<$0], as: UTF8.self)
      } ?? String(text.dropFirst().dropLast())
    default:
      let tag = inspector.stringTag(object)
      return "[object \(tag.isEmpty ? "Object" : tag)]"
    }
  }

  private func functionText(_ function: Cell, _ inspector: Inspector) -> String {
    if function.kind == .function, builtin(function) == nil, let code = loadedCode(function), let source = code.source {
      return source.text(from: Int(code.block.sourceStart), to: Int(code.block.sourceEnd))
    }
    let name = inspector.dataProperty(function, machine.names.name)
    return "function \(name.map { $0.isString ? plainText($0) : "" } ?? "")() { [native code] }"
  }
}
