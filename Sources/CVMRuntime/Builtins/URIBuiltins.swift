import CVMDispatch

enum URIBuiltins {
  static var functions: [BuiltinFunction] {
    [
      BuiltinFunction("decodeURI", length: 1, native: decodeURI, selfHosted: "OfText", "Decodes a whole URI."),
      BuiltinFunction(
        "decodeURIComponent", length: 1, native: decodeURIComponent, selfHosted: "OfText", "Decodes a part of a URI."),
      BuiltinFunction("encodeURI", length: 1, native: encodeURI, selfHosted: "OfText", "Encodes a whole URI."),
      BuiltinFunction(
        "encodeURIComponent", length: 1, native: encodeURIComponent, selfHosted: "OfText", "Encodes a part of a URI."),
    ]
  }
}

private let unreservedMarks: StaticString = "-_.!~*'()"
private let reservedMarks: StaticString = ";/?:@&=+$,#"

private func contains(_ set: StaticString, _ unit: UInt16) -> Bool {
  for i in 0..<set.utf8CodeUnitCount where UInt16(set.utf8Start[i]) == unit { return true }
  return false
}

private func isUnescaped(_ unit: UInt16, wholeURI: Bool) -> Bool {
  switch unit {
  case 48...57, 65...90, 97...122: true
  default: contains(unreservedMarks, unit) || (wholeURI && contains(reservedMarks, unit))
  }
}

private func encode(_ vm: VM, _ frame: Registers, _ count: Int32, wholeURI: Bool) -> Value {
  let value = argument(frame, count, 0)
  guard vm.isPlainPrimitive(value) else { return .callNeeded }
  let view = vm.view(vm.primitiveToString(value))
  var builder = StringBuilder()
  let digits: StaticString = "0123456789ABCDEF"
  var i = 0
  while i < view.count {
    let unit = view[i]
    if !builder.mayGoOn(vm) { return .retry }
    if isUnescaped(unit, wholeURI: wholeURI) {
      builder.append(unit)
      i += 1
      continue
    }
    let (point, width) = view.codePoint(at: i)
    guard let scalar = Unicode.Scalar(point) else { return vm.raise(.uriError, "URI malformed") }
    for byte in String(scalar).utf8 {
      builder.append(ascii: 37)
      builder.append(ascii: digits.utf8Start[Int(byte >> 4)])
      builder.append(ascii: digits.utf8Start[Int(byte & 15)])
    }
    i += width
  }
  guard builder.count <= VM.maximumStringLength else { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
  return builder.makeString(vm)
}

private func hexDigit(_ unit: UInt16) -> UInt8? {
  switch unit {
  case 48...57: UInt8(unit - 48)
  case 65...70: UInt8(unit - 55)
  case 97...102: UInt8(unit - 87)
  default: nil
  }
}

private func escapedByte(_ view: StringView, _ index: Int) -> UInt8? {
  guard index + 2 < view.count, view[index] == 37, let high = hexDigit(view[index + 1]),
    let low = hexDigit(view[index + 2])
  else { return nil }
  return high << 4 | low
}

private func decode(_ vm: VM, _ frame: Registers, _ count: Int32, wholeURI: Bool) -> Value {
  let value = argument(frame, count, 0)
  guard vm.isPlainPrimitive(value) else { return .callNeeded }
  let view = vm.view(vm.primitiveToString(value))
  var builder = StringBuilder()
  var i = 0
  while i < view.count {
    if !builder.mayGoOn(vm) { return .retry }
    guard view[i] == 37 else {
      builder.append(view[i])
      i += 1
      continue
    }
    guard let first = escapedByte(view, i) else { return vm.raise(.uriError, "URI malformed") }
    let length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    var bytes: [UInt8] = []
    for k in 0..<length {
      guard let byte = escapedByte(view, i + k * 3) else { return vm.raise(.uriError, "URI malformed") }
      bytes.append(byte)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return vm.raise(.uriError, "URI malformed") }
    if wholeURI && length == 1 && contains(reservedMarks, UInt16(first)) {
      builder.append(view, i, i + 3)
    } else {
      builder.append(text)
    }
    i += length * 3
  }
  return builder.makeString(vm)
}

private func encodeURI(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  encode(vm, frame, count, wholeURI: true)
}
private func encodeURIComponent(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  encode(vm, frame, count, wholeURI: false)
}
private func decodeURI(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  decode(vm, frame, count, wholeURI: true)
}
private func decodeURIComponent(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  decode(vm, frame, count, wholeURI: false)
}
