import CVMBytecode
import CVMDispatch

/// A moment of a run: each run from the same state comes by it once.
public struct RunMoment: Equatable, Sendable {
  /// Rounds of loops and calls before it.
  public var steps: Int
  /// The innermost frame, in registers from the start of the stack.
  public var frame: Int
  /// The next instruction, in words from the start of all code.
  public var pc: Int
}

/// What begins at an instruction.
public struct CodeMarks: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let statement = CodeMarks(rawValue: 1)
  public static let expression = CodeMarks(rawValue: 2)
  /// Any instruction of a program; the built-ins' have no marks at all.
  public static let instruction = CodeMarks(rawValue: 4)
  public static let breakpoint = CodeMarks(rawValue: 8)
  /// Nobody has looked yet.
  static let unknown = CodeMarks(rawValue: 0x80)
}

/// The marks of all code of a machine, a byte for each word. They are found out code by code, when it runs first.
public final class CodeMarkTable {
  fileprivate private(set) var bytes: UnsafeMutablePointer<UInt8>
  fileprivate private(set) var count = 0
  /// The marks of the words of a code.
  public var find: (LoadedCode) -> [CodeMarks]

  public init(find: @escaping (LoadedCode) -> [CodeMarks]) {
    self.find = find
    bytes = .allocate(capacity: 1)
  }

  deinit { bytes.deallocate() }

  /// Lets all marks be found out again.
  public func forget() { count = 0 }

  fileprivate func grow(to size: Int) {
    guard size > count else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: bytes, count: count)
    (larger + count).initialize(repeating: CodeMarks.unknown.rawValue, count: size - count)
    bytes.deallocate()
    (bytes, count) = (larger, size)
  }

  fileprivate func set(_ marks: [CodeMarks], at start: Int) {
    for (i, mark) in marks.enumerated() where start + i < count { bytes[start + i] = mark.rawValue }
  }
}

/// Looks before instructions whether a run is to stop there.
public final class StepWatch {
  let table: CodeMarkTable
  /// Instructions with one of these marks are asked about.
  let wanted: UInt8
  /// So are all instructions in frames below this one, in registers from the start of the stack.
  let floor: Int
  /// The run stops here in any case.
  let target: RunMoment?
  /// Whether to stop at an instruction.
  let stops: (RunMoment, CodeMarks) -> Bool
  /// The only words, from the start of all code, at which something can be wanted; nil when it may be anywhere.
  let places: [Int]?
  /// The instruction that the run goes on with is not asked about.
  public var isFirst: Bool
  private var start: RunMoment?

  public init(
    _ table: CodeMarkTable, wanted: CodeMarks, floor: Int = .min, target: RunMoment? = nil, onlyAt places: [Int]? = nil,
    skipsFirst: Bool, stops: @escaping (RunMoment, CodeMarks) -> Bool
  ) {
    self.table = table
    self.places = places
    self.wanted = wanted.rawValue
    self.floor = floor
    self.target = target
    self.stops = stops
    isFirst = skipsFirst
  }

  /// Lets the machine look for itself at which instructions to ask, when `isAlone` looks before them.
  func begin(_ vm: VM, isAlone: Bool) {
    let (frame, pc) = (vm.pointee.frame - vm.pointee.stack, vm.pointee.pc - vm.pointee.code)
    start = isFirst ? RunMoment(steps: vm.machine.eventCount, frame: frame, pc: pc) : nil
    isFirst = false
    guard isAlone else { return }
    vm.pointee.watchedMarks = wanted | CodeMarks.unknown.rawValue
    vm.pointee.watchedPlace = target.map { UInt64($0.pc) } ?? .max
    vm.pointee.watchFloor = floor == .min ? vm.pointee.stack : vm.pointee.stack + floor
    showMarks(vm)
    withUnsafeMutableBytes(of: &vm.pointee.watchedOpcodes) { opcodes in
      for i in 0..<opcodes.count { opcodes[i] = places == nil ? 1 : 0 }
      for place in places ?? [] { opcodes[Int(vm.pointee.code[place] & 0xff)] = 1 }
    }
  }

  private func showMarks(_ vm: VM) {
    vm.pointee.marks = UnsafePointer(table.bytes)
    vm.pointee.markCount = UInt64(table.count)
  }

  /// Whether the run is to stop before the instruction at `pc`.
  @inline(__always) fileprivate func mustStop(_ vm: VM, _ r: Registers, _ pc: ProgramCounter) -> Bool {
    let place = pc - vm.pointee.code
    guard place < table.count else { return isNew(vm, r, pc) }
    let mark = table.bytes[place]
    if mark == CodeMarks.unknown.rawValue { return isNew(vm, r, pc) }
    return mustStop(vm, r, place, mark)
  }

  @inline(__always) private func mustStop(_ vm: VM, _ r: Registers, _ place: Int, _ mark: UInt8) -> Bool {
    let frame = r - vm.pointee.stack
    let isWanted = mark & wanted != 0 || (frame < floor && mark != 0)
    if !isWanted, target?.pc != place { return false }
    return ask(vm, RunMoment(steps: 0, frame: frame, pc: place), CodeMarks(rawValue: mark), isWanted)
  }

  @inline(never) private func ask(_ vm: VM, _ moment: RunMoment, _ marks: CodeMarks, _ isWanted: Bool) -> Bool {
    var moment = moment
    moment.steps = vm.machine.eventCount
    if moment == target { return true }
    if moment == start { return false }
    guard isWanted else { return false }
    (vm.machine.resumeFrame, vm.machine.resumePC) = (vm.pointee.stack + moment.frame, vm.pointee.code + moment.pc)
    return stops(moment, marks)
  }

  @inline(never) private func isNew(_ vm: VM, _ r: Registers, _ pc: ProgramCounter) -> Bool {
    table.grow(to: vm.machine.code.usedWords)
    if vm.pointee.marks != nil { showMarks(vm) }
    guard r != vm.pointee.stack, let code = vm.loadedCode(vm.cell(r[FrameHeader.callee])) else { return false }
    let entry = Int(vm.pointee.codes[code.number].entry)
    let words = code.block.words.count
    let place = pc - vm.pointee.code
    // The word where a machine stops belongs to no code.
    guard place >= entry, place < entry + words else { return false }
    var marks = code.block.isSelfHosted ? [] : table.find(code)
    marks += [CodeMarks](repeating: [], count: max(words - marks.count, 0))
    table.set(marks, at: entry)
    return mustStop(vm, r, place, table.bytes[place])
  }
}

/// Before each instruction of a run that is watched.
@inline(__always) func watchStep(
  _ watch: StepWatch, _ vm: VM, _ r: Registers, _ pc: inout ProgramCounter
) {
  guard watch.mustStop(vm, r, pc) else { return }
  vm.pointee.frame = r
  vm.pointee.pc = pc
  vm.machine.halt(.stopped(.watched))
  pc = vm.pointee.pc
}

extension Machine {
  public var globalThis: Value { intrinsics.globalObject }

  /// The codes that were loaded for programs.
  public var programCodes: ArraySlice<LoadedCode> { code.programCodes }

  /// Where a code begins, in words from the start of all code.
  public func place(of loaded: LoadedCode) -> Int { Int(vm.pointee.codes[loaded.number].entry) }

  /// Does something that runs code while a run stands still, which then stands where it did. The heap must still have
  /// what the frames refer to.
  public func keepingRun<Result>(takesIDs: Bool, _ body: () -> Result) -> Result {
    let run = suspendedRun()
    let (internalID, atDebugger, throwing, watching) = (nextInternalID, stopsAtDebugger, throwWatch, watch)
    let log = inputs
    (stopsAtDebugger, throwWatch, watch, inputs) = (false, nil, nil, nil)
    defer {
      forgetRun()
      if let run { restore(run) }
      (stopsAtDebugger, throwWatch, watch, inputs) = (atDebugger, throwing, watching, log)
      if !takesIDs { nextInternalID = internalID }
    }
    return takesIDs ? body() : withoutTakingIDs(body)
  }

  /// Whether a run stands still between two instructions.
  public var isStopped: Bool {
    if case .stopped = state { return resumeFrame != vm.pointee.stack }
    return false
  }

  /// Where a stopped run stands.
  public var runMoment: RunMoment {
    RunMoment(steps: eventCount, frame: resumeFrame - vm.pointee.stack, pc: resumePC - vm.pointee.code)
  }

  /// The exception that a run stopped at, before anything could catch it.
  public var stoppedException: Value? { isThrowing ? pausePrompt : nil }

  /// Rounds of loops and calls since the run began.
  var eventCount: Int { eventBase + sliceStart - Int(vm.pointee.budget) }

  /// Counts what was used up of the budget, before it gets another value.
  func foldEvents() {
    eventBase = eventCount
    sliceStart = Int(vm.pointee.budget)
  }
}

@inline(never) func slowDebugger(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  vm.pointee.frame = r
  vm.pointee.pc = pc
  let machine = vm.machine
  guard machine.stopsAtDebugger else { return }
  // It stands before the statement, as all stops do.
  vm.pointee.pc = pc - 1
  machine.halt(.stopped(.debuggerStatement))
}

extension Machine {
  /// Stops before an exception begins its way up, if somebody wants that.
  func stopsAtThrow(_ exception: Value) -> Bool {
    guard let throwWatch, !isThrowing else { return false }
    resumeFrame = vm.pointee.frame
    resumePC = vm.pointee.pc
    (isThrowing, pausePrompt) = (true, exception)
    guard throwWatch(exception) else {
      (isThrowing, pausePrompt) = (false, .undefined)
      return false
    }
    halt(.stopped(.thrown))
    return true
  }

  /// Lets the exception that the run stopped at go its way.
  func goOnThrowing() {
    guard isThrowing else { return }
    let exception = pausePrompt
    pausePrompt = .undefined
    vm.throwValue(exception)
    isThrowing = false
  }
}
