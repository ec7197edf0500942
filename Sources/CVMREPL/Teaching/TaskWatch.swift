import CVMReport
import CVMRuntime

/// What is remembered of a task's time, beside the heap: what it began with, and what was done since.
struct TaskWatch {
  /// The objects that the task's variables referred to when it began.
  private(set) var objects: [String: UInt64] = [:]
  /// The moment at which it began.
  private(set) var statement = 0
  private(set) var variables: Set<String> = []
  private var lineage = 0
  private var place: Place
  /// Another moment than the first was seen.
  private(set) var hasMoved = false
  /// Checkpoints that were made while the checks did not hold.
  private(set) var checkpoints: Set<String> = []
  private var lastCheckpoint = 0

  /// Where the heap is in its history.
  private struct Place: Equatable {
    var lineage: Int
    var statement: Int
    var undoable: Int
  }

  init(_ task: Lesson.Task, _ session: Session) {
    place = Self.place(session)
    (statement, lineage) = (session.currentStatement, session.heapLineage)
    lastCheckpoint = session.checkpoints.last?.number ?? 0
    let picture = session.picture()
    variables = Set(picture?.variables.map(\.name) ?? [])
    for name in task.variables { objects[name] = picture?.variable(name)?.content.target }
  }

  private static func place(_ session: Session) -> Place {
    Place(
      lineage: session.heapLineage, statement: session.currentStatement,
      undoable: session.machine.history?.undoableCount ?? 0)
  }

  /// The same for a copy of the heap.
  func moved(to copy: Session) -> TaskWatch {
    var watch = self
    watch.place = Self.place(copy)
    watch.statement = copy.currentStatement
    watch.lineage = copy.heapLineage
    return watch
  }

  /// Takes notice of what a line did; whether that changed the heap.
  mutating func note(_ task: Lesson.Task, _ session: Session) -> Bool {
    let now = Self.place(session)
    let changed = now != place
    place = now
    if changed { hasMoved = true }
    let made = session.checkpoints.filter { $0.number > lastCheckpoint }
    if !made.isEmpty {
      lastCheckpoint = made[made.count - 1].number
      if !task.checks.allSatisfy(session.isTrue) { checkpoints.formUnion(made.map(\.name)) }
    }
    return changed || !made.isEmpty
  }

  /// Whether the heap is that of the task's beginning or of an earlier moment, after it was another one.
  func isBack(_ session: Session) -> Bool {
    guard hasMoved else { return false }
    return session.currentStatement <= statement || session.machine.history?.undoableCount == 0
  }

  /// Whether statements were taken back that the task needs.
  func isBeforeBeginning(_ session: Session) -> Bool {
    session.heapLineage == lineage && session.currentStatement < statement
      && session.machine.history?.redoableCount ?? 0 > 0
  }
}

/// Something that a task asks for.
struct TaskGoal {
  enum Kind: String, CaseIterable {
    case check, same, lost, alive, collected, checkpoint, moment
  }

  var kind: Kind
  var text: String
}

extension Lesson.Task {
  /// Variables whose objects, as they were when it began, it speaks of.
  var variables: [String] { same + lost + alive + collected }

  /// Those whose objects it needs.
  var needed: [String] { same + alive }

  /// Everything that it asks for, part by part.
  var goals: [TaskGoal] {
    var goals = checks.map { TaskGoal(kind: .check, text: $0) }
    for (kind, names) in [
      (TaskGoal.Kind.same, same), (.alive, alive), (.lost, lost), (.collected, collected), (.checkpoint, checkpoints),
    ] {
      goals += names.map { TaskGoal(kind: kind, text: $0) }
    }
    if isTakenBack { goals.append(TaskGoal(kind: .moment, text: "")) }
    return goals
  }
}

extension Session {
  /// Whether the heap is as a task wants it, however that came about.
  func holds(_ task: Lesson.Task, _ watch: TaskWatch) -> Bool { task.goals.allSatisfy { holds($0, watch) } }

  func holds(_ goal: TaskGoal, _ watch: TaskWatch) -> Bool {
    switch goal.kind {
    case .check: return isTrue(goal.text)
    case .same:
      return watch.objects[goal.text].map { picture()?.variable(goal.text)?.content == .reference($0) } ?? false
    case .alive: return watch.objects[goal.text].map { picture()?.aliveIDs.contains($0) ?? false } ?? false
    case .lost: return watch.objects[goal.text].map { !(picture()?.aliveIDs.contains($0) ?? true) } ?? false
    case .collected: return watch.objects[goal.text].map { !isInMemory($0) } ?? false
    case .checkpoint: return watch.checkpoints.contains(goal.text)
    case .moment: return watch.isBack(self)
    }
  }

  /// How many parts of a task's goals are reached, to tell a step ahead.
  func progress(_ task: Lesson.Task, _ watch: TaskWatch) -> Int {
    task.goals.reduce(0) { count, goal in
      if holds(goal, watch) { return count + 100 }
      return goal.kind == .check ? count + GoalExpression.clauses(of: goal.text).count(where: isTrue) : count
    }
  }

  /// Whether an object is still there, be it garbage.
  func isInMemory(_ id: UInt64) -> Bool {
    guard let all = PictureCapture(machine, hidden: results.boundNames)?.picture() else { return true }
    return all.object(id) != nil
  }

  /// Whether an expression is true; it leaves no trace, and no error is shown.
  func isTrue(_ expression: String) -> Bool { quietValue(expression).map(machine.isTruthy) ?? false }

  /// The value of an expression; nil after an error, which nobody sees.
  func quietValue(_ expression: String) -> Value? {
    console.holdBack()
    defer { console.discardHeld() }
    return machine.withoutTakingIDs { quietly(expression) }
  }
}
