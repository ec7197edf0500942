import CVMDispatch

extension UnsafeMutablePointer where Pointee == CVMMachine {
  @inline(__always) func shapeInfo(_ cell: Cell) -> UnsafeMutablePointer<CVMShape> {
    pointee.shapes + Int(cell.shape)
  }
  @inline(__always) var shapes: ShapeTable { machine.shapes }

  /// The next id of an object that the program makes; 0 while the realm is built.
  @inline(__always) func takeID() -> UInt64 {
    let id = pointee.nextID
    pointee.nextID = id &+ 1
    return id
  }

  // MARK: Making objects

  /// A new plain object of a shape without properties in slots yet: inline slots are undefined.
  func makeObject(shape: ShapeID) -> Cell {
    let inline = Int(pointee.shapes[Int(shape)].inlineCapacity)
    let cell = heap.allocate(Layout.headerSize + inline * 8)
    cell.setHeader(shape: shape, extension: 0, kind: .object, flags: 0, id: takeID())
    for i in 0..<inline { cell.setValue(Layout.slots + i * 8, .undefined) }
    return cell
  }

  /// A new plain object with a prototype (0 for null).
  func makeObject(prototype: Handle, inlineCapacity: Int = 4) -> Cell {
    makeObject(shape: shapes.root(prototype: prototype, inlineCapacity: inlineCapacity))
  }

  /// A new object of a kind with `fieldBytes` bytes of own fields after the header, zeroed.
  func makeObject(kind: CellKind, prototype: Handle, fieldBytes: Int) -> Cell {
    let cell = heap.allocate(Layout.headerSize + fieldBytes)
    cell.setHeader(
      shape: shapes.root(prototype: prototype, inlineCapacity: 0), extension: 0, kind: kind, flags: 0, id: takeID())
    (cell + Layout.headerSize).initializeMemory(as: UInt8.self, repeating: 0, count: fieldBytes)
    return cell
  }

  /// A new array with room for `capacity` elements and no element yet.
  func makeArray(capacity: Int = 0) -> Cell {
    let cell = heap.allocate(Layout.Array.size)
    cell.setHeader(shape: pointee.arrayShape, extension: 0, kind: .array, flags: 0, id: takeID())
    cell.set64(Layout.Array.length, 0)
    cell.set64(Layout.Array.elements, 0)
    if capacity > 0 {
      let (elements, real) = makeElements(capacity)
      cell.set32(Layout.Array.elements, elements)
      cell.set32(Layout.Array.capacity, UInt32(real))
    }
    return cell
  }

  /// A new array of these values.
  func makeArray(_ values: UnsafePointer<Value>, count: Int) -> Cell {
    let cell = makeArray(capacity: count)
    if count > 0 {
      arrayElements(cell).update(from: values, count: count)
      cell.set32(Layout.Array.length, UInt32(count))
      cell.set32(Layout.Array.denseLength, UInt32(count))
    }
    return cell
  }

  func makeArray(_ values: [Value]) -> Cell {
    values.withUnsafeBufferPointer { buffer in
      buffer.count == 0 ? makeArray() : makeArray(buffer.baseAddress.unsafelyUnwrapped, count: buffer.count)
    }
  }

  /// A values cell for array elements: its handle, and how many fit.
  func makeElements(_ capacity: Int) -> (handle: Handle, capacity: Int) {
    let bytes = Heap.roundedSize(Layout.values + capacity * 8)
    let real = (bytes - Layout.values) / 8
    let cell = heap.allocate(bytes)
    cell.setHeader(shape: UInt32(real), extension: 0, kind: .values, flags: 0, id: 0)
    return (handle(cell), real)
  }

  /// A values cell for named properties or other parts, filled with undefined.
  func makeValues(_ count: Int) -> Cell {
    let cell = heap.allocate(Layout.values + count * 8)
    cell.setHeader(shape: UInt32(count), extension: 0, kind: .values, flags: 0, id: 0)
    for i in 0..<count { cell.setValue(Layout.values + i * 8, .undefined) }
    return cell
  }

  func makeAccessor(getter: Value, setter: Value) -> Cell {
    let cell = heap.allocate(Layout.Accessor.size)
    cell.setHeader(shape: 0, extension: 0, kind: .accessor, flags: 0, id: 0)
    cell.setValue(Layout.Accessor.getter, getter)
    cell.setValue(Layout.Accessor.setter, setter)
    return cell
  }

  /// A new captured-variable cell.
  @inline(__always) func makeVariable(_ value: Value) -> Cell {
    let cell = heap.allocate(Layout.primitive + 8)
    cell.setHeader(shape: 0, extension: 0, kind: .variable, flags: 0, id: 0)
    cell.setValue(Layout.primitive, value)
    return cell
  }

  func makeSymbol(description: Value) -> Value {
    let cell = heap.allocate(Layout.primitive + 8)
    cell.setHeader(shape: 0, extension: 0, kind: .symbol, flags: 0, id: 0)
    cell.setValue(Layout.primitive, description)
    return Value(tag: Tag.symbol, handle: handle(cell))
  }

  // MARK: Slots

  /// The address of a named property's value.
  @inline(__always) func slotAddress(_ object: Cell, _ slot: Int) -> UnsafeMutablePointer<Value> {
    let inline = Int(shapeInfo(object).pointee.inlineCapacity)
    if slot < inline { return (object + Layout.slots + slot * 8).assumingMemoryBound(to: Value.self) }
    return (cell(object.extensionHandle) + Layout.values + (slot - inline) * 8).assumingMemoryBound(to: Value.self)
  }

  @inline(__always) func storeSlot(_ address: UnsafeMutablePointer<Value>, _ value: Value) {
    writeBarrier(self, UnsafeMutableRawPointer(address))
    address.pointee = value
  }

  /// Makes room so that the slot exists, and stores into it.
  func appendSlot(_ object: Cell, _ slot: Int, _ value: Value) {
    let inline = Int(shapeInfo(object).pointee.inlineCapacity)
    if slot >= inline { ensureExtension(object, slot - inline + 1) }
    storeSlot(slotAddress(object, slot), value)
  }

  private func ensureExtension(_ object: Cell, _ needed: Int) {
    let old = object.extensionHandle
    let capacity = old == 0 ? 0 : Int(cell(old).shape)
    guard capacity < needed else { return }
    let bytes = Heap.roundedSize(Layout.values + Swift.max(needed, capacity * 2, 4) * 8)
    let values = makeValues((bytes - Layout.values) / 8)
    if old != 0 {
      let source = cell(old)
      (values + Layout.values).copyMemory(from: source + Layout.values, byteCount: capacity * 8)
      values.set32(4, source.extensionHandle)
    }
    setExtension(object, handle(values))
  }

  func setExtension(_ object: Cell, _ extensionHandle: Handle) {
    writeBarrier(self, object)
    object.set32(4, extensionHandle)
  }

  /// Gives an object another shape; tells inline caches when it is a prototype.
  func setShape(_ object: Cell, _ shape: ShapeID) {
    writeBarrier(self, object)
    object.set32(0, shape)
    if object.flags & CellFlag.isPrototype != 0 { prototypeChanged() }
  }

  /// Ends everything that inline caches assume about prototype chains.
  func prototypeChanged() {
    pointee.prototypeEpoch &+= 1
    machine.checkArrayIteration()
  }

  func setFlags(_ object: Cell, _ flags: UInt8) {
    writeBarrier(self, object + 8)
    object.set8(15, flags)
  }

  // MARK: Array elements

  @inline(__always) func arrayElements(_ array: Cell) -> UnsafeMutablePointer<Value> {
    (cell(array.u32(Layout.Array.elements)) + Layout.values).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) func arrayLength(_ array: Cell) -> Int { Int(array.u32(Layout.Array.length)) }
  @inline(__always) func denseLength(_ array: Cell) -> Int { Int(array.u32(Layout.Array.denseLength)) }

  /// Makes room for `needed` elements in a dense array.
  func growElements(_ array: Cell, _ needed: Int) {
    let capacity = Int(array.u32(Layout.Array.capacity))
    guard capacity < needed else { return }
    if capacity > 8192, extendElements(array, Swift.max(needed, capacity + capacity / 2)) { return }
    let (elements, real) = makeElements(Swift.max(needed, capacity + capacity / 2, 4))
    let count = denseLength(array)
    let target = (cell(elements) + Layout.values).assumingMemoryBound(to: Value.self)
    if count > 0 { target.update(from: arrayElements(array), count: count) }
    writeBarrier(self, array + 24)
    array.set32(Layout.Array.elements, elements)
    array.set32(Layout.Array.capacity, UInt32(real))
  }

  /// Makes room without moving the elements.
  private func extendElements(_ array: Cell, _ needed: Int) -> Bool {
    let elements = cell(array.u32(Layout.Array.elements))
    let bytes = Heap.roundedSize(Layout.values + needed * 8)
    guard heap.extendLarge(elements, to: bytes) else { return false }
    let real = UInt32((bytes - Layout.values) / 8)
    writeBarrier(self, elements)
    elements.set32(0, real)
    writeBarrier(self, array + 24)
    array.set32(Layout.Array.capacity, real)
    return true
  }

  /// Appends to a dense, extensible array whose elements reach up to its length.
  @inline(__always) func arrayAppend(_ array: Cell, _ value: Value) {
    let count = denseLength(array)
    if _slowPath(count == Int(array.u32(Layout.Array.capacity))) { growElements(array, count + 1) }
    let target = arrayElements(array) + count
    writeBarrier(self, UnsafeMutableRawPointer(target))
    target.pointee = value
    setArrayLengths(array, count + 1)
  }

  @inline(__always) func setArrayLengths(_ array: Cell, _ count: Int) {
    writeBarrier(self, array + 16)
    array.set64(Layout.Array.length, UInt64(count) | UInt64(count) << 32)
  }

  /// The array that holds the indexed properties of an object: itself for arrays; nil when there is none.
  func indexStore(_ object: Cell) -> Cell? {
    if object.kind == .array { return object }
    let ext = object.extensionHandle
    guard ext != 0 else { return nil }
    let store = cell(ext).extensionHandle
    return store == 0 ? nil : cell(store)
  }

  /// As `indexStore`, but made when there is none.
  func ensureIndexStore(_ object: Cell) -> Cell {
    if let store = indexStore(object) { return store }
    if object.extensionHandle == 0 { setExtension(object, handle(makeValues(0))) }
    let saved = pointee.nextID
    let store = makeArray()
    store.setHeader(shape: machine.storeShape, extension: 0, kind: .array, flags: 0, id: 0)
    pointee.nextID = saved
    let holder = cell(object.extensionHandle)
    writeBarrier(self, holder)
    holder.set32(4, handle(store))
    return store
  }

  /// Moves the elements of an array to a dictionary.
  func makeSparse(_ array: Cell) {
    guard array.flags & CellFlag.sparse == 0 else { return }
    let count = denseLength(array)
    var dictionary = PropertyDictionary.make(self, capacity: count)
    for i in 0..<count where arrayElements(array)[i] != .hole {
      dictionary = dictionary.adding(PropertyKey(index: UInt32(i)), arrayElements(array)[i], .all)
    }
    writeBarrier(self, array + 16)
    writeBarrier(self, array + 24)
    array.set32(Layout.Array.denseLength, 0)
    array.set32(Layout.Array.elements, handle(dictionary.cell))
    array.set32(Layout.Array.capacity, 0)
    setFlags(array, array.flags | CellFlag.sparse)
  }

  func sparseElements(_ array: Cell) -> PropertyDictionary {
    PropertyDictionary(self, cell(array.u32(Layout.Array.elements)))
  }
}
