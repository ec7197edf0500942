import CVMDispatch

/// Collects code units outside the heap; stays at one byte per unit as long as that suffices.
struct StringBuilder {
  private var bytes: [UInt8] = []
  private var units: [UInt16] = []
  private var isWide = false

  var count: Int { isWide ? units.count : bytes.count }
  var byteCount: Int { isWide ? units.count * 2 : bytes.count }

  private mutating func widen() {
    guard !isWide else { return }
    units.reserveCapacity(bytes.count * 2)
    for byte in bytes { units.append(UInt16(byte)) }
    bytes = []
    isWide = true
  }

  mutating func append(_ unit: UInt16) {
    if !isWide {
      if unit < 256 {
        bytes.append(UInt8(truncatingIfNeeded: unit))
        return
      }
      widen()
    }
    units.append(unit)
  }

  mutating func append(ascii byte: UInt8) {
    if isWide { units.append(UInt16(byte)) } else { bytes.append(byte) }
  }

  mutating func append(_ text: StaticString) {
    for i in 0..<text.utf8CodeUnitCount { append(ascii: text.utf8Start[i]) }
  }

  mutating func append(_ text: String) {
    for unit in text.utf16 { append(unit) }
  }

  mutating func append(_ view: StringView) { append(view, 0, view.count) }

  mutating func append(_ view: StringView, _ start: Int, _ end: Int) {
    guard start < end else { return }
    if let latin1 = view.latin1 {
      let source = UnsafeBufferPointer(start: latin1 + start, count: end - start)
      if isWide { for byte in source { units.append(UInt16(byte)) } } else { bytes.append(contentsOf: source) }
      return
    }
    widen()
    units.append(contentsOf: UnsafeBufferPointer(start: view.utf16.unsafelyUnwrapped + start, count: end - start))
  }

  /// What ToString makes of a primitive that is no symbol.
  mutating func append(_ vm: VM, primitive value: Value) {
    if value.isNumber {
      append(number: value.asNumber)
    } else {
      append(vm.view(vm.primitiveToString(value)))
    }
  }

  mutating func append(number: Double) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberFormatting.maximumDecimalLength) { buffer in
      let count = NumberFormatting.write(number, to: buffer.baseAddress.unsafelyUnwrapped)
      for i in 0..<count { append(ascii: buffer[i]) }
    }
  }

  func makeString(_ vm: VM) -> Value {
    if count == 0 { return vm.emptyString }
    if isWide { return vm.makeString(units) }
    return bytes.withUnsafeBufferPointer { vm.makeString(latin1: $0) }
  }
}
