import CVMDispatch
import Glibc

/// The number of a shape. Never used twice within a process.
typealias ShapeID = UInt32

enum ShapeFlag {
  /// Properties are in the object's own dictionary; inline caches never see this shape.
  static let dictionary: UInt8 = 1
  static let notExtensible: UInt8 = 2
  /// A function whose `length`, `name` and `prototype` do not exist yet.
  static let lazyFunction: UInt8 = 4
  /// The prototype can't be changed.
  static let immutablePrototype: UInt8 = 8
}

/// Where a property was found in a shape.
struct SlotInfo {
  var slot: Int
  var attributes: Attributes
}

/// All shapes of a machine: a forest of transitions from roots, one root per (prototype, inline capacity, flags).
///
/// A shape says what its last property is and which shape came before it. Lookup walks short chains and builds a hash
/// table for long ones, shared along the chain: an entry holds for every shape whose count is above the entry's slot.
final class ShapeTable {
  private struct Transition: Hashable {
    var shape: ShapeID
    var key: Handle
    var attributes: UInt8
  }
  private struct Root: Hashable {
    var prototype: Handle
    var inlineCapacity: UInt8
    var flags: UInt8
  }
  private final class Lookup {
    var entries: [Handle: SlotInfo] = [:]
    /// The longest shape whose properties are all in.
    var count = 0
  }

  /// A shape never changes, so what was found for it once holds as long as its number does.
  private struct Answer {
    var shape: ShapeID
    var key: Handle
    var attributes: UInt32
    /// A slot + 1, or a shape; 0 for none.
    var result: UInt32
  }

  private let vm: VM
  let shapes: UnsafeMutablePointer<CVMShape>
  /// Shape 0 is none, so that a cleared inline cache matches nothing; 1 stands for string primitives in inline caches.
  @exclusivity(unchecked) private(set) var count: ShapeID = 2
  private static let capacity = 1 << 26
  @exclusivity(unchecked) private var transitions: [Transition: ShapeID] = [:]
  @exclusivity(unchecked) private var roots: [Root: ShapeID] = [:]
  @exclusivity(unchecked) private var lookups: [Lookup] = []
  /// What `restricted` answered.
  @exclusivity(unchecked) private var restrictedShapes: [UInt64: ShapeID] = [:]
  /// The last answers of `lookup`, `adding` and `root`, found by a mixed hash of what was asked.
  private let answers: UnsafeMutablePointer<Answer>
  private let additions: UnsafeMutablePointer<Answer>
  private let rootAnswers: UnsafeMutablePointer<Answer>
  private static let answerBits: UInt32 = 12
  /// Named properties past this number move to a dictionary.
  static let maximumProperties = 512
  /// Objects whose next property is the latest of so many are used as dictionaries, and become some.
  static let maximumChildren = 4096
  /// About what a shape takes here and in the tables that find it.
  private static let bytesOfShape = 160
  private static let walkLimit = 6

  init(vm: VM) {
    self.vm = vm
    shapes = Heap.reserve(ShapeTable.capacity * MemoryLayout<CVMShape>.stride)
      .assumingMemoryBound(to: CVMShape.self)
    vm.pointee.shapes = shapes
    let bytes = ShapeTable.answerBytes
    answers = Heap.reserve(bytes).assumingMemoryBound(to: Answer.self)
    additions = Heap.reserve(bytes).assumingMemoryBound(to: Answer.self)
    vm.pointee.slotAnswers = UnsafeMutableRawPointer(answers)
    rootAnswers = Heap.reserve(bytes).assumingMemoryBound(to: Answer.self)
  }

  deinit {
    releaseReserved(shapes, ShapeTable.capacity * MemoryLayout<CVMShape>.stride)
    for table in [answers, additions, rootAnswers] { releaseReserved(table, ShapeTable.answerBytes) }
  }

  private static var answerBytes: Int { MemoryLayout<Answer>.stride << Int(answerBits) }

  @inline(__always) private static func answer(
    _ table: UnsafeMutablePointer<Answer>, _ shape: ShapeID, _ key: Handle
  ) -> UnsafeMutablePointer<Answer> {
    table + Int((shape &* 0x9e37_79b1 ^ key &* 0x85eb_ca6b) >> (32 - ShapeTable.answerBits))
  }

  /// Shapes got new numbers, or numbers new shapes.
  private func forgetAnswers() {
    for table in [answers, additions, rootAnswers] { memset(table, 0, ShapeTable.answerBytes) }
    restrictedShapes = [:]
  }

  @inline(__always) subscript(_ shape: ShapeID) -> UnsafeMutablePointer<CVMShape> { shapes + Int(shape) }

  /// The shape of an object without properties.
  func root(prototype: Handle, inlineCapacity: Int, flags: UInt8 = 0) -> ShapeID {
    let detail = UInt32(UInt8(inlineCapacity)) | UInt32(flags) << 8
    let known = ShapeTable.answer(rootAnswers, detail, prototype)
    if known.pointee.shape == detail, known.pointee.key == prototype, known.pointee.result != 0 {
      return known.pointee.result
    }
    let shape = findRoot(prototype, inlineCapacity, flags)
    known.pointee = Answer(shape: detail, key: prototype, attributes: 0, result: shape)
    return shape
  }

  private func findRoot(_ prototype: Handle, _ inlineCapacity: Int, _ flags: UInt8) -> ShapeID {
    let key = Root(prototype: prototype, inlineCapacity: UInt8(inlineCapacity), flags: flags)
    if let known = roots[key] { return known }
    if prototype != 0 { markAsPrototype(prototype) }
    let shape = append(
      CVMShape(
        prototype: prototype, parent: 0, key: 0, count: 0, inlineCapacity: UInt8(inlineCapacity), attributes: 0,
        flags: flags, kind: 0, root: count, table: 0, children: 0))
    roots[key] = shape
    return shape
  }

  private func markAsPrototype(_ prototype: Handle) {
    let cell = vm.cell(prototype)
    if cell.flags & CellFlag.isPrototype == 0 {
      // Not for the undo log: it stays a prototype for the shapes that name it.
      vm.pointee.cards[(cell - UnsafeMutableRawPointer(vm.pointee.heap)) >> Card.shift] |= ~CardBit.undo
      cell.set8(15, cell.flags | CellFlag.isPrototype)
    }
  }

  private func append(_ shape: CVMShape) -> ShapeID {
    precondition(Int(count) < ShapeTable.capacity, "out of shapes")
    shapes[Int(count)] = shape
    count += 1
    if count & 0x3ff == 0 { vm.heap.checkLimit() }
    return count - 1
  }

  /// Memory outside the heap, estimated.
  var byteCount: Int { Int(count) * ShapeTable.bytesOfShape }

  /// Whether a shape has a property; looks at each on the way to its root, and keeps nothing. O(properties).
  func hasOnPath(_ key: Handle, to shape: ShapeID) -> Bool {
    var current = self[shape].pointee
    while current.count > 0 {
      if current.key == key { return true }
      current = self[current.parent].pointee
    }
    return false
  }

  /// The shape after adding a property; nil when there are too many.
  func adding(_ key: Handle, _ attributes: Attributes, to shape: ShapeID) -> ShapeID? {
    let known = ShapeTable.answer(additions, shape, key)
    if known.pointee.shape == shape, known.pointee.key == key,
      known.pointee.attributes == UInt32(attributes.rawValue), known.pointee.result != 0
    {
      return known.pointee.result
    }
    guard let child = findChild(key, attributes, of: shape) else { return nil }
    known.pointee = Answer(shape: shape, key: key, attributes: UInt32(attributes.rawValue), result: child)
    return child
  }

  private func findChild(_ key: Handle, _ attributes: Attributes, of shape: ShapeID) -> ShapeID? {
    if let known = transitions[Transition(shape: shape, key: key, attributes: attributes.rawValue)] { return known }
    let parent = self[shape].pointee
    guard parent.count < ShapeTable.maximumProperties, parent.children < ShapeTable.maximumChildren else { return nil }
    return makeChild(key, attributes, of: shape)
  }

  private func makeChild(_ key: Handle, _ attributes: Attributes, of shape: ShapeID) -> ShapeID {
    let parent = self[shape].pointee
    var child = parent
    child.children = 0
    child.parent = shape
    child.key = key
    child.count += 1
    child.attributes = attributes.rawValue
    child.table = extendLookup(parent, key, attributes)
    let number = append(child)
    self[shape].pointee.children += 1
    transitions[Transition(shape: shape, key: key, attributes: attributes.rawValue)] = number
    return number
  }

  /// Hands the parent's lookup table on to its first child.
  private func extendLookup(_ parent: CVMShape, _ key: Handle, _ attributes: Attributes) -> UInt32 {
    guard parent.table != 0 else { return 0 }
    let lookup = lookups[Int(parent.table) - 1]
    guard lookup.count == Int(parent.count) else { return 0 }
    lookup.entries[key] = SlotInfo(slot: lookup.count, attributes: attributes)
    lookup.count += 1
    return parent.table
  }

  /// Where the property is; nil when the shape has no such property.
  @inline(__always) func lookup(_ key: Handle, in shape: ShapeID) -> SlotInfo? {
    ShapeTable.lookup(vm, key, in: shape)
  }

  /// As the other one, without touching the table object where the answer is known.
  @inline(__always) static func lookup(_ vm: VM, _ key: Handle, in shape: ShapeID) -> SlotInfo? {
    let known = ShapeTable.answer(vm.pointee.slotAnswers.assumingMemoryBound(to: Answer.self), shape, key)
    if _slowPath(known.pointee.shape != shape || known.pointee.key != key) {
      vm.machine.shapes.remember(key, shape, known)
    }
    let result = known.pointee.result
    if result == 0 { return nil }
    return SlotInfo(
      slot: Int(result) - 1, attributes: Attributes(rawValue: UInt8(truncatingIfNeeded: known.pointee.attributes)))
  }

  @inline(never) private func remember(_ key: Handle, _ shape: ShapeID, _ answer: UnsafeMutablePointer<Answer>) {
    let found = find(key, in: shape)
    answer.pointee = Answer(
      shape: shape, key: key, attributes: UInt32(found?.attributes.rawValue ?? 0),
      result: found.map { UInt32($0.slot) + 1 } ?? 0)
  }

  private func find(_ key: Handle, in shape: ShapeID) -> SlotInfo? {
    let info = self[shape]
    if info.pointee.table != 0 { return lookupTable(info, key) }
    if info.pointee.count > ShapeTable.walkLimit {
      buildLookup(shape)
      return lookupTable(info, key)
    }
    var current = shape
    while self[current].pointee.count > 0 {
      let step = self[current]
      if step.pointee.key == key {
        return SlotInfo(slot: Int(step.pointee.count) - 1, attributes: Attributes(rawValue: step.pointee.attributes))
      }
      current = step.pointee.parent
    }
    return nil
  }

  private func lookupTable(_ info: UnsafeMutablePointer<CVMShape>, _ key: Handle) -> SlotInfo? {
    guard let found = lookups[Int(info.pointee.table) - 1].entries[key], found.slot < info.pointee.count else {
      return nil
    }
    return found
  }

  private func buildLookup(_ shape: ShapeID) {
    let lookup = Lookup()
    lookup.count = Int(self[shape].pointee.count)
    for property in properties(of: shape) {
      lookup.entries[property.key] = SlotInfo(slot: property.slot, attributes: property.attributes)
    }
    lookups.append(lookup)
    self[shape].pointee.table = UInt32(lookups.count)
  }

  struct Property {
    var key: Handle
    var slot: Int
    var attributes: Attributes
  }

  /// The properties in order of creation.
  func properties(of shape: ShapeID) -> [Property] {
    var result: [Property] = []
    result.reserveCapacity(Int(self[shape].pointee.count))
    var current = shape
    while self[current].pointee.count > 0 {
      let info = self[current].pointee
      result.append(
        Property(key: info.key, slot: Int(info.count) - 1, attributes: Attributes(rawValue: info.attributes)))
      current = info.parent
    }
    result.reverse()
    return result
  }

  /// The shape with the same properties, in the same slots, under another prototype, other flags or other attributes.
  func rebuilt(
    _ shape: ShapeID, prototype: Handle? = nil, flags: UInt8? = nil,
    attributes change: (Property) -> Attributes = { $0.attributes }
  ) -> ShapeID {
    let old = self[shape].pointee
    var result = root(
      prototype: prototype ?? old.prototype, inlineCapacity: Int(old.inlineCapacity), flags: flags ?? old.flags)
    for property in properties(of: shape) {
      // As many properties as before are never too many, but very many objects may differ in the same one.
      let attributes = change(property)
      result = adding(property.key, attributes, to: result) ?? makeChild(property.key, attributes, of: result)
    }
    return result
  }

  /// The shape of objects of a shape when nothing can be added to or taken from them, and, if they are frozen, no data
  /// property be changed either. Private names stay as they are.
  func restricted(_ shape: ShapeID, frozen: Bool) -> ShapeID {
    let question = UInt64(shape) << 1 | (frozen ? 1 : 0)
    if let known = restrictedShapes[question] { return known }
    let result = rebuilt(shape, flags: self[shape].pointee.flags | ShapeFlag.notExtensible) {
      vm.isPrivateName($0.key) ? $0.attributes : $0.attributes.restricted(frozen: frozen)
    }
    if restrictedShapes.count < 1 << 16 { restrictedShapes[question] = result }
    return result
  }

  /// All shapes as they are; what leads from one to another is found again from them.
  func writeImage(_ writer: inout ImageWriter) {
    writer.column(shapes, Int(count))
    writer.column(roots.values.sorted())
  }

  /// What the first shapes of a machine are, apart from what is counted or found out later.
  struct Definition: Equatable {
    let shape: CVMShape
    static func == (a: Definition, b: Definition) -> Bool {
      let (a, b) = (a.shape, b.shape)
      return a.prototype == b.prototype && a.parent == b.parent && a.key == b.key && a.count == b.count
        && a.inlineCapacity == b.inlineCapacity && a.attributes == b.attributes && a.flags == b.flags
        && a.root == b.root
    }
  }

  func definitions(_ count: Int) -> [Definition] { (0..<count).map { Definition(shape: shapes[$0]) } }

  func readImage(_ reader: inout ImageReader) throws(ImageError) {
    let all = try reader.column(of: CVMShape.self)
    guard all.count >= 2, all.count < ShapeTable.capacity else { throw reader.error("too many shapes") }
    shapes.update(from: all, count: all.count)
    count = ShapeID(all.count)
    forgetAnswers()
    lookups = []
    transitions = [:]
    transitions.reserveCapacity(all.count)
    for shape in 2..<max(count, 2) {
      shapes[Int(shape)].table = 0
      let info = shapes[Int(shape)]
      guard info.count > 0 else { continue }
      transitions[Transition(shape: info.parent, key: info.key, attributes: info.attributes)] = shape
    }
    roots = [:]
    for shape in try reader.column(of: ShapeID.self) {
      guard shape < count else { throw reader.error("a root that is no shape") }
      let info = shapes[Int(shape)]
      roots[Root(prototype: info.prototype, inlineCapacity: info.inlineCapacity, flags: info.flags)] = shape
    }
  }

  /// Marks the prototypes of all shapes as such, after their cells were put back to an earlier state.
  func markPrototypes() {
    for root in roots.keys where root.prototype != 0 { markAsPrototype(root.prototype) }
  }

  /// Forgets where the shapes of dead prototypes begin: another object may get such a prototype's handle.
  func removeRoots(where isDead: (Handle) -> Bool) {
    let dead = roots.keys.filter { $0.prototype != 0 && isDead($0.prototype) }
    for root in dead { roots[root] = nil }
    memset(rootAnswers, 0, ShapeTable.answerBytes)
  }

  /// The objects that some shape has for a prototype.
  var prototypes: Set<Handle> { Set(roots.keys.lazy.map(\.prototype).filter { $0 != 0 }) }

  /// The keys of all shapes, which must stay interned.
  func forEachKey<Failure>(_ body: (Handle) throws(Failure) -> Void) throws(Failure) {
    for shape in 1..<max(count, 2) where self[shape].pointee.key != 0 { try body(self[shape].pointee.key) }
  }
}

func releaseReserved(_ memory: UnsafeMutableRawPointer, _ bytes: Int) { munmap(memory, bytes) }
