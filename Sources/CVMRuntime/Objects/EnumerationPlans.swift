import CVMDispatch

/// The enumerable own properties that all objects of a shape have, in the order of the standard.
struct EnumerationPlan {
  struct Member {
    let key: Handle
    let slot: Int32
  }
  fileprivate(set) var members: UnsafeMutablePointer<Member>
  fileprivate(set) var count: Int
  /// The first so many have string keys, the others symbols.
  fileprivate(set) var stringCount: Int
  /// Whether one of them is an accessor.
  fileprivate(set) var hasAccessor: Bool
}

/// Plans by shape, for what goes through the properties of an object: they hold as long as the numbers of shapes do.
final class EnumerationPlans {
  @exclusivity(unchecked) private var plans: [ShapeID: EnumerationPlan] = [:]
  private let recent: UnsafeMutablePointer<(shape: ShapeID, plan: EnumerationPlan)>
  private static let recentCount = 64
  private static let largestCount = 1 << 14

  init() {
    recent = .allocate(capacity: Self.recentCount)
    clear()
  }

  deinit {
    clear()
    recent.deallocate()
  }

  func clear() {
    for plan in plans.values { plan.members.deallocate() }
    plans = [:]
    let none = EnumerationPlan(
      members: UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped, count: 0, stringCount: 0, hasAccessor: false)
    recent.initialize(repeating: (0, none), count: Self.recentCount)
  }

  /// The plan of an object; nil when its properties are not told by its shape alone.
  @inline(__always) func plan(_ vm: VM, _ object: Cell) -> EnumerationPlan? {
    guard object.kind != .array && object.kind != .wrapper, vm.indexStore(object) == nil else { return nil }
    let shape = object.shape
    let slot = recent + Int(shape) & (Self.recentCount - 1)
    if slot.pointee.shape == shape { return slot.pointee.plan }
    return findPlan(vm, object)
  }

  /// Whether no property of a shape is enumerable.
  func hasNoEnumerable(_ vm: VM, _ shape: ShapeID) -> Bool {
    guard vm.shapes[shape].pointee.flags & ShapeFlag.dictionary == 0 else { return false }
    if let known = plans[shape] { return known.count == 0 }
    if plans.count >= Self.largestCount { clear() }
    let plan = makePlan(vm, shape)
    plans[shape] = plan
    return plan.count == 0
  }

  private func findPlan(_ vm: VM, _ object: Cell) -> EnumerationPlan? {
    guard !vm.isGlobalObject(object),
      vm.shapeInfo(object).pointee.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0
    else { return nil }
    let shape = object.shape
    let plan: EnumerationPlan
    if let known = plans[shape] {
      plan = known
    } else {
      if plans.count >= Self.largestCount { clear() }
      plan = makePlan(vm, shape)
      plans[shape] = plan
    }
    recent[Int(shape) & (Self.recentCount - 1)] = (shape, plan)
    return plan
  }

  private func makePlan(_ vm: VM, _ shape: ShapeID) -> EnumerationPlan {
    let properties = vm.shapes.properties(of: shape).filter { $0.attributes.contains(.enumerable) }
    func isSymbol(_ property: ShapeTable.Property) -> Bool { vm.cell(property.key).kind == .symbol }
    let strings = properties.filter { !isSymbol($0) }
    let all = strings + properties.filter { isSymbol($0) && !vm.isPrivateName($0.key) }
    let members = UnsafeMutablePointer<EnumerationPlan.Member>.allocate(capacity: all.count)
    for (i, property) in all.enumerated() {
      members[i] = EnumerationPlan.Member(key: property.key, slot: Int32(property.slot))
    }
    return EnumerationPlan(
      members: members, count: all.count, stringCount: strings.count,
      hasAccessor: all.contains { $0.attributes.contains(.accessor) })
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Creates or replaces a writable, enumerable property of an ordinary object of which the program has no other view.
  @inline(__always) func defineFresh(_ object: Cell, _ key: Handle, _ value: Value) {
    if ShapeTable.lookup(self, key, in: object.shape) == nil,
      shapeInfo(object).pointee.flags & (ShapeFlag.dictionary | ShapeFlag.notExtensible) == 0
    {
      return addNamed(object, key, value, .all)
    }
    defineOwn(object, PropertyKey(atom: key), value, .all)
  }
}
