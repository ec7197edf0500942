import CVMDispatch

// Each `opX` is the body of one instruction: fast paths inline, everything else in a slow path.

@inline(__always) private func arithmetic(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM,
  _ ints: (Int32, Int32) -> (partialValue: Int32, overflow: Bool), _ doubles: (Double, Double) -> Double,
  _ slow: (VM, Registers, ProgramCounter, UInt32) -> Void
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)) {
    let (result, overflow) = ints(a.asInt, b.asInt)
    if _fastPath(!overflow) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  } else if _fastPath(a.isDouble) {
    if _fastPath(b.isDouble) {
      r[fieldA(w)] = Value(rawDouble: doubles(a.asDouble, b.asDouble))
      return
    }
    if b.isInt {
      r[fieldA(w)] = Value(rawDouble: doubles(a.asDouble, Double(b.asInt)))
      return
    }
  } else if a.isInt, b.isDouble {
    r[fieldA(w)] = Value(rawDouble: doubles(Double(a.asInt), b.asDouble))
    return
  }
  slowly(vm, &r, &pc, w, slow)
}

@inline(__always) func opAdd(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  arithmetic(w, &r, &pc, vm, { $0.addingReportingOverflow($1) }, { $0 + $1 }, slowAdd)
}

@inline(__always) func opSub(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  arithmetic(w, &r, &pc, vm, { $0.subtractingReportingOverflow($1) }, { $0 - $1 }, slowSub)
}

@inline(__always) private func multiplyInts(_ a: Int32, _ b: Int32) -> (partialValue: Int32, overflow: Bool) {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  // A zero may be -0.
  return (product, overflow || product == 0)
}

@inline(__always) func opMul(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  arithmetic(w, &r, &pc, vm, multiplyInts, { $0 * $1 }, slowMul)
}

@inline(__always) func opDiv(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(a.isDouble), _fastPath(b.isDouble) {
    r[fieldA(w)] = Value(rawDouble: a.asDouble / b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w, slowDiv)
}

@inline(__always) func opMod(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)), _fastPath(a.asInt >= 0), _fastPath(b.asInt > 0) {
    r[fieldA(w)] = Value(int: Int32(bitPattern: UInt32(bitPattern: a.asInt) % UInt32(bitPattern: b.asInt)))
    return
  }
  slowly(vm, &r, &pc, w, slowMod)
}

@inline(__always) func opExp(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  slowly(vm, &r, &pc, w, slowExp)
}

@inline(__always) private func arithmeticInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM,
  _ ints: (Int32, Int32) -> (partialValue: Int32, overflow: Bool), _ doubles: (Double, Double) -> Double,
  _ slow: (VM, Registers, ProgramCounter, UInt32) -> Void
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    let (result, overflow) = ints(a.asInt, signedC(w))
    if _fastPath(!overflow) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  } else if _fastPath(a.isDouble) {
    r[fieldA(w)] = Value(rawDouble: doubles(a.asDouble, Double(signedC(w))))
    return
  }
  slowly(vm, &r, &pc, w, slow)
}

@inline(__always) func opAddInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  arithmeticInt(w, &r, &pc, vm, { $0.addingReportingOverflow($1) }, { $0 + $1 }, slowAddInt)
}

@inline(__always) func opSubInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  arithmeticInt(w, &r, &pc, vm, { $0.subtractingReportingOverflow($1) }, { $0 - $1 }, slowSubInt)
}

@inline(__always) func opMulInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  arithmeticInt(w, &r, &pc, vm, multiplyInts, { $0 * $1 }, slowMulInt)
}

@inline(__always) func opModInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt), _fastPath(a.asInt >= 0) {
    r[fieldA(w)] = Value(int: Int32(bitPattern: UInt32(bitPattern: a.asInt) % pc.pointee))
    pc += 1
    return
  }
  slowly(vm, &r, &pc, w, slowModInt)
}

@inline(__always) private func bitwise(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ ints: (Int32, Int32) -> Int32,
  _ slow: (VM, Registers, ProgramCounter, UInt32) -> Void
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)) {
    r[fieldA(w)] = Value(int: ints(a.asInt, b.asInt))
    return
  }
  slowly(vm, &r, &pc, w, slow)
}

@inline(__always) func opBitAnd(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bitwise(w, &r, &pc, vm, { $0 & $1 }, slowBitAnd) }

@inline(__always) func opBitOr(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bitwise(w, &r, &pc, vm, { $0 | $1 }, slowBitOr) }

@inline(__always) func opBitXor(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bitwise(w, &r, &pc, vm, { $0 ^ $1 }, slowBitXor) }

@inline(__always) func opShiftLeft(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bitwise(w, &r, &pc, vm, { $0 &<< $1 }, slowShiftLeft) }

@inline(__always) func opShiftRight(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bitwise(w, &r, &pc, vm, { $0 &>> $1 }, slowShiftRight) }

@inline(__always) func opShiftRightUnsigned(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(bothInt(a, b)) {
    let result = Int32(bitPattern: UInt32(bitPattern: a.asInt) &>> UInt32(bitPattern: b.asInt))
    if _fastPath(result >= 0) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  }
  slowly(vm, &r, &pc, w, slowShiftRightUnsigned)
}

@inline(__always) func opBitAndInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    r[fieldA(w)] = Value(int: a.asInt & Int32(bitPattern: pc.pointee))
    pc += 1
    return
  }
  slowly(vm, &r, &pc, w, slowBitAndInt)
}

@inline(__always) func opBitOrInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    r[fieldA(w)] = Value(int: a.asInt | Int32(bitPattern: pc.pointee))
    pc += 1
    return
  }
  if _fastPath(a.isDouble) {
    r[fieldA(w)] = Value(int: NumberParsing.toInt32(a.asDouble) | Int32(bitPattern: pc.pointee))
    pc += 1
    return
  }
  slowly(vm, &r, &pc, w, slowBitOrInt)
}

@inline(__always) private func shiftInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ ints: (Int32, Int32) -> Int32,
  _ slow: (VM, Registers, ProgramCounter, UInt32) -> Void
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    r[fieldA(w)] = Value(int: ints(a.asInt, signedC(w)))
    return
  }
  slowly(vm, &r, &pc, w, slow)
}

@inline(__always) func opShiftLeftInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { shiftInt(w, &r, &pc, vm, { $0 &<< $1 }, slowShiftLeftInt) }

@inline(__always) func opShiftRightInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { shiftInt(w, &r, &pc, vm, { $0 &>> $1 }, slowShiftRightInt) }

@inline(__always) func opShiftRightUnsignedInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    let result = Int32(bitPattern: UInt32(bitPattern: a.asInt) &>> UInt32(bitPattern: signedC(w)))
    if _fastPath(result >= 0) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  }
  slowly(vm, &r, &pc, w, slowShiftRightUnsignedInt)
}

@inline(__always) func opNegate(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt), _fastPath(a.asInt != 0), _fastPath(a.asInt != Int32.min) {
    r[fieldA(w)] = Value(int: 0 &- a.asInt)
    return
  }
  if _fastPath(a.isDouble) {
    r[fieldA(w)] = Value(double: -a.asDouble)
    return
  }
  slowly(vm, &r, &pc, w, slowNegate)
}

@inline(__always) func opBitNot(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    r[fieldA(w)] = Value(int: ~a.asInt)
    return
  }
  slowly(vm, &r, &pc, w, slowBitNot)
}

@inline(__always) func opIncrement(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    let (result, overflow) = a.asInt.addingReportingOverflow(1)
    if _fastPath(!overflow) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  }
  slowly(vm, &r, &pc, w, slowIncrement)
}

@inline(__always) func opDecrement(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isInt) {
    let (result, overflow) = a.asInt.subtractingReportingOverflow(1)
    if _fastPath(!overflow) {
      r[fieldA(w)] = Value(int: result)
      return
    }
  }
  slowly(vm, &r, &pc, w, slowDecrement)
}

@inline(__always) func opToNumber(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isNumber) { r[fieldA(w)] = a } else { slowly(vm, &r, &pc, w, slowToNumber) }
}

@inline(__always) func opToNumeric(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isNumber) { r[fieldA(w)] = a } else { slowly(vm, &r, &pc, w, slowToNumeric) }
}

@inline(__always) func opToString(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(a.isString) { r[fieldA(w)] = a } else { slowly(vm, &r, &pc, w, slowToString) }
}

@inline(__always) func opToPropertyKey(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  if _fastPath(!a.isObject) { r[fieldA(w)] = a } else { slowly(vm, &r, &pc, w, slowToPropertyKey) }
}
