import CVMDispatch

// Running code on behalf of the person at the prompt rather than of the program.

extension Machine {
  /// Where ids of objects begin that questions make: far behind those that programs reach.
  static let questionIDs: UInt64 = 1 << 46

  /// Does something that runs code, without taking ids from the program: the next object that it makes has the id that it
  /// would have had.
  public func withoutTakingIDs<R>(_ body: () -> R) -> R {
    let saved = vm.pointee.nextID
    vm.pointee.nextID = max(questionID, Self.questionIDs)
    defer {
      questionID = vm.pointee.nextID
      vm.pointee.nextID = saved
    }
    return body()
  }

  /// Steps (rounds of loops and calls) of the run that ended last.
  public var stepsTaken: Int { countedSteps + max(sliceSteps - Int(max(vm.pointee.budget, 0)), 0) }

  /// An array of the host's, which takes no id of the program.
  public func makeHostArray(_ values: [Value]) -> Value { withoutTakingIDs { vm.objectValue(vm.makeArray(values)) } }

  /// Whether two values are the same, as `Object.is` says.
  public func isSameValue(_ a: Value, _ b: Value) -> Bool { vm.sameValue(a, b) }
}

extension Machine {
  /// Whether a condition on a value holds.
  public func isTruthy(_ value: Value) -> Bool { vm.toBoolean(value) }

  /// What `typeof` says, but `null` for null.
  public func typeName(of value: Value) -> String {
    if value.isObject { return isFunction(value) ? "function" : "object" }
    if value.isString { return "string" }
    if value.isSymbol { return "symbol" }
    if value.isNumber { return "number" }
    if value == .true || value == .false { return "boolean" }
    return value.isNull ? "null" : value.isUndefined ? "undefined" : "bigint"
  }

  /// The prototypes behind an object, nearest first.
  public func prototypeChain(of value: Value) -> [String] {
    guard let start = vm.lookupStart(value) else { return [] }
    var names: [String] = []
    var current: Cell? = value.isObject ? vm.prototype(start) : start
    while let holder = current, names.count < 50 {
      let object = vm.objectValue(holder)
      let constructor = vm.peekProperty(holder, PropertyKey(atom: self.names.constructor.handle))
      if let name = builtInNames[object.handle] {
        names.append(name)
      } else if let constructor, !constructor.isAccessor, constructor.value.isObject {
        names.append(vm.peekFunctionName(vm.cell(constructor.value)) + ".prototype")
      } else {
        names.append(identity(of: object) ?? "object")
      }
      current = vm.prototype(holder)
    }
    return names
  }

  /// The length of a string; 0 for other values.
  public func stringLength(_ value: Value) -> Int { value.isString ? vm.stringLength(value) : 0 }
}

extension Machine {
  /// Which ids the next objects get.
  public struct ObjectIDs: Sendable {
    fileprivate var program: UInt64
    fileprivate var machine: UInt64
  }

  /// A run that is repeated from its start must give the same ids again.
  public var objectIDs: ObjectIDs {
    get { ObjectIDs(program: vm.pointee.nextID, machine: nextInternalID) }
    set { (vm.pointee.nextID, nextInternalID) = (newValue.program, newValue.machine) }
  }
}
