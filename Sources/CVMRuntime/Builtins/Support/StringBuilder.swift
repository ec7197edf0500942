import CVMDispatch

/// A text that is appended often: its Latin-1 characters, or all its units where they don't suffice.
struct TextPiece {
  var bytes: [UInt8] = []
  var units: [UInt16] = []

  init(_ text: String) {
    let all = Array(text.utf16)
    if all.allSatisfy({ $0 < 256 }) { bytes = all.map { UInt8($0) } } else { units = all }
  }
}

/// Collects code units outside the heap; stays at one byte per unit as long as that suffices.
struct StringBuilder {
  private var bytes: [UInt8] = []
  private var units: [UInt16] = []
  private var isWide = false
  private var checkedBytes = 1 << 20

  var count: Int { isWide ? units.count : bytes.count }
  var byteCount: Int { isWide ? units.count * 2 : bytes.count }

  /// Whether what was appended so far, and the string that it becomes, fit into the heap's limit, and nobody wants it to
  /// stop: to be asked in each round. `besides` is what the work takes elsewhere, in bytes.
  @inline(__always) mutating func mayGoOn(_ vm: VM, besides: Int = 0) -> Bool {
    byteCount + besides < checkedBytes || look(vm, besides)
  }

  @inline(never) private mutating func look(_ vm: VM, _ besides: Int) -> Bool {
    checkedBytes = byteCount + besides + 1 << 20
    return !vm.machine.mustStop && vm.canAllocate(byteCount * 3 + besides)
  }

  private mutating func widen() {
    guard !isWide else { return }
    units.reserveCapacity(bytes.count * 2)
    for byte in bytes { units.append(UInt16(byte)) }
    bytes = []
    isWide = true
  }

  /// Makes room for what is appended next.
  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

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
    append(StringView(latin1: text.utf8Start, utf16: nil, count: text.utf8CodeUnitCount), 0, text.utf8CodeUnitCount)
  }

  mutating func append(_ text: String) {
    for unit in text.utf16 { append(unit) }
  }

  mutating func append(_ piece: TextPiece) {
    if isWide || !piece.units.isEmpty {
      for byte in piece.bytes { append(ascii: byte) }
      for unit in piece.units { append(unit) }
    } else {
      bytes.append(contentsOf: piece.bytes)
    }
  }

  mutating func append(bytes source: [UInt8], _ range: Range<Int>) {
    source.withUnsafeBufferPointer { buffer in
      append(
        StringView(latin1: buffer.baseAddress, utf16: nil, count: buffer.count), range.lowerBound, range.upperBound)
    }
  }

  /// The characters, as long as all are Latin-1.
  var latin1: [UInt8]? { isWide ? nil : bytes }

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

  mutating func append(integer: Int) {
    if integer >= 0 && integer < 10 { return append(ascii: UInt8(48 + integer)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
      var rest = integer.magnitude
      var start = 24
      repeat {
        start -= 1
        buffer[start] = UInt8(truncatingIfNeeded: 48 + rest % 10)
        rest /= 10
      } while rest > 0
      if integer < 0 {
        start -= 1
        buffer[start] = 45
      }
      append(
        StringView(latin1: UnsafePointer(buffer.baseAddress.unsafelyUnwrapped), utf16: nil, count: 24), start, 24)
    }
  }

  mutating func append(number: Double) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberFormatting.maximumDecimalLength) { buffer in
      let count = NumberFormatting.write(number, to: buffer.baseAddress.unsafelyUnwrapped)
      append(
        StringView(latin1: UnsafePointer(buffer.baseAddress.unsafelyUnwrapped), utf16: nil, count: count), 0, count)
    }
  }

  var text: String {
    isWide ? String(decoding: units, as: UTF16.self) : String(decoding: bytes.map(UInt16.init), as: UTF16.self)
  }

  func makeString(_ vm: VM) -> Value {
    if count == 0 { return vm.emptyString }
    if isWide { return vm.makeString(units) }
    return bytes.withUnsafeBufferPointer { vm.makeString(latin1: $0) }
  }
}
