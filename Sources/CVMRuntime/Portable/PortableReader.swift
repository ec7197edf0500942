import CVMBytecode
import CVMDispatch
import Glibc

extension Machine {
  /// Gives a machine that has run nothing yet the state that the sections hold.
  ///
  /// On an error the machine is of no use any more. The bytes must stay where they are meanwhile.
  public func restore(
    portable sections: [PortableSection: UnsafeRawBufferPointer],
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(PortableError) {
    try PortableReader(self, sections).read(makeSource)
  }
}

/// Reads what `PortableWriter` writes into a fresh machine. Nothing is believed: counts, references, ids, shapes, code and
/// frames are checked before they are used, and memory grows with the file.
final class PortableReader {
  let machine: Machine
  let vm: VM
  let rules: FrameRules
  private let sections: [PortableSection: UnsafeRawBufferPointer]

  /// The built-in objects that are mentioned.
  var builtIns: [Value] = []
  /// Strings by number.
  @exclusivity(unchecked) var strings: [Handle] = []
  /// The code's number in the machine, by number in the file.
  var codes: [Int] = []
  @exclusivity(unchecked) var shapes: [RestoredShape] = []
  /// Cells by number, as values.
  @exclusivity(unchecked) var cells: [Value] = []
  @exclusivity(unchecked) var kinds: [RecordKind] = []

  /// What was mentioned so far: new ones take the next number.
  @exclusivity(unchecked) var mentionedCells = 0
  @exclusivity(unchecked) var mentionedStrings = 0
  @exclusivity(unchecked) var current: Int64 = 0
  @exclusivity(unchecked) var ids = IDSet()
  /// How the next frame returns.
  var pendingKind = ReturnKind.host
  var answerRegister = 0
  /// Those that have not ended.
  var generators: [Cell] = []

  // Columns that only some kinds of cells have.
  @exclusivity(unchecked) var elementCounts = SparseColumn<ElementCounts>()
  @exclusivity(unchecked) var tableCounts = SparseColumn<(count: Int, keysOnly: Bool)>()

  /// Entries of maps and sets that can be added once all cells have their contents, in order.
  var lateEntries: [(table: HashTable, key: Value, value: Value)] = []

  struct ElementCounts {
    var length: Int
    var count: Int
    var isSparse: Bool
  }

  /// A shape says what it adds to its parent, as it stands in the file: together they take no more than that.
  struct RestoredShape {
    var id: ShapeID = 0
    /// The number of the parent + 1; 0 of a root.
    var parent: UInt32 = 0
    var inlineCapacity: UInt8 = 0
    var flags: UInt8 = 0
    var isUsed = false
    var hasAccessors = false
    /// Those of the parent included.
    var propertyCount: UInt16 = 0
    /// Where the properties that it adds begin.
    var firstAdded: UInt32 = 0
    var prototype = Reference.none
    /// What follows the largest number that this shape mentions, for cells and strings.
    var cellEnd: UInt32 = 0
    var stringEnd: UInt32 = 0
  }

  /// The properties that each shape adds, one after the other.
  private var addedProperties: [(key: Reference, attributes: Attributes)] = []
  /// The attributes of the shape with accessors that was used last.
  var accessorShape: (number: Int, attributes: [Attributes]) = (-1, [])
  /// What the heap may grow to: no record takes much more than its place in the file.
  private let memoryBound: Int

  /// A record, a string, a built-in object, or nothing.
  enum Reference {
    case none
    case cell(UInt32)
    case string(UInt32)
    case builtIn(UInt32)
  }

  init(_ machine: Machine, _ sections: [PortableSection: UnsafeRawBufferPointer]) {
    self.machine = machine
    vm = machine.vm
    rules = FrameRules(machine)
    self.sections = sections
    let contentBytes = sections.reduce(0) { $0 + $1.value.count }
    memoryBound = machine.heap.bytesInUse + PortableReader.smallHeap + contentBytes * PortableReader.greatestGrowth
  }

  /// Heap bytes for each byte of the sections. An empty object takes some 14, an empty map 32; only a forged file would
  /// have nothing but cells that are empty for their size.
  private static let greatestGrowth = 64
  private static let smallHeap = 4 << 20

  func section(_ section: PortableSection) -> ByteReader {
    ByteReader(sections[section] ?? UnsafeRawBufferPointer(start: nil, count: 0), section)
  }

  func read(_ makeSource: (String, [UInt8]) -> any ScriptSource) throws(PortableError) {
    try readNames()
    try readStrings()
    try readCode(makeSource)
    var shapeReader = section(.shapes)
    try readShapes(&shapeReader)
    try allocateCells()
    try makeShapes(shapeReader)
    let bindings = try readGlobals()
    let changes = try readBuiltIns()
    let frames = try readFrames()
    let state = try readMachine()
    let roots = try readHost()
    try fillCells()
    try check(mentionedCells == cells.count, .cells, "\(cells.count - mentionedCells) cells are not mentioned")
    try check(mentionedStrings == strings.count, .strings, "strings that are not mentioned")
    let functions = try readFunctions()
    let timers = try readTimers()
    try checkGraph()
    try checkGenerators(frames)
    try apply(changes)
    try checkPrototypes()
    try install(bindings)
    try install(frames, state)
    try install(functions)
    machine.console.timers = timers
    machine.hostRoots = roots
    vm.prototypeChanged()
  }

  func check(_ condition: Bool, _ section: PortableSection, _ message: String) throws(PortableError) {
    if !condition { throw PortableError(message, section: section) }
  }

  // MARK: Values

  @inline(__always) func value(_ reader: inout ByteReader) throws(PortableError) -> Value {
    let number = try reader.number()
    let rest = number >> 3
    switch number & 7 {
    case ValueTag.int:
      let int = unzigzag(rest)
      guard let small = Int32(exactly: int) else { throw reader.error("an integer is out of range") }
      return Value(int: small)
    case ValueTag.constant: return try constant(rest, &reader)
    case ValueTag.newString:
      guard rest == 0, mentionedStrings < strings.count else { throw reader.error("there is no further string") }
      mentionedStrings &+= 1
      return Value(tag: Tag.string, handle: strings[mentionedStrings &- 1])
    case ValueTag.knownString:
      guard rest < UInt64(mentionedStrings) else { throw reader.error("string \(rest) was not mentioned before") }
      return Value(tag: Tag.string, handle: strings[Int(rest)])
    case ValueTag.newCell:
      guard rest == 0, mentionedCells < cells.count else { throw reader.error("there is no further cell") }
      mentionedCells &+= 1
      return cells[mentionedCells &- 1]
    case ValueTag.knownCell:
      let (target, overflow) = current.subtractingReportingOverflow(unzigzag(rest))
      guard !overflow, target >= 0, target < Int64(mentionedCells) else {
        throw reader.error("a reference to a cell that was not mentioned before")
      }
      return cells[Int(target)]
    case ValueTag.builtIn:
      guard rest < UInt64(builtIns.count) else { throw reader.error("there is no built-in \(rest)") }
      return builtIns[Int(rest)]
    default: return try decimal(rest, &reader)
    }
  }

  @inline(never) private func constant(_ code: UInt64, _ reader: inout ByteReader) throws(PortableError) -> Value {
    if code < UInt64(ConstantCode.specials.count) { return ConstantCode.specials[Int(code)] }
    guard code == ConstantCode.double else { throw reader.error("there is no constant \(code)") }
    return Value(double: Double(bitPattern: try reader.fixed()))
  }

  @inline(never) private func decimal(_ exponent: UInt64, _ reader: inout ByteReader) throws(PortableError) -> Value {
    guard exponent < UInt64(powersOfTen.count) else { throw reader.error("a power of ten is out of range") }
    let mantissa = unzigzag(try reader.number())
    guard mantissa.magnitude <= 1 << 53 else { throw reader.error("a decimal number is out of range") }
    return Value(double: Double(mantissa) / powersOfTen[Int(exponent)])
  }

  /// A value as a program can have it.
  func plainValue(_ reader: inout ByteReader) throws(PortableError) -> Value {
    let value = try value(&reader)
    guard isPlain(value) else { throw reader.error("a part of the machine stands where a value should be") }
    return value
  }

  @inline(__always) func isPlain(_ value: Value) -> Bool { rules.isPlain(value) }

  /// A property key that is no index.
  func key(_ reader: inout ByteReader) throws(PortableError) -> Handle {
    let value = try value(&reader)
    if value.isSymbol { return value.handle }
    guard value.isString else { throw reader.error("a property key is neither string nor symbol") }
    return try atom(value, reader)
  }

  func atom(_ string: Value, _ reader: ByteReader) throws(PortableError) -> Handle {
    guard vm.arrayIndex(vm.view(string)) == nil else { throw reader.error("an index stands where a name should be") }
    return machine.atoms.intern(string).handle
  }

  // MARK: Names and strings

  private func readNames() throws(PortableError) {
    var reader = section(.names)
    let baseline = machine.baseline.unsafelyUnwrapped
    while !reader.isAtEnd {
      let name = try reader.text()
      if let number = baseline.numbers[name] {
        let handle = baseline.handles[number]
        let isSymbol = vm.cell(handle).kind == .symbol
        builtIns.append(Value(tag: isSymbol ? Tag.symbol : Tag.object, handle: handle))
      } else if let host = machine.builtInNames.first(where: { $0.value == name && vm.cell($0.key).kind == .function })
      {
        builtIns.append(Value(tag: Tag.object, handle: host.key))
      } else {
        builtIns.append(machine.missingBuiltIn(name))
      }
    }
  }

  private func readStrings() throws(PortableError) {
    var reader = section(.strings)
    while !reader.isAtEnd {
      let header = try reader.number()
      let length = header >> 1
      guard length <= UInt64(VM.maximumStringLength) else { throw reader.error("a string is too long") }
      if header & 1 == 0 {
        let bytes = try reader.bytes(Int(length))
        strings.append(bytes.isEmpty ? vm.emptyString.handle : vm.makeString(latin1: bytes).handle)
      } else {
        let bytes = try reader.bytes(Int(length) * 2)
        guard length > 0 else { throw reader.error("an empty string is wide") }
        let cell = vm.makeUTF16(count: Int(length))
        memcpy(cell + Layout.characters, bytes.baseAddress.unsafelyUnwrapped, bytes.count)
        strings.append(vm.handle(cell))
      }
      if strings.count & 0xfff == 0 { try checkMemory() }
    }
  }

  func checkMemory() throws(PortableError) {
    if machine.heap.bytesInUse > machine.limits.heapBytes {
      throw PortableError("the heap limit is reached (--max-heap)")
    }
    if machine.heap.bytesInUse > memoryBound {
      throw PortableError("the objects take more than \(PortableReader.greatestGrowth) times what is said of them")
    }
  }

  // MARK: Shapes

  private func readShapes(_ reader: inout ByteReader) throws(PortableError) {
    while !reader.isAtEnd {
      let parent = try reader.number(below: shapes.count + 1)
      var shape: RestoredShape
      if parent == 0 {
        shape = RestoredShape()
        shape.prototype = try prototype(&reader, &shape)
        shape.inlineCapacity = try reader.byte()
        shape.flags = try reader.byte()
        let known =
          ShapeFlag.dictionary | ShapeFlag.notExtensible | ShapeFlag.lazyFunction | ShapeFlag.immutablePrototype
        guard shape.flags & ~known == 0, shape.inlineCapacity <= 128 else { throw reader.error("a shape is malformed") }
      } else {
        shape = shapes[parent - 1]
        shape.parent = UInt32(parent)
        shape.cellEnd = 0
        shape.stringEnd = 0
      }
      let count = try reader.count(of: 1)
      guard Int(shape.propertyCount) + count <= ShapeTable.maximumProperties,
        count == 0 || shape.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0, parent == 0 || count > 0
      else { throw reader.error("a shape is malformed") }
      shape.firstAdded = UInt32(addedProperties.count)
      shape.propertyCount += UInt16(count)
      for _ in 0..<count {
        let header = try reader.number()
        let key = try shapeKey(header >> 1, &shape, reader)
        var attributes = Attributes.all
        if header & 1 != 0 {
          attributes = Attributes(rawValue: try reader.byte())
          guard attributes.rawValue < 16, attributes != .all else { throw reader.error("attributes are malformed") }
        }
        if attributes.contains(.accessor) { shape.hasAccessors = true }
        addedProperties.append((key, attributes))
      }
      shapes.append(shape)
    }
  }

  private func prototype(_ reader: inout ByteReader, _ shape: inout RestoredShape) throws(PortableError) -> Reference {
    let number = try reader.number()
    if number == 0 { return .none }
    guard let index = UInt32(exactly: (number - 1) >> 1), index < .max else {
      throw reader.error("a prototype is no object")
    }
    if number & 1 == 0 {
      guard index < builtIns.count, builtIns[Int(index)].isObject else {
        throw reader.error("a prototype is no object")
      }
      return .builtIn(index)
    }
    shape.cellEnd = max(shape.cellEnd, index + 1)
    return .cell(index)
  }

  private func shapeKey(
    _ number: UInt64, _ shape: inout RestoredShape, _ reader: ByteReader
  ) throws(PortableError) -> Reference {
    guard let index = UInt32(exactly: number >> 2), index < .max else {
      throw reader.error("a property key is malformed")
    }
    switch number & 3 {
    case 0:
      guard index < strings.count else { throw reader.error("there is no string \(index)") }
      shape.stringEnd = max(shape.stringEnd, index + 1)
      return .string(index)
    case 1:
      shape.cellEnd = max(shape.cellEnd, index + 1)
      return .cell(index)
    default:
      guard number & 3 == 2, index < builtIns.count, builtIns[Int(index)].isSymbol else {
        throw reader.error("a property key is malformed")
      }
      return .builtIn(index)
    }
  }

  /// Makes the shapes after their prototypes and symbols have cells.
  private func makeShapes(_ reader: ByteReader) throws(PortableError) {
    for number in shapes.indices {
      if number & 0x3ff == 0 { try checkMemory() }
      let shape = shapes[number]
      var id = shape.parent == 0 ? try root(shape, reader) : shapes[Int(shape.parent) - 1].id
      let last = number + 1 < shapes.count ? Int(shapes[number + 1].firstAdded) : addedProperties.count
      for property in addedProperties[Int(shape.firstAdded)..<last] {
        let key = try handle(property.key, reader)
        guard !machine.shapes.hasOnPath(key, to: id), let next = machine.shapes.adding(key, property.attributes, to: id)
        else { throw reader.error("shape \(number) has a property twice") }
        id = next
      }
      shapes[number].id = id
    }
    addedProperties = []
  }

  private func root(_ shape: RestoredShape, _ reader: ByteReader) throws(PortableError) -> ShapeID {
    var prototype: Handle = 0
    switch shape.prototype {
    case .none: break
    case .builtIn(let index): prototype = builtIns[Int(index)].handle
    case .cell(let index):
      guard index < cells.count, cells[Int(index)].isObject else { throw reader.error("a prototype is no object") }
      prototype = cells[Int(index)].handle
    case .string: throw reader.error("a prototype is no object")
    }
    return machine.shapes.root(
      prototype: prototype, inlineCapacity: Int(shape.inlineCapacity), flags: shape.flags)
  }

  private func handle(_ key: Reference, _ reader: ByteReader) throws(PortableError) -> Handle {
    switch key {
    case .string(let index): return try atom(Value(tag: Tag.string, handle: strings[Int(index)]), reader)
    case .builtIn(let index): return builtIns[Int(index)].handle
    case .cell(let index):
      guard index < cells.count, cells[Int(index)].isSymbol else { throw reader.error("a property key is no symbol") }
      return cells[Int(index)].handle
    case .none: throw reader.error("a property key is malformed")
    }
  }
}

/// A column that few cells have, which is written and then read in the order of their numbers.
struct SparseColumn<Element> {
  private var entries: [(number: Int, element: Element)] = []
  private var next = 0

  mutating func append(_ element: Element, at number: Int) { entries.append((number, element)) }

  /// What the cell of a number has; not for a smaller number than the one before.
  @inline(__always) mutating func take(_ number: Int) -> Element? {
    guard next < entries.count, entries[next].number == number else { return nil }
    next += 1
    return entries[next - 1].element
  }
}

/// The ids that were seen. Most are small for their number, and a bit each is enough for them.
struct IDSet {
  private var bits: [UInt64] = []
  /// Those that were far too large when they came.
  private var large: Set<UInt64> = []
  private var smallestLarge = UInt64.max
  private var count = 0

  /// False when an id was there before.
  mutating func insert(_ id: UInt64) -> Bool {
    count += 1
    let word = id >> 6
    if word >= UInt64(bits.count) {
      // A word for each id that came: memory grows with the file.
      guard word < UInt64(count + 1024) else {
        smallestLarge = min(smallestLarge, id)
        return large.insert(id).inserted
      }
      bits += repeatElement(0, count: max(Int(word) + 1, bits.count * 2) - bits.count)
    }
    let bit = UInt64(1) << (id & 63)
    if bits[Int(word)] & bit != 0 || (id >= smallestLarge && large.contains(id)) { return false }
    bits[Int(word)] |= bit
    return true
  }
}

extension Machine {
  /// A function that stands for a built-in that this machine has not.
  func missingBuiltIn(_ name: String) -> Value {
    let saved = vm.pointee.nextID
    let function = makeBuiltin(
      BuiltinFunction(
        "missing", length: 0,
        native: { vm, frame, _ in
          let path = vm.machine.builtInNames[frame[FrameHeader.callee].handle] ?? "a built-in"
          return vm.throwTypeError("\(path) is not there in this version")
        }, "Stands for a built-in that is not there."), path: name)
    let cell = vm.cell(function)
    cell.setHeader(shape: cell.shape, extension: cell.extensionHandle, kind: cell.kind, flags: cell.flags, id: 0)
    vm.pointee.nextID = saved
    return function
  }
}
