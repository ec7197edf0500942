import CVMBytecode
import CVMDispatch
import Glibc

/// A machine as the sections of a portable checkpoint, with what each cell takes.
public final class PortableState {
  public let sections: [(section: PortableSection, bytes: ByteBuffer)]
  /// The number of records.
  public let cellCount: Int
  public let stringCount: Int
  /// Bytes by handle / 2.
  let costs: UnsafeMutablePointer<UInt32>
  let costCount: Int
  package let notes: PortableNotes?

  init(
    sections: [(section: PortableSection, bytes: ByteBuffer)], cellCount: Int, stringCount: Int,
    costs: UnsafeMutablePointer<UInt32>, costCount: Int, notes: PortableNotes?
  ) {
    self.notes = notes
    self.sections = sections
    self.cellCount = cellCount
    self.stringCount = stringCount
    self.costs = costs
    self.costCount = costCount
  }

  /// A state that no machine has yet: sections that were written by other means.
  package init(sections: [(section: PortableSection, bytes: ByteBuffer)], cellCount: Int, stringCount: Int) {
    self.sections = sections
    self.cellCount = cellCount
    self.stringCount = stringCount
    costs = .allocate(capacity: 1)
    costCount = 0
    notes = nil
  }

  deinit {
    for (_, bytes) in sections { bytes.free() }
    free(costs)
  }

  public func bytes(of section: PortableSection) -> UnsafeRawBufferPointer {
    sections.first { $0.section == section }?.bytes.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// What a cell takes, once: its record or its text.
  func takeCost(_ handle: Handle) -> Int {
    let place = Int(handle >> 1)
    guard place < costCount else { return 0 }
    defer { costs[place] = 0 }
    return Int(costs[place])
  }

  func moveCost(from handle: Handle, to other: Handle) {
    guard Int(other >> 1) < costCount else { return }
    costs[Int(other >> 1)] += UInt32(takeCost(handle))
  }

  /// The bytes of all sections together.
  public var byteCount: Int { sections.reduce(0) { $0 + $1.bytes.count } }
}

extension Machine {
  /// The whole state of the machine, which must stand between two instructions. An interrupt ends it where that is wanted.
  ///
  /// With notes it can be transcribed into other forms, such as JSON.
  public func portableState(
    isInterruptible: Bool = false, withNotes: Bool = false
  ) throws(PortableError) -> PortableState {
    if let state = try portableState(withWeakEntries: false, isInterruptible, withNotes) { return state }
    // Which entries of weak tables are alive is the collector's to say; when it last ran is no part of the state.
    collect()
    return try portableState(withWeakEntries: true, isInterruptible, withNotes)!
  }

  /// Nil when there are entries in weak tables that may not be written.
  private func portableState(
    withWeakEntries: Bool, _ isInterruptible: Bool, _ withNotes: Bool
  ) throws(PortableError) -> PortableState? {
    let writer = PortableWriter(self, isInterruptible: isInterruptible, withNotes: withNotes)
    defer { writer.freeWorkspace() }
    do throws(PortableError) {
      let state = try writer.write()
      return withWeakEntries || !writer.hasWeakEntries ? state : nil
    } catch {
      writer.freeResult()
      throw error
    }
  }
}

/// Writes what is reachable as records, numbered in the order in which they are first mentioned: the same graph gives
/// the same bytes in any process.
package final class PortableWriter {
  let machine: Machine
  let vm: VM
  let heap: Heap
  let names = ByteBuffer()
  let strings = ByteBuffer()
  let opcodes = ByteBuffer()
  let sources = ByteBuffer()
  let code = ByteBuffer()
  let shapes = ByteBuffer()
  let cells = ByteBuffer()
  let globals = ByteBuffer()
  let builtIns = ByteBuffer()
  let frames = ByteBuffer()
  let state = ByteBuffer()
  let host = ByteBuffer()
  let values = ByteBuffer()
  let functions = ByteBuffer()
  let timers = ByteBuffer()

  /// By handle / 2: 0 unknown, the number in the file + 1, or a built-in with the top bit set.
  let numbers: UnsafeMutablePointer<UInt32>
  let costs: UnsafeMutablePointer<UInt32>
  let columnCount: Int
  /// Built-in objects: the next bit says that the number is the baseline's, not yet the file's.
  static let builtInBit: UInt32 = 0x8000_0000
  static let baselineBit: UInt32 = 0x4000_0000
  /// The cells in the order of their numbers.
  let queue = HandleList()
  /// The shape's number in the file + 1, by shape.
  let shapeNumbers: UnsafeMutablePointer<UInt32>
  var shapeCount: UInt32 = 0
  var stringIndex = StringIndexTable()
  var builtInCount: UInt32 = 0
  /// The record that values are written for, from which distances count.
  var current: Int64 = 0
  var lastProgramID: UInt64 = 0
  var lastInternalID: UInt64 = 0
  var codeNumbers: [Int: Int] = [:]
  var codeOrder: [LoadedCode] = []
  var accessorCache: [ShapeID: Set<Int>] = [:]
  var error: PortableError?
  var hasWeakEntries = false
  let isInterruptible: Bool
  /// What goes into the state beside the bytes; nil unless it is wanted.
  var notes: PortableNotes?

  init(_ machine: Machine, isInterruptible: Bool, withNotes: Bool) {
    self.machine = machine
    notes = withNotes ? PortableNotes() : nil
    self.isInterruptible = isInterruptible
    vm = machine.vm
    heap = machine.heap
    columnCount = Int(heap.topHandle / 2) + 1
    numbers = PortableWriter.column(columnCount)
    costs = PortableWriter.column(columnCount)
    shapeNumbers = PortableWriter.column(Int(machine.shapes.count))
    for (number, handle) in machine.baseline.handles.enumerated() {
      numbers[Int(handle >> 1)] = Self.builtInBit | Self.baselineBit | UInt32(number)
    }
  }

  private static func column(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    guard let memory = calloc(count, 4) else { fatalError("out of memory") }
    return memory.assumingMemoryBound(to: UInt32.self)
  }

  func freeWorkspace() {
    free(numbers)
    free(shapeNumbers)
    queue.free()
    stringIndex.free()
  }

  func freeResult() {
    for (_, buffer) in sections { buffer.free() }
    free(costs)
  }

  private var sections: [(section: PortableSection, bytes: ByteBuffer)] {
    [
      (.names, names), (.strings, strings), (.opcodes, opcodes), (.sources, sources), (.code, code), (.shapes, shapes),
      (.cells, cells), (.globals, globals), (.builtIns, builtIns), (.frames, frames), (.machine, state), (.host, host),
      (.values, values), (.functions, functions), (.timers, timers),
    ]
  }

  func write() throws(PortableError) -> PortableState {
    writeGlobals()
    try writeBuiltIns()
    try writeFrames()
    writeMachine()
    writeHost()
    try drain()
    writeFunctions()
    try writeCode()
    if let error { throw error }
    notes?.codes = codeOrder.map { PortableNotes.Code(name: $0.displayName, captures: $0.block.captures.count) }
    return PortableState(
      sections: sections, cellCount: queue.count, stringCount: Int(stringIndex.count), costs: costs,
      costCount: columnCount, notes: notes)
  }

  // MARK: Values

  @inline(__always) func value(_ value: Value, _ out: ByteBuffer) {
    if value.isInt {
      out.number(zigzag(Int64(value.asInt)) << 3 | ValueTag.int)
    } else if value.isReference {
      reference(value, out)
    } else if value.isDouble {
      Self.number(value.asDouble, out)
    } else {
      constant(value, out)
    }
  }

  private func constant(_ value: Value, _ out: ByteBuffer) {
    guard let code = ConstantCode.specials.firstIndex(where: { $0 == value }) else {
      fail("a value of the machine's own (\(String(value.bits, radix: 16)))")
      return
    }
    out.number(UInt64(code) << 3 | ValueTag.constant)
  }

  /// A double: as integer over a power of ten where that is exact and shorter, else its eight bytes.
  package static func number(_ double: Double, _ out: ByteBuffer) {
    if double.magnitude < 1e15, double.bitPattern != 0x8000_0000_0000_0000 {
      for exponent in 0..<6 {
        let scaled = (double * powersOfTen[exponent]).rounded()
        guard scaled.magnitude < 9e15 else { break }
        if scaled / powersOfTen[exponent] == double {
          let mantissa = zigzag(Int64(scaled))
          if mantissa >= 1 << 49 { break }
          out.number(UInt64(exponent) << 3 | ValueTag.decimal)
          out.number(mantissa)
          return
        }
      }
    }
    out.number(ConstantCode.double << 3 | ValueTag.constant)
    out.fixed(double.bitPattern)
  }

  @inline(__always) private func reference(_ value: Value, _ out: ByteBuffer) {
    let known = numbers[Int(value.handle >> 1)]
    if value.tag == Tag.string {
      if known != 0 {
        out.number(UInt64(known &- 1) << 3 | ValueTag.knownString)
      } else {
        newString(value.handle, out)
      }
    } else if known == 0 {
      newCell(value.handle, out)
    } else if known < Self.builtInBit {
      out.number(zigzag(current &- Int64(known &- 1)) << 3 | ValueTag.knownCell)
    } else {
      out.number(UInt64(builtIn(value.handle, known)) << 3 | ValueTag.builtIn)
    }
  }

  private func newString(_ handle: Handle, _ out: ByteBuffer) {
    let count = stringIndex.count
    let index = string(handle)
    if index == count {
      out.byte(UInt8(ValueTag.newString))
    } else {
      out.number(UInt64(index) << 3 | ValueTag.knownString)
    }
  }

  private func newCell(_ handle: Handle, _ out: ByteBuffer) {
    // A built-in that the host added later is a name, too.
    if vm.cell(handle).kind == .function, let path = machine.builtInNames[handle] {
      addBuiltIn(handle, path)
      out.number(UInt64(numbers[Int(handle >> 1)] & ~Self.builtInBit) << 3 | ValueTag.builtIn)
      return
    }
    _ = add(handle)
    out.byte(UInt8(ValueTag.newCell))
  }

  /// Gives a cell the next number.
  func add(_ handle: Handle) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: queue.count)
    queue.append(handle)
    numbers[Int(handle >> 1)] = number &+ 1
    return number
  }

  /// The number in the file of a built-in object.
  func builtIn(_ handle: Handle, _ known: UInt32) -> UInt32 {
    if known & Self.baselineBit == 0 { return known & ~Self.builtInBit }
    addBuiltIn(handle, machine.baseline.names[Int(known & ~(Self.builtInBit | Self.baselineBit))])
    return builtInCount &- 1
  }

  private func addBuiltIn(_ handle: Handle, _ name: String) {
    names.text(name)
    numbers[Int(handle >> 1)] = Self.builtInBit | builtInCount
    builtInCount += 1
  }

  func fail(_ what: String) {
    if error == nil { error = PortableError("this can't be saved: \(what)") }
  }

  // MARK: Strings

  /// The number of a string's text.
  func string(_ handle: Handle) -> UInt32 {
    let known = numbers[Int(handle >> 1)]
    if known != 0 { return known &- 1 }
    let cell = vm.cell(handle)
    let start = strings.count
    appendText(cell)
    let (index, isNew) = stringIndex.find(strings, start)
    if isNew {
      costs[Int(handle >> 1)] = UInt32(truncatingIfNeeded: strings.count - start)
    } else {
      strings.truncate(to: start)
    }
    numbers[Int(handle >> 1)] = index &+ 1
    return index
  }

  /// Twice the length, plus one for two bytes a unit; then the units.
  private func appendText(_ cell: Cell) {
    switch cell.kind {
    case .latin1:
      strings.number(cell.length << 1)
      strings.append(UnsafeRawBufferPointer(start: cell + Layout.characters, count: cell.length))
    case .utf16:
      strings.number(cell.length << 1 | 1)
      strings.append(UnsafeRawBufferPointer(start: cell + Layout.characters, count: cell.length * 2))
    default: appendRope(cell)
    }
  }

  /// Ropes are written flat, and stay ropes: saving changes nothing.
  private func appendRope(_ rope: Cell) {
    var pieces: [(cell: Cell, count: Int)] = []
    var pending: [(cell: Cell, count: Int)] = [(rope, rope.length)]
    var isWide = false
    while let (cell, count) = pending.popLast() {
      guard cell.kind == .rope else {
        if cell.kind == .utf16 { isWide = true }
        pieces.append((cell, count))
        continue
      }
      let right = cell.value(Layout.Rope.right)
      let left = vm.cell(cell.value(Layout.Rope.left))
      if right.bits != 0 {
        let rightCell = vm.cell(right)
        pending.append((rightCell, rightCell.length))
        pending.append((left, left.length))
      } else {
        // Flat already, or a prefix of a buffer that has grown meanwhile.
        pending.append((left, min(count, cell.length)))
      }
    }
    strings.number(rope.length << 1 | (isWide ? 1 : 0))
    for (cell, count) in pieces {
      if cell.kind == .utf16 {
        strings.append(UnsafeRawBufferPointer(start: cell + Layout.characters, count: count * 2))
      } else if !isWide {
        strings.append(UnsafeRawBufferPointer(start: cell + Layout.characters, count: count))
      } else {
        for i in 0..<count {
          strings.byte(vm.latin1Bytes(cell)[i])
          strings.byte(0)
        }
      }
    }
  }

  // MARK: Keys and shapes

  /// A property key: a string, a symbol of the program, or one of the machine.
  private func key(_ handle: Handle) -> UInt64 {
    if vm.cell(handle).kind != .symbol { return UInt64(string(handle)) << 2 }
    let known = numbers[Int(handle >> 1)]
    if known == 0 { return UInt64(add(handle)) << 2 | 1 }
    if known < Self.builtInBit { return UInt64(known &- 1) << 2 | 1 }
    return UInt64(builtIn(handle, known)) << 2 | 2
  }

  /// The number of a shape in the file.
  @inline(__always) func shape(_ shape: ShapeID) -> UInt32 {
    let known = shapeNumbers[Int(shape)]
    return known != 0 ? known &- 1 : newShape(shape)
  }

  /// Writes a shape as what it adds to the nearest one that is there already.
  private func newShape(_ shape: ShapeID) -> UInt32 {
    var added: [CVMShape] = []
    var ancestor = shape
    while shapeNumbers[Int(ancestor)] == 0 {
      let info = vm.pointee.shapes[Int(ancestor)]
      if info.count == 0 { break }
      added.append(info)
      ancestor = info.parent
    }
    let parent = shapeNumbers[Int(ancestor)]
    shapes.number(UInt64(parent))
    if parent == 0 {
      let root = vm.pointee.shapes[Int(ancestor)]
      shapes.number(prototype(root.prototype))
      shapes.byte(root.inlineCapacity)
      shapes.byte(root.flags)
    }
    shapes.number(added.count)
    for info in added.reversed() {
      let isCommon = info.attributes == Attributes.all.rawValue
      shapes.number(key(info.key) << 1 | (isCommon ? 0 : 1))
      if !isCommon { shapes.byte(info.attributes) }
    }
    shapeCount += 1
    shapeNumbers[Int(shape)] = shapeCount
    return shapeCount &- 1
  }

  /// 0 for null, twice the number + 1 of a record or twice the number + 2 of a built-in.
  func prototype(_ handle: Handle) -> UInt64 {
    if handle == 0 { return 0 }
    let known = numbers[Int(handle >> 1)]
    if known == 0 { return UInt64(add(handle)) << 1 | 1 }
    if known < Self.builtInBit { return UInt64(known &- 1) << 1 | 1 }
    return UInt64(builtIn(handle, known)) << 1 &+ 2
  }

  /// A key that is no index, as a value.
  func keyValue(_ key: PropertyKey, _ out: ByteBuffer) {
    let isSymbol = vm.cell(key.atom).kind == .symbol
    value(Value(tag: isSymbol ? Tag.symbol : Tag.string, handle: key.atom), out)
  }
}

/// Finds texts that were written before: open addressing over places in the section.
package struct StringIndexTable {
  private var slots: UnsafeMutablePointer<UInt32>
  private var mask: Int
  /// Where each text begins, and its hash.
  private let starts = HandleList()
  private let startsHigh = HandleList()
  private let hashes = HandleList()

  package init() {
    mask = 1023
    slots = .allocate(capacity: 1024)
    slots.initialize(repeating: 0, count: 1024)
  }

  package func free() {
    slots.deallocate()
    starts.free()
    startsHigh.free()
    hashes.free()
  }

  package var count: UInt32 { UInt32(truncatingIfNeeded: starts.count) }

  /// The number of the text that was appended last, from `start` on.
  package mutating func find(_ buffer: ByteBuffer, _ start: Int) -> (index: UInt32, isNew: Bool) {
    let bytes = buffer.bytes
    let length = bytes.count - start
    guard let base = bytes.baseAddress else { return (0, true) }
    let hash = contentHash(base + start, length)
    var position = Int(hash) & mask
    while slots[position] != 0 {
      let index = Int(slots[position] &- 1)
      if hashes[index] == hash {
        let other = Int(starts[index]) | Int(startsHigh[index]) << 32
        // Texts carry their length in front, so comparing this many bytes compares all of both.
        if other + length <= start, memcmp(base + other, base + start, length) == 0 { return (UInt32(index), false) }
      }
      position = (position &+ 1) & mask
    }
    let index = starts.count
    starts.append(UInt32(truncatingIfNeeded: start))
    startsHigh.append(UInt32(truncatingIfNeeded: start >> 32))
    hashes.append(hash)
    slots[position] = UInt32(truncatingIfNeeded: index &+ 1)
    if index * 2 > mask { grow() }
    return (UInt32(truncatingIfNeeded: index), true)
  }

  private mutating func grow() {
    slots.deallocate()
    let capacity = (mask + 1) * 4
    mask = capacity - 1
    slots = .allocate(capacity: capacity)
    slots.initialize(repeating: 0, count: capacity)
    for index in 0..<starts.count {
      var position = Int(hashes[index]) & mask
      while slots[position] != 0 { position = (position &+ 1) & mask }
      slots[position] = UInt32(truncatingIfNeeded: index &+ 1)
    }
  }

  private func contentHash(_ start: UnsafeRawPointer, _ count: Int) -> UInt32 {
    var hash = UInt64(count) &* 0x9e37_79b9_7f4a_7c15
    var position = 0
    while position &+ 8 <= count {
      hash = (hash ^ start.loadUnaligned(fromByteOffset: position, as: UInt64.self)) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
      position &+= 8
    }
    var tail: UInt64 = 0
    while position < count {
      tail = tail << 8 | UInt64(start.load(fromByteOffset: position, as: UInt8.self))
      position &+= 1
    }
    hash = (hash ^ tail) &* 0xc4ce_b9fe_1a85_ec53
    return UInt32(truncatingIfNeeded: hash ^ hash >> 29)
  }
}
