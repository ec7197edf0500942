import CVMDispatch
import Glibc

extension Machine {
  /// Checks every reachable cell. Stops the process with a description at the first violation, which is a defect of the
  /// machine.
  public func verifyHeap() {
    let verifier = HeapVerifier(self)
    do throws(HeapFault) { try verifier.verify() } catch { fatalError("heap verification: \(error)") }
  }
}

/// Why a heap is none that a machine can have.
struct HeapFault: Error, CustomStringConvertible {
  let message: String
  /// The cell that is wrong, or that holds what is wrong; 0 for a root.
  let cell: Handle

  var description: String { cell == 0 ? message : "\(message), in cell \(cell)" }
}

/// Walks over all cells that can be reached and believes nothing: references name the starts of cells of the kind that their
/// holder takes them for, counts fit into the cells, shapes exist and every slot holds what its shape says.
///
/// The stack of a running machine is only looked at for references: what its code expects in which register, `FrameRules`
/// says of frames that come from outside.
final class HeapVerifier {
  let machine: Machine
  let vm: VM
  let heap: Heap
  /// One bit for 16 bytes: cells that were reached.
  let seen: UnsafeMutablePointer<UInt64>
  /// The same for parts that belong to one other cell alone.
  private let owned: UnsafeMutablePointer<UInt64>
  private let bitmapBytes: Int
  @exclusivity(unchecked) private var stack: UnsafeMutablePointer<Handle>
  @exclusivity(unchecked) private var top = 0
  @exclusivity(unchecked) private var capacity = 1 << 12
  /// What is known of each shape: `ShapeState`.
  let shapeStates: UnsafeMutablePointer<UInt8>
  let shapeCount: Int
  /// The tag of values that name cells of a kind; 0 for what is no kind.
  private let tags: UnsafeMutablePointer<UInt8>
  /// The cell that is looked at.
  @exclusivity(unchecked) var owner: Handle = 0
  /// Set where no two objects may have one id.
  @exclusivity(unchecked) var ids: IDSet?
  /// Tables with successors, and functions that are bound: neither may come back to itself.
  @exclusivity(unchecked) var replacedTables: [Handle] = []
  @exclusivity(unchecked) var boundFunctions: [Handle] = []
  /// Tables that are searched. Whether their keys are found can be asked when all keys are known to be sound.
  @exclusivity(unchecked) var tables: [Handle] = []
  /// Generators that have not ended.
  @exclusivity(unchecked) var generators: [Handle] = []
  /// Set where native functions must be those that the machine made.
  @exclusivity(unchecked) var realm: RealmFacts?

  init(_ machine: Machine) {
    self.machine = machine
    vm = machine.vm
    heap = machine.heap
    bitmapBytes = heap.reservedBytes / 128
    seen = Heap.reserve(bitmapBytes).assumingMemoryBound(to: UInt64.self)
    owned = Heap.reserve(bitmapBytes).assumingMemoryBound(to: UInt64.self)
    stack = .allocate(capacity: capacity)
    shapeCount = Int(machine.shapes.count)
    shapeStates = .allocate(capacity: shapeCount)
    shapeStates.initialize(repeating: ShapeState.unknown, count: shapeCount)
    tags = .allocate(capacity: 256)
    tags.initialize(repeating: 0, count: 256)
    for kind in CellKind.object...CellKind.regExpStringIterator { tags[Int(kind)] = UInt8(Tag.object & 0xff) }
    for kind in [CellKind.generator, .date, .weakMap, .weakSet, .weakRef, .iteratorHelper] {
      tags[Int(kind)] = UInt8(Tag.object & 0xff)
    }
    for kind in CellKind.latin1...CellKind.rope { tags[Int(kind)] = UInt8(Tag.string & 0xff) }
    tags[Int(CellKind.symbol)] = UInt8(Tag.symbol & 0xff)
    tags[Int(CellKind.bigInt)] = UInt8(Tag.bigInt & 0xff)
    for kind in CellKind.variable...CellKind.enumeration { tags[Int(kind)] = UInt8(Tag.cell & 0xff) }
  }

  deinit {
    munmap(seen, bitmapBytes)
    munmap(owned, bitmapBytes)
    stack.deallocate()
    shapeStates.deallocate()
    tags.deallocate()
  }

  func verify() throws(HeapFault) {
    try visitRoots()
    try finish()
  }

  /// Looks into everything that was visited and what it reaches.
  func finish() throws(HeapFault) {
    try drain()
    try checkPlaces()
    try checkRings()
  }

  @inline(never) func fault(_ message: String) -> HeapFault { HeapFault(message: message, cell: owner) }

  // MARK: Values

  /// A value as a program can have it.
  @inline(__always) func visit(plain value: Value) throws(HeapFault) {
    if value.isReference {
      try visit(reference: value)
      if value.tag == Tag.cell { throw fault("a part of the machine stands where a value should be") }
    } else if !isPlainNumberOrConstant(value) {
      throw fault("what stands where a value should be is none")
    }
  }

  @inline(__always) private func isPlainNumberOrConstant(_ value: Value) -> Bool {
    value.isDouble || value.isInt && value.bits <= Tag.intBase | 0xffff_ffff
      || value.bits >= CVMValue.undefined.bits && value.bits <= CVMValue.true.bits
  }

  /// A value, or a marker that stands for one which is not there.
  @inline(__always) func visit(plain value: Value, or marker: Value) throws(HeapFault) {
    if value != marker { try visit(plain: value) }
  }

  /// Anything that a register or an unused slot can hold.
  @inline(__always) func visit(any value: Value) throws(HeapFault) {
    if value.isReference { try visit(reference: value) }
  }

  /// What a reference names must be a cell of a kind that its tag says.
  @inline(__always) func visit(reference value: Value) throws(HeapFault) {
    if value.bits & 0x0000_ffff_0000_0000 != 0 { throw fault("a reference is malformed") }
    let kind = try visit(value.handle)
    if kind == .values, isOwned(value.handle) { throw fault("a part belongs to two cells") }
    if tags[Int(kind)] != UInt8(truncatingIfNeeded: value.tag) {
      throw fault("a reference names a cell of kind \(kind)")
    }
  }

  /// A register, whose word may also be part of a frame's header.
  @inline(__always) func visit(register value: Value) throws(HeapFault) {
    try visit(any: Value(bits: value.bits & ~0x0000_ffff_0000_0000))
  }

  // MARK: Cells

  /// Takes note of a cell, which is looked into later, and tells its kind.
  @inline(__always) @discardableResult func visit(_ handle: Handle) throws(HeapFault) -> CellKind {
    let index = Int(handle) >> 7
    let bit: UInt64 = 1 << UInt64(handle >> 1 & 63)
    let cell = vm.cell(handle)
    if seen[index] & bit != 0, handle & 1 == 0 { return cell.kind }
    guard heap.isCellStart(handle) else { throw fault("a reference names \(handle), where no cell starts") }
    seen[index] |= bit
    // Most of what has nothing inside need not wait.
    let kind = cell.kind
    if kind == .latin1 || kind == .utf16 {
      try checkFlatString(handle, cell)
    } else {
      if top == capacity { grow() }
      stack[top] = handle
      top &+= 1
    }
    return kind
  }

  /// A cell of one kind.
  @inline(__always) func visit(_ handle: Handle, _ kind: CellKind) throws(HeapFault) {
    let found = try visit(handle)
    if found != kind { throw fault("a cell of kind \(found) stands where one of kind \(kind) should be") }
  }

  /// A part of one kind in a value of the machine's own.
  @inline(__always) func visit(part value: Value, _ kind: CellKind) throws(HeapFault) {
    guard value.bits >> 32 == Tag.cell << 16 else { throw fault("a part of the machine is missing") }
    try visit(value.handle, kind)
  }

  /// An object, or none.
  @inline(__always) func visit(objectOrNone handle: Handle) throws(HeapFault) {
    guard handle != 0 else { return }
    let kind = try visit(handle)
    if tags[Int(kind)] != UInt8(Tag.object & 0xff) {
      throw fault("a cell of kind \(kind) stands where an object should be")
    }
  }

  /// A part that no other cell has: who writes to it through one must not reach another. Its kind; its holder looks into it.
  @inline(__always) func claim(_ handle: Handle) throws(HeapFault) -> CellKind {
    let index = Int(handle) >> 7
    let bit: UInt64 = 1 << UInt64(handle >> 1 & 63)
    guard heap.isCellStart(handle) else { throw fault("a reference names \(handle), where no cell starts") }
    if seen[index] & bit != 0 { throw fault("a part belongs to two cells") }
    seen[index] |= bit
    owned[index] |= bit
    return vm.cell(handle).kind
  }

  /// A list of values of the cell's own, which has room for as many as it says.
  @inline(__always) func claim(list handle: Handle) throws(HeapFault) -> Cell {
    let kind = try claim(handle)
    if kind != .values { throw fault("a cell of kind \(kind) stands where a list should be") }
    let list = vm.cell(handle)
    try requireSize(list, Layout.values + Int(list.shape) * 8)
    return list
  }

  @inline(__always) private func isOwned(_ handle: Handle) -> Bool {
    owned[Int(handle) >> 7] >> UInt64(handle >> 1 & 63) & 1 != 0
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Handle>.allocate(capacity: capacity * 2)
    larger.update(from: stack, count: capacity)
    stack.deallocate()
    stack = larger
    capacity *= 2
  }

  /// Looks into all cells that were reached, and what they reach.
  private func drain() throws(HeapFault) {
    while top > 0 {
      top &-= 1
      owner = stack[top]
      try check(vm.cell(owner))
    }
    owner = 0
  }

  /// The cell must have room for so many bytes.
  @inline(__always) func requireSize(_ cell: Cell, _ bytes: Int) throws(HeapFault) {
    if bytes > heap.size(of: cell) { throw fault("the content is longer than its cell") }
  }

  @inline(__always) private func check(_ cell: Cell) throws(HeapFault) {
    if cell.kind <= CellKind.lastObject { return try checkObject(cell) }
    switch cell.kind {
    case .rope: try checkRope(cell)
    case .symbol: try checkSymbol(cell)
    case .bigInt: try checkBigInt(cell)
    case .variable:
      try requireSize(cell, Layout.primitive + 8)
      try visit(plain: cell.value(Layout.primitive), or: .uninitialized)
    case .values: try checkRecord(cell)
    case .accessor: try checkAccessor(cell)
    case .hashTable: try checkHashTable(cell)
    case .enumeration:
      try requireSize(cell, Layout.primitive + 8)
      try visit(plain: cell.value(Layout.primitive))
    default: throw fault("\(cell.kind) is no kind of cell")
    }
  }

  // MARK: Rings

  /// Chains that come back to where they were would never end.
  private func checkRings() throws(HeapFault) {
    if let handle = firstRing(from: replacedTables, next: { self.vm.cell($0).extensionHandle }) {
      throw HeapFault(message: "a table follows itself", cell: handle)
    }
    let isBound = Set(boundFunctions)
    let ring = firstRing(from: boundFunctions) { function in
      let target = self.vm.cell(function).value(Layout.BoundFunction.target).handle
      return isBound.contains(target) ? target : 0
    }
    if let ring { throw HeapFault(message: "a function is bound to itself", cell: ring) }
    if let handle = firstPrototypeRing() { throw HeapFault(message: "an object is its own prototype", cell: handle) }
  }

  private func firstPrototypeRing() -> Handle? {
    var prototypes: Set<Handle> = []
    for shape in 2..<max(shapeCount, 2) where shapeStates[shape] != ShapeState.unknown {
      prototypes.insert(vm.pointee.shapes[shape].prototype)
    }
    prototypes.remove(0)
    return firstRing(from: prototypes) { self.vm.shapeInfo(self.vm.cell($0)).pointee.prototype }
  }
}

/// The first of some handles from which a chain comes back to itself; 0 ends a chain. O(handles on the chains).
func firstRing(from starts: some Sequence<Handle>, next: (Handle) -> Handle) -> Handle? {
  var finished: Set<Handle> = []
  for start in starts {
    var path: [Handle] = []
    var onPath: Set<Handle> = []
    var handle = start
    while handle != 0, !finished.contains(handle) {
      guard onPath.insert(handle).inserted else { return handle }
      path.append(handle)
      handle = next(handle)
    }
    finished.formUnion(path)
  }
  return nil
}
