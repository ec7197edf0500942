import CVMDispatch
import CVMHeapGraph

/// What only the cells know: contents of strings, shapes of objects, room in collections.
extension HeapDump {
  /// The contents of the strings; those that still consist of parts are not put together for it.
  public var stringContents: StringContents {
    StringContents(
      hash: { [self] node in
        let cell = cell(of: node)
        guard cell.kind == .latin1 || cell.kind == .utf16 else { return nil }
        // Nothing is written to the heap for a question.
        return UInt64(cell.extensionHandle != 0 ? cell.extensionHandle : VM.hash(machine.vm.view(flat: cell)))
      },
      isEqual: { [self] in
        machine.vm.viewsEqual(machine.vm.view(flat: cell(of: $0)), machine.vm.view(flat: cell(of: $1)))
      },
      text: { [self] in text(of: $0) })
  }

  // MARK: Shapes

  /// The shapes of the objects that are alive.
  public func shapes(reachable: Reachability, progress: Progress) throws(AnalysisError) -> ShapeCensus {
    let vm = machine.vm
    var places: [ShapeID: Int] = [:]
    var shapes: [ShapeFigures] = []
    for node in 0..<graph.nodeCount {
      if node & 0x3FFF == 0, progress.isCancelled { throw .cancelled }
      guard graph.kind(of: node) == .object, graph.isProgramObject(node), reachable.contains(node) else { continue }
      let cell = cell(of: node)
      guard cell.kind == .object else { continue }
      let info = vm.pointee.shapes[Int(cell.shape)]
      let isTable = info.flags & ShapeFlag.dictionary != 0
      let place: Int
      if let known = places[cell.shape] {
        place = known
      } else {
        place = shapes.count
        places[cell.shape] = place
        let name = graph.className(of: node)
        let keys = isTable ? [] : machine.shapes.properties(of: cell.shape).map { text(ofKey: $0.key) }
        shapes.append(
          ShapeFigures(
            className: name.hasPrefix("{") ? "" : name, properties: keys, isTable: isTable, example: node))
      }
      let isExtended = cell.extensionHandle != 0
      if isTable {
        let table = isExtended ? PropertyDictionary(vm, vm.cell(cell.extensionHandle)) : nil
        shapes[place].used += UInt64(table?.count ?? 0)
        shapes[place].slots += UInt64(table?.capacity ?? 0)
      } else {
        shapes[place].used += UInt64(info.count)
        let extended = isExtended ? Int(vm.cell(cell.extensionHandle).shape) : 0
        shapes[place].slots += UInt64(Int(info.inlineCapacity) + extended)
      }
      shapes[place].objects += 1
      shapes[place].bytes += graph.shallowSizes[node]
    }
    return ShapeCensus(shapes: shapes, isExact: true)
  }

  private func text(ofKey key: Handle) -> String {
    let vm = machine.vm
    if vm.cell(key).kind == .symbol { return vm.describeSymbol(Value(tag: Tag.symbol, handle: key)) }
    return vm.text(Value(tag: Tag.string, handle: key))
  }

  // MARK: Collections

  /// How full an array, a map or a set is.
  public func fill(of node: Int) -> CollectionFill? {
    let cell = cell(of: node)
    switch cell.kind {
    case .array: return fill(ofArray: cell, node)
    case .map, .set: return fill(ofTable: cell, node)
    default: return nil
    }
  }

  private func fill(ofArray cell: Cell, _ node: Int) -> CollectionFill {
    let vm = machine.vm
    let length = UInt64(vm.arrayLength(cell))
    if cell.flags & CellFlag.sparse != 0 {
      let table = vm.sparseElements(cell)
      return CollectionFill(
        state: .sparse, entries: UInt64(table.count), room: length,
        wasted: UInt64((table.capacity - table.count) * PropertyDictionary.entrySize))
    }
    let count = vm.denseLength(cell)
    let room = UInt64(cell.u32(Layout.Array.capacity))
    var holes = 0
    if count > 0 {
      let values = vm.arrayElements(cell)
      for index in 0..<count where values[index] == .hole { holes += 1 }
    }
    let entries = UInt64(count - holes)
    if length == 0 {
      return CollectionFill(state: .empty, entries: 0, room: room, wasted: graph.shallowSizes[node])
    }
    let unused = room > entries ? (room - entries) * UInt64(MemoryLayout<Value>.size) : 0
    // What is missing up to the length costs nothing.
    let state: CollectionFill.State =
      length >= 2 * entries ? .holes : room >= 2 * max(entries, 4) ? .roomy : .filled
    return CollectionFill(state: state, entries: entries, room: max(room, length), wasted: unused)
  }

  private func fill(ofTable cell: Cell, _ node: Int) -> CollectionFill {
    let table = HashTable(machine.vm, machine.vm.cell(cell.value(Layout.table)))
    let (entries, room) = (UInt64(table.count), UInt64(table.capacity))
    if entries == 0 { return CollectionFill(state: .empty, entries: 0, room: room, wasted: graph.shallowSizes[node]) }
    let bytes = HashTable.byteCount(capacity: 1) - HashTable.byteCount(capacity: 0)
    let unused = room > entries ? (room - entries) * UInt64(bytes) : 0
    return CollectionFill(
      state: room >= 2 * max(entries, 8) ? .roomy : .filled, entries: entries, room: room, wasted: unused)
  }
}
