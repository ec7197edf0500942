import CVMDispatch

enum IteratorHelperBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Iterator", length: 0, selfHosted: "IteratorConstructor", "The class that iterators inherit from.",
      isConstructor: true)
  }
  static var from: BuiltinFunction {
    BuiltinFunction("from", length: 1, selfHosted: "IteratorFrom", "An iterator with the methods of iterators.")
  }
  static var concat: BuiltinFunction {
    BuiltinFunction("concat", length: 0, selfHosted: "IteratorConcat", "An iterator over the values of iterables.")
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("map", length: 1, selfHosted: "IteratorMap", "An iterator over what a function makes of values."),
      BuiltinFunction("filter", length: 1, selfHosted: "IteratorFilter", "An iterator over some of the values."),
      BuiltinFunction("take", length: 1, selfHosted: "IteratorTake", "An iterator over the first values."),
      BuiltinFunction("drop", length: 1, selfHosted: "IteratorDrop", "An iterator over all but the first values."),
      BuiltinFunction(
        "flatMap", length: 1, selfHosted: "IteratorFlatMap", "An iterator over the values of iterators."),
      BuiltinFunction("reduce", length: 1, selfHosted: "IteratorReduce", "One value made of all."),
      BuiltinFunction("toArray", length: 0, selfHosted: "IteratorToArray", "An array of the values."),
      BuiltinFunction("forEach", length: 1, selfHosted: "IteratorForEach", "Calls a function for each value."),
      BuiltinFunction("some", length: 1, selfHosted: "IteratorSome", "Whether a function holds for some value."),
      BuiltinFunction("every", length: 1, selfHosted: "IteratorEvery", "Whether a function holds for every value."),
      BuiltinFunction("find", length: 1, selfHosted: "IteratorFind", "The first value for which a function holds."),
    ]
  }
  static func method(_ name: StaticString, _ selfHosted: StaticString) -> BuiltinFunction {
    BuiltinFunction(name, length: 0, selfHosted: selfHosted, "Of the iterators that helpers make.")
  }
}

/// The state of an iterator helper, see Iterator.js.
struct HelperState {
  enum Status: Int32 {
    case notStarted = 0
    case suspended = 1
    case running = 2
    case completed = 3
  }
  static let count = 8
  static let wrapper = Value(5)

  let list: Value
  let elements: UnsafeMutablePointer<Value>

  /// Nil for what is no helper.
  @inline(__always) init?(_ vm: VM, _ object: Value) {
    guard vm.cell(object).kind == .iteratorHelper else { return nil }
    list = vm.cell(object).value(Layout.state)
    guard let cell = vm.denseArray(list), vm.denseLength(cell) == HelperState.count else { return nil }
    elements = vm.arrayElements(cell)
  }

  var isWrapper: Bool { elements[0] == HelperState.wrapper }

  var status: Status? { elements[5].isInt ? Status(rawValue: elements[5].asInt) : nil }

  /// Whether it waits for the next step, or for the first.
  @inline(__always) var isReady: Bool {
    elements[5] == Value(int: Status.suspended.rawValue) || elements[5] == Value(int: Status.notStarted.rawValue)
  }

  @inline(__always) func setRunning(_ vm: VM) {
    writeBarrier(vm, elements + 5)
    elements[5] = Value(int: Status.running.rawValue)
  }

  /// A step of `take` while there is something to take, or of `drop` once all is dropped, over an iterator of a built-in
  /// kind: the value or the done marker; nil, without effects, elsewhere.
  func stepCounted(_ vm: VM) -> Value? {
    guard elements[0].isInt, elements[3].isInt else { return nil }
    let left = elements[3].asInt
    let takes = elements[0].asInt == 2
    guard takes ? left > 0 : left == 0, let value = vm.stepBuiltInIterator(elements[1], elements[2]) else { return nil }
    vm.logWrites(from: elements + 3, byteCount: 24)
    if takes { elements[3] = Value(int: left - 1) }
    elements[5] = Value(int: (value == .done ? Status.completed : .suspended).rawValue)
    return value
  }

  /// The function that makes a step; nil for wrappers.
  @inline(__always) var twin: Twin? {
    guard elements[0].isInt else { return nil }
    return switch elements[0].asInt {
    case 0: .helperMapStep
    case 1: .helperFilterStep
    case 2: .helperTakeStep
    case 3: .helperDropStep
    case 4: .helperFlatMapStep
    case 6: .helperConcatStep
    default: nil
    }
  }
}

extension Machine {
  func addIteratorIntrinsics() {
    natives.addIntrinsic("IteratorObjectCreate") { vm, frame, _ in
      let prototype = frame[0].isObject ? frame[0] : vm.machine.intrinsics.iteratorPrototype
      return vm.objectValue(vm.makeObject(prototype: prototype.handle))
    }
    natives.addIntrinsic("IteratorPrototype") { vm, _, _ in vm.machine.intrinsics.iteratorPrototype }
    natives.addIntrinsic("IteratorConstructorObject") { vm, _, _ in vm.machine.intrinsics.iteratorConstructor }
    natives.addIntrinsic("IteratorHelperCreate", .integer) { vm, frame, _ in
      let intrinsics = vm.machine.intrinsics
      let prototype = frame[0].asInt == 5 ? intrinsics.wrappedIteratorPrototype : intrinsics.iteratorHelperPrototype
      let helper = vm.makeObject(kind: .iteratorHelper, prototype: prototype.handle, fieldBytes: 8)
      let state = vm.makeList([
        frame[0], frame[1], frame[2], frame[3], Value(0), Value(0), .undefined, .undefined,
      ])
      helper.setValue(Layout.state, state)
      return vm.objectValue(helper)
    }
    natives.addIntrinsic("IteratorHelperNextFunction") { vm, _, _ in vm.machine.intrinsics.iteratorHelperNext }
    natives.addIntrinsic("HasUnobservedResults", .object) { vm, frame, _ in
      // Generators pass on the result objects of iterators of the program.
      Value(vm.hasBuiltInNext(frame[0], frame[1]) && vm.cell(frame[0]).kind != .generator)
    }
    natives.addIntrinsic("IteratorHelperState") { vm, frame, _ in
      if frame[0].isObject, let helper = HelperState(vm, frame[0]), helper.isWrapper == (frame[1] == .true) {
        return helper.list
      }
      return vm.throwTypeError(
        "Method \(vm.calleePath(vm.pointee.frame)) called on incompatible receiver \(vm.wordsFor(frame[0]))")
    }
  }

  /// `Iterator`, its prototype, and the prototypes of what its methods make.
  func installIterators() {
    let installer = BuiltinInstaller(self)
    let prototype = intrinsics.iteratorPrototype
    intrinsics.iteratorConstructor = installer.addClass(
      IteratorHelperBuiltins.constructor, prototype, [IteratorHelperBuiltins.from, IteratorHelperBuiltins.concat],
      IteratorHelperBuiltins.methods)
    vm.defineOwn(
      vm.cell(prototype), PropertyKey(atom: names.constructor.handle), .undefined, .hidden)
    _ = vm.deleteProperty(vm.cell(prototype), PropertyKey(atom: names.constructor.handle))
    installer.addAccessor(
      prototype, key: names.constructor, "Iterator.prototype.constructor",
      getter: BuiltinFunction(
        "get constructor", length: 0, native: { vm, _, _ in vm.machine.intrinsics.iteratorConstructor },
        "The class of iterators."),
      setter: BuiltinFunction(
        "set constructor", length: 1, selfHosted: "IteratorSetConstructor", "Sets it on iterators."))
    installer.addAccessor(
      prototype, key: intrinsics.symbolToStringTag, "Iterator.prototype[Symbol.toStringTag]",
      getter: BuiltinFunction(
        "get [Symbol.toStringTag]", length: 0, native: { vm, _, _ in vm.machine.atoms.intern("Iterator") },
        "The word Iterator."),
      setter: BuiltinFunction(
        "set [Symbol.toStringTag]", length: 1, selfHosted: "IteratorSetTag", "Sets it on iterators."))
    installHelperPrototypes(installer)
  }

  private func installHelperPrototypes(_ installer: BuiltinInstaller) {
    @discardableResult func add(
      _ object: Value, _ name: StaticString, _ selfHosted: StaticString, _ path: String
    ) -> Value {
      installer.add(
        IteratorHelperBuiltins.method(name, selfHosted), to: object, key: atoms.intern(name), "\(path).\(name)")
    }
    intrinsics.iteratorHelperNext = add(
      intrinsics.iteratorHelperPrototype, "next", "IteratorHelperNext", "Iterator Helper.prototype")
    add(intrinsics.iteratorHelperPrototype, "return", "IteratorHelperReturn", "Iterator Helper.prototype")
    installer.tag(intrinsics.iteratorHelperPrototype, "Iterator Helper")
    add(intrinsics.wrappedIteratorPrototype, "next", "WrappedIteratorNext", "Wrap for valid Iterator.prototype")
    add(intrinsics.wrappedIteratorPrototype, "return", "WrappedIteratorReturn", "Wrap for valid Iterator.prototype")
  }
}
