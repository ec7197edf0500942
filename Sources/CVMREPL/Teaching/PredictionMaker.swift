import CVMReport

/// Makes questions about a statement from what it did, chosen so that being asked gives nothing away.
struct PredictionMaker {
  private let before: ReferencePicture
  private let after: ReferencePicture
  private let statement: String
  /// How many objects the statement made, also those that are gone again.
  private let madeCount: Int
  private let difference: PictureDifference
  private let sentences: ReferenceSentences
  private let expressions: [UInt64: String]

  init(from before: ReferencePicture, to after: ReferencePicture, statement: String, madeCount: Int) {
    self.before = before
    self.after = after
    self.statement = statement
    self.madeCount = madeCount
    sentences = ReferenceSentences(from: before, to: after)
    difference = sentences.difference
    expressions = after.expressions()
  }

  /// At most a number of questions, the most telling first.
  func questions(limit: Int = 2) -> [PredictionQuestion] {
    let all = [
      valueQuestion(), plainValueQuestion(), innerIdentityQuestion(), identityQuestion(), lostQuestion(),
      countQuestion(),
    ]
    return Array(all.compactMap { $0 }.prefix(limit))
  }

  // MARK: Values

  private typealias Idea = PredictionQuestion.Idea

  /// What a slot holds that can be asked for; an array is asked for its length where that changed.
  private func asked(_ id: UInt64, _ slot: String, in picture: ReferencePicture, asLength: Bool) -> String? {
    guard let object = picture.object(id) else { return nil }
    if asLength { return object.length.map { "\($0)" } }
    guard let content = object.slots.first(where: { $0.name == slot })?.content else {
      return object.hiddenSlots == 0 ? "undefined" : nil
    }
    if case .text(let text) = content, text.count <= 30, text != "(accessor)" { return text }
    return nil
  }

  private func changesLength(_ id: UInt64) -> Bool {
    before.object(id)?.length != nil && before.object(id)?.length != after.object(id)?.length
  }

  /// `a.x` after `b.x = 5`: of the same object by another name, or of another object that looks alike.
  private func valueQuestion() -> PredictionQuestion? {
    for change in difference.changes {
      guard let id = change.object, let object = after.object(id), object.life == .alive, object.noun != "function",
        before.object(id)?.life == .alive, !change.name.contains("[["), !change.name.hasPrefix("`")
      else { continue }
      let asLength = changesLength(id)
      let suffix = asLength ? ".length" : change.name
      guard let new = asked(id, change.name, in: after, asLength: asLength),
        let old = asked(id, change.name, in: before, asLength: asLength), old != new
      else { continue }
      let names = after.aliases(of: id, expressions)
      if names.count > 1, let name = names.first(where: { !mentions($0) }) ?? names.last {
        let other = names.first { $0 != name && mentions($0) } ?? names.first { $0 != name } ?? name
        return PredictionQuestion(
          kind: .value, text: "what is \(name)\(suffix) afterwards?", truth: .value(new),
          reason: "\(name) and \(other) are ONE \(object.noun), #\(id).",
          ideas: [
            Idea(
              answer: .value(old), name: "a copy where there is none",
              remark: "You expected a copy: there is only one \(object.noun), with two names.")
          ])
      }
      if let question = unsharedQuestion(object, change.name, suffix, asLength, new) { return question }
    }
    return nil
  }

  /// The same slot of another object with a name, which stays as it was.
  private func unsharedQuestion(
    _ changed: ReferencePicture.Object, _ slot: String, _ suffix: String, _ asLength: Bool, _ new: String
  ) -> PredictionQuestion? {
    for variable in after.variables {
      guard let id = variable.content.target, id != changed.id, let object = after.object(id),
        object.noun == changed.noun, object.className == changed.className, before.object(id) != nil,
        !after.reachable(from: [id]).contains(changed.id),
        let value = asked(id, slot, in: after, asLength: asLength), value != "undefined", value != new
      else { continue }
      let name = after.aliases(of: changed.id, expressions).first ?? "#\(changed.id)"
      return PredictionQuestion(
        kind: .value, text: "what is \(variable.name)\(suffix) afterwards?", truth: .value(value),
        reason: "\(variable.name) is #\(id), \(name) is #\(changed.id): two \(changed.noun)s.",
        ideas: [
          Idea(
            answer: .value(new), name: "one object where there are two",
            remark: "You expected one \(changed.noun), but they are two: a change of one leaves the other.")
        ])
    }
    return nil
  }

  /// A variable that held the same value as one that changes.
  private func plainValueQuestion() -> PredictionQuestion? {
    for change in difference.changes where change.object == nil {
      guard case .text(let old)? = change.old, case .text(let new)? = change.new, old != new,
        let other = after.variables.first(where: { $0.name != change.name && $0.content == .text(old) }),
        !["null", "undefined"].contains(old), before.variable(other.name)?.content == other.content
      else { continue }
      return PredictionQuestion(
        kind: .value, text: "what is \(other.name) afterwards?", truth: .value(old),
        reason: "\(old) is a value: \(change.name) and \(other.name) each hold one of their own.",
        ideas: [
          Idea(
            answer: .value(new), name: "values that are shared",
            remark: "You expected the two variables to be tied, but values are copied.")
        ])
    }
    return nil
  }

  // MARK: Identity

  private var assigned: [(name: String, id: UInt64)] {
    difference.changes.compactMap { change in
      guard change.object == nil, let id = change.new?.target, after.object(id)?.noun != "function" else { return nil }
      return (change.name, id)
    }
  }

  /// Variables with objects that something can be compared with, those that the statement names first.
  private func partners(of name: String, _ id: UInt64) -> [(name: String, id: UInt64)] {
    let noun = after.object(id)?.noun
    let others = after.variables.compactMap { variable -> (name: String, id: UInt64)? in
      guard variable.name != name, let target = variable.content.target, after.object(target)?.noun == noun,
        before.variable(variable.name)?.content == variable.content
      else { return nil }
      return (variable.name, target)
    }
    return others.filter { mentions($0.name) } + others.filter { !mentions($0.name) }
  }

  private func identityQuestion() -> PredictionQuestion? {
    for (name, id) in assigned {
      guard let other = partners(of: name, id).first else { continue }
      return identity(name, id, other.name, other.id)
    }
    return nil
  }

  /// After a shallow copy: whether what is inside is shared.
  private func innerIdentityQuestion() -> PredictionQuestion? {
    for (name, id) in assigned where difference.made.contains(id) {
      for other in partners(of: name, id) where mentions(other.name) {
        guard let copy = after.object(id), let original = after.object(other.id) else { continue }
        for slot in copy.slots where slot.isExpression {
          guard let inner = slot.content.target, after.object(inner)?.noun != "function",
            let theirs = original.slots.first(where: { $0.name == slot.name })?.content.target
          else { continue }
          return identity(name + slot.name, inner, other.name + slot.name, theirs)
        }
      }
    }
    return nil
  }

  private func identity(_ name: String, _ id: UInt64, _ other: String, _ otherID: UInt64) -> PredictionQuestion {
    let isSame = id == otherID
    let noun = after.object(id)?.noun ?? "object"
    let isInner = !difference.changes.contains { $0.object == nil && $0.name == name }
    return PredictionQuestion(
      kind: .identity, text: "is \(name) === \(other) afterwards? (yes or no)", truth: .yesNo(isSame),
      reason: isSame
        ? "Both are #\(id): \(isInner ? "the copy is shallow, what is inside is shared" : "only the arrow was copied")."
        : "\(name) is #\(id), \(other) is #\(otherID): two \(noun)s, whatever is in them.",
      ideas: [
        isSame
          ? Idea(
            answer: .yesNo(false), name: isInner ? "a deep copy where it is shallow" : "a copy where there is none",
            remark: isInner ? "You expected a deep copy." : "You expected a copy.")
          : Idea(
            answer: .yesNo(true), name: "one object where there are two",
            remark: "You expected one \(noun): equal content does not make them one.")
      ])
  }

  // MARK: Counts

  private func lostQuestion() -> PredictionQuestion? {
    let old = difference.changes.compactMap { $0.old?.target }
    guard old.contains(where: { before.object($0)?.noun != "function" }) else { return nil }
    let lost = difference.lost
    let reason: String
    if let first = lost.first {
      reason = sentences.lossSentence(first)
    } else {
      let id = old.first ?? 0
      let holder = after.aliases(of: id, expressions).first
      reason = holder.map { "\($0) still leads to #\(id)." } ?? "Something still leads to #\(id)."
    }
    var ideas = [
      Idea(
        answer: .count(0), name: "objects that live without a reference",
        remark: "You expected it to stay, but what nothing leads to is garbage.")
    ]
    for count in 1...3 where count > lost.count {
      ideas.append(
        Idea(
          answer: .count(count), name: "an object that dies with one of its names",
          remark: "You expected it to die with one of its names; the last one counts."))
    }
    return PredictionQuestion(
      kind: .lost, text: "how many objects get out of reach?", truth: .count(lost.count), reason: reason,
      ideas: ideas.filter { $0.answer != .count(lost.count) })
  }

  private func countQuestion() -> PredictionQuestion? {
    guard madeCount <= 9, touchesObjects else { return nil }
    let made = difference.made.filter { after.object($0) != nil }
    let names = made.isEmpty ? "" : ReferenceSentences.list(made.compactMap { after.object($0)?.heading })
    var reason =
      madeCount == 0 ? "No literal, no copy and no `new` ran in it." : "New: \(names)."
    if madeCount > 0, made.isEmpty { reason = "They are gone again already." }
    var ideas: [Idea] = []
    for count in 0...9 where count != madeCount {
      ideas.append(
        count > madeCount
          ? Idea(
            answer: .count(count), name: "a copy where there is none",
            remark: madeCount == 0 ? "You expected a copy." : "You expected more to be copied.")
          : Idea(
            answer: .count(count), name: "objects that nobody makes",
            remark: "Each literal { }, [ ], function and copy makes an object of its own."))
    }
    return PredictionQuestion(
      kind: .newObjects, text: "how many new objects does it make?", truth: .count(madeCount), reason: reason,
      ideas: ideas)
  }

  /// Whether the statement does anything with objects, as far as it can be seen.
  private var touchesObjects: Bool {
    if madeCount > 0 || statement.contains("[") || statement.contains("{") || statement.contains("new ") { return true }
    return difference.changes.contains { $0.new?.target != nil || $0.object != nil }
  }

  /// Whether the statement's text has a name in it.
  private func mentions(_ name: String) -> Bool {
    let root = name.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
    var words: Set<Substring> = []
    for word in statement.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }) {
      words.insert(word)
    }
    return words.contains(root)
  }
}
