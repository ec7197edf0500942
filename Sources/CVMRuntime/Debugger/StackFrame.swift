import CVMBytecode
import CVMDispatch

/// A frame of a run that stands still.
public struct StackFrame {
  /// A variable that the function of a frame sees.
  public struct Variable {
    public let name: String
    /// Nil before it got its first value.
    public let value: Value?
    /// Whether it belongs to an outer function.
    public let isCaptured: Bool
    fileprivate let place: Place
  }

  fileprivate enum Place {
    case register(Int)
    case cell(Value)
  }

  public let code: LoadedCode
  /// Where it begins, in registers from the start of the stack.
  public let base: Int
  /// The instruction that runs or comes next, in words from the start of the code.
  public let offset: Int
  public let this: Value
  /// Whether it was entered by `new`.
  public let isConstruct: Bool
  /// Inner ones after outer ones; of those with one name only the innermost.
  public let variables: [Variable]
  /// Where the caller's frame begins, when it gets the result as a plain call does.
  public let plainCaller: Int?

  public func variable(_ name: String) -> Variable? { variables.last { $0.name == name } }
  /// The place in the source.
  public var entry: SourceMap.Entry? { code.block.sourceMap.entry(at: UInt32(offset)) }
  public var name: String { String(decoding: code.block.name, as: UTF16.self) }
}

extension Machine {
  /// The frames of a run that stands still, innermost first, without those of built-ins; at most a number of them.
  public func stackFrames(limit: Int = .max) -> [StackFrame] {
    frames(from: resumeFrame, resumePC, limit, isBehind: isThrowing || isPaused)
  }

  /// The frames of the run that an exception has just ended, as they were when it was thrown, innermost first.
  ///
  /// They are what the stack still has: nothing may have run since.
  public func framesOfThrow(limit: Int) -> [StackFrame] {
    guard throwPlace != nil else { return [] }
    return frames(from: vm.pointee.stack + throwMoment.frame, vm.pointee.code + throwMoment.pc, limit, isBehind: true)
  }

  private func frames(
    from frame: Registers, _ pc: ProgramCounter, _ limit: Int, isBehind isInnermostBehind: Bool
  ) -> [StackFrame] {
    var result: [StackFrame] = []
    var isInnermost = true
    for entry in FrameWalker(vm, frame: frame, pc: pc) {
      defer { isInnermost = false }
      guard let code = vm.loadedCode(vm.cell(entry.frame[FrameHeader.callee])), !code.block.isSelfHosted else {
        continue
      }
      if result.count == limit { break }
      // Callers stand behind their call, as does what throws.
      let isBehind = !isInnermost || isInnermostBehind
      result.append(stackFrame(entry.frame, code, self.code.offset(of: entry.pc, in: code) - (isBehind ? 1 : 0)))
    }
    return result
  }

  /// How many frames of programs there are.
  public var stackDepth: Int {
    FrameWalker(vm, frame: resumeFrame, pc: resumePC).reduce(0) { count, entry in
      vm.loadedCode(vm.cell(entry.frame[FrameHeader.callee]))?.block.isSelfHosted == false ? count + 1 : count
    }
  }

  private func stackFrame(_ frame: Registers, _ code: LoadedCode, _ offset: Int) -> StackFrame {
    StackFrame(
      code: code, base: frame - vm.pointee.stack, offset: max(offset, 0), this: this(of: frame, code),
      isConstruct: frame[FrameHeader.link].returnKind == UInt64(ReturnKind.construct.rawValue),
      variables: variables(of: frame, code, UInt32(max(offset, 0))), plainCaller: plainCaller(of: frame))
  }

  private func plainCaller(of frame: Registers) -> Int? {
    let link = frame[FrameHeader.link]
    guard link.returnKind == UInt64(ReturnKind.call.rawValue) else { return nil }
    return vm.callerFrame(frame, link) - vm.pointee.stack
  }

  /// What the function of a frame that was just left has returned to its caller, which stands still now.
  public func returnedValue(of frame: StackFrame) -> Value? {
    guard frame.plainCaller == resumeFrame - vm.pointee.stack else { return nil }
    return vm.pointee.stack[frame.base + FrameHeader.callee]
  }

  private func this(of frame: Registers, _ code: LoadedCode) -> Value {
    let value = frame[FrameHeader.this]
    return value == .uninitialized || value == .hole || value.tag == Tag.cell ? .undefined : value
  }

  private func variables(of frame: Registers, _ code: LoadedCode, _ offset: UInt32) -> [StackFrame.Variable] {
    var result: [StackFrame.Variable] = []
    func add(_ units: [UInt16], _ held: Value, isCaptured: Bool, register: Int?) {
      let name = String(decoding: units, as: UTF16.self)
      guard isIdentifierName(name), name != "this" else { return }
      let isCell = held.tag == Tag.cell && held.isReference && vm.cell(held).kind == .variable
      if held.tag == Tag.cell, !isCell { return }
      let value = isCell ? vm.cell(held).value(Layout.primitive) : held
      let isSet = value != .uninitialized && value != .hole
      result.removeAll { $0.name == name }
      result.append(
        StackFrame.Variable(
          name: name, value: isSet ? value : nil, isCaptured: isCaptured,
          place: isCell ? .cell(held) : .register(register ?? 0)))
    }
    let function = vm.cell(frame[FrameHeader.callee])
    for (i, capture) in code.block.captures.enumerated() {
      let held = function.value(Layout.Function.captures + i * 8)
      if held.tag == Tag.cell { add(capture.name, held, isCaptured: true, register: nil) }
    }
    for variable in code.block.variables where variable.start <= offset && offset < variable.end {
      let register = Int(variable.register)
      add(variable.name, frame[register], isCaptured: false, register: register)
    }
    return result
  }

  /// Gives a variable of a frame another value.
  public func set(_ variable: StackFrame.Variable, of frame: StackFrame, to value: Value) {
    switch variable.place {
    case .register(let register): (vm.pointee.stack + frame.base)[register] = value
    case .cell(let held):
      let cell = vm.cell(held)
      writeBarrier(vm, cell + Layout.primitive)
      cell.setValue(Layout.primitive, value)
    }
  }
}
