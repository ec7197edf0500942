import CVMBytecode
import CVMDispatch

extension PortableWriter {
  /// Writes the cells in the order of their numbers; writing one may find more.
  func drain() throws(PortableError) {
    var next = 0
    while next < queue.count {
      if next & 0x3fff == 0 {
        if isInterruptible, machine.isInterrupted { throw PortableError("interrupted") }
        machine.workObserver?("taking the state", next, 0)
      }
      let handle = queue[next]
      current = Int64(next)
      let cellStart = cells.count
      let valueStart = values.count
      try record(vm.cell(handle))
      costs[Int(handle >> 1)] = UInt32(truncatingIfNeeded: cells.count - cellStart + values.count - valueStart)
      next += 1
    }
  }

  private func record(_ cell: Cell) throws(PortableError) {
    let kind = cell.kind
    // By far the most.
    if kind == .object {
      header(cell, .object)
      if let store = vm.indexStore(cell) { elements(store) }
      properties(cell)
      return
    }
    guard RecordKind.cellKinds.contains(kind), let known = CVMKind(rawValue: kind), let record = RecordKind(known)
    else {
      throw PortableError("a cell of kind \(kind) stands where none can be")
    }
    if record.isObject {
      header(cell, record)
      objectFields(cell, record)
      properties(cell)
    } else {
      part(cell, record)
    }
  }

  // MARK: Headers

  /// Kind, id, shape; then what tells how much memory it needs.
  @inline(__always) private func header(_ cell: Cell, _ kind: RecordKind) {
    let flags = cell.flags
    let isInternal = flags & CellFlag.internalID != 0
    let store = kind == .array ? nil : vm.indexStore(cell)
    let kept = flags & PortableWriter.keptFlags(kind)
    cells.byte(
      kind.rawValue | (isInternal ? RecordFlag.isInternal : 0) | (store != nil ? RecordFlag.hasElements : 0)
        | (kept != 0 ? RecordFlag.hasFlags : 0))
    if kept != 0 { cells.byte(kept) }
    let id = cell.id
    if isInternal {
      cells.number(zigzag(Int64(bitPattern: id &- lastInternalID)))
      lastInternalID = id
    } else {
      cells.number(zigzag(Int64(bitPattern: id &- lastProgramID)))
      lastProgramID = id
    }
    cells.number(UInt64(shape(cell.shape)))
    if let store { elementsHeader(store) }
  }

  /// The flags of a cell that are not worked out from other things.
  static func keptFlags(_ kind: RecordKind) -> UInt8 {
    switch kind {
    case .array: CellFlag.sparse | CellFlag.notExtensible | CellFlag.lengthReadOnly
    case .function: CellFlag.classConstructor | CellFlag.constructor
    case .boundFunction: CellFlag.constructor
    case .symbol: CellFlag.registered | CellFlag.privateName
    case .bigInt: CellFlag.negative
    case .object, .error, .map, .set, .wrapper, .arguments, .arrayIterator, .mapIterator, .setIterator,
      .stringIterator, .regExp, .regExpStringIterator, .date, .weakMap, .weakSet, .weakRef, .iteratorHelper, .generator,
      .variable, .values, .table, .enumeration:
      0
    }
  }

  /// Length, then how many elements there are.
  private func elementsHeader(_ store: Cell) {
    cells.number(vm.arrayLength(store))
    if store.flags & CellFlag.sparse != 0 {
      cells.number(UInt64(vm.sparseElements(store).count) << 1 | 1)
    } else {
      cells.number(vm.denseLength(store) << 1)
    }
  }

  // MARK: Contents

  private func objectFields(_ cell: Cell, _ kind: RecordKind) {
    switch kind {
    case .array:
      elementsHeader(cell)
      elements(cell)
    case .function: function(cell)
    case .boundFunction:
      let arguments = vm.cell(cell.value(Layout.BoundFunction.arguments))
      cells.number(Int(arguments.shape))
      value(cell.value(Layout.BoundFunction.target), values)
      value(cell.value(Layout.BoundFunction.this), values)
      for i in 0..<Int(arguments.shape) { value(arguments.value(Layout.values + i * 8), values) }
    case .map, .set: value(cell.value(Layout.table), values)
    case .weakMap, .weakSet:
      if HashTable(vm, vm.cell(cell.value(Layout.table))).count > 0 { hasWeakEntries = true }
      value(cell.value(Layout.table), values)
    case .wrapper, .date, .weakRef, .iteratorHelper: value(cell.value(Layout.primitive), values)
    case .regExp: for i in 0..<2 { value(cell.value(Layout.RegExp.source + i * 8), values) }
    case .arrayIterator, .stringIterator, .regExpStringIterator:
      for i in 0..<3 { value(cell.value(Layout.Iterator.target + i * 8), values) }
    case .mapIterator, .setIterator: tableIterator(cell)
    case .generator: generator(cell)
    case .object, .error, .arguments, .symbol, .bigInt, .variable, .values, .table, .enumeration: break
    }
    if kind != .array, let store = vm.indexStore(cell) { elements(store) }
  }

  private func function(_ cell: Cell) {
    let number = cell.u32(Layout.Function.code)
    guard number != Layout.Function.none, cell.u32(Layout.Function.native) == Layout.Function.none else {
      return fail("the native function \(vm.functionName(cell) ?? "without a name")")
    }
    cells.number(codeNumber(Int(number)))
    let home = cell.u32(Layout.Function.home)
    value(home == 0 ? .undefined : Value(tag: Tag.object, handle: home), values)
    for i in 0..<Int(vm.pointee.codes[Int(number)].captureCount) {
      value(cell.value(Layout.Function.captures + i * 8), values)
    }
  }

  /// What it is doing; unless it has ended its function and `this`; when it is suspended its place and its registers.
  private func generator(_ cell: Cell) {
    let state = vm.generatorState(cell)
    values.byte(UInt8(truncatingIfNeeded: state.rawValue))
    if state == .completed { return }
    let frame = vm.cell(cell.value(Layout.Generator.frame))
    value(frame.value(Layout.values), values)
    value(frame.value(Layout.values + 8), values)
    if state == .running { return }
    let position = Int(cell.value(Layout.Generator.position).asInt)
    values.number(position)
    guard let code = vm.loadedCode(vm.cell(frame.value(Layout.values))),
      let layout = FrameLayout(suspended: code, pc: position)
    else { return fail("a generator that stands where it can't") }
    notes?.generators[Int(current)] = layout.kept
    for (register, state) in layout.registers.enumerated() where state != .garbage {
      value(frame.value(Layout.values + (Layout.Generator.registers + register) * 8), values)
    }
  }

  /// The place of an iterator in the table that its map has now, counting the entries that are there.
  private func tableIterator(_ cell: Cell) {
    let target = cell.value(Layout.Iterator.target)
    let position = cell.value(Layout.Iterator.position)
    if target.isReference {
      let place = HashTable(vm, vm.cell(target)).following(Int(position.asInt))
      var before = 0
      for number in 0..<min(place.position, place.table.used) where place.table.key(number) != .hole { before += 1 }
      value(vm.cellValue(place.table.cell), values)
      value(Value(before), values)
    } else {
      value(target, values)
      value(.undefined, values)
    }
    value(cell.value(Layout.Iterator.kind), values)
  }

  func elements(_ store: Cell) {
    if store.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(store)
      for number in 0..<elements.used where elements.key(number).bits != 0 {
        values.number(UInt64(elements.key(number).index))
        property(elements.value(number), elements.attributes(number))
      }
      return
    }
    let count = vm.denseLength(store)
    guard count > 0 else { return }
    let start = vm.arrayElements(store)
    for i in 0..<count { value(start[i], values) }
  }

  /// Attributes and value, or getter and setter.
  private func property(_ value: Value, _ attributes: Attributes) {
    values.byte(attributes.rawValue)
    slot(value, attributes)
  }

  @inline(__always) private func slot(_ value: Value, _ attributes: Attributes) {
    if attributes.contains(.accessor) {
      let pair = vm.cell(value)
      self.value(pair.value(Layout.Accessor.getter), values)
      self.value(pair.value(Layout.Accessor.setter), values)
    } else {
      self.value(value, values)
    }
  }

  /// The named properties in order: their values; in dictionary mode their number, keys and attributes, too.
  @inline(__always) private func properties(_ cell: Cell) {
    let info = vm.shapeInfo(cell)
    if info.pointee.flags & ShapeFlag.dictionary != 0 { return dictionary(cell) }
    let count = Int(info.pointee.count)
    if count == 0 { return }
    let inline = Int(info.pointee.inlineCapacity)
    let accessors = accessorSlots(cell.shape)
    let slots = (cell + Layout.slots).assumingMemoryBound(to: Value.self)
    if accessors.isEmpty {
      for slot in 0..<min(count, inline) { value(slots[slot], values) }
      if count > inline {
        let outside = (vm.cell(cell.extensionHandle) + Layout.values).assumingMemoryBound(to: Value.self)
        for slot in 0..<count - inline { value(outside[slot], values) }
      }
      return
    }
    for number in 0..<count {
      slot(vm.slotAddress(cell, number).pointee, accessors.contains(number) ? .accessor : .all)
    }
  }

  /// The slots of a shape that hold accessors.
  private func accessorSlots(_ shape: ShapeID) -> Set<Int> {
    if let known = accessorCache[shape] { return known }
    var result: Set<Int> = []
    for property in machine.shapes.properties(of: shape) where property.attributes.contains(.accessor) {
      result.insert(property.slot)
    }
    accessorCache[shape] = result
    return result
  }

  private func dictionary(_ cell: Cell) {
    let dictionary = PropertyDictionary(vm, vm.cell(cell.extensionHandle))
    values.number(dictionary.count)
    for number in 0..<dictionary.used where dictionary.key(number).bits != 0 {
      keyValue(dictionary.key(number), values)
      property(dictionary.value(number), dictionary.attributes(number))
    }
  }

  // MARK: Parts

  private func part(_ cell: Cell, _ kind: RecordKind) {
    switch kind {
    case .symbol:
      let kept = cell.flags & PortableWriter.keptFlags(.symbol)
      cells.byte(kind.rawValue | (kept != 0 ? RecordFlag.hasFlags : 0))
      if kept != 0 { cells.byte(kept) }
      value(cell.value(Layout.primitive), values)
    case .bigInt:
      let number = vm.bigInt(cell)
      cells.byte(kind.rawValue | (number.isNegative ? RecordFlag.hasFlags : 0))
      if number.isNegative { cells.byte(CellFlag.negative) }
      cells.number(number.count)
      for i in 0..<number.count { values.fixed(number.limbs[i]) }
    case .variable, .enumeration:
      cells.byte(kind.rawValue)
      value(cell.value(Layout.primitive), values)
    case .values:
      cells.byte(kind.rawValue)
      cells.number(Int(cell.shape))
      for i in 0..<Int(cell.shape) { value(cell.value(Layout.values + i * 8), values) }
    case .table: table(cell)
    case .object, .array, .function, .boundFunction, .error, .map, .set, .wrapper, .arguments, .arrayIterator,
      .mapIterator, .setIterator, .stringIterator, .regExp, .regExpStringIterator, .date, .weakMap, .weakSet, .weakRef,
      .iteratorHelper, .generator:
      break
    }
  }

  /// The entries that are there, in order of insertion.
  private func table(_ cell: Cell) {
    let table = HashTable(vm, cell)
    var keysOnly = true
    for number in 0..<table.used where table.value(number) != .undefined { keysOnly = false }
    cells.byte(RecordKind.table.rawValue | (keysOnly ? RecordFlag.keysOnly : 0))
    cells.number(table.count)
    for number in 0..<table.used where table.key(number) != .hole {
      value(table.key(number), values)
      if !keysOnly { value(table.value(number), values) }
    }
  }

  // MARK: Code

  /// The number of a function's code in the file.
  func codeNumber(_ number: Int) -> Int {
    if let known = codeNumbers[number] { return known }
    let result = codeOrder.count
    codeNumbers[number] = result
    codeOrder.append(machine.code.loaded[number])
    return result
  }

  /// The code that was mentioned, all that is nested in it, and the sources.
  ///
  /// Self-hosted functions are written from their outermost function on, whose name finds them again.
  func writeCode() throws(PortableError) {
    for loaded in Array(codeOrder) where loaded.block.isSelfHosted {
      var outermost = loaded
      while let parent = outermost.parent { outermost = machine.code.loaded[parent] }
      _ = codeNumber(outermost.number)
    }
    var next = 0
    while next < codeOrder.count {
      for nested in codeOrder[next].nested { _ = codeNumber(nested) }
      next += 1
    }
    opcodes.append(OpcodeTable.encode(codeOrder.lazy.map(\.block)))
    var sourceNumbers: [ObjectIdentifier: Int] = [:]
    var sourceList: [any ScriptSource] = []
    code.number(codeOrder.count)
    for loaded in codeOrder {
      if let source = loaded.source {
        let identity = ObjectIdentifier(source)
        if sourceNumbers[identity] == nil {
          sourceNumbers[identity] = sourceList.count
          sourceList.append(source)
        }
        code.number((sourceNumbers[identity] ?? 0) + 1)
      } else {
        code.number(0)
      }
      let bytes = CodeBlockCoder.encodeFields(loaded.block)
      code.number(bytes.count)
      code.append(bytes)
      code.number(loaded.nested.count)
      for nested in loaded.nested { code.number(codeNumber(nested)) }
    }
    sources.number(sourceList.count)
    for source in sourceList {
      sources.text(source.displayName)
      let bytes = source.bytes
      sources.number(bytes.count)
      sources.append(bytes)
    }
  }
}
