import CVMDispatch

/// Cells that are no objects.
extension HeapVerifier {
  // MARK: Strings

  /// At the first visit: there is nothing inside that would have to wait.
  @inline(__always) func checkFlatString(_ handle: Handle, _ cell: Cell) throws(HeapFault) {
    let length = cell.length
    let bytes = cell.kind == .latin1 ? length : length * 2
    // Nothing that is so long fits into a cell.
    guard length <= VM.maximumStringLength, Layout.characters + bytes <= heap.size(of: cell) else {
      throw fault("the characters of a string are more than its cell has")
    }
    if cell.flags != 0 { try checkFlags(ofString: handle, cell) }
  }

  @inline(never) private func checkFlags(ofString handle: Handle, _ cell: Cell) throws(HeapFault) {
    if cell.flags & ~(CellFlag.atom | CellFlag.extensible) != 0 { throw fault("the flags of a string are malformed") }
    if cell.flags & CellFlag.atom != 0, !machine.atoms.contains(handle) {
      throw fault("an interned string is not in the table of these")
    }
    if cell.flags & CellFlag.extensible != 0 {
      guard cell.kind == .latin1, cell.length <= cell.id, Layout.characters + Int(cell.id) <= heap.size(of: cell) else {
        throw fault("a string has no room to grow")
      }
    }
  }

  func checkRope(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.Rope.size)
    let left = cell.value(Layout.Rope.left)
    let right = cell.value(Layout.Rope.right)
    try visit(plain: left)
    guard left.isString, cell.length <= VM.maximumStringLength else { throw fault("a part of a string is none") }
    let leftCell = vm.cell(left)
    if right.bits == 0 {
      // The beginning of a string that may have grown since.
      let isPrefix = leftCell.kind == .latin1 && leftCell.length > cell.length
      guard leftCell.kind != .rope, leftCell.length == cell.length || isPrefix else {
        throw fault("the length of a string is wrong")
      }
      return
    }
    try visit(plain: right)
    guard right.isString else { throw fault("a part of a string is none") }
    let rightCell = vm.cell(right)
    // So no string is a part of itself.
    guard leftCell.length > 0, rightCell.length > 0, leftCell.length + rightCell.length == cell.length else {
      throw fault("the length of a string is wrong")
    }
  }

  // MARK: Other values

  func checkSymbol(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.primitive + 8)
    let description = cell.value(Layout.primitive)
    try visit(plain: description)
    guard description.isString || description.isUndefined else { throw fault("a symbol's description is no string") }
  }

  func checkBigInt(_ cell: Cell) throws(HeapFault) {
    let count = Int(cell.shape)
    guard count <= BigIntLimit.limbs else { throw fault("a BigInt is too large") }
    try requireSize(cell, Layout.limbs + count * 8)
    guard cell.flags & ~CellFlag.negative == 0 else { throw fault("the flags of a BigInt are malformed") }
    guard count > 0 || cell.flags == 0 else { throw fault("a BigInt is -0") }
    if count > 0, vm.bigIntLimbs(cell)[count - 1] == 0 { throw fault("a BigInt begins with zeros") }
  }

  func checkAccessor(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.Accessor.size)
    for offset in [Layout.Accessor.getter, Layout.Accessor.setter] {
      let function = cell.value(offset)
      try visit(plain: function)
      guard function.isUndefined || vm.isCallable(function) else { throw fault("an accessor is no function") }
    }
  }

  /// A list that belongs to no other cell: what an iteration is opened with.
  func checkRecord(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, Layout.values + Int(cell.shape) * 8)
    guard cell.shape >= FrameRules.recordSize, cell.extensionHandle == 0 else { throw fault("a record is malformed") }
    for i in 0..<Int(cell.shape) { try visit(plain: cell.value(Layout.values + i * 8)) }
  }

  // MARK: Tables

  func checkDictionary(_ cell: Cell, of object: Cell, isElements: Bool) throws(HeapFault) {
    try requireSize(cell, PropertyDictionary.entriesOffset)
    let table = PropertyDictionary(vm, cell)
    try checkLayout(
      cell, entries: PropertyDictionary.entriesOffset, entrySize: PropertyDictionary.entrySize, used: table.used,
      capacity: table.capacity, indexCapacity: PropertyDictionary.indexCapacityOffset)
    var live = 0
    for number in 0..<table.used {
      let key = table.key(number)
      if key.bits == 0 { continue }
      live += 1
      let attributes = table.attributes(number)
      guard attributes.rawValue < 16, !attributes.contains([.accessor, .writable]) else {
        throw fault("the attributes of a property are malformed")
      }
      if isElements {
        guard key.isIndex, key.bits < 1 << 32 | 0xffff_ffff, Int(key.index) < vm.arrayLength(object) else {
          throw fault("the index of an element is wrong")
        }
      } else {
        try visit(key: key)
      }
      let value = table.value(number)
      // As in a dense array.
      if isElements, value == .uninitialized { continue }
      try checkSlot(value, attributes)
    }
    guard live == table.count else { throw fault("the count of a dictionary is wrong") }
    tables.append(vm.handle(cell))
    if isElements, cell.extensionHandle != 0 { throw fault("a dictionary of elements has more") }
  }

  /// The key of a named property.
  func visit(key: PropertyKey) throws(HeapFault) {
    guard !key.isIndex else { throw fault("an index stands where a name should be") }
    let kind = try visit(key.atom)
    guard kind == .symbol || (kind == .latin1 || kind == .utf16) && vm.cell(key.atom).flags & CellFlag.atom != 0 else {
      throw fault("a property key is neither an interned string nor a symbol")
    }
  }

  func checkHashTable(_ cell: Cell) throws(HeapFault) {
    try requireSize(cell, HashTable.entriesOffset)
    let table = HashTable(vm, cell)
    try checkLayout(
      cell, entries: HashTable.entriesOffset, entrySize: HashTable.entrySize, used: table.used,
      capacity: table.capacity, indexCapacity: HashTable.indexCapacityOffset)
    var live = 0
    for number in 0..<table.used {
      let key = table.key(number)
      if key == .hole { continue }
      live += 1
      try visit(plain: key)
      if key.isString, vm.cell(key).kind == .rope { throw fault("a key is a string in parts") }
      try visit(plain: table.value(number))
    }
    // An undo may leave a weak table's count too low.
    guard table.count <= live else { throw fault("the count of a table is wrong") }
    guard cell.extensionHandle != 0 else { return tables.append(owner) }
    try visit(cell.extensionHandle, .hashTable)
    replacedTables.append(owner)
  }

  /// Each entry of a table must be what is found under its key. O(entries).
  func checkPlaces() throws(HeapFault) {
    for handle in tables {
      owner = handle
      let cell = vm.cell(handle)
      if cell.kind == .dictionary {
        let table = PropertyDictionary(vm, cell)
        for number in table.entries where table.find(table.key(number)) != number { throw misplacedEntry }
      } else {
        let table = HashTable(vm, cell)
        for number in 0..<table.used where table.key(number) != .hole {
          try checkHash(of: table.key(number))
          if table.find(table.key(number)) != number { throw misplacedEntry }
        }
      }
    }
    owner = 0
  }

  private var misplacedEntry: HeapFault { fault("an entry of a table is not where it is looked for") }

  /// The hash that a string remembers.
  private func checkHash(of key: Value) throws(HeapFault) {
    guard key.isString else { return }
    let cell = vm.cell(key)
    guard cell.extensionHandle == 0 || cell.extensionHandle == VM.hash(vm.view(flat: cell)) else {
      throw fault("the hash of a string is wrong")
    }
  }

  /// Entries, and behind them an index that names each of them at most once and has places left at which a search ends.
  private func checkLayout(
    _ cell: Cell, entries offset: Int, entrySize: Int, used: Int, capacity: Int, indexCapacity: Int
  ) throws(HeapFault) {
    guard capacity.nonzeroBitCount == 1, capacity <= 1 << 30 else { throw fault("the size of a table is malformed") }
    let size = capacity * 2
    let indexOffset = offset + capacity * entrySize
    try requireSize(cell, indexOffset + size * 4)
    guard Int(cell.u32(indexCapacity)) == size, used <= capacity else {
      throw fault("the size of a table's index is wrong")
    }
    let index = (cell + indexOffset).assumingMemoryBound(to: UInt32.self)
    var named = 0
    for place in 0..<size where index[place] != 0 {
      named += 1
      guard index[place] <= used else { throw fault("the index of a table names an entry that is not there") }
    }
    guard named == used else { throw fault("the index of a table does not have each entry once") }
  }
}
