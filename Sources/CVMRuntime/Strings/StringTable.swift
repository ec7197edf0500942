import CVMDispatch

/// The interned strings (atoms): property keys are compared by handle. Weak: a collection drops what nothing else holds.
final class StringTable {
  private let vm: VM
  /// No array: looking at one counts its holders.
  @exclusivity(unchecked) private var slots = StringTable.open(4096)
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private var tombstones = 0
  /// Memory outside the heap.
  var byteCount: Int { slots.count * MemoryLayout<Handle>.stride }
  static let tombstone: Handle = 0xffff_ffff

  init(vm: VM) { self.vm = vm }

  deinit { slots.deallocate() }

  /// Places of which none is taken.
  private static func open(_ capacity: Int) -> UnsafeMutableBufferPointer<Handle> {
    let slots = UnsafeMutableBufferPointer<Handle>.allocate(capacity: capacity)
    slots.initialize(repeating: 0)
    return slots
  }

  /// The atom with the content of a string.
  func intern(_ string: Value) -> Value {
    let cell = vm.flat(string)
    if cell.flags & CellFlag.atom != 0 { return vm.stringValue(cell) }
    let hash = vm.hash(flat: cell)
    let view = vm.view(flat: cell)
    if let found = find(hash, view) { return Value(tag: Tag.string, handle: found) }
    return insert(cell, hash)
  }

  func intern(_ units: [UInt16]) -> Value {
    units.withUnsafeBufferPointer { buffer in
      let view = StringView(latin1: nil, utf16: buffer.baseAddress, count: buffer.count)
      if let found = find(VM.hash(view), view) { return Value(tag: Tag.string, handle: found) }
      let string = vm.makeString(buffer)
      let cell = vm.flat(string)
      if cell.flags & CellFlag.atom != 0 { return string }
      return insert(cell, vm.hash(flat: cell))
    }
  }

  func intern(_ text: StaticString) -> Value {
    let buffer = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let view = StringView(latin1: buffer.baseAddress, utf16: nil, count: buffer.count)
    let hash = VM.hash(view)
    if let found = find(hash, view) { return Value(tag: Tag.string, handle: found) }
    return insert(vm.flat(vm.makeString(latin1: buffer)), hash)
  }

  /// The atom of these characters, which spell no index.
  func intern(latin1 buffer: UnsafeBufferPointer<UInt8>) -> Value {
    let view = StringView(latin1: buffer.baseAddress, utf16: nil, count: buffer.count)
    let hash = VM.hash(view)
    if let found = find(hash, view) { return Value(tag: Tag.string, handle: found) }
    return insert(vm.flat(vm.makeString(latin1: buffer)), hash)
  }

  func intern(_ text: String) -> Value { intern(Array(text.utf16)) }

  private func find(_ hash: UInt32, _ view: StringView) -> Handle? {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index] != 0 {
      let handle = slots[index]
      if handle != StringTable.tombstone {
        let cell = vm.cell(handle)
        if cell.extensionHandle == hash && vm.viewsEqual(vm.view(flat: cell), view) { return handle }
      }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Whether a flat string is the atom of its content.
  func contains(_ handle: Handle) -> Bool {
    let view = vm.view(flat: vm.cell(handle))
    return find(VM.hash(view), view) == handle
  }

  private func insert(_ cell: Cell, _ hash: UInt32) -> Value {
    if (count + tombstones) * 2 >= slots.count { rehash(count * 4 > slots.count ? slots.count * 2 : slots.count) }
    cell.set32(4, hash)
    cell.set8(15, cell.flags | CellFlag.atom)
    place(vm.handle(cell), hash)
    count += 1
    return vm.stringValue(cell)
  }

  private func place(_ handle: Handle, _ hash: UInt32) {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index] != 0 { index = (index + 1) & mask }
    slots[index] = handle
  }

  private func rehash(_ capacity: Int) {
    let old = slots
    defer { old.deallocate() }
    slots = StringTable.open(capacity)
    tombstones = 0
    for handle in old where handle != 0 && handle != StringTable.tombstone {
      place(handle, vm.cell(handle).extensionHandle)
    }
  }

  /// The table as it is: handles, open places and places of atoms that are gone.
  var image: [Handle] {
    get { Array(slots) }
    set {
      if !newValue.isEmpty {
        slots.deallocate()
        slots = StringTable.open(newValue.count)
        _ = slots.update(fromContentsOf: newValue)
      }
      tombstones = slots.reduce(0) { $0 + ($1 == StringTable.tombstone ? 1 : 0) }
      count = slots.reduce(0) { $0 + ($1 != 0 ? 1 : 0) } - tombstones
    }
  }

  /// Whether enough places are open that every search ends soon.
  var hasRoom: Bool { (count + tombstones) * 2 <= slots.count + 2 }

  /// Marks the atoms as such and puts their hashes back, after cells were put back to an earlier state.
  func repair() {
    for handle in slots where handle != 0 && handle != StringTable.tombstone {
      let cell = vm.cell(handle)
      guard cell.flags & CellFlag.atom == 0 || cell.extensionHandle == 0 else { continue }
      cell.set32(4, VM.hash(vm.view(flat: cell)))
      cell.set8(15, cell.flags | CellFlag.atom)
    }
  }

  /// Forgets the atoms that the collection did not mark.
  func removeUnmarked(_ isMarked: (Cell) -> Bool) {
    for index in slots.indices {
      let handle = slots[index]
      if handle == 0 || handle == StringTable.tombstone || isMarked(vm.cell(handle)) { continue }
      slots[index] = StringTable.tombstone
      tombstones += 1
      count -= 1
    }
  }
}
