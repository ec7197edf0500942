import CVMDispatch

/// Self-hosted functions that finish an instruction when user code may have to run, by the name of the function.
enum Twin: String, CaseIterable {
  case add = "Add"
  case sub = "Sub"
  case mul = "Mul"
  case div = "Div"
  case mod = "Mod"
  case exp = "Exp"
  case bitAnd = "BitAnd"
  case bitOr = "BitOr"
  case bitXor = "BitXor"
  case shiftLeft = "ShiftLeft"
  case shiftRight = "ShiftRight"
  case shiftRightUnsigned = "ShiftRightUnsigned"
  case negate = "Negate"
  case bitNot = "BitNot"
  case increment = "Increment"
  case decrement = "Decrement"
  case toNumber = "ToNumberSlow"
  case toNumeric = "ToNumericSlow"
  case toString = "ToStringSlow"
  case toPropertyKey = "ToPropertyKeySlow"
  case lessThan = "LessThan"
  case lessEqual = "LessEqual"
  case greaterThan = "GreaterThan"
  case greaterEqual = "GreaterEqual"
  case looseEquals = "LooseEquals"
  case instanceOf = "InstanceOf"
  case getElement = "GetElement"
  case setElement = "SetElement"
  case constructWith = "ConstructWith"
  case setArrayLength = "SetArrayLength"
  case deleteElement = "DeleteElement"
  case hasElement = "HasElement"
  case openIterator = "OpenIterator"
  case iteratorStep = "IteratorStep"
  case iteratorResultValue = "IteratorResultValue"
  case delegateStep = "DelegateStep"
  case iteratorClose = "IteratorClose"
  case iteratorCloseSilently = "IteratorCloseSilently"
  case helperMapStep = "HelperMapStep"
  case helperFilterStep = "HelperFilterStep"
  case helperTakeStep = "HelperTakeStep"
  case helperDropStep = "HelperDropStep"
  case helperFlatMapStep = "HelperFlatMapStep"
  case helperConcatStep = "HelperConcatStep"
  case appendSpread = "AppendSpread"
  case copyProperties = "CopyProperties"
  case objectRest = "ObjectRest"
  case invokeMethod = "InvokeMethod"
  case divChecked = "DivChecked"
  case failurePrompt = "FailurePrompt"
}

extension Machine {
  /// The function object of a twin, made when first needed.
  func twinFunction(_ twin: Twin) -> Value {
    let known = recentTwins[Int(unsafeBitCast(twin, to: UInt8.self))]
    if !known.isUndefined { return known }
    let function = makeTwin(twin)
    recentTwins[Int(unsafeBitCast(twin, to: UInt8.self))] = function
    return function
  }

  private func makeTwin(_ twin: Twin) -> Value {
    if let known = twins[twin] { return known }
    guard let code = natives.selfHostedCode(twin.rawValue) else {
      fatalError("no self-hosted function \(twin.rawValue)")
    }
    let cell = vm.makeFunction(code: code, native: Layout.Function.none, captures: 0, internal: true)
    let value = vm.objectValue(cell)
    twins[twin] = value
    registeredRoots.append(value)
    return value
  }
}

/// Calls a twin above the running frame's registers; `frame` and `pc` (after the whole instruction) are stored.
@inline(never) func enterTwin(
  _ vm: VM, _ twin: Twin, _ kind: ReturnKind, _ destination: Int, _ a: Value, _ b: Value = .undefined,
  _ c: Value = .undefined
) {
  let base = windowAbove(vm)
  base[FrameHeader.size] = a
  base[FrameHeader.size + 1] = b
  base[FrameHeader.size + 2] = c
  enterWindow(vm, base, vm.machine.twinFunction(twin), this: .undefined, 3, kind, destination)
}

/// Calls the step of an iterator helper, with its state and the parts of it that change from step to step.
func enterHelperStep(_ vm: VM, _ twin: Twin, _ helper: HelperState) {
  let base = windowAbove(vm)
  let frame = base + FrameHeader.size
  let caller = vm.pointee.frame
  let function = vm.machine.twinFunction(twin)
  let code = vm.pointee.codes + Int(vm.cell(function).u32(Layout.Function.code))
  guard frame + Int(code.pointee.registerCount) + 5 <= vm.pointee.stackLimit, frame - caller < 65536 else {
    return throwStackOverflow(vm)
  }
  helper.setRunning(vm)
  base[0] = function
  base[1] = .undefined
  frame[FrameHeader.link] = vm.makeLink(vm.pointee.pc, frame - caller, .iteratorStep)
  frame[FrameHeader.meta] = Value(bits: 5 << 32)
  frame[0] = helper.list
  for i in 1..<5 { frame[i] = helper.elements[i] }
  vm.pointee.frame = frame
  vm.pointee.pc = vm.pointee.code + Int(code.pointee.entry)
  countSlowSafepoint(vm)
}

/// Calls any function above the running frame's registers: for getters, setters and twins.
func enterCall(
  _ vm: VM, _ function: Value, this: Value, _ kind: ReturnKind, _ destination: Int, _ arguments: [Value]
) {
  let base = windowAbove(vm)
  for (i, argument) in arguments.enumerated() { base[FrameHeader.size + i] = argument }
  enterWindow(vm, base, function, this: this, arguments.count, kind, destination)
}

/// As `enterCall`, with one argument.
func enterCall(
  _ vm: VM, _ function: Value, this: Value, _ kind: ReturnKind, _ destination: Int, argument: Value
) {
  let base = windowAbove(vm)
  base[FrameHeader.size] = argument
  enterWindow(vm, base, function, this: this, 1, kind, destination)
}

/// The first free register above the running frame.
private func windowAbove(_ vm: VM) -> Registers {
  let caller = vm.pointee.frame
  return caller + Int(vm.code(of: caller).pointee.registerCount)
}

private func enterWindow(
  _ vm: VM, _ base: Registers, _ function: Value, this: Value, _ count: Int, _ kind: ReturnKind, _ destination: Int
) {
  base[0] = function
  base[1] = this
  invoke(
    vm, base, count, kind, returnPC: vm.pointee.pc, caller: vm.pointee.frame, destination: destination)
  countSlowSafepoint(vm)
}
