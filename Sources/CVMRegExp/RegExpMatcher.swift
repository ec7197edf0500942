/// Where a match is looked for. The memory must stay in place while a match is under way.
public enum RegExpText {
  case latin1(UnsafePointer<UInt8>, count: Int)
  case utf16(UnsafePointer<UInt16>, count: Int)
}

/// Finds matches by backtracking (ECMA-262, 22.2.2), with an explicit stack of choices.
///
/// Matching is done in slices: `resume` stops when its budget of steps is used up and goes on when it is called again.
/// The stack is kept for the next match.
public final class RegExpMatcher {
  public enum Outcome: Equatable, Sendable {
    case matched
    case failed
    /// The budget is used up; call `resume` again.
    case notFinished
    /// More choices are open than the limit allows.
    case stackExhausted
  }

  /// What to go back to.
  struct Choice {
    enum Kind: UInt32 {
      /// Go on at another instruction.
      case branch
      /// Give a slot its former value and go further back.
      case restore
      /// Let a loop over single characters give up or take one.
      case loop
      /// The start of a lookaround.
      case lookaround
    }

    static let indexMask: UInt32 = (1 << 30) - 1

    /// The kind in the top two bits, and the place of an instruction or the number of a slot.
    var tag: UInt32
    var position: Int32
    /// For greedy loops the least position; for lazy ones how many more characters may be taken.
    var limit: Int32

    @inline(__always)
    init(_ kind: Kind, _ index: Int, _ position: Int32, _ limit: Int32 = 0) {
      tag = kind.rawValue << 30 | UInt32(truncatingIfNeeded: index)
      self.position = position
      self.limit = limit
    }
  }

  /// What the stack may hold, in bytes.
  public let stackLimit: Int
  @exclusivity(unchecked) var stack: UnsafeMutablePointer<Choice>
  @exclusivity(unchecked) var stackCapacity: Int
  @exclusivity(unchecked) var slots: UnsafeMutablePointer<Int32>
  @exclusivity(unchecked) private var slotCapacity: Int

  @exclusivity(unchecked) var program: RegExpProgram?
  @exclusivity(unchecked) private var text: RegExpText = .latin1(UnsafePointer(bitPattern: 1)!, count: 0)
  @exclusivity(unchecked) private var isSticky = false
  @exclusivity(unchecked) private var nextStart = 0
  @exclusivity(unchecked) private var isRunning = false

  // The state of the attempt under way.
  @exclusivity(unchecked) var savedPlace = 0
  @exclusivity(unchecked) var savedPosition = 0
  @exclusivity(unchecked) var savedStackCount = 0

  public init(stackLimit: Int = 256 << 20) {
    self.stackLimit = stackLimit
    stackCapacity = 64
    stack = .allocate(capacity: stackCapacity)
    slotCapacity = 32
    slots = .allocate(capacity: slotCapacity)
  }

  deinit {
    stack.deallocate()
    slots.deallocate()
  }

  /// Prepares to look for a match of `program` from `index` on, or only there when `isSticky`.
  public func start(_ program: RegExpProgram, in text: RegExpText, at index: Int, isSticky: Bool) {
    self.program = program
    self.text = text
    self.isSticky = isSticky
    nextStart = index
    isRunning = false
    if program.slotCount > slotCapacity {
      slots.deallocate()
      slotCapacity = program.slotCount
      slots = .allocate(capacity: slotCapacity)
    }
    if program.flags.readsCodePoints, case .utf16(let units, let count) = text, index > 0, index < count,
      UInt16.isTrail(units[index]), UInt16.isLead(units[index - 1])
    {
      nextStart = index - 1
    }
  }

  /// Start and end of each group after a match, -1 for those that took no part.
  public var captures: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: slots, count: (program?.captureCount ?? 0) * 2)
  }

  /// Goes on for about `budget` steps, which it counts down.
  public func resume(budget: inout Int) -> Outcome {
    guard let program else { return .failed }
    return switch text {
    case .latin1(let bytes, let count): run(program, bytes, count, &budget)
    case .utf16(let units, let count): run(program, units, count, &budget)
    }
  }

  /// Gives back a stack that grew beyond the usual.
  public func trim() {
    guard stackCapacity > 1 << 16 else { return }
    stack.deallocate()
    stackCapacity = 64
    stack = .allocate(capacity: stackCapacity)
  }

  /// Makes room for more choices above `top`, and answers where that is now; nil at the limit.
  @inline(never)
  func grow(from top: UnsafeMutablePointer<Choice>) -> UnsafeMutablePointer<Choice>? {
    let capacity = stackCapacity * 2
    if capacity * MemoryLayout<Choice>.stride > stackLimit { return nil }
    let larger = UnsafeMutablePointer<Choice>.allocate(capacity: capacity)
    let count = top - stack
    larger.moveInitialize(from: stack, count: count)
    stack.deallocate()
    stack = larger
    stackCapacity = capacity
    return larger + count
  }

  private func run<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ count: Int, _ budget: inout Int
  ) -> Outcome {
    while true {
      if !isRunning {
        if budget <= 0 { return .notFinished }
        let from = nextStart
        let candidate = isSticky ? from : findCandidate(program, text, count, from: from)
        if candidate < 0 || candidate > count { return .failed }
        budget -= 1 + (candidate - from) >> 6
        nextStart = candidate
        for slot in 0..<program.captureCount * 2 { slots[slot] = -1 }
        savedPlace = 0
        savedPosition = candidate
        savedStackCount = 0
        isRunning = true
      }
      let outcome = attempt(program, text, count, &budget)
      guard outcome == .failed else { return outcome }
      isRunning = false
      if isSticky { return .failed }
      if let set = program.leadingRun {
        nextStart = endOfRun(program.words + Int(set), text, count, from: nextStart)
      } else {
        nextStart += width(program, text, count, at: nextStart)
      }
    }
  }

  /// Where a match can begin after an attempt failed that took the run of members of `set` at its start: an attempt
  /// inside of the run would take the rest of it and fail behind it for the same reason.
  private func endOfRun<Unit: FixedWidthInteger & UnsignedInteger>(
    _ set: UnsafePointer<UInt32>, _ text: UnsafePointer<Unit>, _ count: Int, from start: Int
  ) -> Int {
    var position = start
    while position < count && encodedSet(set, contains: UInt32(truncatingIfNeeded: text[position])) { position += 1 }
    return max(position, start + 1)
  }

  /// How far the next place is where a match can begin.
  private func width<Unit: FixedWidthInteger & UnsignedInteger>(
    _ program: RegExpProgram, _ text: UnsafePointer<Unit>, _ count: Int, at position: Int
  ) -> Int {
    guard Unit.bitWidth == 16, program.flags.readsCodePoints, position + 1 < count else { return 1 }
    return UInt16.isLead(UInt16(truncatingIfNeeded: text[position]))
      && UInt16.isTrail(UInt16(truncatingIfNeeded: text[position + 1])) ? 2 : 1
  }
}
