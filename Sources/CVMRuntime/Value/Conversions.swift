import CVMDispatch

/// Conversions of primitives. Objects are converted by self-hosted code, since that runs user code.
extension UnsafeMutablePointer where Pointee == CVMMachine {
  @inline(__always) func toBoolean(_ value: Value) -> Bool {
    if value.isBoolean { return value == .true }
    if value.isInt { return value.asInt != 0 }
    if value.isObject { return true }
    if value.isDouble { return value.asDouble != 0 && value.asDouble == value.asDouble }
    if value.isString { return stringLength(value) != 0 }
    if value.isBigInt { return !bigInt(value).isZero }
    return value.isSymbol
  }

  /// ToNumber of a primitive; NaN for symbols (which the caller has refused).
  func primitiveToNumber(_ value: Value) -> Double {
    if value.isNumber { return value.asNumber }
    if value.isString { return stringToNumber(view(value)) }
    if value == .true { return 1 }
    if value == .false || value == .null { return 0 }
    return .nan
  }

  func stringToNumber(_ view: StringView) -> Double {
    if let bytes = view.latin1 { return NumberParsing.number(UnsafeBufferPointer(start: bytes, count: view.count)) }
    return NumberParsing.number(UnsafeBufferPointer(start: view.utf16, count: view.count))
  }

  /// ToString of a primitive; symbols (which the caller has refused) give their description.
  func primitiveToString(_ value: Value) -> Value {
    if value.isString { return value }
    if value.isNumber { return numberToString(value) }
    if value == .undefined { return machine.names.undefined }
    if value == .null { return machine.atoms.intern("null") }
    if value == .true { return machine.atoms.intern("true") }
    if value == .false { return machine.atoms.intern("false") }
    if value.isBigInt {
      let result = bigIntToString(value)
      return result.isString ? result : emptyString
    }
    return makeString("Symbol()")
  }

  func numberToString(_ value: Value) -> Value {
    if value.isInt, value.asInt >= 0, value.asInt < 10 { return singleUnitString(UInt8(value.asInt) + 0x30) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { buffer in
      let target = buffer.baseAddress.unsafelyUnwrapped
      let count =
        value.isInt
        ? NumberFormatting.write(Int(value.asInt), to: target) : NumberFormatting.write(value.asDouble, to: target)
      return makeString(latin1: UnsafeBufferPointer(start: buffer.baseAddress, count: count))
    }
  }

  /// The value in words, for error messages: strings quoted, objects as `#<Point>`.
  func describe(_ value: Value) -> String {
    if value.isString { return "\"\(clippedText(value))\"" }
    if value.isSymbol { return describeSymbol(value) }
    if value.isObject { return describeObject(cell(value)) }
    if value.isBigInt { return text(primitiveToString(value)) }
    return text(primitiveToString(value))
  }

  /// A text of ordinary length as it is, the start of one that nobody would read: for error messages.
  func clippedText(_ string: Value) -> String {
    guard stringLength(string) > 1000 else { return text(string) }
    return text(substring(string, 0, 200)) + "..."
  }

  func describeSymbol(_ value: Value) -> String {
    let description = cell(value).value(Layout.primitive)
    return "Symbol(\(description.isString ? clippedText(description) : ""))"
  }

  func describeObject(_ object: Cell) -> String {
    if object.kind == .function { return functionName(object).map { "function \($0)" } ?? "function" }
    if object.kind == .array { return "[object Array]" }
    return "#<\(constructorName(object) ?? "Object")>"
  }

  /// A key in words, for error messages.
  func describe(key: PropertyKey) -> String {
    let value = keyValue(key)
    return value.isSymbol ? describeSymbol(value) : clippedText(value)
  }
}
