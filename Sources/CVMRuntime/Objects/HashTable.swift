import CVMDispatch

/// The table behind `Map` and `Set`: entries in insertion order, one heap cell.
///
/// Layout after the header: live count, used entries, entry capacity, index capacity (4 bytes each); entries of 16 bytes
/// (key, value; a deleted key is the hole); the index of 4-byte entry numbers + 1. The header's extension of a table that
/// was replaced names its successor, so that iterators find their place again.
struct HashTable {
  static let countOffset = 16
  static let usedOffset = 20
  static let capacityOffset = 24
  static let indexCapacityOffset = 28
  static let entriesOffset = 32
  static let entrySize = 16
  /// Flags byte of a table that `clear` replaced.
  static let clearedFlag: UInt8 = 1

  let vm: VM
  let cell: Cell

  @inline(__always) init(_ vm: VM, _ cell: Cell) {
    self.vm = vm
    self.cell = cell
  }

  static func byteCount(capacity: Int) -> Int { entriesOffset + capacity * entrySize + capacity * 2 * 4 }

  /// A new, empty table; `capacity` must be a power of two.
  static func make(_ vm: VM, capacity: Int) -> HashTable {
    let cell = vm.heap.allocate(byteCount(capacity: capacity))
    cell.setHeader(shape: 0, extension: 0, kind: .hashTable, flags: 0, id: 0)
    cell.set64(countOffset, 0)
    cell.set32(capacityOffset, UInt32(capacity))
    cell.set32(indexCapacityOffset, UInt32(capacity * 2))
    (cell + entriesOffset + capacity * entrySize).initializeMemory(as: UInt32.self, repeating: 0, count: capacity * 2)
    return HashTable(vm, cell)
  }

  @inline(__always) var count: Int { Int(cell.u32(Self.countOffset)) }
  @inline(__always) var used: Int { Int(cell.u32(Self.usedOffset)) }
  @inline(__always) var capacity: Int { Int(cell.u32(Self.capacityOffset)) }
  @inline(__always) func entry(_ number: Int) -> Cell { cell + Self.entriesOffset + number * Self.entrySize }
  @inline(__always) func key(_ number: Int) -> Value { entry(number).value(0) }
  @inline(__always) func value(_ number: Int) -> Value { entry(number).value(8) }

  @inline(__always) private var index: UnsafeMutablePointer<UInt32> {
    (cell + Self.entriesOffset + capacity * Self.entrySize).assumingMemoryBound(to: UInt32.self)
  }

  /// The form of a key under SameValueZero: numbers that are ints as ints, -0 as 0, one NaN, strings flat.
  @inline(__always) static func normalized(_ vm: VM, _ key: Value) -> Value {
    if key.isInt || key.isObject { return key }
    if key.isDouble { return Value(number: key.asDouble == 0 ? 0 : key.asDouble) }
    if key.isString { return vm.stringValue(vm.flat(key)) }
    return key
  }

  @inline(__always) private func hash(_ key: Value) -> Int {
    let bits =
      key.isString ? UInt64(vm.hash(flat: vm.cell(key))) : key.isBigInt ? vm.hash(bigInt: key) : key.bits
    return Int(truncatingIfNeeded: (bits &* 0x9e37_79b9_7f4a_7c15) >> 33)
  }

  @inline(__always) private func same(_ a: Value, _ b: Value) -> Bool {
    a == b || (a.isString && b.isString && vm.stringsEqual(a, b))
      || (a.isBigInt && b.isBigInt && vm.bigIntsEqual(a, b))
  }

  /// The number of the entry with a normalized key.
  func find(_ key: Value) -> Int? {
    let mask = Int(cell.u32(Self.indexCapacityOffset)) &- 1
    var position = hash(key) & mask
    let index = index
    while true {
      let number = index[position]
      if number == 0 { return nil }
      if same(self.key(Int(number) &- 1), key) { return Int(number) &- 1 }
      position = (position &+ 1) & mask
    }
  }

  func setValue(_ number: Int, _ value: Value) {
    writeBarrier(vm, entry(number) + 8)
    entry(number).setValue(8, value)
  }

  /// Adds a normalized key that is not there. Returns the table that holds it: a new cell when this one was full.
  func adding(_ key: Value, _ value: Value) -> HashTable {
    if used == capacity { return grown().adding(key, value) }
    let number = used
    writeBarrier(vm, cell + Self.countOffset)
    writeBarrier(vm, entry(number))
    entry(number).setValue(0, key)
    entry(number).setValue(8, value)
    cell.set32(Self.usedOffset, UInt32(number + 1))
    cell.set32(Self.countOffset, UInt32(count + 1))
    let mask = Int(cell.u32(Self.indexCapacityOffset)) &- 1
    var position = hash(key) & mask
    let index = index
    while index[position] != 0 { position = (position &+ 1) & mask }
    writeBarrier(vm, UnsafeMutableRawPointer(index + position))
    index[position] = UInt32(number + 1)
    return self
  }

  private func grown() -> HashTable {
    let result = HashTable.make(vm, capacity: count * 2 > capacity ? capacity * 2 : capacity)
    for number in 0..<used where key(number) != .hole { _ = result.adding(key(number), value(number)) }
    writeBarrier(vm, cell)
    cell.set32(4, vm.handle(result.cell))
    return result
  }

  func remove(_ number: Int) {
    writeBarrier(vm, entry(number))
    writeBarrier(vm, cell + Self.countOffset)
    entry(number).setValue(0, .hole)
    entry(number).setValue(8, .undefined)
    // An undo may leave a weak table's count too low.
    cell.set32(Self.countOffset, UInt32(max(count - 1, 0)))
  }

  /// Where an iteration that stood before entry `position` of this table goes on: the current table and the position in
  /// it, after all replacements.
  func following(_ position: Int) -> (table: HashTable, position: Int) {
    var table = self
    var position = position
    while table.cell.extensionHandle != 0 {
      if table.cell.flags & Self.clearedFlag != 0 {
        position = 0
      } else {
        var removed = 0
        for number in 0..<Swift.min(position, table.used) where table.key(number) == .hole { removed += 1 }
        position -= removed
      }
      table = HashTable(vm, vm.cell(table.cell.extensionHandle))
    }
    return (table, position)
  }
}
