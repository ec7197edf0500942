import CVMDispatch

extension Machine {
  /// Steps an iterator of a built-in kind whose `next` is the built-in one, without a result object: the value, the done
  /// marker, or nil when it is none of these or user code would run.
  func stepBuiltInIterator(_ iterator: Value, _ next: Value) -> Value? {
    guard iterator.isObject else { return nil }
    let cell = vm.cell(iterator)
    switch cell.kind {
    case .arrayIterator where next == intrinsics.arrayIteratorNext: return stepArrayIterator(cell)
    case .mapIterator where next == intrinsics.mapIteratorNext: return stepTableIterator(cell, isMap: true)
    case .setIterator where next == intrinsics.setIteratorNext: return stepTableIterator(cell, isMap: false)
    case .stringIterator where next == intrinsics.stringIteratorNext: return stepStringIterator(cell)
    default: return nil
    }
  }

  @inline(__always) private func setField(_ cell: Cell, _ offset: Int, _ value: Value) {
    writeBarrier(vm, cell + offset)
    cell.setValue(offset, value)
  }

  /// Nil when the target is not an array or an element is an accessor.
  func stepArrayIterator(_ cell: Cell) -> Value? {
    let target = cell.value(Layout.Iterator.target)
    if target.isUndefined { return .done }
    guard target.isObject, vm.cell(target).kind == .array else { return nil }
    let array = vm.cell(target)
    let position = Int(cell.value(Layout.Iterator.position).asNumber)
    guard position < vm.arrayLength(array) else {
      setField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    let kind = cell.value(Layout.Iterator.kind).asInt
    var element = Value.undefined
    if kind != 0 {
      switch vm.getProperty(array, PropertyKey(index: UInt32(position))) {
      case .value(let value): element = value
      case .absent: break
      case .getter: return nil
      }
    }
    setField(cell, Layout.Iterator.position, Value(position + 1))
    switch kind {
    case 0: return Value(position)
    case 1: return element
    default: return vm.objectValue(vm.makeArray([Value(position), element]))
    }
  }

  func stepTableIterator(_ cell: Cell, isMap: Bool) -> Value {
    let start = cell.value(Layout.Iterator.target)
    if start.isUndefined { return .done }
    let current = HashTable(vm, vm.cell(start)).following(Int(cell.value(Layout.Iterator.position).asInt))
    let table = current.table
    var position = current.position
    while position < table.used && table.key(position) == .hole { position += 1 }
    guard position < table.used else {
      setField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    let target = vm.cellValue(table.cell)
    if target != start { setField(cell, Layout.Iterator.target, target) }
    setField(cell, Layout.Iterator.position, Value(position + 1))
    let key = table.key(position)
    switch cell.value(Layout.Iterator.kind).asInt {
    case 0: return key
    case 1: return isMap ? table.value(position) : key
    default: return vm.objectValue(vm.makeArray([key, isMap ? table.value(position) : key]))
    }
  }

  func stepStringIterator(_ cell: Cell) -> Value {
    let target = cell.value(Layout.Iterator.target)
    if target.isUndefined { return .done }
    let position = Int(cell.value(Layout.Iterator.position).asInt)
    let view = vm.view(target)
    guard position < view.count else {
      setField(cell, Layout.Iterator.target, .undefined)
      return .done
    }
    var count = 1
    if view[position] & 0xfc00 == 0xd800, position + 1 < view.count, view[position + 1] & 0xfc00 == 0xdc00 { count = 2 }
    setField(cell, Layout.Iterator.position, Value(position + count))
    return vm.substring(target, position, position + count)
  }
}
