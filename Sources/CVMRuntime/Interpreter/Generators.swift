import CVMBytecode
import CVMDispatch

/// What a generator is doing.
enum GeneratorState: Int32 {
  case suspendedStart = 0
  case suspendedYield = 1
  case running = 2
  case completed = 3
}

/// By which method a generator goes on.
enum Resumption: Int32 {
  case next = 0
  case `throw` = 1
  case `return` = 2

  var methodName: String {
    switch self {
    case .next: "next"
    case .throw: "throw"
    case .return: "return"
    }
  }
}

/// A generator's frame stands on the stack while it runs. Otherwise its registers are in a values cell that the generator
/// object holds, so that all of it is heap between two instructions.
extension UnsafeMutablePointer where Pointee == CVMMachine {
  func generatorState(_ generator: Cell) -> GeneratorState {
    GeneratorState(rawValue: generator.value(Layout.Generator.state).asInt) ?? .completed
  }

  /// The generator object of a frame of a generator function that has started.
  func generator(of frame: Registers) -> Cell? {
    let meta = frame[FrameHeader.meta]
    guard meta.bits >> 48 == Tag.object, isGeneratorCode(code(of: frame)) else { return nil }
    let generator = cell(meta.handle)
    return generator.kind == .generator ? generator : nil
  }

  @inline(__always) private func isGeneratorCode(_ code: UnsafeMutablePointer<CVMCode>) -> Bool {
    let kind = code.pointee.kind
    return kind == CodeBlock.Kind.generator.rawValue || kind == CodeBlock.Kind.generatorMethod.rawValue
  }

  @inline(__always) private func setField(_ generator: Cell, _ offset: Int, _ value: Value) {
    writeBarrier(self, generator + offset)
    generator.setValue(offset, value)
  }

  func endGenerator(_ generator: Cell) {
    setField(generator, Layout.Generator.state, Value(int: GeneratorState.completed.rawValue))
    setField(generator, Layout.Generator.frame, .undefined)
  }

  /// Makes the generator object of a call, as ECMA-262 27.5.3.1; its frame ends here.
  func startGenerator(_ frame: Registers, keeping count: Int) {
    let function = frame[FrameHeader.callee]
    let prototype = prototypeForNew(function, default: machine.intrinsics.generatorPrototype)
    let generator = makeObject(
      kind: .generator, prototype: prototype, fieldBytes: Layout.Generator.size - Layout.headerSize)
    let registers = makeValues(Int(code(of: frame).pointee.registerCount) + Layout.Generator.registers)
    registers.setValue(Layout.values, function)
    registers.setValue(Layout.values + 8, frame[FrameHeader.this])
    generator.setValue(Layout.Generator.frame, cellValue(registers))
    generator.setValue(Layout.Generator.count, Value(0))
    suspend(generator, frame, keeping: count, .suspendedStart)
    let link = frame[FrameHeader.link]
    deliver(
      self, objectValue(generator), ReturnKind(rawValue: UInt8(truncatingIfNeeded: link.returnKind)).unsafelyUnwrapped,
      base: frame - FrameHeader.size, caller: callerFrame(frame, link), returnPC: returnPC(link),
      destination: Int(frame[FrameHeader.meta].bits & 0xff))
  }

  /// Copies the registers of a frame into its generator; `pc` is stored.
  @inline(__always) func suspend(_ generator: Cell, _ frame: Registers, keeping count: Int, _ state: GeneratorState) {
    let registers = cell(generator.value(Layout.Generator.frame))
    let first = registers + Layout.values + Layout.Generator.registers * 8
    barrier(first, count * 8)
    let values = first.assumingMemoryBound(to: Value.self)
    var i = 0
    while i < count {
      values[i] = frame[i]
      i &+= 1
    }
    let offset = pointee.pc - (pointee.code + Int(code(of: frame).pointee.entry))
    barrier(generator, Layout.Generator.size)
    generator.setValue(Layout.Generator.position, Value(int: Int32(truncatingIfNeeded: offset)))
    generator.setValue(Layout.Generator.count, Value(int: Int32(truncatingIfNeeded: count)))
    generator.setValue(Layout.Generator.state, Value(int: state.rawValue))
  }

  /// The write barrier for a stretch of a cell.
  @inline(__always) private func barrier(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
    guard bytes > 0 else { return }
    writeBarrier(self, start)
    if bytes > Card.size { barrierInside(start, bytes) }
    writeBarrier(self, start + bytes - 8)
  }

  private func barrierInside(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
    for offset in stride(from: Card.size, to: bytes, by: Card.size) { writeBarrier(self, start + offset) }
  }

  /// Goes on with a suspended generator in the window at `base`; its next value or its end goes to the caller.
  func resumeGenerator(
    _ generator: Cell, _ how: Resumption, _ value: Value, base: Registers, caller: Registers,
    returnPC: ProgramCounter, _ kind: ReturnKind, destination: Int
  ) {
    let registers = cell(generator.value(Layout.Generator.frame))
    let frame = base + FrameHeader.size
    let function = registers.value(Layout.values)
    let code = pointee.codes + Int(cell(function).u32(Layout.Function.code))
    guard frame + Int(code.pointee.registerCount) <= pointee.stackLimit, frame - caller < 65536 else {
      return throwStackOverflow(self)
    }
    let count = Int(generator.value(Layout.Generator.count).asInt)
    let first = registers + Layout.values + Layout.Generator.registers * 8
    barrier(first, count * 8)
    let values = first.assumingMemoryBound(to: Value.self)
    var i = 0
    while i < count {
      frame[i] = values[i]
      // What runs is not kept alive by what was kept.
      values[i] = .undefined
      i &+= 1
    }
    frame[FrameHeader.callee] = function
    frame[FrameHeader.this] = registers.value(Layout.values + 8)
    frame[FrameHeader.link] = makeLink(returnPC, frame - caller, kind)
    frame[FrameHeader.meta] = Value(bits: objectValue(generator).bits | UInt64(destination) << 32)
    let isAtStart = generator.value(Layout.Generator.state).asInt == GeneratorState.suspendedStart.rawValue
    setField(generator, Layout.Generator.state, Value(int: GeneratorState.running.rawValue))
    pointee.frame = frame
    pointee.pc = pointee.code + Int(code.pointee.entry) + Int(generator.value(Layout.Generator.position).asInt)
    if !isAtStart { enterAtYield(how, value) }
    countSlowSafepoint(self)
  }

  /// Completes the YIELD or YIELD_DELEGATE before `pc`.
  @inline(__always) private func enterAtYield(_ how: Resumption, _ value: Value) {
    let pc = pointee.pc
    let word = pc[-2]
    let frame = pointee.frame
    if UInt8(truncatingIfNeeded: word) == Opcode.yieldDelegate.rawValue {
      frame[fieldA(word) + 2] = value
      frame[fieldA(word) + 3] = Value(int: how.rawValue)
      pointee.pc += Int(Int32(bitPattern: pc[-1]))
      return
    }
    frame[fieldA(word)] = value
    switch how {
    case .next: pointee.pc += Int(Int32(bitPattern: pc[-1]))
    case .return: break
    case .throw: throwValue(value)
    }
  }

  /// Hands on what a running generator yields, or its result object where `isResult`.
  func yieldValue(_ frame: Registers, _ value: Value, keeping count: Int, isResult: Bool) {
    guard let generator = generator(of: frame) else { return throwError(.typeError, ErrorMessage.generatorRunning) }
    suspend(generator, frame, keeping: count, .suspendedYield)
    let link = frame[FrameHeader.link]
    if link.returnKind == UInt64(ReturnKind.iteratorStep.rawValue), !isResult {
      // A loop takes the value as it is.
      let returnPC = returnPC(link)
      let caller = callerFrame(frame, link)
      pointee.frame = caller
      pointee.pc = returnPC
      caller[fieldB(returnPC[-2])] = value
      return
    }
    let way = Way(self, frame)
    switch way.kind {
    case .iteratorStep where isResult: deliverResult(value, way)
    case .iteratorStep: way.deliver(self, value)
    default: way.deliver(self, isResult ? value : makeIteratorResult(value, done: false))
    }
  }

  func finishGenerator(_ frame: Registers, _ value: Value) {
    guard let generator = generator(of: frame) else { return throwError(.typeError, ErrorMessage.generatorRunning) }
    endGenerator(generator)
    let way = Way(self, frame)
    switch way.kind {
    case .iteratorStep: way.deliver(self, .done)
    case .delegateStep:
      let record = makeValues(2)
      record.setValue(Layout.values, value)
      record.setValue(Layout.values + 8, .false)
      way.deliver(self, cellValue(record))
    default: way.deliver(self, makeIteratorResult(value, done: true))
    }
  }

  /// The value of a result object for an iteration; reading it may run code of the program.
  private func deliverResult(_ result: Value, _ way: Way) {
    if result.isObject, cell(result).shape == iteratorResultShape {
      let isDone = toBoolean(cell(result).value(Layout.slots + 8))
      return way.deliver(self, isDone ? .done : cell(result).value(Layout.slots))
    }
    pointee.frame = way.caller
    pointee.pc = way.returnPC
    enterTwin(self, .iteratorResultValue, .iteratorStep, 0, result)
  }
}

/// Where the result of a generator's frame goes.
private struct Way {
  let kind: ReturnKind
  let base: Registers
  let caller: Registers
  let returnPC: ProgramCounter
  let destination: Int

  init(_ vm: VM, _ frame: Registers) {
    let link = frame[FrameHeader.link]
    kind = ReturnKind(rawValue: UInt8(truncatingIfNeeded: link.returnKind)).unsafelyUnwrapped
    base = frame - FrameHeader.size
    caller = vm.callerFrame(frame, link)
    returnPC = vm.returnPC(link)
    destination = Int(frame[FrameHeader.meta].bits >> 32 & 0xff)
  }

  func deliver(_ vm: VM, _ value: Value) {
    CVMRuntime.deliver(
      vm, value, kind, base: base, caller: caller, returnPC: returnPC, destination: destination)
  }
}
