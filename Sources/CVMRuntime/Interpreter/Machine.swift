import CVMBytecode
import CVMDispatch
import Glibc

/// How a run ended.
public enum Completion {
  case completed(Value)
  /// An exception that nothing caught.
  case threw(Value)
  /// The program called `CC`; `resume` goes on with the answer.
  case paused(prompt: Value)
  case stopped(StopReason)
}

/// How the instructions are dispatched.
public enum Dispatcher: String, Sendable {
  /// Tail calls between generated handlers.
  case tail
  /// One portable `switch` loop generated from the same list.
  case `switch`
}

/// A machine: everything behind the hot state. Owned and used by one thread, so accesses to its parts, which stand in
/// many slow paths, are not checked for overlaps at run time.
public final class Machine {
  public let vm: VM
  let heap: Heap
  let shapes: ShapeTable
  let code: CodeRegistry
  let natives: NativeTable
  let atoms: StringTable
  /// As `shapes` and `atoms`, for hot paths: counting holders takes longer than what is done there.
  let unmanagedShapes: Unmanaged<ShapeTable>
  let unmanagedAtoms: Unmanaged<StringTable>
  @exclusivity(unchecked) var globals: GlobalTable!
  @exclusivity(unchecked) var names = CommonNames { _ in .undefined }
  @exclusivity(unchecked) var typeNames = TypeNames { _ in .undefined }
  @exclusivity(unchecked) var intrinsics = Intrinsics()
  @exclusivity(unchecked) var builtins = BuiltinState()
  let additions = AdditionTable()
  let plans = EnumerationPlans()
  let regExps = RegExpCache()
  /// Whether `RegExp.prototype` is as it was made; nil when that must be looked at again.
  @exclusivity(unchecked) var regExpPrototypeState: Bool?
  @exclusivity(unchecked) var emptyString = Value.undefined
  @exclusivity(unchecked) var singleUnitStrings: [Value] = []
  /// The shape of the internal arrays that hold indexed properties of other objects.
  @exclusivity(unchecked) var storeShape: ShapeID = 0
  @exclusivity(unchecked) var functionShape: ShapeID = 0
  @exclusivity(unchecked) var generatorFunctionShape: ShapeID = 0
  /// How the generator is resumed whose native method answered `resume`.
  @exclusivity(unchecked) var resumption = Resumption.next
  /// Names of built-in objects by handle, such as `Array.prototype`.
  @exclusivity(unchecked) public internal(set) var builtInNames: [Handle: String] = [:]
  /// Values that the host holds: they are roots.
  @exclusivity(unchecked) public var hostRoots: [(name: String, value: Value)] = []
  /// What statements can be taken back with; nil without a prompt.
  @exclusivity(unchecked) public internal(set) var history: UndoHistory?
  /// The built-in objects as they were made.
  @exclusivity(unchecked) private(set) var baseline: BuiltInBaseline!
  /// How many native functions there are before the host adds its own.
  @exclusivity(unchecked) private(set) var nativesBeforeHost = 0
  /// Finds a reachable object by its id: what `heap(id)` answers at the prompt.
  @exclusivity(unchecked) public var objectWithID: ((UInt64) -> Value?)?

  public let dispatcher: Dispatcher
  public var limits = RuntimeLimits() { didSet { heap.limit = limits.heapBytes } }
  /// Receives what the program prints.
  @exclusivity(unchecked) public var output: ([UInt8]) -> Void = { _ in }
  /// Receives what `console.error` and the like print; nil for `output`.
  @exclusivity(unchecked) public var errorOutput: (([UInt8]) -> Void)?
  /// How `console` prints values, such as with colours.
  @exclusivity(unchecked) public var inspectOptions = InspectOptions()
  @exclusivity(unchecked) var console = ConsoleState()
  /// The files that programs may use; the host's, never the checkpoint's.
  public var files = FileAccess()
  /// What time it is for the program.
  @exclusivity(unchecked) public var clock = HostClock.system
  @exclusivity(unchecked) var outputBytes = 0

  /// What made the dispatch loop end.
  enum State {
    case running
    case completed
    case threw
    case paused
    case stopped(StopReason)
  }
  @exclusivity(unchecked) var state = State.completed
  /// Where a paused machine goes on.
  @exclusivity(unchecked) var resumeFrame: Registers
  @exclusivity(unchecked) var resumePC: ProgramCounter
  @exclusivity(unchecked) var answerRegister = 0
  @exclusivity(unchecked) var pausePrompt = Value.undefined
  /// Counts the objects that the program did not write itself.
  @exclusivity(unchecked) var nextInternalID: UInt64 = 0
  /// The next id for objects that questions make.
  @exclusivity(unchecked) var questionID: UInt64 = 0
  /// Further roots of native tables, such as the symbols of `Symbol.for`.
  @exclusivity(unchecked) var registeredRoots: [Value] = []
  /// What the next delta is told from.
  @exclusivity(unchecked) public internal(set) var savedImage: SavedImage?
  @exclusivity(unchecked) var knownFingerprint: UInt64?
  @exclusivity(unchecked) var twins: [Twin: Value] = [:] { didSet { forgetRecentTwins() } }
  /// The same by the number of the case.
  let recentTwins = UnsafeMutablePointer<Value>.allocate(capacity: 256)
  /// The `next` methods of the built-in iterators by the kinds of their cells; undefined for other kinds.
  let builtInNexts = UnsafeMutablePointer<Value>.allocate(capacity: 256)
  @exclusivity(unchecked) var selfHostedFunctions: [Int: Value] = [:]
  /// Arguments in the window after a native function answered `reinvoke`.
  @exclusivity(unchecked) var reinvokeCount = 0
  /// With `reinvoke`: the function in the window is to construct, for this `new.target`.
  @exclusivity(unchecked) var reinvokeNewTarget = Value.undefined
  /// What a native function that answered `retry` wants to allocate.
  @exclusivity(unchecked) var requestedBytes = 0

  @exclusivity(unchecked) var collectionRequested = false
  /// The collection that was begun and goes on at safepoints.
  @exclusivity(unchecked) var marking: IncrementalMarking?
  /// Set while a collection changes weak cells.
  @exclusivity(unchecked) var isCollecting = false
  /// Set asynchronously (by a signal handler) to end the run at the next safepoint.
  let interruptFlag: UnsafeMutablePointer<Int32>
  @exclusivity(unchecked) var stepsLeft = Int.max
  /// When set, a run stops before the instruction after so many, with `instructionLimit`; counted down meanwhile.
  @exclusivity(unchecked) public var instructionsLeft: Int?
  @exclusivity(unchecked) var sliceSteps = 0
  /// Rounds of loops and calls of this run before the budget had the value `sliceStart`.
  @exclusivity(unchecked) var eventBase = 0
  @exclusivity(unchecked) var sliceStart = 0
  /// Asked before the instructions that it wants to look at, while somebody steps.
  @exclusivity(unchecked) public var watch: StepWatch?
  /// Asked whether to stop at an exception.
  @exclusivity(unchecked) public var throwWatch: ((Value) -> Bool)?
  /// Whether the run stopped at an exception, which is the prompt.
  @exclusivity(unchecked) var isThrowing = false
  /// What the run got from outside; nil when it need not be run again.
  @exclusivity(unchecked) public var inputs: InputLog?
  /// Whether `debugger` statements stop the run.
  @exclusivity(unchecked) public var stopsAtDebugger = false
  /// Steps of this run before the current slice.
  @exclusivity(unchecked) var countedSteps = 0
  @exclusivity(unchecked) var deadline = Double.infinity
  /// Check the heap after each collection.
  @exclusivity(unchecked) public var verifies = false
  /// The last place where an exception began its way up: number of the code, and words from its start.
  @exclusivity(unchecked) var throwPlace: (code: Int, offset: UInt32)?
  /// The innermost frame and the next instruction when an exception began its way up, from the start of stack and code.
  @exclusivity(unchecked) var throwMoment = (frame: 0, pc: 0)
  /// How many steps are made from one look around to the next.
  @exclusivity(unchecked) private var sliceLength = 0
  @exclusivity(unchecked) private var sliceBegan = 0.0
  static let firstSlice = 64
  static let longestSlice = 20_000
  /// Seconds.
  static let shortSlice = 0.001
  /// Collections asked for by allocations of a stress run.
  @exclusivity(unchecked) var stressRequests = 0
  /// A stress run collects in slices as small as can be.
  @exclusivity(unchecked) var stressesMarking = false
  private let stackBytes = 8 << 30

  public init(dispatcher: Dispatcher = .tail) {
    self.dispatcher = dispatcher
    vm = .allocate(capacity: 1)
    memset(vm, 0, MemoryLayout<CVMMachine>.size)
    interruptFlag = .allocate(capacity: 1)
    interruptFlag.pointee = 0
    heap = Heap(vm: vm)
    shapes = ShapeTable(vm: vm)
    unmanagedShapes = Unmanaged.passUnretained(shapes)
    code = CodeRegistry(vm: vm)
    natives = NativeTable(vm: vm)
    atoms = StringTable(vm: vm)
    unmanagedAtoms = Unmanaged.passUnretained(atoms)
    recentTwins.initialize(repeating: .undefined, count: 256)
    builtInNexts.initialize(repeating: .undefined, count: 256)
    vm.pointee.stack = Heap.reserve(stackBytes).assumingMemoryBound(to: Value.self)
    vm.pointee.frame = vm.pointee.stack
    vm.pointee.pc = vm.pointee.code
    resumeFrame = vm.pointee.stack
    resumePC = vm.pointee.code
    vm.pointee.host = Unmanaged.passUnretained(self).toOpaque()
    heap.requestCollection = { [unowned self] in self.requestCollection() }
    for unit in 0..<256 {
      let cell = vm.makeLatin1(count: 1)
      vm.latin1Bytes(cell)[0] = UInt8(unit)
      singleUnitStrings.append(vm.stringValue(cell))
    }
    emptyString = vm.stringValue(vm.makeLatin1(count: 0))
    names = CommonNames(atoms.intern)
    typeNames = TypeNames(atoms.intern)
    globals = GlobalTable(self)
    createRealm()
    rememberNextMethods()
    vm.pointee.nextID = 1
    baseline = BuiltInBaseline(self)
    nativesBeforeHost = natives.builtins.count
    code.endOfBuiltIns()
    let environment = { (name: String) in getenv(name) != nil && strcmp(getenv(name), "0") != 0 }
    verifies = environment("CVM_VERIFY")
    if environment("CVM_GC_STRESS") { heap.stress = true }
    stressesMarking = heap.stress && strcmp(getenv("CVM_GC_STRESS"), "marking") == 0
  }

  deinit {
    releaseReserved(vm.pointee.stack, stackBytes)
    additions.release()
    recentTwins.deallocate()
    builtInNexts.deallocate()
    code.release()
    vm.deallocate()
    interruptFlag.deallocate()
  }

  /// The dispatcher that the environment asks for with `CVM_DISPATCH`.
  public static var preferredDispatcher: Dispatcher {
    getenv("CVM_DISPATCH").flatMap { Dispatcher(rawValue: String(cString: $0)) } ?? .tail
  }

  private func forgetRecentTwins() { recentTwins.update(repeating: .undefined, count: 256) }

  // MARK: Running

  /// Runs a loaded program from its start.
  public func run(code number: Int) -> Completion {
    let function = vm.makeFunction(code: number, native: Layout.Function.none, captures: 0, internal: true)
    return call(vm.objectValue(function), this: intrinsics.globalObject, arguments: [])
  }

  /// Calls a function of the program from outside. The machine must not be running.
  public func call(_ function: Value, this: Value, arguments: [Value]) -> Completion {
    startRun()
    eventBase = 0
    isThrowing = false
    let base = vm.pointee.stack + 1
    base[0] = function
    base[1] = this
    base[2] = .undefined
    base[3] = .undefined
    for (i, argument) in arguments.enumerated() { base[FrameHeader.size + i] = argument }
    vm.pointee.frame = vm.pointee.stack
    vm.pointee.pc = code.haltPC
    invoke(vm, base, arguments.count, .host, returnPC: code.haltPC, caller: vm.pointee.stack, destination: 0)
    return dispatch()
  }

  /// Goes on after a pause: the answer becomes the value of the `CC` call.
  public func resume(answer: Value) -> Completion {
    startRun()
    vm.pointee.frame = resumeFrame
    vm.pointee.pc = resumePC
    resumeFrame[answerRegister] = answer
    return dispatch()
  }

  /// Goes on after a stop that left the frames in place, as if it had not been there.
  public func proceed() -> Completion {
    startRun()
    vm.pointee.frame = resumeFrame
    vm.pointee.pc = resumePC
    if isThrowing {
      goOnThrowing()
    } else if isAtDebuggerStatement {
      vm.pointee.pc += 1
      watch?.isFirst = false
    }
    return dispatch()
  }

  private var isAtDebuggerStatement: Bool { resumePC.pointee & 0xff == UInt32(Opcode.debugger.rawValue) }

  private func startRun() {
    foldEvents()
    state = .running
    outputBytes = 0
    countedSteps = 0
    stepsLeft = limits.steps
    sliceLength = Machine.firstSlice
    vm.pointee.stackLimit = vm.pointee.stack + limits.stackBytes / 8
    sliceBegan = Machine.now()
    deadline = sliceBegan + limits.seconds
    startSlice()
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  func startSlice() {
    sliceSteps = collectionRequested || interruptFlag.pointee != 0 ? 0 : min(sliceLength, stepsLeft)
    vm.pointee.budget = Int64(sliceSteps)
    sliceStart = sliceSteps
  }

  /// A step may be a comparison or a walk along a chain of a million prototypes: after a slice that took long the next
  /// is shorter, so that interrupts and the time limit are seen in time.
  private func adaptSlice(_ now: Double) {
    let elapsed = now - sliceBegan
    sliceBegan = now
    if elapsed < Machine.shortSlice {
      sliceLength = min(sliceLength * 2, Machine.longestSlice)
    } else if elapsed > Machine.shortSlice * 4 {
      sliceLength = max(Int(Double(sliceLength) * Machine.shortSlice / elapsed), 1)
    }
  }

  private func dispatch() -> Completion {
    let steps = heap.stress || instructionsLeft != nil || watch != nil
    vm.pointee.marks = nil
    watch?.begin(vm, isAlone: !heap.stress && instructionsLeft == nil)
    switch dispatcher {
    case .tail: runTail(vm, stepping: steps)
    case .switch: runSwitch(vm, stepping: steps)
    }
    foldEvents()
    if verifies { verifyHeap() }
    switch state {
    case .running, .completed: return .completed(vm.pointee.result)
    case .threw: return .threw(vm.pointee.exception)
    case .paused: return .paused(prompt: pausePrompt)
    case .stopped(let reason): return .stopped(reason)
    }
  }

  /// Makes the dispatch loop end after this instruction.
  func halt(_ newState: State) {
    state = newState
    resumeFrame = vm.pointee.frame
    resumePC = vm.pointee.pc
    vm.pointee.pc = code.haltPC
  }

  /// What the program takes on the stack, and for shapes and interned strings.
  var bytesBesidesHeap: Int {
    let stack = UnsafeMutableRawPointer(vm.pointee.frame) - UnsafeMutableRawPointer(vm.pointee.stack)
    return max(stack, 0) + shapes.byteCount + atoms.byteCount
  }

  // MARK: Safepoints

  func requestCollection() {
    guard !collectionRequested else { return }
    collectionRequested = true
    foldEvents()
    // The part of the slice that was used counts; the next safepoint comes at once.
    sliceSteps -= Int(max(vm.pointee.budget, 0))
    vm.pointee.budget = 0
    sliceStart = 0
  }

  /// At a safepoint when the budget is used up: between two instructions, `frame` and `pc` stored.
  func safepoint() {
    guard case .running = state else { return }
    foldEvents()
    let steps = stepsOfSlice
    if stepsLeft != Int.max { stepsLeft -= steps }
    countedSteps += steps
    if collectionRequested || marking != nil {
      collectionRequested = false
      collectWhenDue()
      if heap.bytesInUse > limits.heapBytes, let history, history.undoableCount + history.redoableCount > 0 {
        history.forgetAll()
        collect()
      }
      if heap.bytesInUse > limits.heapBytes {
        halt(.stopped(.heapLimit))
        return
      }
    }
    if interruptFlag.pointee != 0 {
      interruptFlag.pointee = 0
      halt(.stopped(.interrupted))
      return
    }
    if stepsLeft <= 0 {
      halt(.stopped(.stepLimit))
      return
    }
    let now = Machine.now()
    if now > deadline {
      halt(.stopped(.timeLimit))
      return
    }
    adaptSlice(now)
    if outputBytes > limits.outputBytes {
      halt(.stopped(.outputLimit))
      return
    }
    startSlice()
  }

  /// Whether somebody asked for what takes long to stop.
  var isInterrupted: Bool { interruptFlag.pointee != 0 }

  /// Steps since the last look around; the one that found the budget used up counts, too.
  private var stepsOfSlice: Int { max(sliceSteps - Int(vm.pointee.budget), 0) }

  /// Whether native work of the program that takes long must stop and answer `retry`: it was interrupted, or a limit is
  /// reached.
  var mustStop: Bool {
    if isInterrupted { return true }
    if stepsLeft != Int.max, stepsLeft <= stepsOfSlice { return true }
    return deadline.isFinite && Machine.now() > deadline
  }

  /// Told now and then how far a checkpoint that is written or read is, on the thread of that; a total of 0 is unknown.
  public var workObserver: ((_ phase: String, _ completed: Int, _ total: Int) -> Void)?

  // MARK: Output

  func write(_ bytes: [UInt8]) {
    outputBytes += bytes.count
    if inputs?.isNewOutput() != false { output(bytes) }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The cold state.
  @inline(__always) var machine: Machine {
    Unmanaged<Machine>.fromOpaque(pointee.host)._withUnsafeGuaranteedRef { $0 }
  }
  @inline(__always) var heap: Heap { machine.heap }
}

/// Before each instruction of a run that is counted, watched or stressed. Stress collects when something was allocated.
/// Long programs would never end that way, so after the first few hundred collections only some requests are followed.
@inline(never) func stressStep(_ vm: VM, _ r: inout Registers, _ pc: inout ProgramCounter) {
  let machine = vm.machine
  guard case .running = machine.state else { return }
  if let left = machine.instructionsLeft {
    if left == 0 {
      vm.pointee.frame = r
      vm.pointee.pc = pc
      machine.halt(.stopped(.instructionLimit))
      pc = vm.pointee.pc
      return
    }
    machine.instructionsLeft = left - 1
  }
  if let watch = machine.watch {
    watchStep(watch, vm, r, &pc)
    guard case .running = machine.state else { return }
  }
  guard machine.heap.stress, machine.collectionRequested else { return }
  machine.stressRequests += 1
  let isDue =
    machine.stressesMarking
    ? machine.stressRequests < 2000 || machine.stressRequests % 29 == 0
    : machine.stressRequests < 400 || machine.stressRequests % 97 == 0
  guard isDue else {
    machine.collectionRequested = false
    return
  }
  vm.pointee.frame = r
  vm.pointee.pc = pc
  machine.collectionRequested = false
  guard machine.stressesMarking else { return machine.collect() }
  if machine.marking == nil { machine.beginMarking() }
  machine.continueMarking(by: 200 + machine.stressRequests % 512)
}
