import CVMDispatch

/// A hash table of properties in one heap cell, in insertion order: named properties of objects in dictionary mode, and
/// elements of sparse arrays.
///
/// Layout after the header: live count, used entries, entry capacity, index capacity (4 bytes each); then entries of 24
/// bytes (key bits, value, attributes; key 0 is a deleted one), then the index of 4-byte entry numbers + 1.
struct PropertyDictionary {
  static let countOffset = 16
  static let usedOffset = 20
  static let capacityOffset = 24
  static let indexCapacityOffset = 28
  static let entriesOffset = 32
  static let entrySize = 24

  let vm: VM
  let cell: Cell

  @inline(__always) init(_ vm: VM, _ cell: Cell) {
    self.vm = vm
    self.cell = cell
  }

  static func byteCount(capacity: Int) -> Int { entriesOffset + capacity * entrySize + capacity * 2 * 4 }

  /// A new, empty dictionary. `capacity` is rounded up to a power of two.
  static func make(_ vm: VM, capacity: Int) -> PropertyDictionary {
    var size = 8
    while size < capacity { size *= 2 }
    let cell = vm.heap.allocate(byteCount(capacity: size))
    cell.setHeader(shape: 0, extension: 0, kind: .dictionary, flags: 0, id: 0)
    cell.set32(countOffset, 0)
    cell.set32(usedOffset, 0)
    cell.set32(capacityOffset, UInt32(size))
    cell.set32(indexCapacityOffset, UInt32(size * 2))
    (cell + entriesOffset + size * entrySize).initializeMemory(as: UInt32.self, repeating: 0, count: size * 2)
    return PropertyDictionary(vm, cell)
  }

  var count: Int { Int(cell.u32(Self.countOffset)) }
  var used: Int { Int(cell.u32(Self.usedOffset)) }
  var capacity: Int { Int(cell.u32(Self.capacityOffset)) }

  @inline(__always) func entry(_ number: Int) -> Cell { cell + Self.entriesOffset + number * Self.entrySize }
  func key(_ number: Int) -> PropertyKey { PropertyKey(bits: entry(number).u64(0)) }
  func value(_ number: Int) -> Value { entry(number).value(8) }
  func attributes(_ number: Int) -> Attributes { Attributes(rawValue: entry(number).u8(16)) }

  private var index: UnsafeMutablePointer<UInt32> {
    (cell + Self.entriesOffset + capacity * Self.entrySize).assumingMemoryBound(to: UInt32.self)
  }

  @inline(__always) private func hash(_ key: PropertyKey) -> Int {
    let mixed = key.bits &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed >> 33)
  }

  /// The number of the entry with the key.
  func find(_ key: PropertyKey) -> Int? {
    let mask = Int(cell.u32(Self.indexCapacityOffset)) - 1
    var position = hash(key) & mask
    let index = index
    while index[position] != 0 {
      let number = Int(index[position]) - 1
      if entry(number).u64(0) == key.bits { return number }
      position = (position + 1) & mask
    }
    return nil
  }

  func setValue(_ number: Int, _ value: Value) {
    writeBarrier(vm, entry(number) + 8)
    entry(number).setValue(8, value)
  }

  func setAttributes(_ number: Int, _ attributes: Attributes) {
    writeBarrier(vm, entry(number) + 16)
    entry(number).set64(16, UInt64(attributes.rawValue))
  }

  /// Adds a key that is not there. Returns the dictionary that holds it: a new cell when this one was full.
  func adding(_ key: PropertyKey, _ value: Value, _ attributes: Attributes) -> PropertyDictionary {
    if used == capacity { return grown().adding(key, value, attributes) }
    let number = used
    writeBarrier(vm, cell + Self.usedOffset)
    writeBarrier(vm, entry(number))
    writeBarrier(vm, entry(number) + 16)
    entry(number).set64(0, key.bits)
    entry(number).setValue(8, value)
    entry(number).set64(16, UInt64(attributes.rawValue))
    cell.set32(Self.usedOffset, UInt32(number + 1))
    cell.set32(Self.countOffset, UInt32(count + 1))
    link(key, number)
    return self
  }

  private func link(_ key: PropertyKey, _ number: Int) {
    let mask = Int(cell.u32(Self.indexCapacityOffset)) - 1
    var position = hash(key) & mask
    let index = index
    while index[position] != 0 { position = (position + 1) & mask }
    writeBarrier(vm, UnsafeMutableRawPointer(index + position))
    index[position] = UInt32(number + 1)
  }

  private func grown() -> PropertyDictionary {
    let result = PropertyDictionary.make(vm, capacity: count * 2 > capacity ? capacity * 2 : capacity)
    result.cell.set32(4, cell.extensionHandle)
    for number in 0..<used where key(number).bits != 0 {
      _ = result.adding(key(number), value(number), attributes(number))
    }
    return result
  }

  /// Deletes the entry; its place in the index keeps pointing at a key that matches nothing.
  func remove(_ number: Int) {
    writeBarrier(vm, entry(number))
    writeBarrier(vm, entry(number) + 8)
    writeBarrier(vm, cell + Self.countOffset)
    entry(number).set64(0, 0)
    entry(number).setValue(8, .undefined)
    cell.set32(Self.countOffset, UInt32(count - 1))
  }

  /// The numbers of the live entries, in order of insertion.
  var entries: some Collection<Int> { (0..<used).lazy.filter { key($0).bits != 0 } }
}
