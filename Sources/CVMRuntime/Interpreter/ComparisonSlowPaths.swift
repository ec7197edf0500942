import CVMDispatch

/// The relational operators.
enum Relation {
  case lessThan, lessEqual, greaterThan, greaterEqual

  var twin: Twin {
    switch self {
    case .lessThan: .lessThan
    case .lessEqual: .lessEqual
    case .greaterThan: .greaterThan
    case .greaterEqual: .greaterEqual
    }
  }

  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .lessThan: a < b
    case .lessEqual: a <= b
    case .greaterThan: a > b
    case .greaterEqual: a >= b
    }
  }
}

/// Compares primitives that are not symbols; nil when user code or an error is needed.
@inline(never) func comparePrimitives(_ vm: VM, _ relation: Relation, _ a: Value, _ b: Value) -> Bool? {
  if a.isObject || b.isObject || a.isSymbol || b.isSymbol { return nil }
  if a.isString && b.isString {
    switch relation {
    case .lessThan: return vm.stringLess(a, b)
    case .lessEqual: return !vm.stringLess(b, a)
    case .greaterThan: return vm.stringLess(b, a)
    case .greaterEqual: return !vm.stringLess(a, b)
    }
  }
  if a.isBigInt || b.isBigInt {
    guard let order = compareWithBigInt(vm, a, b) else { return false }
    return relation.holds(Double(order), 0)
  }
  return relation.holds(vm.primitiveToNumber(a), vm.primitiveToNumber(b))
}

/// The order of two primitives, no symbols, of which at least one is a BigInt; nil when they have none.
private func compareWithBigInt(_ vm: VM, _ a: Value, _ b: Value) -> Int? {
  guard a.isBigInt else { return compareWithBigInt(vm, b, a).map { -$0 } }
  if b.isBigInt { return vm.bigIntCompare(a, b) }
  if b.isString {
    guard case .value(let negative, let magnitude) = vm.parseBigInt(vm.view(b)) else { return nil }
    let x = vm.bigInt(a)
    let isNegative = negative && !magnitude.isEmpty
    if x.isNegative != isNegative { return x.isNegative ? -1 : 1 }
    let order = magnitude.withUnsafeBufferPointer { limbs in
      limbs.baseAddress.map { Magnitude.compare(x.limbs, x.count, $0, limbs.count) } ?? (x.isZero ? 0 : 1)
    }
    return isNegative ? -order : order
  }
  return vm.bigIntCompare(a, number: vm.primitiveToNumber(b))
}

@inline(never) func slowCompare(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32, _ relation: Relation
) {
  enterSlowPath(vm, r, pc)
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if a.isObject || b.isObject {
    enterTwin(vm, relation.twin, .store, fieldA(w), a, b)
  } else {
    vm.throwError(.typeError, ErrorMessage.symbolToNumber)
  }
}

/// Takes or does not take the jump at `pc` after comparing what the fast paths did not.
@inline(never) func slowCompareJump(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ a: Value, _ b: Value, _ relation: Relation, _ kind: ReturnKind
) {
  enterSlowPath(vm, r, pc, skipping: 1)
  if let holds = comparePrimitives(vm, relation, a, b) {
    if holds == (kind == .jumpIfTrue) { vm.pointee.pc += Int(Int32(bitPattern: pc.pointee)) }
  } else if a.isObject || b.isObject {
    enterTwin(vm, relation.twin, kind, 0, a, b)
  } else {
    vm.throwError(.typeError, ErrorMessage.symbolToNumber)
  }
}

@inline(never) func strictlyEqualSlowly(_ vm: VM, _ a: Value, _ b: Value) -> Bool {
  if a.isNumber && b.isNumber { return a.asNumber == b.asNumber }
  if a.isString && b.isString { return vm.stringsEqual(a, b) }
  if a.isBigInt && b.isBigInt { return vm.bigIntsEqual(a, b) }
  return a == b
}

/// The whole of IsStrictlyEqual.
func strictEquals(_ vm: VM, _ a: Value, _ b: Value) -> Bool { strictlyEqualSlowly(vm, a, b) }

/// IsLooselyEqual without user code; nil when an object must be converted.
func looseEquals(_ vm: VM, _ a: Value, _ b: Value) -> Bool? {
  if a.isNumber && b.isNumber || a.isString && b.isString || a.isObject && b.isObject {
    return strictlyEqualSlowly(vm, a, b)
  }
  if a.isNullish || b.isNullish { return a.isNullish && b.isNullish }
  if a.isObject || b.isObject { return nil }
  if a.isSymbol || b.isSymbol { return a == b }
  if a.isBigInt || b.isBigInt { return compareWithBigInt(vm, a, b) == 0 }
  return vm.primitiveToNumber(a) == vm.primitiveToNumber(b)
}

@inline(never) func slowLooseEquals(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32, _ kind: ReturnKind
) {
  enterSlowPath(vm, r, pc)
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if let equal = looseEquals(vm, a, b) {
    r[fieldA(w)] = Value(equal == (kind == .store))
  } else {
    enterTwin(vm, .looseEquals, kind, fieldA(w), a, b)
  }
}

@inline(never) func slowLooseEqualsJump(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32, _ kind: ReturnKind
) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if let equal = looseEquals(vm, a, b) {
    if equal == (kind == .jumpIfTrue) { vm.pointee.pc += Int(Int32(bitPattern: pc.pointee)) }
  } else {
    enterTwin(vm, .looseEquals, kind, 0, a, b)
  }
}
