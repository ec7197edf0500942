import CVMBytecode
import CVMDispatch
import CVMHeapGraph

// How cells of each kind become a node and its edges.

extension HeapDumper {
  // MARK: Values and edges

  /// Adds the edge to what a value refers to, if it does, and reports the value.
  @inline(__always)
  private func edge(_ kind: EdgeKind, _ name: UInt32, _ value: Value) {
    if value.isReference {
      reference(kind, name, value)
    } else if let sink {
      report(value, sink)
    }
  }

  private func reference(_ kind: EdgeKind, _ name: UInt32, _ value: Value) {
    if value.tag == Tag.cell { return }
    let (target, isNew) = node(value.handle)
    append(kind, name, target)
    sink?.value(value.isObject ? .object(node: target, isNew: isNew) : .string(node: target, isNew: isNew))
  }

  @inline(__always) private func append(_ kind: EdgeKind, _ name: UInt32, _ target: UInt32) {
    switch kind.naming {
    case .text: builder.addEdge(kind, named: name, to: target)
    case .index: builder.addEdge(kind, index: name, to: target)
    case .none: builder.addEdge(kind, to: target)
    }
  }

  private func report(_ value: Value, _ sink: any HeapRecordSink) {
    if value.isInt {
      sink.value(.int(value.asInt))
    } else if value.isDouble {
      sink.value(.double(value.asDouble))
    } else if value.isBoolean {
      sink.value(.boolean(value == .true))
    } else {
      sink.value(value.isNull ? .null : value == .hole ? .hole : .undefined)
    }
  }

  // MARK: Objects

  func emitObject(_ cell: Cell, _ handle: Handle, isBuiltIn: Bool) {
    let layout = layout(of: cell)
    var size = heap.size(of: cell) + fold(cell.extensionHandle)
    let store = vm.indexStore(cell)
    if let store { size += elementsSize(store, isOwn: store == cell) }
    if cell.hasTable { size += fold(cell.value(Layout.table).handle) }
    if cell.kind == .boundFunction { size += fold(cell.value(Layout.BoundFunction.arguments).handle) }
    size += foldParts(cell, layout)
    let kind = nodeKind(cell)
    addNode(cell, handle, kind, className(cell, layout), size, isBuiltIn)
    sink?.begin(kind)
    let prototype = layoutList[layout].prototype
    if prototype != 0 { append(.prototype, 0, node(prototype).node) }
    emitProperties(cell, layout)
    if let store { emitElements(store) }
    emitInternals(cell, handle)
  }

  private func addNode(
    _ cell: Cell, _ handle: Handle, _ kind: NodeKind, _ className: StringIndex, _ size: Int, _ isBuiltIn: Bool
  ) {
    if isBuiltIn {
      let known = machine.builtInNames[handle]
      let name = known ?? vm.peekFunctionName(cell)
      builder.addBuiltIn(
        kind, name: builder.string(name.isEmpty ? "(built-in)" : name), className: className, shallowSize: size)
    } else {
      let flags: NodeFlags = cell.flags & CellFlag.internalID != 0 ? .internalID : []
      builder.addNode(kind, className: className, id: cell.id, flags: flags, shallowSize: size)
    }
  }

  private func nodeKind(_ cell: Cell) -> NodeKind {
    switch cell.kind {
    case .array: .array
    case .function: cell.u32(Layout.Function.native) != Layout.Function.none ? .nativeFunction : .closure
    case .boundFunction: .closure
    case .error: .error
    case .map: .map
    case .date: .date
    case .weakMap, .weakSet: .weakCollection
    case .weakRef: .weakReference
    case .iteratorHelper: .iterator
    case .set: .set
    case .wrapper: .boxedPrimitive
    case .arguments: .arguments
    case .arrayIterator, .mapIterator, .setIterator, .stringIterator, .regExpStringIterator: .iterator
    case .regExp: .regExp
    case .generator: .generator
    default: .object
    }
  }

  private func className(_ cell: Cell, _ layout: Int) -> StringIndex {
    guard cell.kind == .function else { return layoutList[layout].className }
    return closure(cell).name
  }

  /// The class name of a closure and the names of its captures, by code.
  private func closure(_ cell: Cell) -> (name: StringIndex, captures: [(StringIndex, Int)]) {
    let code = cell.u32(Layout.Function.code)
    if let known = closureNames[code] { return known }
    let name = vm.peekFunctionName(cell)
    let noun = cell.flags & CellFlag.classConstructor != 0 ? "class" : "closure"
    var captures: [(StringIndex, Int)] = []
    if let loaded = vm.loadedCode(cell) {
      captures = loaded.block.captures.map {
        (builder.string(String(decoding: $0.name, as: UTF16.self)), $0.name.count)
      }
    }
    let entry = (builder.string(name.isEmpty ? noun : "\(noun) \(name)"), captures)
    if code != Layout.Function.none { closureNames[code] = entry }
    return entry
  }

  // MARK: Shapes

  private func layout(of cell: Cell) -> Int {
    let shape = cell.shape
    if shape == lastShape { return lastLayout }
    lastShape = shape
    if let known = layouts[shape] {
      lastLayout = known
      return known
    }
    lastLayout = makeLayout(shape, cell)
    layouts[shape] = lastLayout
    return lastLayout
  }

  private func makeLayout(_ shape: ShapeID, _ cell: Cell) -> Int {
    let info = vm.pointee.shapes[Int(shape)]
    let isDictionary = info.flags & ShapeFlag.dictionary != 0
    var entries: [ShapeLayout.Entry] = []
    if !isDictionary {
      for property in machine.shapes.properties(of: shape) {
        entries.append(entry(property.key, property.slot, property.attributes))
      }
    }
    let prototype = machine.builtInNames[info.prototype] == nil ? info.prototype : 0
    let kept = UnsafeMutableBufferPointer<ShapeLayout.Entry>.allocate(capacity: entries.count)
    _ = kept.initialize(from: entries)
    layoutList.append(
      ShapeLayout(
        className: builder.string(className(shape, cell, entries.count)), entries: kept,
        hasAccessors: entries.contains(where: \.isAccessor), isDictionary: isDictionary, prototype: prototype))
    return layoutList.count - 1
  }

  private func entry(_ key: Handle, _ slot: Int, _ attributes: Attributes) -> ShapeLayout.Entry {
    let isSymbol = vm.cell(key).kind == .symbol
    return ShapeLayout.Entry(
      slot: slot, name: text(key), characters: isSymbol ? 8 : vm.cell(key).length,
      kind: isSymbol ? .symbolProperty : .property, isAccessor: attributes.contains(.accessor))
  }

  /// The class of an object of which no node is made.
  func className(ofUnnumbered handle: Handle) -> StringIndex {
    let cell = vm.cell(handle)
    return className(cell, layout(of: cell))
  }

  private static let namesInClass = 6

  private func className(_ shape: ShapeID, _ cell: Cell, _ entryCount: Int) -> String {
    let constructor = vm.peekConstructorName(prototype: vm.pointee.shapes[Int(shape)].prototype)
    switch cell.kind {
    case .function, .boundFunction: return "closure"
    case .object: break
    case .array: return constructor ?? "Array"
    case .regExp: return constructor ?? "RegExp"
    default: return constructor ?? "Object"
    }
    if let constructor, constructor != "Object" { return constructor }
    if vm.pointee.shapes[Int(shape)].flags & ShapeFlag.dictionary != 0 { return "{...}" }
    var names: [String] = []
    for property in machine.shapes.properties(of: shape).prefix(Self.namesInClass) {
      names.append(
        vm.cell(property.key).kind == .symbol
          ? vm.describeSymbol(Value(tag: Tag.symbol, handle: property.key))
          : String(vm.text(Value(tag: Tag.string, handle: property.key)).prefix(40)))
    }
    return "{" + names.joined(separator: ", ") + (entryCount > names.count ? ", ..." : "") + "}"
  }

  // MARK: Parts

  /// The size of an element store and its cells.
  private func elementsSize(_ store: Cell, isOwn: Bool) -> Int {
    let elements = fold(store.u32(Layout.Array.elements))
    return isOwn ? elements : elements + fold(vm.handle(store))
  }

  /// The sizes of accessor pairs and captured-variable cells that only this object is counted for.
  private func foldParts(_ cell: Cell, _ layout: Int) -> Int {
    var size = 0
    if layoutList[layout].hasAccessors {
      for entry in layoutList[layout].entries where entry.isAccessor {
        size += fold(vm.slotAddress(cell, entry.slot).pointee.handle)
      }
    }
    if cell.kind == .function, cell.u32(Layout.Function.code) != Layout.Function.none {
      for i in 0..<Int(vm.pointee.codes[Int(cell.u32(Layout.Function.code))].captureCount) {
        let captured = cell.value(Layout.Function.captures + i * 8)
        if captured.isReference { size += fold(captured.handle) }
      }
    }
    return size
  }

  private func emitProperties(_ cell: Cell, _ layout: Int) {
    if layoutList[layout].isDictionary { return emitDictionary(cell) }
    let inline = Int(vm.shapeInfo(cell).pointee.inlineCapacity)
    let slots = (cell + Layout.slots).assumingMemoryBound(to: Value.self)
    for entry in layoutList[layout].entries {
      let value = entry.slot < inline ? slots[entry.slot] : vm.slotAddress(cell, entry.slot).pointee
      sink?.name(characters: entry.characters)
      if entry.isAccessor { accessor(entry.name, value) } else { edge(entry.kind, entry.name, value) }
    }
  }

  private func accessor(_ name: StringIndex, _ pair: Value) {
    edge(.getter, name, vm.cell(pair).value(Layout.Accessor.getter))
    edge(.setter, name, vm.cell(pair).value(Layout.Accessor.setter))
  }

  /// With the keys that the machine does not hold for itself: they live and die with the object.
  private func emitDictionary(_ cell: Cell) {
    let dictionary = PropertyDictionary(vm, vm.cell(cell.extensionHandle))
    let keyName = builder.string("key")
    for number in 0..<dictionary.used {
      let key = dictionary.key(number)
      guard key.bits != 0, !key.isIndex else { continue }
      let entry = entry(key.atom, 0, dictionary.attributes(number))
      if !internals.contains(key.atom) { append(.internalSlot, keyName, node(key.atom).node) }
      sink?.name(characters: entry.characters)
      let value = dictionary.value(number)
      if entry.isAccessor { accessor(entry.name, value) } else { edge(entry.kind, entry.name, value) }
    }
  }

  private func emitElements(_ store: Cell) {
    if store.flags & CellFlag.sparse != 0 {
      let elements = vm.sparseElements(store)
      for number in 0..<elements.used where elements.key(number).bits != 0 {
        let index = elements.key(number).index
        sink?.name(characters: 4)
        if elements.attributes(number).contains(.accessor) {
          accessor(builder.string("[\(index)]"), elements.value(number))
        } else {
          edge(.element, index, elements.value(number))
        }
      }
      return
    }
    let count = vm.denseLength(store)
    guard count > 0 else { return }
    let values = vm.arrayElements(store)
    for i in 0..<count {
      if i + 16 < count { askFor(values[i + 16]) }
      edge(.element, UInt32(i), values[i])
    }
  }

  private func emitInternals(_ cell: Cell, _ handle: Handle) {
    switch cell.kind {
    case .function: emitFunction(cell)
    case .map, .set: emitTable(cell)
    case .weakMap, .weakSet: emitWeakTable(cell)
    case .weakRef: weakEdge("target", cell.value(Layout.target))
    case .iteratorHelper: edge(.internalSlot, builder.string("state"), cell.value(Layout.state))
    case .wrapper: edge(.internalSlot, builder.string("value"), cell.value(Layout.primitive))
    case .boundFunction:
      edge(.internalSlot, builder.string("bound target"), cell.value(Layout.BoundFunction.target))
      edge(.internalSlot, builder.string("bound this"), cell.value(Layout.BoundFunction.this))
      let arguments = vm.cell(cell.value(Layout.BoundFunction.arguments))
      for i in 0..<Int(arguments.shape) {
        edge(.internalSlot, builder.string("bound argument \(i)"), arguments.value(Layout.values + i * 8))
      }
    case .regExp: edge(.internalSlot, builder.string("source"), cell.value(Layout.RegExp.source))
    case .regExpStringIterator:
      edge(.internalSlot, builder.string("pattern"), cell.value(Layout.Iterator.target))
      edge(.internalSlot, builder.string("text"), cell.value(Layout.Iterator.position))
    case .arrayIterator, .stringIterator:
      edge(.internalSlot, builder.string("iterated"), cell.value(Layout.Iterator.target))
    case .mapIterator, .setIterator: emitTableIterator(cell)
    case .generator: emitGenerator(cell)
    default: break
    }
  }

  private func emitFunction(_ cell: Cell) {
    let number = cell.u32(Layout.Function.code)
    guard number != Layout.Function.none else { return }
    let home = cell.u32(Layout.Function.home)
    if home != 0 { edge(.internalSlot, builder.string("home object"), Value(tag: Tag.object, handle: home)) }
    guard cell.u32(Layout.Function.native) == Layout.Function.none else { return }
    let captures = closure(cell).captures
    for (i, capture) in captures.enumerated() {
      let stored = cell.value(Layout.Function.captures + i * 8)
      guard stored.isReference, vm.cell(stored).kind == .variable else { continue }
      sink?.name(characters: capture.1)
      edge(.captured, capture.0, vm.cell(stored).value(Layout.primitive))
    }
  }

  /// What the frame of a suspended generator holds, its variables by name.
  private func emitGenerator(_ cell: Cell) {
    let frame = cell.value(Layout.Generator.frame)
    guard frame.isReference, fold(frame.handle) > 0 else { return }
    let registers = vm.cell(frame)
    edge(.internalSlot, builder.string("function"), registers.value(Layout.values))
    edge(.internalSlot, builder.string("this"), registers.value(Layout.values + 8))
    let position = UInt32(clamping: Int(cell.value(Layout.Generator.position).asInt))
    let variables = vm.loadedCode(vm.cell(registers.value(Layout.values)))?.block.variables ?? []
    for register in 0..<Int(cell.value(Layout.Generator.count).asInt) {
      let stored = registers.value(Layout.values + (register + Layout.Generator.registers) * 8)
      guard stored.isReference else { continue }
      let variable = variables.first {
        Int($0.register) == register && $0.start <= position && position <= $0.end
      }
      let name = builder.string(variable.map { String(decoding: $0.name, as: UTF16.self) } ?? "value")
      let holdsCell = stored.tag == Tag.cell && vm.cell(stored).kind == .variable
      let value = holdsCell ? vm.cell(stored).value(Layout.primitive) : stored
      if value.isReference, value.tag != Tag.cell { edge(variable == nil ? .internalSlot : .captured, name, value) }
    }
  }

  private func emitTable(_ cell: Cell) {
    let table = HashTable(vm, vm.cell(cell.value(Layout.table)))
    var position: UInt32 = 0
    for number in 0..<table.used {
      let key = table.key(number)
      guard key != .hole else { continue }
      if cell.kind == .set {
        edge(.setMember, position, key)
      } else {
        edge(.mapKey, position, key)
        let value = table.value(number)
        if key.isObject || !value.isReference {
          edge(.mapValue, position, value)
        } else {
          edge(.namedMapValue, entryName(key), value)
        }
      }
      position += 1
    }
  }

  /// A key as a program would write it. Most are short texts without anything to escape.
  private func entryName(_ key: Value) -> StringIndex {
    let limit = 60
    return plainEntryName(key, limit: limit) ?? builder.string(machine.literal(key, limit: limit))
  }

  private func plainEntryName(_ key: Value, limit: Int) -> StringIndex? {
    guard key.isString, vm.cell(key).kind == .latin1 else { return nil }
    let view = vm.view(flat: vm.cell(key))
    guard let bytes = view.latin1, view.count <= limit else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: limit + 2) { quoted in
      let mark = UInt8(ascii: "'")
      for index in 0..<view.count {
        let byte = bytes[index]
        guard byte >= 0x20, byte < 0x7f, byte != mark, byte != UInt8(ascii: "\\") else { return nil }
        quoted[index + 1] = byte
      }
      quoted[0] = mark
      quoted[view.count + 1] = mark
      return builder.string(latin1: UnsafeBufferPointer(rebasing: quoted[..<(view.count + 2)]))
    }
  }

  /// The keys weakly; the values, too, since a key that lives for other reasons is what keeps them.
  private func emitWeakTable(_ cell: Cell) {
    let table = HashTable(vm, vm.cell(cell.value(Layout.table)))
    for number in 0..<table.used where table.key(number) != .hole {
      weakEdge("key", table.key(number))
      if cell.kind == .weakMap { weakEdge("value", table.value(number)) }
    }
  }

  private func weakEdge(_ name: String, _ value: Value) {
    if followsWeakly { edge(.weak, builder.string(name), value) }
  }

  /// A table that its map has left behind is counted for the iterator.
  private func emitTableIterator(_ cell: Cell) {
    let target = cell.value(Layout.Iterator.target)
    guard target.isReference, fold(target.handle) > 0 else { return }
    let table = HashTable(vm, vm.cell(target))
    let name = builder.string("iterated")
    for number in 0..<table.used where table.key(number) != .hole {
      edge(.internalSlot, name, table.key(number))
      edge(.internalSlot, name, table.value(number))
    }
  }

  // MARK: Strings and symbols

  func emitPrimitive(_ cell: Cell, isBuiltIn: Bool) {
    let size = heap.size(of: cell)
    let kind: NodeKind = cell.kind == .symbol ? .symbol : cell.kind == .bigInt ? .bigInt : .string
    if isBuiltIn {
      builder.addBuiltIn(kind, name: builder.string(kind.title), shallowSize: size)
    } else {
      builder.addNode(kind, shallowSize: size)
    }
    if cell.kind == .symbol {
      sink?.begin(.symbol)
      edge(.internalSlot, builder.string("description"), cell.value(Layout.primitive))
      return
    }
    sink?.begin(kind)
    if cell.kind == .bigInt {
      return
    }
    if cell.kind == .rope {
      edge(.internalSlot, builder.string("left"), cell.value(Layout.Rope.left))
      edge(.internalSlot, builder.string("right"), cell.value(Layout.Rope.right))
      return
    }
    guard let sink else { return }
    sink.characters(count: cell.length, isWide: cell.kind == .utf16)
  }
}
