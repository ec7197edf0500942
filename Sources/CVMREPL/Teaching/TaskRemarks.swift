import CVMReport
import CVMRuntime

/// What there is to say to a learner whose line did not solve the task: what is true now, and what is asked.
struct TaskRemarks {
  let session: Session
  let task: Lesson.Task
  let watch: TaskWatch
  /// What the learner's line did; nil for commands, and where it is not known.
  let difference: PictureDifference?

  var isCommand = false

  private var machine: Machine { session.machine }

  /// The first remark of the lesson's author that fits.
  var authored: String? { task.remarks.first { session.isTrue($0.condition) }?.text }

  /// A sentence about the first goal that is not reached; nil where there is nothing to say but its text.
  var computed: String? {
    guard let missing = task.goals.first(where: { !session.holds($0, watch) }) else { return nil }
    // A change may be a part of what is asked, and commands change other things than objects.
    if missing.kind == .check, task.isTakenBack || isCommand { return nil }
    let picture = session.picture() ?? ReferencePicture()
    switch missing.kind {
    case .check:
      let clause = GoalExpression.clauses(of: missing.text).first { !session.isTrue($0) }
      return clause.flatMap { check(GoalExpression($0), picture) }
    case .lost: return lost(missing.text, picture)
    case .collected: return lost(missing.text, picture) ?? collected(missing.text, picture)
    case .alive: return nil
    case .same: return same(missing.text, picture)
    case .checkpoint:
      let isKept = session.checkpoints.contains { $0.name == missing.text }
      return isKept
        ? "The checkpoint \(missing.text) was made too late: it keeps what is there now, not what was before."
        : "No checkpoint \(missing.text) keeps the moment before."
    case .moment: return watch.hasMoved ? "That is as it was, but by a new statement: nothing was taken back." : nil
    }
  }

  /// Whether the line changed something that the task speaks of.
  var isRelevant: Bool {
    guard let difference else { return false }
    let names = Set(task.goals.flatMap { $0.kind == .check ? GoalExpression($0.text).names : [$0.text] })
    if difference.changes.contains(where: { $0.object == nil && names.contains($0.name) }) { return true }
    let picture = session.picture() ?? ReferencePicture()
    let changed = Set(difference.changes.compactMap(\.object))
    let held = picture.variables.filter { names.contains($0.name) }.compactMap(\.content.target)
    return !changed.isDisjoint(with: picture.reachable(from: held))
  }

  // MARK: Checks

  private func check(_ goal: GoalExpression, _ picture: ReferencePicture) -> String? {
    let missing = goal.names.filter { machine.globalBinding($0) == nil && machine.globalObjectProperty($0) == nil }
    if let name = missing.first { return otherName(name, picture) }
    switch goal.form {
    case .same(let left, let right):
      guard let a = fact(left, picture), let b = fact(right, picture) else { return nil }
      return otherObject(goal, picture) ?? same(a, b)
    case .different(let left, let right):
      guard let a = fact(left, picture), let b = fact(right, picture), let id = a.id, id == b.id else { return nil }
      return "\(left) and \(right) are ONE \(a.noun), #\(id). The task asks for two."
    case .other: return nil
    }
  }

  /// A variable of another name was made.
  private func otherName(_ name: String, _ picture: ReferencePicture) -> String? {
    let declared = difference?.changes.filter { $0.object == nil && $0.old == nil } ?? []
    let made = declared.map(\.name).first { made in
      if watch.variables.contains(made) { return false }
      return made.lowercased() == name.lowercased()
        || task.checks.allSatisfy { session.isTrue(GoalExpression.replacing(name, with: made, in: $0)) }
    }
    return made.map { "You made \($0). The task asks for a variable called \(name)." }
  }

  private struct Fact {
    var text: String
    var shown: String
    var id: UInt64?
    var noun: String
    var isLiteral: Bool
  }

  /// What an expression is now.
  private func fact(_ text: String, _ picture: ReferencePicture) -> Fact? {
    guard let value = session.quietValue(text) else { return nil }
    let isLiteral = GoalExpression(text).names.isEmpty && !text.contains("(")
    guard value.isObject else {
      return Fact(text: text, shown: machine.literal(value, limit: 40), noun: "value", isLiteral: isLiteral)
    }
    guard let id = machine.objectID(of: value), !id.isInternal, let object = picture.object(id.number) else {
      return nil
    }
    return Fact(text: text, shown: "#\(object.id)", id: object.id, noun: object.noun, isLiteral: isLiteral)
  }

  private func same(_ a: Fact, _ b: Fact) -> String? {
    switch (a.id, b.id) {
    case (let x?, let y?):
      if x == y { return nil }
      let nouns = a.noun == b.noun ? "two \(a.noun)s, however alike" : "two objects"
      return "\(a.text) is #\(x), \(b.text) is #\(y): \(nouns). The task asks for ONE."
    case (let id?, nil): return mixed(id, a, b)
    case (nil, let id?): return mixed(id, b, a)
    case (nil, nil):
      // What a call answers now is not always what it answered when it was asked.
      if a.text.contains("(") || b.text.contains("(") { return nil }
      if b.isLiteral { return "\(a.text) is \(a.shown) now, and is to be \(b.shown)." }
      if a.isLiteral { return "\(b.text) is \(b.shown) now, and is to be \(a.shown)." }
      return "\(a.text) is \(a.shown), but \(b.text) is \(b.shown)."
    }
  }

  private func mixed(_ id: UInt64, _ object: Fact, _ value: Fact) -> String {
    "\(object.text) is an arrow to #\(id), but \(value.text) is \(value.shown), a value."
  }

  /// Another object was changed than the one that the goal speaks of.
  private func otherObject(_ goal: GoalExpression, _ picture: ReferencePicture) -> String? {
    guard let difference, let root = goal.names.first, let id = picture.variable(root)?.content.target else {
      return nil
    }
    let changed = difference.changes.compactMap(\.object).filter { picture.object($0)?.noun != "function" }
    let moved = difference.changes.contains { $0.object == nil && goal.names.contains($0.name) }
    guard !moved, let other = changed.first, changed.allSatisfy({ !picture.reachable(from: [id]).contains($0) }),
      let name = picture.aliases(of: other).first
    else { return nil }
    return "You changed #\(other), which is \(name). \(root) is #\(id), and that stayed as it was."
  }

  // MARK: Objects

  private func lost(_ name: String, _ picture: ReferencePicture) -> String? {
    guard let id = watch.objects[name], let object = picture.object(id), object.life == .alive else { return nil }
    let names = picture.aliases(of: id)
    guard !names.isEmpty else { return "\(object.heading) can still be reached." }
    let verb = names.count == 1 ? "leads" : "lead"
    return "\(object.heading) can still be reached: \(ReferenceSentences.list(names)) \(verb) to it."
  }

  private func same(_ name: String, _ picture: ReferencePicture) -> String? {
    guard let id = watch.objects[name] else { return nil }
    let now =
      switch picture.variable(name)?.content {
      case .reference(let other)?: "is #\(other)"
      case .text(let text)?: "holds \(text)"
      case nil: "is gone"
      }
    return "\(name) \(now) now, and is to be #\(id), as when the task began: :undo takes that back."
  }

  private func collected(_ name: String, _ picture: ReferencePicture) -> String? {
    guard let id = watch.objects[name] else { return nil }
    guard let object = picture.object(id), object.life == .promptOnly else {
      return "#\(id) is out of reach now, but nothing was collected yet."
    }
    let target = ReferencePicture.Content.reference(id)
    let holder = picture.promptNames.first { $0.content == target && $0.name.hasPrefix("$") }?.name ?? "the prompt"
    return
      "The program has let go of \(object.heading), but \(holder) of the prompt still holds it: :gc --no-repl leaves that out."
  }
}
