import CVMBytecode
import CVMDispatch

/// Calls the function in a window: `base[0]` the callee, `base[1]` this, arguments from `base[4]`.
///
/// Afterwards `frame` and `pc` are where execution goes on: in the called code, or behind the call when it was native.
@inline(never) func invoke(
  _ vm: VM, _ base: Registers, _ argumentCount: Int, _ kind: ReturnKind, returnPC: ProgramCounter, caller: Registers,
  destination: Int, newTarget: Value? = nil
) {
  var count = argumentCount
  vm.pointee.frame = caller
  vm.pointee.pc = returnPC
  while true {
    let callee = base[0]
    guard callee.isObject else { return throwNotCallable(vm, callee, isNew: newTarget != nil) }
    let function = vm.cell(callee)
    if function.kind == .boundFunction {
      guard let unpacked = unpackBoundFunction(vm, base, count, isNew: newTarget != nil) else { return }
      count = unpacked
      continue
    }
    guard function.kind == .function else { return throwNotCallable(vm, callee, isNew: newTarget != nil) }
    let native = function.u32(Layout.Function.native)
    if native != Layout.Function.none {
      if newTarget != nil {
        base[FrameHeader.size + FrameHeader.meta] = constructMeta(newTarget, count)
      } else {
        base[FrameHeader.size + FrameHeader.meta] = Value(bits: UInt64(count) << 32)
      }
      let result = vm.native(native)(vm, base + FrameHeader.size, Int32(truncatingIfNeeded: count))
      switch result.bits {
      case Value.exceptionMarker.bits: return vm.throwValue(vm.pointee.exception)
      case Value.callNeeded.bits: break
      case Value.reinvoke.bits:
        count = vm.machine.reinvokeCount
        let constructed = vm.machine.reinvokeNewTarget
        if constructed.isObject {
          vm.machine.reinvokeNewTarget = .undefined
          if kind == .call {
            return construct(vm, base, count, newTarget: constructed, returnPC: returnPC, caller: caller)
          }
          // The result is wanted elsewhere: a function constructs and returns it.
          base[5] = vm.makeList(Array(UnsafeBufferPointer(start: base + FrameHeader.size, count: count)))
          base[4] = base[0]
          base[6] = constructed
          base[0] = vm.machine.twinFunction(.constructWith)
          count = 3
        }
        continue
      case Value.retry.bits: return retry(vm, returnPC)
      case Value.resume.bits:
        return vm.resumeGenerator(
          vm.cell(base[1]), vm.machine.resumption, count > 0 ? base[FrameHeader.size] : .undefined, base: base,
          caller: caller, returnPC: returnPC, kind, destination: destination)
      default:
        return deliver(vm, result, kind, base: base, caller: caller, returnPC: returnPC, destination: destination)
      }
    }
    return enterCode(
      vm, function, base, count, kind, returnPC: returnPC, caller: caller, destination: destination,
      newTarget: newTarget)
  }
}

@inline(__always) private func constructMeta(_ newTarget: Value?, _ count: Int) -> Value {
  Value(bits: (newTarget ?? .undefined).bits | UInt64(count) << 32)
}

private func enterCode(
  _ vm: VM, _ function: Cell, _ base: Registers, _ count: Int, _ kind: ReturnKind, returnPC: ProgramCounter,
  caller: Registers, destination: Int, newTarget: Value?
) {
  let code = vm.pointee.codes + Int(function.u32(Layout.Function.code))
  if newTarget == nil && function.flags & CellFlag.classConstructor != 0 {
    return vm.throwError(.typeError, ErrorMessage.needsNew(vm.functionName(function) ?? "anonymous"))
  }
  let frame = base + FrameHeader.size
  let parameters = Int(code.pointee.parameterCount)
  let needed = Swift.max(Int(code.pointee.registerCount), count)
  guard frame + needed <= vm.pointee.stackLimit, frame - caller < 65536, count < 65536 else {
    return throwStackOverflow(vm)
  }
  var missing = count
  while missing < parameters {
    frame[missing] = .undefined
    missing += 1
  }
  frame[FrameHeader.link] = vm.makeLink(returnPC, frame - caller, kind)
  if let newTarget {
    frame[FrameHeader.meta] = constructMeta(newTarget, count)
  } else {
    frame[FrameHeader.meta] = Value(bits: UInt64(count) << 32 | UInt64(destination))
  }
  vm.pointee.frame = frame
  vm.pointee.pc = vm.pointee.code + Int(code.pointee.entry)
}

@inline(never) func throwStackOverflow(_ vm: VM) {
  vm.throwError(.rangeError, ErrorMessage.stackOverflow)
}

private func throwNotCallable(_ vm: VM, _ callee: Value, isNew: Bool) {
  let what = vm.calleeText(callee)
  vm.throwError(.typeError, isNew ? ErrorMessage.notAConstructor(what) : ErrorMessage.notAFunction(what))
}

/// Puts the target, this and arguments of a bound function into the window; nil after raising an error.
private func unpackBoundFunction(_ vm: VM, _ base: Registers, _ count: Int, isNew: Bool) -> Int? {
  let bound = vm.cell(base[0])
  let arguments = vm.cell(bound.value(Layout.BoundFunction.arguments))
  let extra = Int(arguments.shape)
  guard base + FrameHeader.size + count + extra <= vm.pointee.stackLimit else {
    throwStackOverflow(vm)
    return nil
  }
  let first = base + FrameHeader.size
  var i = count
  while i > 0 {
    i -= 1
    first[i + extra] = first[i]
  }
  for i in 0..<extra { first[i] = arguments.value(Layout.values + i * 8) }
  base[0] = bound.value(Layout.BoundFunction.target)
  if !isNew { base[1] = bound.value(Layout.BoundFunction.this) }
  return count + extra
}

/// Collects, then runs the instruction before `returnPC` again; stops when the memory is not to be had.
func retry(_ vm: VM, _ returnPC: ProgramCounter) {
  let machine = vm.machine
  if machine.mustStop {
    vm.pointee.pc = machine.startOfInstruction(before: returnPC)
    machine.safepoint()
    return
  }
  vm.pointee.pc = machine.startOfInstruction(before: returnPC)
  machine.collect()
  if !machine.heap.fits(machine.requestedBytes) { machine.halt(.stopped(.heapLimit)) }
}

extension Machine {
  /// The first word of the instruction that ends at `pc` in the running code.
  func startOfInstruction(before pc: ProgramCounter) -> ProgramCounter {
    let code = vm.code(of: vm.pointee.frame).pointee
    var position = vm.pointee.code + Int(code.entry)
    while true {
      guard let info = Instruction(word: position.pointee).opcode?.info else { return position }
      let next = position + info.wordCount
      if next >= pc { return position }
      position = next
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Asks for room for a large allocation: false means that the native must answer `retry` without having had effects.
  func canAllocate(_ bytes: Int) -> Bool {
    if bytes < 1 << 20 || heap.fits(bytes) { return true }
    machine.requestedBytes = bytes
    return false
  }

  /// Whether a loop that makes texts, or makes them flat, may go on: false means `retry`, as with `canAllocate`. `start`
  /// is what had been allocated when it began.
  func isWithinLimit(since start: Int) -> Bool {
    if heap.fits(0) { return true }
    machine.requestedBytes = heap.allocatedSinceCollection - start
    return false
  }

  /// Whether work on very many keys must stop after one of them, and its instruction answer `retry`.
  @inline(__always) func mustStop(afterKey number: Int) -> Bool { number & 0x1fff == 0x1fff && machine.mustStop }

  /// Asks for room for the concatenation of two texts and its flat copy, as `canAllocate` does.
  @inline(__always) func canConcatenate(_ left: Value, _ right: Value) -> Bool {
    canAllocate((stringLength(left) + stringLength(right)) * 2)
  }

  /// The callee of the running call as the source has it, for error messages.
  func calleeText(_ callee: Value) -> String {
    guard let text = sourceText() else { return describe(callee) }
    return text.hasPrefix("super.") ? "(intermediate value)" + text.dropFirst(5) : withoutQuotedKeys(text)
  }

  /// `o['a']` as `o.a`, which is how V8 names it.
  private func withoutQuotedKeys(_ text: String) -> String {
    guard text.contains("['") || text.contains("[\"") else { return text }
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "[") {
      let key = rest[rest.index(after: open)...]
      guard let quote = key.first, quote == "'" || quote == "\"",
        let close = key.dropFirst().firstIndex(of: quote), key[key.index(after: close)...].hasPrefix("]")
      else { break }
      result += rest[..<open] + "." + key[key.index(after: key.startIndex)..<close]
      rest = key[key.index(after: close)...].dropFirst()
    }
    return result + rest
  }

  /// The source text of the expression that the running instruction's messages name; nil in self-hosted code.
  func sourceText() -> String? {
    let machine = machine
    guard let code = loadedCode(cell(pointee.frame[FrameHeader.callee])), let source = code.source,
      !code.block.isSelfHosted
    else { return nil }
    let offset = machine.code.offset(of: pointee.pc, in: code)
    guard offset > 0, let entry = code.block.sourceMap.entry(at: UInt32(offset - 1)) else { return nil }
    return source.text(from: Int(entry.start), to: Int(entry.end))
  }
}

/// Hands a result to the caller according to the return kind.
func deliver(
  _ vm: VM, _ value: Value, _ kind: ReturnKind, base: Registers, caller: Registers, returnPC: ProgramCounter,
  destination: Int
) {
  vm.pointee.frame = caller
  vm.pointee.pc = returnPC
  switch kind {
  case .call: base[0] = value
  case .construct: base[0] = value.isObject ? value : base[1]
  case .store: caller[destination] = value
  case .storeNot: caller[destination] = Value(!vm.toBoolean(value))
  case .storeBoolean: caller[destination] = Value(vm.toBoolean(value))
  case .jumpIfTrue: if vm.toBoolean(value) { vm.pointee.pc += Int(Int32(bitPattern: returnPC[-1])) }
  case .jumpIfFalse: if !vm.toBoolean(value) { vm.pointee.pc += Int(Int32(bitPattern: returnPC[-1])) }
  case .discard: break
  case .iteratorStep:
    let word = returnPC[-2]
    if value == .done {
      caller[fieldA(word)] = .undefined
      vm.pointee.pc += Int(Int32(bitPattern: returnPC[-1]))
    } else {
      caller[fieldB(word)] = value
    }
  case .iteratorOpen:
    let record = vm.cell(value)
    let state = caller + fieldA(returnPC[-1])
    state[0] = record.value(Layout.values)
    state[1] = record.value(Layout.values + 8)
    state[2] = .undefined
  case .delegateStep:
    let state = caller + fieldA(returnPC[-2])
    if value.tag == Tag.cell {
      let record = vm.cell(value)
      state[2] = record.value(Layout.values)
      state[3] = record.value(Layout.values + 8)
    } else {
      state[2] = value
      vm.pointee.pc += Int(Int32(bitPattern: returnPC[-1]))
    }
  case .classPrototype: finishClass(vm, value, caller: caller, returnPC: returnPC)
  case .host:
    vm.pointee.result = value
    vm.machine.halt(.completed)
  }
}

// MARK: Instructions

@inline(__always) func opCall(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  let base = r + fieldA(w)
  base[1] = .undefined
  callFast(w, base, &r, &pc, vm, h)
}

@inline(__always) func opCallMethod(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  callFast(w, r + fieldA(w), &r, &pc, vm, h)
}

@inline(__always) private func callFast(
  _ w: UInt32, _ base: Registers, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let callee = base[0]
  if _fastPath(callee.isObject) {
    let function = UnsafeMutableRawPointer(h + Int(callee.handle) &* 8)
    // Kind and flags at once: a plain constructor function or one that is none.
    if _fastPath(function.kind == CellKind.function) {
      let code = vm.pointee.codes + Int(function.u32(Layout.Function.code))
      if _fastPath(function.u32(Layout.Function.native) == Layout.Function.none),
        _fastPath(Int(code.pointee.fastParameterCount) <= fieldB(w))
      {
        let frame = base + FrameHeader.size
        if _fastPath(frame + Int(code.pointee.registerCount) <= vm.pointee.stackLimit) {
          // The distance is known from the instruction: no pointer difference.
          let distance = UInt64(fieldA(w) &+ FrameHeader.size)
          frame[FrameHeader.link] = Value(bits: vm.returnOffset(pc) | distance << 32)
          r = frame
          pc = vm.pointee.code + Int(code.pointee.entry)
          countSafepoint(vm, &r, &pc)
          return
        }
      }
    }
  }
  slowly(vm, &r, &pc, w, slowCall)
}

@inline(never) func slowCall(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  if callNativeDirectly(vm, r, pc, w) { return }
  invoke(vm, r + fieldA(w), fieldB(w), .call, returnPC: pc, caller: r, destination: 0)
  countSlowSafepoint(vm)
}

/// A native function that has its result at once needs no more than this; everything else goes through `invoke`, which
/// calls it again when it declined (it had no effect then).
@inline(__always) private func callNativeDirectly(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32
) -> Bool {
  let base = r + fieldA(w)
  guard base[0].isObject else { return false }
  let function = vm.cell(base[0])
  guard function.kind == .function, function.u32(Layout.Function.native) != Layout.Function.none else { return false }
  enterSlowPath(vm, r, pc)
  base[FrameHeader.size + FrameHeader.meta] = Value(bits: UInt64(fieldB(w)) << 32)
  let result = vm.native(function.u32(Layout.Function.native))(
    vm, base + FrameHeader.size, Int32(truncatingIfNeeded: fieldB(w)))
  if _slowPath(result.isNativeMarker) {
    switch result.bits {
    case Value.exceptionMarker.bits: vm.throwValue(vm.pointee.exception)
    case Value.reinvoke.bits:
      let constructed = vm.machine.reinvokeNewTarget
      vm.machine.reinvokeNewTarget = .undefined
      if constructed.isObject {
        construct(vm, base, vm.machine.reinvokeCount, newTarget: constructed, returnPC: pc, caller: r)
        return true
      }
      invoke(vm, base, vm.machine.reinvokeCount, .call, returnPC: pc, caller: r, destination: 0)
      countSlowSafepoint(vm)
    default: return false
    }
    return true
  }
  base[0] = result
  countSlowSafepoint(vm)
  return true
}

/// Counts a safepoint where `frame` and `pc` are stored.
@inline(__always) func countSlowSafepoint(_ vm: VM) {
  vm.pointee.budget &-= 1
  if vm.pointee.budget < 0, case .running = vm.machine.state { vm.machine.safepoint() }
}

/// Spreads the array at A+4 over the window; the number of arguments, nil when there are too many.
func spreadArguments(_ vm: VM, _ base: Registers) -> Int? {
  guard let array = vm.checkedArray(base[FrameHeader.size], isWritten: false) else { return nil }
  let count = vm.arrayLength(array)
  guard count < 65000, base + FrameHeader.size + count + 300 < vm.pointee.stackLimit else {
    vm.throwError(.rangeError, ErrorMessage.stackOverflow)
    return nil
  }
  let dense = vm.denseLength(array)
  for i in 0..<count {
    let value = i < dense ? vm.arrayElements(array)[i] : .undefined
    base[FrameHeader.size + i] = value == .hole ? .undefined : value
  }
  return count
}

@inline(never) func slowCallSpread(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let base = r + fieldA(w)
  guard let count = spreadArguments(vm, base) else { return }
  invoke(vm, base, count, .call, returnPC: pc, caller: r, destination: 0)
  countSlowSafepoint(vm)
}

@inline(__always) func opCallSpread(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowCallSpread) }

@inline(__always) func opReturn(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  returnFast(r[fieldA(w)], &r, &pc, vm)
}

@inline(__always) func opReturnUndefined(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  returnFast(.undefined, &r, &pc, vm)
}

@inline(__always) private func returnFast(
  _ value: Value, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM
) {
  let link = r[FrameHeader.link]
  if _fastPath(link.bits >> 48 == 0) {
    r[FrameHeader.callee] = value
    pc = vm.returnPC(link)
    r -= Int(link.bits >> 32)
    return
  }
  slowReturn(vm, r, value)
  r = vm.pointee.frame
  pc = vm.pointee.pc
}

@inline(never) func slowReturn(_ vm: VM, _ r: Registers, _ value: Value) {
  let link = r[FrameHeader.link]
  let kind = ReturnKind(rawValue: UInt8(truncatingIfNeeded: link.returnKind)).unsafelyUnwrapped
  deliver(
    vm, value, kind, base: r - FrameHeader.size, caller: vm.callerFrame(r, link), returnPC: vm.returnPC(link),
    destination: Int(r[FrameHeader.meta].bits & 0xff))
}

@inline(__always) func opReturnDerived(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowReturnDerived) }

@inline(never) func slowReturnDerived(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let value = r[fieldA(w)]
  if value.isObject { return slowReturn(vm, r, value) }
  guard value.isUndefined else { return vm.throwError(.typeError, ErrorMessage.derivedReturn) }
  let this = r[fieldB(w)]
  guard this != .uninitialized else { return vm.throwError(.referenceError, ErrorMessage.superNotCalled) }
  slowReturn(vm, r, this)
}

@inline(__always) func opThrow(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    vm.throwValue(r[fieldA(w)])
  }
}

@inline(__always) func opHalt(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
}
@inline(__always) func opNop(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {}
@inline(__always) func opDebugger(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowDebugger) }

@inline(__always) func opCc(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    vm.machine.pause(prompt: r[fieldB(w)], answerRegister: fieldA(w))
  }
}

extension Machine {
  fileprivate func pause(prompt: Value, answerRegister register: Int) {
    pausePrompt =
      prompt.isString
      ? prompt : vm.makeString(prompt.isObject ? vm.describe(prompt) : vm.text(vm.primitiveToString(prompt)))
    answerRegister = register
    halt(.paused)
  }
}

@inline(__always) func opIntrinsic(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let number = pc.pointee
  if number & NativeTable.selfHostedFlag != 0 {
    let parts = vm.pointee.codeParts.assumingMemoryBound(to: CodeParts.self)
    let function = parts[Int(number & ~NativeTable.selfHostedFlag)].function
    if _fastPath(function != 0) {
      r[fieldA(w)] = Value(tag: Tag.object, handle: function)
      pc += 1
      return
    }
  }
  slowly(vm, &r, &pc, w, slowIntrinsic)
}

@inline(never) func slowIntrinsic(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let number = pc.pointee
  if number & NativeTable.selfHostedFlag != 0 {
    let code = Int(number & ~NativeTable.selfHostedFlag)
    let function = vm.machine.selfHostedFunction(code)
    vm.machine.code.parts[code].function = function.handle
    r[fieldA(w)] = function
    return
  }
  let entry = vm.nativeEntry(number)
  guard entry.arguments.accepts(vm, r + fieldB(w)) else {
    return vm.throwError(.typeError, "The state of a built-in function is damaged")
  }
  let result = entry.function(vm, r + fieldB(w), Int32(fieldC(w)))
  switch result.bits {
  case Value.exceptionMarker.bits: vm.throwValue(vm.pointee.exception)
  case Value.retry.bits: retry(vm, pc + 1)
  default: r[fieldA(w)] = result
  }
}

extension Machine {
  /// The function object of a self-hosted function that another one refers to.
  func selfHostedFunction(_ code: Int) -> Value {
    if let known = selfHostedFunctions[code] { return known }
    let value = vm.objectValue(vm.makeFunction(code: code, native: Layout.Function.none, captures: 0, internal: true))
    selfHostedFunctions[code] = value
    registeredRoots.append(value)
    return value
  }
}
