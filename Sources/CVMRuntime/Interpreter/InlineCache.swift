import CVMDispatch

/// Inline caches: trailing words that remember where a property was for one shape.
///
/// The first word is the shape when the fast path in the handler applies. Everything else is stored with `other` set in
/// the shape word, and the second word then says what it is. The last word is the prototype epoch for entries that
/// depend on the prototype chain.
enum InlineCache {
  static let other: UInt32 = 0x8000_0000
  /// Marks global-variable caches that hold a slot of the global table.
  static let lexical: UInt32 = 0xffff_ffff

  /// Kinds of entries, in the top byte of the second word.
  enum Kind {
    static let ownExtension: UInt32 = 1
    /// In a prototype: bits 16-23 say how many steps away, bits 0-15 the slot.
    static let prototype: UInt32 = 2
    /// The property is nowhere.
    static let absent: UInt32 = 3
    static let addInline: UInt32 = 4
    static let addExtension: UInt32 = 5
  }

  /// The shape word that strings have in caches.
  static let stringShape: UInt32 = 1
}

/// What a named read finds, with what a cache needs to find it again.
enum NamedLookup {
  case value(Value)
  case getter(Value)
  case absent
}

/// Reads a named property of an object or string and fills the cache at `cache` (shape, info, epoch).
func lookUpNamed(
  _ vm: VM, _ receiver: Value, _ start: Cell, _ key: Handle, _ cache: ProgramCounter, shapeWord: UInt32,
  methodCache: Bool
) -> NamedLookup {
  var holder = start
  var depth: UInt32 = receiver.isString ? 1 : 0
  while true {
    if vm.isGlobalObject(holder) {
      // The variables of programs are among its properties: nothing is remembered.
      switch vm.getProperty(holder, PropertyKey(atom: key)) {
      case .value(let value): return .value(value)
      case .getter(let getter): return .getter(getter)
      case .absent: return .absent
      }
    }
    if vm.shapeInfo(holder).pointee.flags & ShapeFlag.lazyFunction != 0 { vm.materializeFunction(holder) }
    if vm.shapeInfo(holder).pointee.flags & ShapeFlag.dictionary == 0 {
      if isLengthOfExotic(vm, holder, key) { return .value(exoticLength(vm, holder)) }
      if let slot = ShapeTable.lookup(vm, key, in: holder.shape) {
        let value = vm.slotAddress(holder, slot.slot).pointee
        if slot.attributes.contains(.accessor) {
          let getter = vm.cell(value).value(Layout.Accessor.getter)
          return getter.isUndefined ? .value(.undefined) : .getter(getter)
        }
        let shape = receiver.isString ? shapeWord : start.shape
        fillGetCache(vm, cache, shape: shape, holder: holder, depth: depth, slot: slot.slot, method: methodCache)
        return .value(value)
      }
    } else if let property = vm.ownProperty(holder, PropertyKey(atom: key)) {
      switch vm.result(of: property) {
      case .value(let value): return .value(value)
      case .getter(let getter): return .getter(getter)
      case .absent: return .absent
      }
    }
    guard let next = vm.prototype(holder) else {
      if depth < 255, !receiver.isString, vm.shapeInfo(start).pointee.flags & ShapeFlag.dictionary == 0 {
        cache[0] = start.shape | InlineCache.other
        cache[1] = InlineCache.Kind.absent << 24
        cache[2] = vm.pointee.prototypeEpoch
      }
      return .absent
    }
    holder = next
    depth += 1
  }
}

@inline(__always) private func isLengthOfExotic(_ vm: VM, _ holder: Cell, _ key: Handle) -> Bool {
  guard holder.kind == .array || holder.kind == .wrapper, key == vm.machine.names.length.handle else { return false }
  return holder.kind == .array || holder.value(Layout.primitive).isString
}

private func exoticLength(_ vm: VM, _ holder: Cell) -> Value {
  holder.kind == .array ? Value(vm.arrayLength(holder)) : Value(vm.stringLength(holder.value(Layout.primitive)))
}

private func fillGetCache(
  _ vm: VM, _ cache: ProgramCounter, shape: UInt32, holder: Cell, depth: UInt32, slot: Int, method: Bool
) {
  let inline = Int(vm.shapeInfo(holder).pointee.inlineCapacity)
  if depth == 0 {
    guard vm.shapeInfo(holder).pointee.flags & ShapeFlag.dictionary == 0 else { return }
    if slot < inline && !method {
      cache[0] = shape
      cache[1] = UInt32(Layout.slots + slot * 8)
    } else {
      cache[0] = shape | InlineCache.other
      cache[1] =
        slot < inline
        ? InlineCache.Kind.prototype << 24 | UInt32(slot)
        : InlineCache.Kind.ownExtension << 24 | UInt32(slot - inline)
    }
    cache[2] = vm.pointee.prototypeEpoch
    return
  }
  guard depth < 256, slot < 65536 else { return }
  if method, depth == 1, slot < inline {
    cache[0] = shape
    cache[1] = UInt32(Layout.slots + slot * 8)
  } else {
    cache[0] = shape | InlineCache.other
    cache[1] = InlineCache.Kind.prototype << 24 | depth << 16 | UInt32(slot)
  }
  cache[2] = vm.pointee.prototypeEpoch
}

/// The value of a cache entry that is not the handler's fast path; nil when it does not match.
@inline(__always) func cachedElsewhere(_ vm: VM, _ shape: UInt32, _ start: Cell, _ cache: ProgramCounter) -> Value? {
  guard cache[0] == shape | InlineCache.other else { return nil }
  let info = cache[1]
  if info >> 24 == InlineCache.Kind.ownExtension {
    return vm.cell(start.extensionHandle).value(Layout.values + Int(info & 0xffff) * 8)
  }
  guard cache[2] == vm.pointee.prototypeEpoch else { return nil }
  if info >> 24 == InlineCache.Kind.absent { return .undefined }
  var holder = start
  var depth = info >> 16 & 0xff
  if shape == InlineCache.stringShape { depth -= 1 }
  while depth > 0 {
    holder = vm.cell(vm.shapeInfo(holder).pointee.prototype)
    depth -= 1
  }
  return vm.slotAddress(holder, Int(info & 0xffff)).pointee
}

/// A store that added a property, for places in the code that see objects of several shapes: what their inline cache
/// would hold.
struct Addition {
  var shape: ShapeID
  var key: Handle
  var info: UInt32
  var newShape: ShapeID
  var epoch: UInt32

  init(key: Handle, cache: ProgramCounter) {
    shape = cache[0] & ~InlineCache.other
    self.key = key
    info = cache[1]
    newShape = cache[2]
    epoch = cache[3]
  }

  func copy(to cache: ProgramCounter) {
    cache[0] = shape | InlineCache.other
    cache[1] = info
    cache[2] = newShape
    cache[3] = epoch
  }
}

/// The last additions of a machine by shape and key.
struct AdditionTable {
  private static let bits: UInt32 = 10
  private static var bytes: Int { MemoryLayout<Addition>.stride << Int(bits) }
  private let entries: UnsafeMutablePointer<Addition>

  init() { entries = Heap.reserve(AdditionTable.bytes).assumingMemoryBound(to: Addition.self) }

  func release() { releaseReserved(entries, AdditionTable.bytes) }

  /// Shapes got other numbers.
  func clear() {
    UnsafeMutableRawPointer(entries).initializeMemory(as: UInt8.self, repeating: 0, count: AdditionTable.bytes)
  }

  @inline(__always) func entry(_ shape: ShapeID, _ key: Handle) -> UnsafeMutablePointer<Addition> {
    entries + Int((shape &* 0x9e37_79b1 ^ key &* 0x85eb_ca6b) >> (32 - AdditionTable.bits))
  }
}
