import CVMBytecode
import CVMDispatch

extension PortableReader {
  // MARK: Allocation

  /// Gives every record its cell, so that references may point anywhere. What is inside follows in `fillCells`.
  func allocateCells() throws(PortableError) {
    var reader = section(.cells)
    let size = section(.cells).count
    // Each element takes a byte of the values: no count is larger than that.
    var budget = section(.values).count
    var lastProgramID: UInt64 = 0
    var lastInternalID: UInt64 = 0
    while !reader.isAtEnd {
      let first = try reader.byte()
      guard let kind = RecordKind(rawValue: first & RecordFlag.kindMask) else {
        throw reader.error("an unknown kind of record")
      }
      var flags: UInt8 = 0
      if first & RecordFlag.hasFlags != 0 {
        flags = try reader.byte()
        guard flags != 0, flags & ~PortableWriter.keptFlags(kind) == 0 else {
          throw reader.error("flags of a record are malformed")
        }
      }
      if kind.isObject {
        let isInternal = first & RecordFlag.isInternal != 0
        let delta = UInt64(bitPattern: try reader.signed())
        let id: UInt64
        if isInternal {
          lastInternalID &+= delta
          id = lastInternalID
        } else {
          lastProgramID &+= delta
          id = lastProgramID
        }
        guard id < 1 << 47 else { throw reader.error("an id is out of range") }
        if id != 0, !ids.insert(id << 1 | (isInternal ? 1 : 0)) { throw reader.error("two objects have the id \(id)") }
        let shape = try reader.number(below: shapes.count)
        try allocateObject(
          kind, first, flags | (isInternal ? CellFlag.internalID : 0), id, shape, &reader, &budget)
      } else {
        try allocatePart(kind, first, flags, &reader, &budget)
      }
      if cells.count & 0xfff == 0 {
        try checkMemory()
        machine.workObserver?("reading objects", reader.position, size)
      }
    }
    try checkMemory()
  }

  @inline(__always) private func take(_ count: Int, _ budget: inout Int, _ reader: ByteReader) throws(PortableError) {
    guard count >= 0, count <= budget else { throw reader.error("\(count) values are more than there are") }
    budget -= count
  }

  private func allocateObject(
    _ kind: RecordKind, _ first: UInt8, _ flags: UInt8, _ id: UInt64, _ shape: Int, _ reader: inout ByteReader,
    _ budget: inout Int
  ) throws(PortableError) {
    let layout = shapes[shape]
    guard kind == .object || layout.inlineCapacity == 0 else {
      throw reader.error("a record has a shape of another kind")
    }
    guard kind == .function || layout.flags & ShapeFlag.lazyFunction == 0 else {
      throw reader.error("a record has a function's shape")
    }
    try take(Int(layout.propertyCount), &budget, reader)
    var counts: ElementCounts?
    if kind == .array || first & RecordFlag.hasElements != 0 {
      if kind == .array, first & RecordFlag.hasElements != 0 { throw reader.error("an array with elements apart") }
      counts = try elementCounts(&reader, &budget)
      if kind == .array, counts?.isSparse != (flags & CellFlag.sparse != 0) {
        throw reader.error("an array's flags are wrong")
      }
    }
    var bytes = Layout.headerSize
    var extra = 0
    switch kind {
    case .object: bytes += Int(layout.inlineCapacity) * 8
    case .array: bytes = Layout.Array.size
    case .function:
      extra = codes[try reader.number(below: codes.count)]
      bytes = Layout.Function.captures + Int(vm.pointee.codes[extra].captureCount) * 8
      try take(Int(vm.pointee.codes[extra].captureCount), &budget, reader)
    case .boundFunction:
      extra = try reader.number(below: 65536)
      try take(extra, &budget, reader)
      bytes = Layout.BoundFunction.size
    case .map, .set, .wrapper, .date, .weakMap, .weakSet, .weakRef, .iteratorHelper: bytes += 8
    case .arrayIterator, .mapIterator, .setIterator, .stringIterator, .regExpStringIterator:
      bytes = Layout.Iterator.size
    case .regExp: bytes = Layout.RegExp.size
    case .generator: bytes = Layout.Generator.size
    case .error, .arguments, .symbol, .bigInt, .variable, .values, .table, .enumeration: break
    }
    let cell = machine.heap.allocate(bytes)
    cell.setHeader(shape: UInt32(shape), extension: 0, kind: kind.cellKind, flags: flags, id: id)
    // Nothing looks inside before everything is filled, but a word of zeros is at least a number.
    (cell + Layout.headerSize).initializeMemory(as: UInt8.self, repeating: 0, count: bytes - Layout.headerSize)
    if kind == .function {
      cell.set32(Layout.Function.code, UInt32(extra))
      cell.set32(Layout.Function.native, Layout.Function.none)
      try check(flags: flags, of: extra, reader)
    }
    if kind == .boundFunction {
      cell.setValue(Layout.BoundFunction.arguments, vm.cellValue(vm.makeValues(extra)))
    }
    if let counts { elementCounts.append(counts, at: cells.count) }
    cells.append(vm.objectValue(cell))
    kinds.append(kind)
  }

  /// A function's flags follow from its code.
  private func check(flags: UInt8, of code: Int, _ reader: ByteReader) throws(PortableError) {
    let isClass = flags & CellFlag.classConstructor != 0
    let isConstructor = flags & CellFlag.constructor != 0
    guard let kind = CodeBlock.Kind(rawValue: vm.pointee.codes[code].kind), isConstructor == kind.isConstructor,
      isClass == (kind == .baseConstructor || kind == .derivedConstructor)
    else { throw reader.error("a function's flags do not fit its code") }
  }

  private func elementCounts(_ reader: inout ByteReader, _ budget: inout Int) throws(PortableError) -> ElementCounts {
    let length = try reader.number(below: 1 << 32)
    let header = try reader.number(below: 1 << 33)
    let counts = ElementCounts(length: length, count: header >> 1, isSparse: header & 1 != 0)
    guard counts.count <= length else { throw reader.error("an array has more elements than its length") }
    try take(counts.isSparse ? counts.count * 3 : counts.count, &budget, reader)
    return counts
  }

  private func allocatePart(
    _ kind: RecordKind, _ first: UInt8, _ flags: UInt8, _ reader: inout ByteReader, _ budget: inout Int
  ) throws(PortableError) {
    let allowed = kind == .symbol || kind == .bigInt ? RecordFlag.hasFlags : kind == .table ? RecordFlag.keysOnly : 0
    guard first & ~(RecordFlag.kindMask | allowed) == 0 else { throw reader.error("flags of a record are malformed") }
    let cell: Cell
    switch kind {
    case .bigInt:
      let count = try reader.number(below: BigIntLimit.limbs + 1)
      guard count > 0 || flags == 0 else { throw reader.error("a BigInt is -0") }
      try take(count, &budget, reader)
      cell = vm.makeBigInt(limbCount: count)
      cell.set8(15, flags)
    case .values:
      let count = try reader.number(below: 1 << 32)
      try take(count, &budget, reader)
      cell = vm.makeValues(count)
    case .table:
      let count = try reader.number(below: 1 << 32)
      let keysOnly = first & RecordFlag.keysOnly != 0
      try take(keysOnly ? count : count * 2, &budget, reader)
      var capacity = 4
      while capacity < count { capacity *= 2 }
      cell = HashTable.make(vm, capacity: capacity).cell
      tableCounts.append((count, keysOnly), at: cells.count)
    default:
      try take(1, &budget, reader)
      cell = machine.heap.allocate(Layout.primitive + 8)
      cell.setHeader(shape: 0, extension: 0, kind: kind.cellKind, flags: flags, id: 0)
      cell.setValue(Layout.primitive, .undefined)
    }
    let tag = kind == .symbol ? Tag.symbol : kind == .bigInt ? Tag.bigInt : Tag.cell
    cells.append(Value(tag: tag, handle: vm.handle(cell)))
    kinds.append(kind)
  }

  // MARK: Contents

  func fillCells() throws(PortableError) {
    var reader = section(.values)
    for number in cells.indices {
      current = Int64(number)
      if number & 0x3fff == 0 { machine.workObserver?("reading references", number, cells.count) }
      let cell = vm.cell(cells[number])
      let kind = kinds[number]
      if kind.isObject {
        let shape = Int(cell.shape)
        useShape(shape)
        cell.set32(0, shapes[shape].id)
        if kind != .object { try fillObject(number, cell, kind, &reader) }
        if kind != .array, let counts = elementCounts.take(number) { try fillStore(cell, counts, &reader) }
        try fillProperties(cell, shape, &reader)
      } else {
        try fillPart(number, cell, kind, &reader)
      }
    }
    for (table, key, value) in lateEntries { try add(key, value, to: table, reader) }
    try reader.requireEnd()
    try checkMemory()
  }

  /// Follows the writer, for which a shape's first use mentions its keys and its prototype.
  @inline(__always) private func useShape(_ number: Int) {
    if _fastPath(shapes[number].isUsed) { return }
    shapes[number].isUsed = true
    mentionedCells = max(mentionedCells, min(Int(shapes[number].cellEnd), cells.count))
    mentionedStrings = max(mentionedStrings, Int(shapes[number].stringEnd))
  }

  private func fillObject(
    _ number: Int, _ cell: Cell, _ kind: RecordKind, _ reader: inout ByteReader
  ) throws(PortableError) {
    switch kind {
    case .array:
      if let counts = elementCounts.take(number) { try fillElements(cell, counts, &reader) }
    case .function: try fillFunction(cell, &reader)
    case .boundFunction:
      let target = try plainValue(&reader)
      guard vm.isCallable(target) else { throw reader.error("a bound function's target is no function") }
      cell.setValue(Layout.BoundFunction.target, target)
      cell.setValue(Layout.BoundFunction.this, try plainValue(&reader))
      let arguments = vm.cell(cell.value(Layout.BoundFunction.arguments))
      for i in 0..<Int(arguments.shape) { arguments.setValue(Layout.values + i * 8, try plainValue(&reader)) }
    case .map, .set, .weakMap, .weakSet:
      cell.setValue(Layout.table, try part(.table, &reader))
    case .wrapper:
      let value = try plainValue(&reader)
      guard !value.isObject, !value.isNullish else { throw reader.error("a wrapper holds no primitive") }
      cell.setValue(Layout.primitive, value)
    case .date:
      let time = try plainValue(&reader)
      guard time.isNumber, time.asNumber.isNaN || time.asNumber.magnitude <= 8.64e15 else {
        throw reader.error("a date holds no time value")
      }
      cell.setValue(Layout.primitive, time)
    case .weakRef:
      let target = try plainValue(&reader)
      guard target.isUndefined || vm.canBeHeldWeakly(target) else {
        throw reader.error("a weak reference names no object")
      }
      cell.setValue(Layout.target, target)
    case .iteratorHelper:
      let state = try plainValue(&reader)
      guard state.isObject, vm.cell(state).kind == .array else { throw reader.error("an iterator has no state") }
      cell.setValue(Layout.state, state)
    case .arrayIterator, .stringIterator, .mapIterator, .setIterator, .regExpStringIterator:
      try fillIterator(cell, kind, &reader)
    case .regExp:
      let source = try value(&reader)
      let flags = try value(&reader)
      guard source.isString, flags.isInt, (0...255).contains(flags.asInt) else {
        throw reader.error("a regular expression is malformed")
      }
      cell.setValue(Layout.RegExp.source, source)
      cell.setValue(Layout.RegExp.flags, flags)
    case .generator: try fillGenerator(cell, &reader)
    case .object, .error, .arguments, .symbol, .bigInt, .variable, .values, .table, .enumeration: break
    }
  }

  private func fillGenerator(_ cell: Cell, _ reader: inout ByteReader) throws(PortableError) {
    guard let state = GeneratorState(rawValue: Int32(try reader.byte())) else {
      throw reader.error("a generator is malformed")
    }
    cell.setValue(Layout.Generator.state, Value(int: state.rawValue))
    cell.setValue(Layout.Generator.position, Value(0))
    cell.setValue(Layout.Generator.count, Value(0))
    cell.setValue(Layout.Generator.frame, .undefined)
    if state == .completed { return }
    let function = try plainValue(&reader)
    let this = try plainValue(&reader)
    guard function.isObject, vm.cell(function).kind == .function, let code = vm.loadedCode(vm.cell(function)),
      code.block.kind.isGenerator
    else { throw reader.error("a generator's function is none") }
    let registers = vm.makeValues(code.block.registerCount + Layout.Generator.registers)
    registers.setValue(Layout.values, function)
    registers.setValue(Layout.values + 8, this)
    cell.setValue(Layout.Generator.frame, vm.cellValue(registers))
    generators.append(cell)
    if state == .running { return }
    let position = try reader.number(below: code.block.words.count + 1)
    guard let layout = rules.layout(of: code, suspendedAt: position, state) else {
      throw reader.error("a generator of \(code.displayName) stands at word \(position), where it can't be")
    }
    cell.setValue(Layout.Generator.position, Value(position))
    cell.setValue(Layout.Generator.count, Value(layout.keptCount))
    for (register, state) in layout.registers.enumerated() where state != .garbage {
      let value = try self.register(state, code, &reader)
      registers.setValue(Layout.values + (Layout.Generator.registers + register) * 8, value)
    }
  }

  /// A reference to a part of the machine of one kind.
  private func part(_ kind: RecordKind, _ reader: inout ByteReader) throws(PortableError) -> Value {
    let value = try value(&reader)
    guard value.isReference, value.tag == Tag.cell, vm.cell(value).kind == kind.cellKind else {
      throw reader.error("a reference does not name a \(kind)")
    }
    return value
  }

  private func fillFunction(_ cell: Cell, _ reader: inout ByteReader) throws(PortableError) {
    let home = try plainValue(&reader)
    guard home.isObject || home.isUndefined else { throw reader.error("a function's home is no object") }
    if home.isObject { cell.set32(Layout.Function.home, home.handle) }
    let code = machine.code.loaded[Int(cell.u32(Layout.Function.code))]
    for i in 0..<code.block.captures.count {
      cell.setValue(Layout.Function.captures + i * 8, try part(.variable, &reader))
    }
  }

  private func fillIterator(
    _ cell: Cell, _ kind: RecordKind, _ reader: inout ByteReader
  ) throws(PortableError) {
    let target = try value(&reader)
    let position = try value(&reader)
    let delivers = try value(&reader)
    guard IteratorRules(vm).isValid(kind.cellKind, target, position, delivers) else {
      throw reader.error("an iterator is malformed")
    }
    cell.setValue(Layout.Iterator.target, target)
    cell.setValue(Layout.Iterator.position, position)
    cell.setValue(Layout.Iterator.kind, delivers)
  }

  // MARK: Elements and properties

  /// The indexed properties of an object that is no array.
  private func fillStore(_ cell: Cell, _ counts: ElementCounts, _ reader: inout ByteReader) throws(PortableError) {
    let store = vm.ensureIndexStore(cell)
    if counts.isSparse { store.set8(15, store.flags | CellFlag.sparse) }
    try fillElements(store, counts, &reader)
  }

  private func fillElements(_ array: Cell, _ counts: ElementCounts, _ reader: inout ByteReader) throws(PortableError) {
    array.set32(Layout.Array.length, UInt32(counts.length))
    if counts.isSparse { return try fillSparse(array, counts, &reader) }
    guard counts.count > 0 else { return }
    let (elements, capacity) = vm.makeElements(counts.count)
    array.set32(Layout.Array.elements, elements)
    array.set32(Layout.Array.capacity, UInt32(capacity))
    let start = vm.arrayElements(array)
    for i in 0..<counts.count {
      let value = try value(&reader)
      // Variables that no register is left for live in arrays, some in their dead zone.
      guard isPlain(value) || value == .hole || value == .uninitialized else {
        throw reader.error("an element is no value")
      }
      start[i] = value
    }
    array.set32(Layout.Array.denseLength, UInt32(counts.count))
  }

  private func fillSparse(_ array: Cell, _ counts: ElementCounts, _ reader: inout ByteReader) throws(PortableError) {
    var dictionary = PropertyDictionary.make(vm, capacity: counts.count)
    for _ in 0..<counts.count {
      let index = try reader.number(below: 0xffff_ffff)
      guard index < counts.length, dictionary.find(PropertyKey(index: UInt32(index))) == nil else {
        throw reader.error("an element's index is wrong")
      }
      let (value, attributes) = try property(&reader)
      dictionary = dictionary.adding(PropertyKey(index: UInt32(index)), value, attributes)
    }
    array.set32(Layout.Array.elements, vm.handle(dictionary.cell))
  }

  /// Attributes and value; of an accessor its new cell.
  func property(_ reader: inout ByteReader) throws(PortableError) -> (Value, Attributes) {
    let attributes = Attributes(rawValue: try reader.byte())
    guard attributes.rawValue < 16, !attributes.contains([.accessor, .writable]) else {
      throw reader.error("attributes are malformed")
    }
    return (try slot(attributes, &reader), attributes)
  }

  private func slot(_ attributes: Attributes, _ reader: inout ByteReader) throws(PortableError) -> Value {
    guard attributes.contains(.accessor) else { return try plainValue(&reader) }
    let getter = try plainValue(&reader)
    let setter = try plainValue(&reader)
    guard getter.isUndefined || vm.isCallable(getter), setter.isUndefined || vm.isCallable(setter) else {
      throw reader.error("an accessor is no function")
    }
    return vm.cellValue(vm.makeAccessor(getter: getter, setter: setter))
  }

  @inline(__always)
  private func fillProperties(_ cell: Cell, _ shape: Int, _ reader: inout ByteReader) throws(PortableError) {
    let info = vm.pointee.shapes + Int(shapes[shape].id)
    let inline = Int(info.pointee.inlineCapacity)
    if cell.kind == .object {
      for i in 0..<inline { cell.setValue(Layout.slots + i * 8, .undefined) }
    }
    if info.pointee.flags & ShapeFlag.dictionary != 0 { return try fillDictionary(cell, &reader) }
    let count = Int(info.pointee.count)
    if count == 0 { return }
    if count > inline { makeRoom(cell, count - inline) }
    if shapes[shape].hasAccessors {
      if accessorShape.number != shape {
        accessorShape = (shape, machine.shapes.properties(of: shapes[shape].id).map(\.attributes))
      }
      for number in 0..<count {
        let value = try slot(accessorShape.attributes[number], &reader)
        vm.slotAddress(cell, number).pointee = value
      }
      return
    }
    let slots = (cell + Layout.slots).assumingMemoryBound(to: Value.self)
    for number in 0..<min(count, inline) { slots[number] = try plainValue(&reader) }
    if count > inline {
      let outside = (vm.cell(cell.extensionHandle) + Layout.values).assumingMemoryBound(to: Value.self)
      for number in 0..<count - inline { outside[number] = try plainValue(&reader) }
    }
  }

  private func makeRoom(_ cell: Cell, _ count: Int) {
    let bytes = Heap.roundedSize(Layout.values + max(count, 4) * 8)
    let values = vm.makeValues((bytes - Layout.values) / 8)
    let old = cell.extensionHandle
    if old != 0 { values.set32(4, vm.cell(old).extensionHandle) }
    cell.set32(4, vm.handle(values))
  }

  private func fillDictionary(_ cell: Cell, _ reader: inout ByteReader) throws(PortableError) {
    let count = try reader.count(of: 3)
    var dictionary = PropertyDictionary.make(vm, capacity: count + 1)
    let old = cell.extensionHandle
    dictionary.cell.set32(4, old == 0 ? 0 : vm.cell(old).extensionHandle)
    for _ in 0..<count {
      let key = PropertyKey(atom: try key(&reader))
      guard dictionary.find(key) == nil else { throw reader.error("an object has a property twice") }
      let (value, attributes) = try property(&reader)
      dictionary = dictionary.adding(key, value, attributes)
    }
    cell.set32(4, vm.handle(dictionary.cell))
  }

  // MARK: Parts

  private func fillPart(
    _ number: Int, _ cell: Cell, _ kind: RecordKind, _ reader: inout ByteReader
  ) throws(PortableError) {
    switch kind {
    case .symbol:
      let description = try plainValue(&reader)
      guard description.isString || description.isUndefined else {
        throw reader.error("a symbol's description is no string")
      }
      cell.setValue(Layout.primitive, description)
    case .bigInt:
      let limbs = vm.bigIntLimbs(cell)
      for i in 0..<Int(cell.shape) { limbs[i] = try reader.fixed() }
      guard cell.shape == 0 || limbs[Int(cell.shape) - 1] != 0 else { throw reader.error("a BigInt begins with zeros") }
    case .variable:
      let content = try value(&reader)
      guard isPlain(content) || content == .uninitialized else { throw reader.error("a variable holds no value") }
      cell.setValue(Layout.primitive, content)
    case .values:
      for i in 0..<Int(cell.shape) { cell.setValue(Layout.values + i * 8, try plainValue(&reader)) }
    case .table: try fillTable(number, cell, &reader)
    case .enumeration: cell.setValue(Layout.primitive, try plainValue(&reader))
    case .object, .array, .function, .boundFunction, .error, .map, .set, .wrapper, .arguments, .arrayIterator,
      .mapIterator, .setIterator, .stringIterator, .regExp, .regExpStringIterator, .date, .weakMap, .weakSet, .weakRef,
      .iteratorHelper, .generator:
      break
    }
  }

  private func fillTable(_ number: Int, _ cell: Cell, _ reader: inout ByteReader) throws(PortableError) {
    guard let entry = tableCounts.take(number) else { return }
    let table = HashTable(vm, cell)
    var isLate = false
    for _ in 0..<entry.count {
      let key = HashTable.normalized(vm, try plainValue(&reader))
      let value = entry.keysOnly ? .undefined : try plainValue(&reader)
      // A BigInt has its content only later: it, and to keep the order all that follows, waits for that.
      isLate = isLate || key.isBigInt
      if isLate { lateEntries.append((table, key, value)) } else { try add(key, value, to: table, reader) }
    }
  }

  private func add(
    _ key: Value, _ value: Value, to table: HashTable, _ reader: borrowing ByteReader
  ) throws(PortableError) {
    guard table.find(key) == nil else { throw reader.error("a map has a key twice") }
    _ = table.adding(key, value)
  }
}
