import CVMDispatch

// Comparisons: to a value, as jumps, as loop ends, and with an immediate.

@inline(__always) private func compare(
  _ a: Value, _ b: Value, _ ints: (Int32, Int32) -> Bool, _ doubles: (Double, Double) -> Bool, _ slow: () -> Bool?
) -> Bool? {
  if _fastPath(bothInt(a, b)) { return ints(a.asInt, b.asInt) }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) { return doubles(a.asDouble, b.asDouble) }
  return slow()
}

// MARK: <

@inline(__always) func opLessThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if let result = compare(a, b, { $0 < $1 }, { $0 < $1 }, { comparePrimitives(vm, .lessThan, a, b) }) {
    r[fieldA(w)] = Value(result)
    return
  }
  slowly(vm, &r, &pc, w) { slowCompare($0, $1, $2, $3, .lessThan) }
}

@inline(__always) func opJumpLessThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt < b.asInt)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble < b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessThan, .jumpIfTrue)
  }
}

@inline(__always) func opJumpLessThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt < immediate16(w))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble < Double(immediate16(w)))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessThan, .jumpIfTrue)
  }
}

@inline(__always) func opJumpNotLessThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: !(a.asInt < b.asInt))
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: !(a.asDouble < b.asDouble))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessThan, .jumpIfFalse)
  }
}

@inline(__always) func opJumpNotLessThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: !(a.asInt < immediate16(w)))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: !(a.asDouble < Double(immediate16(w))))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessThan, .jumpIfFalse)
  }
}

@inline(__always) func opLoopLessThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt < b.asInt)
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble < b.asDouble)
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessThan, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opLoopLessThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt < immediate16(w))
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble < Double(immediate16(w)))
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessThan, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

// MARK: <=

@inline(__always) func opLessEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if let result = compare(a, b, { $0 <= $1 }, { $0 <= $1 }, { comparePrimitives(vm, .lessEqual, a, b) }) {
    r[fieldA(w)] = Value(result)
    return
  }
  slowly(vm, &r, &pc, w) { slowCompare($0, $1, $2, $3, .lessEqual) }
}

@inline(__always) func opJumpLessEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt <= b.asInt)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble <= b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessEqual, .jumpIfTrue)
  }
}

@inline(__always) func opJumpLessEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt <= immediate16(w))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble <= Double(immediate16(w)))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessEqual, .jumpIfTrue)
  }
}

@inline(__always) func opJumpNotLessEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: !(a.asInt <= b.asInt))
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: !(a.asDouble <= b.asDouble))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessEqual, .jumpIfFalse)
  }
}

@inline(__always) func opJumpNotLessEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: !(a.asInt <= immediate16(w)))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: !(a.asDouble <= Double(immediate16(w))))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessEqual, .jumpIfFalse)
  }
}

@inline(__always) func opLoopLessEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt <= b.asInt)
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble <= b.asDouble)
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .lessEqual, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opLoopLessEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt <= immediate16(w))
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble <= Double(immediate16(w)))
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .lessEqual, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

// MARK: >

@inline(__always) func opGreaterThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if let result = compare(a, b, { $0 > $1 }, { $0 > $1 }, { comparePrimitives(vm, .greaterThan, a, b) }) {
    r[fieldA(w)] = Value(result)
    return
  }
  slowly(vm, &r, &pc, w) { slowCompare($0, $1, $2, $3, .greaterThan) }
}

@inline(__always) func opJumpGreaterThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt > b.asInt)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble > b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterThan, .jumpIfTrue)
  }
}

@inline(__always) func opJumpGreaterThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt > immediate16(w))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble > Double(immediate16(w)))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterThan, .jumpIfTrue)
  }
}

@inline(__always) func opJumpNotGreaterThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: !(a.asInt > b.asInt))
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: !(a.asDouble > b.asDouble))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterThan, .jumpIfFalse)
  }
}

@inline(__always) func opJumpNotGreaterThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: !(a.asInt > immediate16(w)))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: !(a.asDouble > Double(immediate16(w))))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterThan, .jumpIfFalse)
  }
}

@inline(__always) func opLoopGreaterThan(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt > b.asInt)
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble > b.asDouble)
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterThan, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opLoopGreaterThanInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt > immediate16(w))
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble > Double(immediate16(w)))
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterThan, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

// MARK: >=

@inline(__always) func opGreaterEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if let result = compare(a, b, { $0 >= $1 }, { $0 >= $1 }, { comparePrimitives(vm, .greaterEqual, a, b) }) {
    r[fieldA(w)] = Value(result)
    return
  }
  slowly(vm, &r, &pc, w) { slowCompare($0, $1, $2, $3, .greaterEqual) }
}

@inline(__always) func opJumpGreaterEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt >= b.asInt)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble >= b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterEqual, .jumpIfTrue)
  }
}

@inline(__always) func opJumpGreaterEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt >= immediate16(w))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble >= Double(immediate16(w)))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterEqual, .jumpIfTrue)
  }
}

@inline(__always) func opJumpNotGreaterEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: !(a.asInt >= b.asInt))
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: !(a.asDouble >= b.asDouble))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterEqual, .jumpIfFalse)
  }
}

@inline(__always) func opJumpNotGreaterEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: !(a.asInt >= immediate16(w)))
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: !(a.asDouble >= Double(immediate16(w))))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterEqual, .jumpIfFalse)
  }
}

@inline(__always) func opLoopGreaterEqual(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: a.asInt >= b.asInt)
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    jump(&pc, if: a.asDouble >= b.asDouble)
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, b, .greaterEqual, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opLoopGreaterEqualInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  if _fastPath(a.isInt) {
    jump(&pc, if: a.asInt >= immediate16(w))
    countSafepoint(vm, &r, &pc)
    return
  }
  if _fastPath(a.isDouble) {
    jump(&pc, if: a.asDouble >= Double(immediate16(w)))
    countSafepoint(vm, &r, &pc)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    slowCompareJump(vm, r, pc, a, Value(int: immediate16(w)), .greaterEqual, .jumpIfTrue)
  }
  countSafepoint(vm, &r, &pc)
}

// MARK: Equality

@inline(__always) private func strictlyEqual(_ vm: VM, _ a: Value, _ b: Value) -> Bool {
  if a == b { return !a.isDouble || a.asDouble == a.asDouble }
  // `undefined`, `null` and the like are equal to themselves alone; they stand on the right mostly.
  if _fastPath(bothInt(a, b)) || b.bits >> 48 == Tag.special { return false }
  return strictlyEqualSlowly(vm, a, b)
}

@inline(__always) func opStrictEq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  r[fieldA(w)] = Value(strictlyEqual(vm, r[fieldB(w)], r[fieldC(w)]))
}

@inline(__always) func opJumpStrictEq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  jump(&pc, if: strictlyEqual(vm, r[fieldA(w)], r[fieldB(w)]))
}

@inline(__always) func opJumpStrictEqInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let equal = a.isInt ? a.asInt == immediate16(w) : a.isDouble && a.asDouble == Double(immediate16(w))
  jump(&pc, if: equal)
}

@inline(__always) func opStrictNeq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  r[fieldA(w)] = Value(!strictlyEqual(vm, r[fieldB(w)], r[fieldC(w)]))
}

@inline(__always) func opJumpStrictNeq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  jump(&pc, if: !strictlyEqual(vm, r[fieldA(w)], r[fieldB(w)]))
}

@inline(__always) func opJumpStrictNeqInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let equal = a.isInt ? a.asInt == immediate16(w) : a.isDouble && a.asDouble == Double(immediate16(w))
  jump(&pc, if: !equal)
}

@inline(__always) func opEq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)) {
    r[fieldA(w)] = Value((a == b))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in slowLooseEquals(vm, r, pc, w, .store) }
}

@inline(__always) func opJumpEq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: (a == b))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in slowLooseEqualsJump(vm, r, pc, w, .jumpIfTrue) }
}

@inline(__always) func opNeq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)) {
    r[fieldA(w)] = Value(!(a == b))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in slowLooseEquals(vm, r, pc, w, .storeNot) }
}

@inline(__always) func opJumpNeq(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldA(w)]
  let b = r[fieldB(w)]
  if _fastPath(bothInt(a, b)) {
    jump(&pc, if: !(a == b))
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in slowLooseEqualsJump(vm, r, pc, w, .jumpIfFalse) }
}
