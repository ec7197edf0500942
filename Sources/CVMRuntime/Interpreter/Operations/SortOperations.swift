import CVMDispatch

/// A sort by a comparator of the program: runs are extended by binary insertion and merged in pairs, pass by pass, so that
/// the order of equal elements stays.
///
/// All of it stands in a list in the heap, so that the comparator is called between two instructions. Of what it answers
/// only counts whether it is less than 0: so NaN is as good as 0.
struct SortState {
  /// What the next answer decides.
  private enum Phase: Int32 {
    case start
    case secondOfRun
    case ascending
    case descending
    case insertion
    case orderOfRuns
    case merge
  }

  /// The places of the state in its list. `high` is behind the run at `low` that is found or merged; `left` and `right`
  /// bound a search, or say what is merged next to `target`.
  private enum Slot {
    static let elements = 0
    static let scratch = 1
    static let starts = 2
    static let phase = 3
    static let low = 4
    static let high = 5
    static let end = 6
    static let left = 7
    static let right = 8
    static let target = 9
    static let run = 10
    static let runCount = 11
    static let count = 12
  }

  enum Step {
    /// Two elements are in the window of the call.
    case compare
    case finished
    /// The state is none that a sort can be in.
    case damaged
  }

  /// As many elements are sorted by insertion alone.
  private static let largestInsertion = 63
  private let vm: VM
  private let window: Registers
  private let slots: UnsafeMutablePointer<Value>
  private let elements: UnsafeMutablePointer<Value>
  private let count: Int

  /// The state of a new sort of a list; nil when there is no room for it.
  static func make(_ vm: VM, _ list: Cell) -> Value? {
    let count = vm.denseLength(list)
    let runs = count / 32 + 2
    guard count < Int(Int32.max), vm.canAllocate((count + runs) * 8) else { return nil }
    let scratch = makeFilled(vm, count > largestInsertion ? count : 0)
    let starts = makeFilled(vm, runs)
    var slots = [Value](repeating: Value(0), count: Slot.count)
    slots[Slot.elements] = vm.objectValue(list)
    slots[Slot.scratch] = scratch
    slots[Slot.starts] = starts
    return vm.makeList(slots)
  }

  private static func makeFilled(_ vm: VM, _ count: Int) -> Value {
    let list = vm.makeArray(capacity: count)
    vm.makeInternal(list)
    if count > 0 { vm.arrayElements(list).update(repeating: Value(0), count: count) }
    vm.setArrayLengths(list, count)
    return vm.objectValue(list)
  }

  /// Nil for what is no state.
  @inline(__always) init?(_ vm: VM, _ value: Value, window: Registers) {
    guard let state = vm.denseArray(value), vm.denseLength(state) == Slot.count else { return nil }
    self.vm = vm
    self.window = window
    slots = vm.arrayElements(state)
    guard let list = vm.denseArray(slots[Slot.elements]) else { return nil }
    count = vm.denseLength(list)
    elements = vm.arrayElements(list)
  }

  /// Room for as many elements as the list has.
  @inline(__always) private var scratch: UnsafeMutablePointer<Value>? {
    guard let list = vm.denseArray(slots[Slot.scratch]), vm.denseLength(list) >= count else { return nil }
    return vm.arrayElements(list)
  }

  private var starts: UnsafeMutableBufferPointer<Value> {
    guard let list = vm.denseArray(slots[Slot.starts]) else { return UnsafeMutableBufferPointer(start: nil, count: 0) }
    return UnsafeMutableBufferPointer(start: vm.arrayElements(list), count: vm.denseLength(list))
  }

  /// Goes on with the answer of the last comparison, if there was one.
  @inline(__always) func next() -> Step {
    let answer = window[0]
    let isLess = answer.isInt ? answer.asInt < 0 : answer.isNumber && answer.asNumber < 0
    // A state of this size stands on two cards at most.
    writeBarrier(vm, slots)
    writeBarrier(vm, slots + Slot.count - 1)
    guard let phase = Phase(rawValue: slots[Slot.phase].asInt) else { return .damaged }
    switch phase {
    case .start: return beginRun(at: 0)
    case .secondOfRun: return extendRun(isLess ? .descending : .ascending)
    case .ascending: return isLess ? completeRun(isDescending: false) : extendRun(phase)
    case .descending: return isLess ? extendRun(phase) : completeRun(isDescending: true)
    case .insertion: return narrow(isLess)
    case .orderOfRuns: return isLess ? beginMerge() : nextPair()
    case .merge: return mergeOne(isLess)
    }
  }

  // MARK: State

  @inline(__always) private func get(_ slot: Int) -> Int { Int(slots[slot].asInt) }

  @inline(__always) private func set(_ slot: Int, _ value: Int) {
    slots[slot] = Value(int: Int32(truncatingIfNeeded: value))
  }

  @inline(__always) private func compare(_ phase: Phase, _ first: Int, _ second: Int) -> Step {
    guard isElement(first), isElement(second) else { return .damaged }
    slots[Slot.phase] = Value(int: phase.rawValue)
    window[FrameHeader.size] = elements[first]
    window[FrameHeader.size + 1] = elements[second]
    return .compare
  }

  @inline(__always) private func isElement(_ index: Int) -> Bool { index >= 0 && index < count }

  // MARK: Runs

  private func beginRun(at low: Int) -> Step {
    set(Slot.low, low)
    guard low < count else { return beginPass() }
    let run = get(Slot.runCount)
    let starts = starts
    guard starts.indices.contains(run) else { return .damaged }
    writeBarrier(vm, starts.baseAddress.unsafelyUnwrapped + run)
    starts[run] = Value(int: Int32(truncatingIfNeeded: low))
    set(Slot.runCount, run + 1)
    set(Slot.high, low + 1)
    return low + 1 < count ? compare(.secondOfRun, low + 1, low) : beginPass()
  }

  private func extendRun(_ phase: Phase) -> Step {
    let high = get(Slot.high) + 1
    set(Slot.high, high)
    return high < count ? compare(phase, high, high - 1) : completeRun(isDescending: phase == .descending)
  }

  /// A run that is too short is made longer by insertion.
  private func completeRun(isDescending: Bool) -> Step {
    let low = get(Slot.low)
    let high = get(Slot.high)
    guard low >= 0, low < high, high <= count else { return .damaged }
    if isDescending {
      vm.logWrites(from: elements + low, byteCount: (high - low) * 8)
      var run = UnsafeMutableBufferPointer(start: elements + low, count: high - low)
      run.reverse()
    }
    set(Slot.end, min(low + minimumRun, count))
    return insertNext()
  }

  /// What a run has at least: so that the number of runs is a power of two, or a little less.
  private var minimumRun: Int {
    var length = count
    var rest = 0
    while length > Self.largestInsertion {
      rest |= length & 1
      length >>= 1
    }
    return length + rest
  }

  private func insertNext() -> Step {
    let high = get(Slot.high)
    guard high < get(Slot.end) else { return beginRun(at: max(high, get(Slot.low) + 1)) }
    return search(get(Slot.low), high)
  }

  @inline(__always) private func search(_ left: Int, _ right: Int) -> Step {
    set(Slot.left, left)
    set(Slot.right, right)
    return compare(.insertion, get(Slot.high), (left + right) >> 1)
  }

  @inline(__always) private func narrow(_ isLess: Bool) -> Step {
    let high = get(Slot.high)
    let middle = (get(Slot.left) + get(Slot.right)) >> 1
    let left = isLess ? get(Slot.left) : middle + 1
    let right = isLess ? middle : get(Slot.right)
    return left < right ? search(left, right) : insert(high, at: left)
  }

  private func insert(_ high: Int, at left: Int) -> Step {
    guard isElement(high), left >= 0, left <= high else { return .damaged }
    let inserted = elements[high]
    vm.logWrites(from: elements + left, byteCount: (high - left + 1) * 8)
    (elements + left + 1).update(from: elements + left, count: high - left)
    elements[left] = inserted
    set(Slot.high, high + 1)
    return insertNext()
  }

  // MARK: Merging

  /// Merges neighbouring runs; at the end of a pass there are half as many.
  private func beginPass() -> Step {
    guard get(Slot.runCount) > 1 else { return .finished }
    set(Slot.run, 0)
    return beginPair()
  }

  private func start(_ run: Int) -> Int? {
    if run >= get(Slot.runCount) { return count }
    let starts = starts
    guard starts.indices.contains(run), starts[run].isInt else { return nil }
    return Int(starts[run].asInt)
  }

  private func beginPair() -> Step {
    let run = get(Slot.run)
    guard run + 1 < get(Slot.runCount) else { return finishPass() }
    guard let low = start(run), let middle = start(run + 1), let high = start(run + 2), low >= 0, low < middle,
      middle < high, high <= count
    else { return .damaged }
    set(Slot.low, low)
    set(Slot.right, middle)
    set(Slot.high, high)
    return compare(.orderOfRuns, middle, middle - 1)
  }

  private func nextPair() -> Step {
    set(Slot.run, get(Slot.run) + 2)
    return beginPair()
  }

  private func finishPass() -> Step {
    let runs = get(Slot.runCount)
    let starts = starts
    guard runs > 1, runs <= starts.count else { return .damaged }
    vm.logWrites(from: starts.baseAddress.unsafelyUnwrapped, byteCount: runs * 8)
    for run in stride(from: 0, to: runs, by: 2) { starts[run / 2] = starts[run] }
    set(Slot.runCount, (runs + 1) / 2)
    return beginPass()
  }

  /// The left run makes room for the merged one.
  private func beginMerge() -> Step {
    let low = get(Slot.low)
    let length = get(Slot.right) - low
    guard low >= 0, length > 0, low + length < count, let scratch else { return .damaged }
    vm.logWrites(from: scratch, byteCount: length * 8)
    scratch.update(from: elements + low, count: length)
    set(Slot.left, 0)
    set(Slot.end, length)
    set(Slot.target, low)
    slots[Slot.phase] = Value(int: Phase.merge.rawValue)
    return compareHeads(0, get(Slot.right), scratch)
  }

  @inline(__always) private func compareHeads(
    _ left: Int, _ right: Int, _ scratch: UnsafeMutablePointer<Value>
  ) -> Step {
    guard isElement(left), isElement(right) else { return .damaged }
    window[FrameHeader.size] = elements[right]
    window[FrameHeader.size + 1] = scratch[left]
    return .compare
  }

  @inline(__always) private func mergeOne(_ isLess: Bool) -> Step {
    var left = get(Slot.left)
    var right = get(Slot.right)
    let target = get(Slot.target)
    guard isElement(left), isElement(right), isElement(target), let scratch else { return .damaged }
    writeBarrier(vm, elements + target)
    if isLess {
      elements[target] = elements[right]
      right += 1
      set(Slot.right, right)
    } else {
      elements[target] = scratch[left]
      left += 1
      set(Slot.left, left)
    }
    set(Slot.target, target + 1)
    let end = get(Slot.end)
    if left < end && right < get(Slot.high) { return compareHeads(left, right, scratch) }
    return finishMerge(target + 1, left, end, scratch)
  }

  /// What is left of the left run goes to the end.
  private func finishMerge(_ target: Int, _ left: Int, _ end: Int, _ scratch: UnsafeMutablePointer<Value>) -> Step {
    let rest = end - left
    guard rest >= 0, end <= count, target >= 0, target + rest <= count else { return .damaged }
    vm.logWrites(from: elements + target, byteCount: rest * 8)
    (elements + target).update(from: scratch + left, count: rest)
    return nextPair()
  }
}

@inline(__always) func opSortStep(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowSortStep) }

@inline(never) private func slowSortStep(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let window = r + fieldA(w)
  guard let state = SortState(vm, r[fieldB(w)], window: window) else { return throwDamaged(vm) }
  switch state.next() {
  case .compare:
    window[0] = r[fieldC(w)]
    window[1] = .undefined
  case .finished: vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
  case .damaged: throwDamaged(vm)
  }
}

private func throwDamaged(_ vm: VM) {
  vm.throwError(.typeError, "The state of a built-in function is damaged")
}

extension Machine {
  /// What the self-hosted part of sorting calls.
  func addSortIntrinsics() {
    natives.addIntrinsic("SortBegin", .list) { vm, frame, _ in SortState.make(vm, vm.cell(frame[0])) ?? .retry }
    // The elements of a plain array but those that are undefined; undefined for other objects.
    natives.addIntrinsic("SortableValues", .object) { vm, frame, _ in
      guard let array = vm.denseArray(frame[0]) else { return .undefined }
      let count = vm.denseLength(array)
      guard vm.canAllocate(count * 8) else { return .retry }
      let list = vm.makeArray(capacity: count)
      vm.makeInternal(list)
      let source = vm.arrayElements(array)
      let target = vm.arrayElements(list)
      var kept = 0
      for index in 0..<count {
        if index & 0xffff == 0xffff && vm.machine.mustStop { return .retry }
        if source[index] == .hole { return .undefined }
        if source[index].isUndefined { continue }
        target[kept] = source[index]
        kept += 1
      }
      vm.setArrayLengths(list, kept)
      return vm.objectValue(list)
    }
    // Gives a plain array of a length these elements and then undefined; false for other objects.
    natives.addIntrinsic("StoreSorted", .object, .list, .integer) { vm, frame, _ in
      let list = vm.cell(frame[1])
      let count = vm.denseLength(list)
      guard let array = vm.writableArray(frame[0]), vm.denseLength(array) == Int(frame[2].asInt),
        count <= vm.denseLength(array), vm.inheritsNoElements(array)
      else { return .false }
      let elements = vm.arrayElements(array)
      vm.logWrites(from: elements, byteCount: vm.denseLength(array) * 8)
      elements.update(from: vm.arrayElements(list), count: count)
      for index in count..<vm.denseLength(array) { elements[index] = .undefined }
      return .true
    }
    natives.addIntrinsic("ArrayOfSorted", .list, .integer) { vm, frame, _ in
      let list = vm.cell(frame[0])
      let count = vm.denseLength(list)
      let length = max(count, Int(frame[1].asInt))
      guard vm.canAllocate(length * 8) else { return .retry }
      let array = vm.makeArray(capacity: length)
      guard length > 0 else { return vm.objectValue(array) }
      let elements = vm.arrayElements(array)
      elements.update(from: vm.arrayElements(list), count: count)
      for index in count..<length { elements[index] = .undefined }
      vm.setArrayLengths(array, length)
      return vm.objectValue(array)
    }
  }
}
