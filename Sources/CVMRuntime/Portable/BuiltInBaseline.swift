import CVMDispatch

/// What the built-in objects looked like before any program ran: a checkpoint names them and keeps only what differs.
final class BuiltInBaseline {
  struct Entry {
    var key: UInt64
    var value: Value
    var attributes: Attributes
    /// Of accessors, whose cells are changed in place.
    var getter = Value.undefined
    var setter = Value.undefined
  }

  /// In the order in which they were made.
  let handles: [Handle]
  /// Unique: a second object of a name has `#2` behind it.
  let names: [String]
  /// How many shapes there were.
  let shapeCount: Int
  private let shapes: [ShapeID]
  private let ranges: [Range<Int>]
  private let entries: [Entry]
  private let vm: VM
  /// By name; made when a checkpoint is read.
  private(set) lazy var numbers: [String: Int] = {
    var result: [String: Int] = [:]
    for (number, name) in names.enumerated() { result[name] = number }
    return result
  }()

  init(_ machine: Machine) {
    vm = machine.vm
    handles = machine.builtInNames.keys.sorted()
    shapeCount = Int(machine.shapes.count)
    var used: [String: Int] = [:]
    var names: [String] = []
    var shapes: [ShapeID] = []
    var ranges: [Range<Int>] = []
    var entries: [Entry] = []
    for handle in handles {
      let path = machine.builtInNames[handle] ?? ""
      let count = used[path, default: 0] + 1
      used[path] = count
      names.append(count == 1 ? path : "\(path)#\(count)")
      let cell = vm.cell(handle)
      let start = entries.count
      shapes.append(cell.isObjectCell ? cell.shape : 0)
      if cell.isObjectCell, !vm.isLazyFunction(cell) { entries += vm.namedEntries(cell) }
      ranges.append(start..<entries.count)
    }
    self.names = names
    self.shapes = shapes
    self.ranges = ranges
    self.entries = entries
  }

  /// Calls `body` with what the baseline mentions, which must stay in the heap as long as it may be compared with.
  func forEachValue<Failure>(_ body: (Value) throws(Failure) -> Void) throws(Failure) {
    for entry in entries {
      try body(entry.value)
      try body(entry.getter)
      try body(entry.setter)
    }
  }

  /// What a program changed of one built-in object.
  struct Difference {
    var prototype: Handle?
    var isNotExtensible = false
    var removed: [PropertyKey] = []
    /// Changed or new properties, in order.
    var set: [Entry] = []
    var isEmpty: Bool { prototype == nil && !isNotExtensible && removed.isEmpty && set.isEmpty }
  }

  func difference(_ number: Int) -> Difference {
    var result = Difference()
    let cell = vm.cell(handles[number])
    guard cell.isObjectCell else { return result }
    let old = vm.pointee.shapes[Int(shapes[number])]
    let new = vm.shapeInfo(cell).pointee
    if old.prototype != new.prototype { result.prototype = new.prototype }
    result.isNotExtensible = (new.flags & ~old.flags) & ShapeFlag.notExtensible != 0
    if vm.isLazyFunction(cell) { return result }
    compare(vm.namedEntries(cell), with: expected(number, cell), &result)
    return result
  }

  private func expected(_ number: Int, _ cell: Cell) -> ArraySlice<Entry> {
    guard vm.pointee.shapes[Int(shapes[number])].flags & ShapeFlag.lazyFunction != 0 else {
      return entries[ranges[number]]
    }
    // What looking at it once made of it.
    let names = vm.machine.names
    let builtin = vm.builtin(cell)
    let length = builtin?.length ?? vm.loadedCode(cell)?.block.length ?? 0
    let name = builtin.map { vm.machine.atoms.intern($0.name) } ?? vm.emptyString
    return [
      Entry(key: UInt64(names.length.handle), value: Value(length), attributes: .configurable),
      Entry(key: UInt64(names.name.handle), value: name, attributes: .configurable),
    ]
  }

  private func compare(_ current: [Entry], with expected: ArraySlice<Entry>, _ result: inout Difference) {
    var position = expected.startIndex
    var missing: [Entry] = []
    for entry in current {
      // Deleted and made again: it stands at the end now.
      guard let found = expected[position...].firstIndex(where: { $0.key == entry.key }) else {
        result.set.append(entry)
        continue
      }
      missing += expected[position..<found]
      position = found + 1
      if !isSame(entry, expected[found]) { result.set.append(entry) }
    }
    missing += expected[position...]
    result.removed = missing.map { PropertyKey(bits: $0.key) }
  }

  private func isSame(_ a: Entry, _ b: Entry) -> Bool {
    guard a.attributes == b.attributes else { return false }
    if a.attributes.contains(.accessor) { return a.getter == b.getter && a.setter == b.setter }
    return a.value == b.value || (a.value.isString && b.value.isString && vm.stringsEqual(a.value, b.value))
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func isLazyFunction(_ cell: Cell) -> Bool { shapeInfo(cell).pointee.flags & ShapeFlag.lazyFunction != 0 }

  /// The named properties of an object in order, without making any.
  func namedEntries(_ cell: Cell) -> [BuiltInBaseline.Entry] {
    var result: [BuiltInBaseline.Entry] = []
    func add(_ key: UInt64, _ value: Value, _ attributes: Attributes) {
      var entry = BuiltInBaseline.Entry(key: key, value: value, attributes: attributes)
      if attributes.contains(.accessor) {
        entry.getter = self.cell(value).value(Layout.Accessor.getter)
        entry.setter = self.cell(value).value(Layout.Accessor.setter)
      }
      result.append(entry)
    }
    if shapeInfo(cell).pointee.flags & ShapeFlag.dictionary != 0 {
      let dictionary = PropertyDictionary(self, self.cell(cell.extensionHandle))
      for number in dictionary.entries {
        add(dictionary.key(number).bits, dictionary.value(number), dictionary.attributes(number))
      }
    } else {
      for property in shapes.properties(of: cell.shape) {
        add(UInt64(property.key), slotAddress(cell, property.slot).pointee, property.attributes)
      }
    }
    return result
  }
}
