import CVMDispatch

/// Writes plain data as JSON with a stack of its own: nesting is bounded by memory only.
final class JSONWriter {
  enum Outcome {
    case done, nothing, needsCall, interrupted
    case circular(String)
  }

  /// How objects of a shape are written: the same members for all of them.
  private final class Plan {
    struct Member {
      let key: PropertyKey
      let slot: Int
      /// The key in quotes, the colon and the space.
      let text: Range<Int>
    }
    var members: [Member] = []
    /// The texts of all members.
    var bytes: [UInt8] = []
  }

  private struct Level {
    var object: Cell
    var isArray: Bool
    var plan: Plan?
    /// Of objects without a plan.
    var keys: [PropertyKey] = []
    var count: Int
    var position = 0
    var wrote = false
  }

  private enum Start { case written, skipped, entered, needsCall, circular, noRoom }

  private let vm: VM
  private let gap: [UInt16]
  private let toJSON: PropertyKey
  private let allocatedBefore: Int
  @exclusivity(unchecked) private var levels: [Level] = []
  @exclusivity(unchecked) private var open: Set<Handle> = []
  @exclusivity(unchecked) private var plans: [ShapeID: Plan] = [:]
  /// The last plan and its shape; 0 for none.
  @exclusivity(unchecked) private var lastShape: ShapeID = 0
  @exclusivity(unchecked) private var lastPlan: Plan?
  /// A shape known to be without `toJSON` all along its chain.
  @exclusivity(unchecked) private var plainShape: ShapeID = 0
  @exclusivity(unchecked) private var steps = 0
  @exclusivity(unchecked) private(set) var output = StringBuilder()
  /// Up to here circles are looked for among the levels; deeper ones have a set.
  private static let shallow = 16

  init(_ vm: VM, gap: [UInt16]) {
    self.vm = vm
    allocatedBefore = vm.heap.allocatedSinceCollection
    self.gap = gap
    toJSON = PropertyKey(atom: vm.machine.names.toJSON.handle)
  }

  func write(_ root: Value) -> Outcome {
    switch begin(root) {
    case .noRoom: return .interrupted
    case .written: return .done
    case .skipped: return .nothing
    case .needsCall: return .needsCall
    case .circular: return .nothing
    case .entered: break
    }
    while !levels.isEmpty {
      steps += 1
      if output.count > VM.maximumStringLength { return .done }
      if steps & 0x3f == 0 && vm.machine.mustStop || !output.mayGoOn(vm, besides: levelBytes) { return .interrupted }
      let last = levels.count - 1
      let outcome = levels[last].isArray ? writeElements(last) : writeMembers(last)
      if let outcome { return outcome }
      // A level was opened, or this one is at its end, or it was interrupted by the count of steps.
      if levels.count == last + 1, levels[last].position == levels[last].count { close() }
    }
    return .done
  }

  private var levelBytes: Int { levels.capacity * MemoryLayout<Level>.stride }

  /// Writes elements until one opens a level.
  private func writeElements(_ last: Int) -> Outcome? {
    let object = levels[last].object
    let count = levels[last].count
    var position = levels[last].position
    var wrote = levels[last].wrote
    while position < count {
      var value = Value.undefined
      if object.flags & CellFlag.sparse == 0, position < vm.denseLength(object),
        vm.arrayElements(object)[position] != .hole
      {
        value = vm.arrayElements(object)[position]
      } else {
        switch vm.getProperty(object, PropertyKey(index: UInt32(position))) {
        case .getter: return .needsCall
        case .value(let found): value = found
        case .absent: break
        }
      }
      if wrote { output.append(ascii: 44) }
      wrote = true
      indent(last + 1)
      position += 1
      let start = begin(value)
      if start == .written { if position & 0x3ff != 0 { continue } }
      levels[last].position = position
      levels[last].wrote = true
      switch start {
      case .noRoom: return .interrupted
      case .needsCall: return .needsCall
      case .skipped: output.append("null" as StaticString)
      case .circular: return .circular(circularMessage(value, PropertyKey(index: UInt32(position - 1))))
      case .written, .entered: return nil
      }
    }
    levels[last].position = position
    levels[last].wrote = wrote
    return nil
  }

  /// Writes members until one opens a level.
  private func writeMembers(_ last: Int) -> Outcome? {
    let object = levels[last].object
    let plan = levels[last].plan
    let count = levels[last].count
    var position = levels[last].position
    while position < count {
      let value: Value
      let key: PropertyKey
      if let plan {
        key = plan.members[position].key
        value = vm.slotAddress(object, plan.members[position].slot).pointee
      } else {
        key = levels[last].keys[position]
        switch vm.getProperty(object, key) {
        case .getter: return .needsCall
        case .value(let found): value = found
        case .absent: value = .undefined
        }
      }
      position += 1
      levels[last].position = position
      if !isWritten(value) {
        if value.isObject && !isPlain(value) { return .needsCall }
        continue
      }
      if levels[last].wrote { output.append(ascii: 44) }
      levels[last].wrote = true
      indent(last + 1)
      if let plan, !plan.members[position - 1].text.isEmpty {
        output.append(bytes: plan.bytes, plan.members[position - 1].text)
      } else {
        quote(vm.keyValue(key))
        output.append(ascii: 58)
        if !gap.isEmpty { output.append(ascii: 32) }
      }
      switch begin(value) {
      case .noRoom: return .interrupted
      case .needsCall: return .needsCall
      case .skipped: output.append("null" as StaticString)
      case .circular: return .circular(circularMessage(value, key))
      case .written: if position & 0x3ff == 0 { return nil }
      case .entered: return nil
      }
    }
    return nil
  }

  /// Whether a string fits behind what is written.
  private func hasRoom(toQuote string: Value) -> Bool {
    guard vm.stringLength(string) >= 1 << 14 else { return true }
    return vm.isWithinLimit(since: allocatedBefore)
      && output.mayGoOn(vm, besides: levelBytes + quotedCount(vm.view(string)) * 3)
  }

  private func isWritten(_ value: Value) -> Bool {
    !value.isUndefined && !value.isSymbol && !(value.isObject && vm.isCallable(value))
  }

  private func begin(_ value: Value) -> Start {
    if value.isObject { return enter(value) }
    if value.isBigInt { return .needsCall }
    if value.isUndefined || value.isSymbol { return .skipped }
    if value.isString, !hasRoom(toQuote: value) { return .noRoom }
    vm.appendPrimitiveJSON(value, to: &output)
    return .written
  }

  /// Whether nothing of the program has a say in how an object is written.
  private func isPlain(_ value: Value) -> Bool {
    let object = vm.cell(value)
    if object.kind == .wrapper { return false }
    if object.shape == plainShape { return true }
    switch vm.getProperty(object, toJSON) {
    case .absent: break
    case .value(let method) where !vm.isCallable(method): break
    default: return false
    }
    if vm.shapeInfo(object).pointee.flags & ShapeFlag.dictionary == 0 { plainShape = object.shape }
    return true
  }

  private func enter(_ value: Value) -> Start {
    let object = vm.cell(value)
    if object.kind == .object, let plan = plan(object) {
      // A shape with a plan is known to be plain.
      guard noteOpen(value.handle) else { return .circular }
      levels.append(Level(object: object, isArray: false, plan: plan, count: plan.members.count))
      output.append(ascii: 123)
      return .entered
    }
    guard isPlain(value) else { return .needsCall }
    if vm.isCallable(value) { return .skipped }
    guard noteOpen(value.handle) else { return .circular }
    if object.kind == .array {
      levels.append(Level(object: object, isArray: true, count: vm.arrayLength(object)))
      output.append(ascii: 91)
      return .entered
    }
    let keys = vm.ownKeys(object).filter { key in
      if !key.isIndex && vm.cell(key.atom).kind == .symbol { return false }
      return vm.ownProperty(object, key)?.attributes.contains(.enumerable) == true
    }
    levels.append(Level(object: object, isArray: false, keys: keys, count: keys.count))
    output.append(ascii: 123)
    return .entered
  }

  /// Whether the object is on no level yet.
  private func noteOpen(_ handle: Handle) -> Bool {
    if levels.count < Self.shallow {
      for level in levels where vm.handle(level.object) == handle { return false }
      return true
    }
    if open.isEmpty { for level in levels { open.insert(vm.handle(level.object)) } }
    return open.insert(handle).inserted
  }

  private func close() {
    let level = levels.removeLast()
    if levels.count >= Self.shallow { open.remove(vm.handle(level.object)) } else if !open.isEmpty { open = [] }
    if level.wrote { indent(levels.count) }
    output.append(ascii: level.isArray ? 93 : 125)
  }

  // MARK: Plans

  /// The plan for an object's shape; nil when its members must be looked at one by one.
  private func plan(_ object: Cell) -> Plan? {
    let shape = object.shape
    if shape == lastShape, vm.indexStore(object) == nil { return lastPlan }
    guard vm.indexStore(object) == nil, !vm.isGlobalObject(object),
      vm.shapeInfo(object).pointee.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0
    else { return nil }
    if let known = plans[shape] {
      lastShape = shape
      lastPlan = known
      return known
    }
    guard isPlain(vm.objectValue(object)), let plan = makePlan(shape) else { return nil }
    plans[shape] = plan
    lastShape = shape
    lastPlan = plan
    return plan
  }

  private func makePlan(_ shape: ShapeID) -> Plan? {
    let plan = Plan()
    for property in vm.shapes.properties(of: shape) {
      let key = PropertyKey(atom: property.key)
      guard vm.cell(key.atom).kind != .symbol, property.attributes.contains(.enumerable) else { continue }
      if property.attributes.contains(.accessor) { return nil }
      var text = StringBuilder()
      appendQuoted(vm.view(vm.keyValue(key)), to: &text)
      text.append(ascii: 58)
      if !gap.isEmpty { text.append(ascii: 32) }
      let start = plan.bytes.count
      if let bytes = text.latin1 { plan.bytes += bytes }
      plan.members.append(Plan.Member(key: key, slot: property.slot, text: start..<plan.bytes.count))
    }
    return plan
  }

  // MARK: Text

  private func indent(_ depth: Int) {
    if gap.isEmpty { return }
    output.append(ascii: 10)
    for _ in 0..<depth { for unit in gap { output.append(unit) } }
  }

  private func quote(_ string: Value) { appendQuoted(vm.view(string), to: &output) }

  private func circularMessage(_ value: Value, _ key: PropertyKey) -> String {
    guard let start = levels.firstIndex(where: { vm.handle($0.object) == value.handle }) else { return "" }
    var path: [(String, String)] = []
    for i in start..<levels.count {
      let level = levels[i]
      let name = vm.constructorName(level.object) ?? "Object"
      var step = ""
      if i > start {
        let parent = levels[i - 1]
        step =
          parent.isArray ? "index \(parent.position - 1)" : "property '\(vm.describe(key: openKey(of: parent)))'"
      }
      path.append((step, name))
    }
    let last = levels[levels.count - 1].isArray ? "index \(key.index)" : "property '\(vm.describe(key: key))'"
    return circularText(path, closing: last)
  }

  /// The key of the member that a level is at.
  private func openKey(of level: Level) -> PropertyKey {
    level.plan.map { $0.members[level.position - 1].key } ?? level.keys[level.position - 1]
  }
}
