import CVMRuntime

/// What a step goes over.
enum StepUnit: String, CaseIterable {
  case statement, expression, instruction

  var mark: CodeMarks {
    switch self {
    case .statement: .statement
    case .expression: .expression
    case .instruction: .instruction
    }
  }
}

/// How far a run goes on.
struct StepPlan {
  enum Depth: Equatable {
    /// Into functions that are called.
    case any
    /// Not into functions that this frame calls.
    case notAbove(Int)
    /// Until this frame is left.
    case below(Int)
  }
  /// Nil: to the next breakpoint.
  var unit: StepUnit?
  var count = 1
  var depth = Depth.any
  /// Goes on until this holds.
  var condition: String?
  /// Whether the run begins, so that its first instruction counts.
  var isStart = false

  static let free = StepPlan()
}

/// Why a run stands still.
enum StopCause {
  case breakpoint(Int)
  case debuggerStatement
  case step
  /// A function returned.
  case returned
  case condition(String)
  case exception
  case interrupt
  /// It went back.
  case back
}

/// Steps through runs: what belongs to the debugger and not to one stop.
final class Stepper {
  var breakpoints = Breakpoints()
  /// Why the run that goes on now will have stopped.
  private(set) var cause = StopCause.step
  /// A condition that must be run to tell whether it holds where the run stands.
  private(set) var question: String?
  /// The command that an empty line repeats.
  var repeated: String?
  /// What the last command stepped over: where that was an instruction, the next one is shown.
  var shownUnit = StepUnit.statement
  /// How the run went on last.
  private(set) var lastPlan = StepPlan.free
  /// What went wrong with a condition.
  private(set) var problem: String?
  private var conditions: [String: FrameCondition] = [:]
  private var table: CodeMarkTable?
  private weak var tableMachine: Machine?

  /// Whether somebody looks for something in the run that goes on.
  var isInUse: Bool { lastPlan.unit != nil || !breakpoints.isEmpty || breakpoints.throwStops != .none }

  /// What begins where in the code of a machine.
  private func table(of machine: Machine) -> CodeMarkTable {
    if tableMachine !== machine {
      table = nil
      breakpoints.forgetPlaces()
    }
    if breakpoints.place(in: machine) { table?.forget() }
    if let table { return table }
    let made = CodeMarkTable { [unowned self, unowned machine] code in self.marks(of: code, machine) }
    (table, tableMachine) = (made, machine)
    return made
  }

  private func marks(of code: LoadedCode, _ machine: Machine) -> [CodeMarks] {
    guard let script = code.script else { return [] }
    var marks = script.steps.marks(of: code.block)
    let entry = machine.place(of: code)
    for word in breakpoints.placed.keys where word >= entry && word < entry + marks.count {
      marks[word - entry].insert(.breakpoint)
    }
    return marks
  }

  /// Looks for the end of a plan; nil when only the end of the run is one.
  func watch(_ plan: StepPlan, on machine: Machine) -> StepWatch? {
    (cause, question, problem, lastPlan) = (.step, nil, nil, plan)
    if plan.unit == nil, breakpoints.isEmpty { return nil }
    let table = table(of: machine)
    if plan.unit == nil, breakpoints.placed.isEmpty { return nil }
    var wanted: CodeMarks = .breakpoint
    var floor = Int.min
    if let unit = plan.unit {
      if case .below(let frame) = plan.depth { floor = frame } else { wanted.insert(unit.mark) }
    }
    var left = plan.count
    let places = plan.unit == nil ? Array(breakpoints.placed.keys) : nil
    return StepWatch(table, wanted: wanted, floor: floor, onlyAt: places, skipsFirst: !plan.isStart) {
      [unowned self, unowned machine] moment, marks in
      if marks.contains(.breakpoint), stopsAtBreakpoint(moment, machine) { return true }
      guard let unit = plan.unit else { return false }
      switch plan.depth {
      case .below(let frame):
        guard moment.frame < frame else { return false }
        cause = .returned
        return true
      case .notAbove(let frame): if moment.frame > frame { return false }
      case .any: break
      }
      guard marks.contains(unit.mark) else { return false }
      if let condition = plan.condition { return holds(self.condition(condition), machine, .condition(condition)) }
      left -= 1
      cause = .step
      return left <= 0
    }
  }

  private func stopsAtBreakpoint(_ moment: RunMoment, _ machine: Machine) -> Bool {
    for number in breakpoints.placed[moment.pc] ?? [] {
      guard let breakpoint = breakpoints[number] else { continue }
      if let condition = breakpoint.condition {
        guard holds(self.condition(condition), machine, .breakpoint(number)) else { continue }
      } else {
        cause = .breakpoint(number)
      }
      if question == nil { breakpoints.noteHit(number) }
      return true
    }
    return false
  }

  /// Whether to stop: also when only running the condition tells that.
  private func holds(_ condition: FrameCondition, _ machine: Machine, _ cause: StopCause) -> Bool {
    do throws(FrameCondition.Problem) {
      guard try condition.holds(in: machine) else { return false }
    } catch {
      switch error {
      // As long as the variable is not there the condition does not hold.
      case .undefined: return false
      case .needsRun: question = condition.text
      }
    }
    self.cause = cause
    return true
  }

  func condition(_ text: String) -> FrameCondition {
    if let known = conditions[text] { return known }
    let condition = FrameCondition(text)
    conditions[text] = condition
    return condition
  }

  /// The run that goes on now goes back.
  func beginGoingBack() { (cause, question, problem) = (.back, nil, nil) }

  /// Notes the moments at which a run comes by the ends of steps of a plan, up to a moment.
  func recording(
    _ plan: StepPlan, until target: RunMoment?, on machine: Machine, _ note: @escaping (RunMoment) -> Void
  ) -> StepWatch {
    let mark = (plan.unit ?? .statement).mark
    let condition = plan.condition.map(condition)
    return StepWatch(table(of: machine), wanted: mark, target: target, skipsFirst: false) {
      [unowned machine] moment, marks in
      guard marks.contains(mark) else { return false }
      if case .notAbove(let frame) = plan.depth, moment.frame > frame { return false }
      if let condition, (try? condition.holds(in: machine)) != true { return false }
      note(moment)
      return false
    }
  }

  /// Stops at a moment.
  func target(_ moment: RunMoment, on machine: Machine) -> StepWatch {
    StepWatch(table(of: machine), wanted: [], target: moment, skipsFirst: false) { _, _ in false }
  }

  func dropQuestion() { question = nil }

  /// A condition failed when it was run.
  func noteFailure(of condition: String) { problem = "The condition `\(condition)` failed." }

  /// The answer to the question is that the condition holds.
  func settleQuestion() {
    question = nil
    if case .breakpoint(let number) = cause { breakpoints.noteHit(number) }
  }
}
