import CVMDispatch
import Glibc

// Slow paths of arithmetic: mixed numbers, strings and other primitives natively, objects through self-hosted twins.

/// Stores where the instruction stands, with `words` trailing words behind it.
@inline(__always) func enterSlowPath(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, skipping words: Int = 0) {
  vm.pointee.frame = r
  vm.pointee.pc = pc + words
}

/// Runs a numeric operation on primitives; objects go to the twin, symbols raise.
@inline(__always) private func numeric(
  _ vm: VM, _ dst: Int, _ a: Value, _ b: Value, _ twin: Twin, _ body: (Double, Double) -> Value
) {
  if _fastPath(a.isNumber), _fastPath(b.isNumber) {
    vm.pointee.frame[dst] = body(a.asNumber, b.asNumber)
  } else if a.isObject || b.isObject {
    enterTwin(vm, twin, .store, dst, a, b)
  } else if a.isSymbol || b.isSymbol {
    vm.throwError(.typeError, ErrorMessage.symbolToNumber)
  } else if a.isBigInt || b.isBigInt {
    bigIntBinary(vm, dst, a, b, twin)
  } else {
    vm.pointee.frame[dst] = body(vm.primitiveToNumber(a), vm.primitiveToNumber(b))
  }
}

/// An operator of which at least one operand is a BigInt and none an object or symbol.
@inline(never) private func bigIntBinary(_ vm: VM, _ dst: Int, _ a: Value, _ b: Value, _ twin: Twin) {
  guard a.isBigInt && b.isBigInt else { return vm.throwError(.typeError, ErrorMessage.mixedBigInt) }
  guard let operation = twin.bigIntOperator else { return vm.throwError(.typeError, ErrorMessage.bigIntUnsignedShift) }
  finishNumeric(vm, dst, vm.bigIntOperation(operation, a, b))
}

/// Stores the result of native work on BigInts, raises its exception, or has the instruction run again.
private func finishNumeric(_ vm: VM, _ dst: Int, _ result: Value) {
  switch result.bits {
  case Value.exceptionMarker.bits: vm.throwValue(vm.pointee.exception)
  case Value.retry.bits: retry(vm, vm.pointee.pc)
  default: vm.pointee.frame[dst] = result
  }
}

extension Twin {
  fileprivate var bigIntOperator: BigIntOperator? {
    switch self {
    case .add: .add
    case .sub: .subtract
    case .mul: .multiply
    case .div: .divide
    case .mod: .remainder
    case .exp: .exponentiate
    case .bitAnd: .and
    case .bitOr: .or
    case .bitXor: .xor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    default: nil
    }
  }
}

@inline(never) func slowAdd(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  add(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)])
}

@inline(never) func slowAddInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  add(vm, fieldA(w), r[fieldB(w)], Value(int: signedC(w)))
}

private func add(_ vm: VM, _ dst: Int, _ a: Value, _ b: Value) {
  if a.isString && b.isString {
    concatenate(vm, dst, a, b)
  } else if a.isNumber && b.isNumber {
    vm.pointee.frame[dst] = Value(number: a.asNumber + b.asNumber)
  } else if a.isObject || b.isObject {
    enterTwin(vm, .add, .store, dst, a, b)
  } else if a.isString || b.isString {
    if a.isSymbol || b.isSymbol {
      vm.throwError(.typeError, ErrorMessage.symbolToString)
    } else {
      let left = vm.primitiveToString(a)
      let right = vm.primitiveToString(b)
      if !left.isString { return finishNumeric(vm, dst, left) }
      if !right.isString { return finishNumeric(vm, dst, right) }
      concatenate(vm, dst, left, right)
    }
  } else {
    numeric(vm, dst, a, b, .add) { Value(number: $0 + $1) }
  }
}

@inline(__always) private func concatenate(_ vm: VM, _ dst: Int, _ a: Value, _ b: Value) {
  guard vm.canConcatenate(a, b) else { return retry(vm, vm.pointee.pc) }
  if let result = vm.concatenate(a, b) {
    vm.pointee.frame[dst] = result
  } else {
    vm.throwError(.rangeError, ErrorMessage.invalidStringLength)
  }
}

@inline(never) func slowSub(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .sub) { Value(number: $0 - $1) }
}
@inline(never) func slowSubInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], Value(int: signedC(w)), .sub) { Value(number: $0 - $1) }
}
@inline(never) func slowMul(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .mul) { Value(number: $0 * $1) }
}
@inline(never) func slowMulInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], Value(int: signedC(w)), .mul) { Value(number: $0 * $1) }
}
@inline(never) func slowDiv(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .div) { Value(number: $0 / $1) }
}

func remainder(_ a: Double, _ b: Double) -> Value {
  let result = fmod(a, b)
  return result == 0 && a.sign == .minus ? Value(double: -0.0) : Value(number: result)
}

@inline(never) func slowMod(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .mod, remainder)
}
@inline(never) func slowModInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  numeric(vm, fieldA(w), r[fieldB(w)], Value(int: Int32(bitPattern: pc.pointee)), .mod, remainder)
}

/// Number::exponentiate (ECMA-262 6.1.6.1.3).
func exponentiate(_ base: Double, _ exponent: Double) -> Double {
  if exponent.isNaN || (base.magnitude == 1 && exponent.isInfinite) { return .nan }
  // The product is rounded exactly, which the library's function does not promise.
  return exponent == 2 ? base * base : pow(base, exponent)
}

@inline(never) func slowExp(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .exp) { Value(number: exponentiate($0, $1)) }
}

@inline(__always) private func integers(
  _ vm: VM, _ r: Registers, _ w: UInt32, _ b: Value, _ twin: Twin, _ body: (Int32, Int32) -> Int32
) {
  numeric(vm, fieldA(w), r[fieldB(w)], b, twin) {
    Value(int: body(NumberParsing.toInt32($0), NumberParsing.toInt32($1)))
  }
}

@inline(never) func slowBitAnd(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, r[fieldC(w)], .bitAnd) { $0 & $1 }
}
@inline(never) func slowBitOr(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, r[fieldC(w)], .bitOr) { $0 | $1 }
}
@inline(never) func slowBitXor(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, r[fieldC(w)], .bitXor) { $0 ^ $1 }
}
@inline(never) func slowShiftLeft(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, r[fieldC(w)], .shiftLeft) { $0 &<< $1 }
}
@inline(never) func slowShiftRight(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, r[fieldC(w)], .shiftRight) { $0 &>> $1 }
}
@inline(never) func slowBitAndInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  integers(vm, r, w, Value(int: Int32(bitPattern: pc.pointee)), .bitAnd) { $0 & $1 }
}
@inline(never) func slowBitOrInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  integers(vm, r, w, Value(int: Int32(bitPattern: pc.pointee)), .bitOr) { $0 | $1 }
}
@inline(never) func slowShiftLeftInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, Value(int: signedC(w)), .shiftLeft) { $0 &<< $1 }
}
@inline(never) func slowShiftRightInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  integers(vm, r, w, Value(int: signedC(w)), .shiftRight) { $0 &>> $1 }
}

private func shiftRightUnsigned(_ a: Double, _ b: Double) -> Value {
  Value(Int(NumberParsing.toUInt32(a) &>> NumberParsing.toUInt32(b)))
}

@inline(never) func slowShiftRightUnsigned(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], r[fieldC(w)], .shiftRightUnsigned, shiftRightUnsigned)
}
@inline(never) func slowShiftRightUnsignedInt(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  numeric(vm, fieldA(w), r[fieldB(w)], Value(int: signedC(w)), .shiftRightUnsigned, shiftRightUnsigned)
}

@inline(__always) private func unary(
  _ vm: VM, _ w: UInt32, _ a: Value, _ twin: Twin, _ body: (Double) -> Value, bigInt: (VM, Value) -> Value
) {
  if a.isBigInt {
    finishNumeric(vm, fieldA(w), bigInt(vm, a))
  } else if a.isObject {
    enterTwin(vm, twin, .store, fieldA(w), a)
  } else if a.isSymbol {
    vm.throwError(.typeError, ErrorMessage.symbolToNumber)
  } else {
    vm.pointee.frame[fieldA(w)] = body(vm.primitiveToNumber(a))
  }
}

@inline(never) func slowNegate(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .negate) {
    Value(number: -$0)
  } bigInt: {
    $0.bigIntNegate($1)
  }
}
@inline(never) func slowBitNot(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .bitNot) {
    Value(int: ~NumberParsing.toInt32($0))
  } bigInt: {
    $0.bigIntNot($1)
  }
}
@inline(never) func slowIncrement(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .increment) {
    Value(number: $0 + 1)
  } bigInt: {
    $0.bigIntIncrement($1)
  }
}
@inline(never) func slowDecrement(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .decrement) {
    Value(number: $0 - 1)
  } bigInt: {
    $0.bigIntDecrement($1)
  }
}
@inline(never) func slowToNumber(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .toNumber) {
    Value(number: $0)
  } bigInt: { vm, _ in
    vm.throwTypeError(ErrorMessage.bigIntToNumber)
  }
}
@inline(never) func slowToNumeric(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  unary(vm, w, r[fieldB(w)], .toNumeric) {
    Value(number: $0)
  } bigInt: {
    $1
  }
}

@inline(never) func slowToString(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let a = r[fieldB(w)]
  if a.isObject {
    enterTwin(vm, .toString, .store, fieldA(w), a)
  } else if a.isSymbol {
    vm.throwError(.typeError, ErrorMessage.symbolToString)
  } else {
    finishNumeric(vm, fieldA(w), vm.primitiveToString(a))
  }
}

@inline(never) func slowToPropertyKey(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  enterTwin(vm, .toPropertyKey, .store, fieldA(w), r[fieldB(w)])
}
