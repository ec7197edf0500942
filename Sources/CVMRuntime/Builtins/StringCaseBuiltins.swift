import CVMDispatch

/// Case mapping, normalisation and well-formedness.
enum StringCaseBuiltins {
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "isWellFormed", length: 0, native: isWellFormed, selfHosted: "TextAlone",
        "Whether no surrogate stands alone."),
      BuiltinFunction(
        "normalize", length: 0, native: normalize, selfHosted: "TextWithText", "The text in a Unicode normal form."),
      BuiltinFunction("toLocaleLowerCase", length: 0, native: lowerCase, selfHosted: "TextAlone", "In lower case."),
      BuiltinFunction("toLocaleUpperCase", length: 0, native: upperCase, selfHosted: "TextAlone", "In upper case."),
      BuiltinFunction("toLowerCase", length: 0, native: lowerCase, selfHosted: "TextAlone", "In lower case."),
      BuiltinFunction("toUpperCase", length: 0, native: upperCase, selfHosted: "TextAlone", "In upper case."),
      BuiltinFunction(
        "toWellFormed", length: 0, native: toWellFormed, selfHosted: "TextAlone", "With lone surrogates replaced."
      ),
    ]
  }
}

/// Maps a text: ASCII byte by byte, everything else scalar by scalar.
private func mapped(
  _ vm: VM, _ frame: Registers, ascii: (UInt8) -> UInt8, _ map: (Unicode.Scalar, Int, StringView) -> String
) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard vm.canAllocate(vm.stringLength(text) * 4) else { return .retry }
    let cell = vm.flat(text)
    if cell.kind == .latin1, let result = mapASCII(vm, cell, ascii) { return result }
    let view = vm.view(flat: cell)
    var builder = StringBuilder()
    var i = 0
    while i < view.count {
      if !builder.mayGoOn(vm) { return .retry }
      let (point, width) = view.codePoint(at: i)
      if let scalar = Unicode.Scalar(point) {
        builder.append(map(scalar, i, view))
      } else {
        builder.append(view[i])
      }
      i += width
    }
    return builder.makeString(vm)
  }
}

private func mapASCII(_ vm: VM, _ source: Cell, _ map: (UInt8) -> UInt8) -> Value? {
  let bytes = vm.latin1Bytes(source)
  for i in 0..<source.length where bytes[i] >= 128 { return nil }
  guard source.length > 0 else { return vm.emptyString }
  let result = vm.makeLatin1(count: source.length)
  let target = vm.latin1Bytes(result)
  for i in 0..<source.length { target[i] = map(bytes[i]) }
  return vm.stringValue(result)
}

extension StringView {
  /// The code point that starts at a unit, and how many units it has; lone surrogates stand for themselves.
  func codePoint(at index: Int) -> (point: UInt32, width: Int) {
    let first = self[index]
    if first & 0xfc00 == 0xd800, index + 1 < count, self[index + 1] & 0xfc00 == 0xdc00 {
      return (0x10000 + UInt32(first & 0x3ff) << 10 + UInt32(self[index + 1] & 0x3ff), 2)
    }
    return (UInt32(first), 1)
  }

  func isLoneSurrogate(at index: Int) -> Bool {
    let unit = self[index]
    if unit & 0xfc00 == 0xd800 { return index + 1 == count || self[index + 1] & 0xfc00 != 0xdc00 }
    return unit & 0xfc00 == 0xdc00 && (index == 0 || self[index - 1] & 0xfc00 != 0xd800)
  }
}

private func upperCase(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  mapped(vm, frame, ascii: { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }) { scalar, _, _ in
    scalar.properties.uppercaseMapping
  }
}

private func lowerCase(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  mapped(vm, frame, ascii: { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }) { scalar, index, view in
    if scalar.value == 0x3a3 && isFinalSigma(view, index) { return "\u{3c2}" }
    return scalar.properties.lowercaseMapping
  }
}

/// The sigma at the end of a word has a form of its own.
private func isFinalSigma(_ view: StringView, _ index: Int) -> Bool {
  func isCased(_ range: some Sequence<Int>) -> Bool {
    for i in range {
      // The second half of a pair was looked at with the first, or will be.
      if view[i] & 0xfc00 == 0xdc00 && !view.isLoneSurrogate(at: i) { continue }
      guard let scalar = Unicode.Scalar(view.codePoint(at: i).point) else { return false }
      if scalar.properties.isCaseIgnorable { continue }
      return scalar.properties.isCased
    }
    return false
  }
  return isCased((0..<index).reversed()) && !isCased(index + 1..<view.count)
}

private func isWellFormed(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    let view = vm.view(text)
    return Value(view.latin1 != nil || !(0..<view.count).contains { view.isLoneSurrogate(at: $0) })
  }
}

private func toWellFormed(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    let view = vm.view(text)
    if view.latin1 != nil { return text }
    guard vm.canAllocate(view.count * 4) else { return .retry }
    var units: [UInt16] = []
    units.reserveCapacity(view.count)
    for i in 0..<view.count {
      if i & 0xffff == 0xffff && vm.machine.mustStop { return .retry }
      units.append(view.isLoneSurrogate(at: i) ? 0xfffd : view[i])
    }
    return vm.makeString(units)
  }
}

private func normalize(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    let argument = argument(frame, count, 0)
    guard vm.isPlainPrimitive(argument) else { return .callNeeded }
    let name = argument.isUndefined ? "NFC" : vm.wordsFor(vm.primitiveToString(argument))
    guard let form = NormalForm(rawValue: name) else {
      return vm.throwRangeError("The normalization form should be one of NFC, NFD, NFKC, NFKD.")
    }
    // No character below U+0300 takes part in a composition; below U+00A0 nothing decomposes.
    let view = vm.view(text)
    let limit: UInt16 = form == .composed ? 0x300 : 0xa0
    if (0..<view.count).contains(where: { view[$0] >= limit }) {
      guard let units = vm.normalized(view, form) else { return .retry }
      return vm.makeString(units)
    }
    return text
  }
}
