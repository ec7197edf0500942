import CVMDispatch

/// What Annex B of the standard asks of strings.
enum StringMarkupBuiltins {
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("anchor", length: 1, selfHosted: "StringAnchor", "The text in an HTML element `a`."),
      BuiltinFunction("big", length: 0, selfHosted: "StringBig", "The text in an HTML element `big`."),
      BuiltinFunction("blink", length: 0, selfHosted: "StringBlink", "The text in an HTML element `blink`."),
      BuiltinFunction("bold", length: 0, selfHosted: "StringBold", "The text in an HTML element `b`."),
      BuiltinFunction("fixed", length: 0, selfHosted: "StringFixed", "The text in an HTML element `tt`."),
      BuiltinFunction("fontcolor", length: 1, selfHosted: "StringFontcolor", "The text in an HTML element `font`."),
      BuiltinFunction("fontsize", length: 1, selfHosted: "StringFontsize", "The text in an HTML element `font`."),
      BuiltinFunction("italics", length: 0, selfHosted: "StringItalics", "The text in an HTML element `i`."),
      BuiltinFunction("link", length: 1, selfHosted: "StringLink", "The text in an HTML element `a`."),
      BuiltinFunction("small", length: 0, selfHosted: "StringSmall", "The text in an HTML element `small`."),
      BuiltinFunction("strike", length: 0, selfHosted: "StringStrike", "The text in an HTML element `strike`."),
      BuiltinFunction("sub", length: 0, selfHosted: "StringSub", "The text in an HTML element `sub`."),
      BuiltinFunction("sup", length: 0, selfHosted: "StringSup", "The text in an HTML element `sup`."),
    ]
  }

  static var functions: [BuiltinFunction] {
    [
      BuiltinFunction("escape", length: 1, native: escape, selfHosted: "OfText", "A text with %XX and %uXXXX escapes."),
      BuiltinFunction("unescape", length: 1, native: unescape, selfHosted: "OfText", "A text without such escapes."),
    ]
  }
}

private func escape(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard vm.isPlainPrimitive(argument(frame, count, 0)) else { return .callNeeded }
  let text = vm.view(vm.primitiveToString(argument(frame, count, 0)))
  // At most six units for one, in an array that grows.
  guard vm.canAllocate(text.count * 6 * 6) else { return .retry }
  let digits = Array("0123456789ABCDEF".utf16)
  var result: [UInt16] = []
  for i in 0..<text.count {
    if i & 0x1fff == 0 && vm.machine.mustStop { return .retry }
    let unit = text[i]
    if isUnescaped(unit) {
      result.append(unit)
    } else if unit < 256 {
      result += [0x25, digits[Int(unit >> 4)], digits[Int(unit & 15)]]
    } else {
      result += [0x25, 0x75] + [12, 8, 4, 0].map { digits[Int(unit >> UInt16($0) & 15)] }
    }
  }
  guard result.count <= VM.maximumStringLength else { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
  return vm.makeString(result)
}

private func isUnescaped(_ unit: UInt16) -> Bool {
  switch unit {
  case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
  // @ * _ + - . /
  case 0x40, 0x2a, 0x5f, 0x2b, 0x2d, 0x2e, 0x2f: true
  default: false
  }
}

private func unescape(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard vm.isPlainPrimitive(argument(frame, count, 0)) else { return .callNeeded }
  let text = vm.view(vm.primitiveToString(argument(frame, count, 0)))
  guard vm.canAllocate(text.count * 6) else { return .retry }
  func number(_ start: Int, _ length: Int) -> UInt16? {
    guard start + length <= text.count else { return nil }
    var value: UInt16 = 0
    for i in start..<start + length {
      guard let digit = hexDigit(text[i]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }
  var result: [UInt16] = []
  var i = 0
  while i < text.count {
    if i & 0x1fff == 0 && vm.machine.mustStop { return .retry }
    if text[i] == 0x25 {
      if i + 1 < text.count, text[i + 1] == 0x75, let unit = number(i + 2, 4) {
        result.append(unit)
        i += 6
        continue
      }
      if let unit = number(i + 1, 2) {
        result.append(unit)
        i += 3
        continue
      }
    }
    result.append(text[i])
    i += 1
  }
  return vm.makeString(result)
}

private func hexDigit(_ unit: UInt16) -> UInt16? {
  switch unit {
  case 0x30...0x39: unit - 0x30
  case 0x41...0x46: unit - 0x37
  case 0x61...0x66: unit - 0x57
  default: nil
  }
}
