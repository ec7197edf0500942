import CVMDispatch

extension Machine {
  func rememberNextMethods() {
    let methods = [
      (CellKind.arrayIterator, intrinsics.arrayIteratorNext), (.mapIterator, intrinsics.mapIteratorNext),
      (.setIterator, intrinsics.setIteratorNext), (.stringIterator, intrinsics.stringIteratorNext),
      (.generator, intrinsics.generatorNext), (.iteratorHelper, intrinsics.iteratorHelperNext),
      (.regExpStringIterator, intrinsics.regExpStringIteratorNext),
    ]
    for (kind, next) in methods { builtInNexts[Int(kind)] = next }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Whether an iterator is of a built-in kind and its `next` the built-in one.
  @inline(__always) func hasBuiltInNext(_ iterator: Value, _ next: Value) -> Bool {
    iterator.isObject && next.isObject && machine.builtInNexts[Int(cell(iterator).kind)] == next
  }

  /// Steps an iterator of a built-in kind whose `next` is the built-in one, without a result object: the value, the done
  /// marker, or nil when it is none of these or user code would run.
  @inline(__always) func stepBuiltInIterator(_ iterator: Value, _ next: Value) -> Value? {
    guard hasBuiltInNext(iterator, next) else { return nil }
    let cell = cell(iterator)
    switch cell.kind {
    case .arrayIterator: return stepArrayIterator(cell)
    case .mapIterator: return stepTableIterator(cell, isMap: true)
    case .setIterator: return stepTableIterator(cell, isMap: false)
    case .stringIterator: return stepStringIterator(cell)
    default: return nil
    }
  }

  @inline(__always) private func setIteratorField(_ cell: Cell, _ offset: Int, _ value: Value) {
    writeBarrier(self, cell + offset)
    cell.setValue(offset, value)
  }

  /// Nil when the target is not an array or an element is an accessor.
  func stepArrayIterator(_ cell: Cell) -> Value? {
    let target = cell.value(Layout.Iterator.target)
    let place = cell.value(Layout.Iterator.position)
    if _fastPath(target.isObject && place.isInt && cell.value(Layout.Iterator.kind) == Value(int: 1)) {
      let array = self.cell(target)
      if array.kind == .array, array.flags & CellFlag.sparse == 0, Int(place.asInt) < denseLength(array) {
        let element = arrayElements(array)[Int(place.asInt)]
        if element != .hole {
          setIteratorField(cell, Layout.Iterator.position, Value(int: place.asInt &+ 1))
          return element
        }
      }
    }
    return stepArrayIteratorSlowly(cell, target)
  }

  @inline(never) private func stepArrayIteratorSlowly(_ cell: Cell, _ target: Value) -> Value? {
    if target.isUndefined { return .done }
    guard target.isObject, self.cell(target).kind == .array else { return nil }
    let array = self.cell(target)
    let position = Int(cell.value(Layout.Iterator.position).asNumber)
    guard position < arrayLength(array) else {
      setIteratorField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    let kind = cell.value(Layout.Iterator.kind).asInt
    var element = Value.undefined
    if kind != 0, array.flags & CellFlag.sparse == 0, position < denseLength(array),
      arrayElements(array)[position] != .hole
    {
      element = arrayElements(array)[position]
    } else if kind != 0 {
      switch getProperty(array, PropertyKey(index: UInt32(position))) {
      case .value(let value): element = value
      case .absent: break
      case .getter: return nil
      }
    }
    setIteratorField(cell, Layout.Iterator.position, Value(position + 1))
    switch kind {
    case 0: return Value(position)
    case 1: return element
    default: return makePair(Value(position), element)
    }
  }

  func stepTableIterator(_ cell: Cell, isMap: Bool) -> Value {
    let target = cell.value(Layout.Iterator.target)
    if target.isUndefined { return .done }
    let table = HashTable(self, self.cell(target))
    let position = Int(cell.value(Layout.Iterator.position).asInt)
    if _fastPath(table.cell.extensionHandle == 0), position < table.used, table.key(position) != .hole {
      return passEntry(position, of: table, cell, isMap: isMap)
    }
    return stepOverDeletedEntries(cell, table, position, isMap: isMap)
  }

  /// Steps an iterator over the keys of a map or set: the key, and the entry's value; nil for anything else.
  @inline(__always) func stepCursor(_ cell: Cell, value: Registers) -> Value? {
    let isMap = cell.kind == .mapIterator
    guard isMap || cell.kind == .setIterator else { return nil }
    let key = stepTableIterator(cell, isMap: isMap)
    if isMap, key != .done {
      let table = HashTable(self, self.cell(cell.value(Layout.Iterator.target)))
      value[0] = table.value(Int(cell.value(Layout.Iterator.position).asInt) - 1)
    }
    return key
  }

  /// Puts the iterator behind an entry.
  @inline(__always) private func passEntry(
    _ position: Int, of table: HashTable, _ cell: Cell, isMap: Bool
  ) -> Value {
    setIteratorField(cell, Layout.Iterator.position, Value(int: Int32(truncatingIfNeeded: position &+ 1)))
    let key = table.key(position)
    switch cell.value(Layout.Iterator.kind).asInt {
    case 0: return key
    case 1: return isMap ? table.value(position) : key
    default: return makePair(key, isMap ? table.value(position) : key)
    }
  }

  @inline(never) private func makePair(_ first: Value, _ second: Value) -> Value {
    objectValue(makeArray([first, second]))
  }

  @inline(never) private func stepOverDeletedEntries(
    _ cell: Cell, _ start: HashTable, _ position: Int, isMap: Bool
  ) -> Value {
    let current = start.following(position)
    let table = current.table
    var position = current.position
    while position < table.used && table.key(position) == .hole { position += 1 }
    guard position < table.used else {
      setIteratorField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    if table.cell != start.cell { setIteratorField(cell, Layout.Iterator.target, cellValue(table.cell)) }
    return passEntry(position, of: table, cell, isMap: isMap)
  }

  func stepStringIterator(_ cell: Cell) -> Value {
    let target = cell.value(Layout.Iterator.target)
    if target.isUndefined { return .done }
    let position = Int(cell.value(Layout.Iterator.position).asInt)
    let view = view(target)
    guard position < view.count else {
      setIteratorField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    var count = 1
    if view[position] & 0xfc00 == 0xd800, position + 1 < view.count, view[position + 1] & 0xfc00 == 0xdc00 { count = 2 }
    setIteratorField(cell, Layout.Iterator.position, Value(position + count))
    return substring(target, position, position + count)
  }
}
