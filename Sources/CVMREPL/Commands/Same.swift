import CVMReport
import CVMRuntime

/// `:same`: whether two names mean one object.
enum SameCommand: Command {
  static let spec = CommandSpec(
    name: "same", category: .look, argument: "A B", kind: .objects, rule: .required,
    summary: "whether two names mean one object, or where two differ",
    examples: [
      .init(":same p pts[0]", setup: ["let pts = [p, p]"]), .init(":same p q", setup: ["let q = {x: 1, y: 3}"]),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let words = RowArgument.joined(CommandCall.words(call.argument[...]))
    guard words.count == 2 else { throw .usage(":same needs two objects\nUsage: \(spec.usage)") }
    let a = try session.resolve(words[0]).value
    let b = try session.resolve(words[1]).value
    let machine = session.machine
    let options = session.options.rendering
    var comparison = Comparison(machine)
    let isSame = machine.isSameValue(a, b)
    let difference = isSame ? nil : comparison.firstDifference(a, b)
    let sentence = sentence(words, a, b, isSame, difference, comparison.isComplete, machine)
    return CommandAnswer(sentence, "same", options: options) { writer in
      writer.member("same", isSame)
      writer.member("equal", isSame || (difference == nil && comparison.isComplete))
      if let difference { writer.member("difference", difference.path) }
      for (key, value) in [("a", a), ("b", b)] {
        writer.key(key)
        writer.object { $0.value(value, machine) }
      }
    }
  }

  private static func sentence(
    _ words: [String], _ a: Value, _ b: Value, _ isSame: Bool, _ difference: Comparison.Difference?,
    _ isComplete: Bool, _ machine: Machine
  ) -> String {
    let identities = [a, b].map { machine.identity(of: $0) }
    if let first = identities[0], let second = identities[1] {
      if isSame { return "\(words[0]) and \(words[1]) are ONE object: \(first) \(machine.preview(a, limit: 40))" }
      let two = "\(words[0]) and \(words[1]) are two objects: \(first) and \(second)"
      guard let difference else {
        return two + (isComplete ? ", with equal content. Changing one leaves the other." : ".")
      }
      let first = difference.a.map { machine.preview($0, limit: 40) } ?? "not there"
      let second = difference.b.map { machine.preview($0, limit: 40) } ?? "not there"
      if difference.path.isEmpty { return two + "." }
      return two + ". \(difference.path) is \(first) in the first, \(second) in the second."
    }
    let texts = [a, b].map { machine.preview($0, limit: 40) }
    if isSame { return "Both are \(texts[0]), a value: two equal values cannot be told apart." }
    return "They differ: \(words[0]) is \(texts[0]), \(words[1]) is \(texts[1])."
  }
}

/// Compares the contents of two objects without running code.
struct Comparison {
  struct Difference {
    let path: String
    let a: Value?
    let b: Value?
  }

  private let machine: Machine
  /// False when there was too much to compare.
  private(set) var isComplete = true
  private static let limit = 100_000

  init(_ machine: Machine) { self.machine = machine }

  /// Where two values differ first, breadth first; nil when they are alike.
  mutating func firstDifference(_ a: Value, _ b: Value) -> Difference? {
    struct Pair: Hashable {
      let a: UInt64
      let b: UInt64
    }
    var pending: [(path: String, a: Value, b: Value)] = [("", a, b)]
    var seen: Set<Pair> = []
    var next = 0
    while next < pending.count {
      let (path, a, b) = pending[next]
      next += 1
      if machine.isSameValue(a, b) { continue }
      guard a.isObject, b.isObject, machine.className(of: a) == machine.className(of: b), !machine.isFunction(a) else {
        return Difference(path: path, a: a, b: b)
      }
      guard seen.insert(Pair(a: a.bits, b: b.bits)).inserted else { continue }
      let (left, right) = (slots(a), slots(b))
      let (known, others) = (Set(left.map(\.name)), byName(right))
      for slot in left {
        guard let other = others[slot.name] else {
          return Difference(path: path + slot.name, a: slot.value, b: nil)
        }
        if let value = slot.value, let other { pending.append((path + slot.name, value, other)) }
      }
      if let extra = right.first(where: { !known.contains($0.name) }) {
        return Difference(path: path + extra.name, a: nil, b: extra.value)
      }
      if pending.count > Self.limit || !isComplete {
        isComplete = false
        return nil
      }
    }
    return nil
  }

  private mutating func slots(_ value: Value) -> [ObjectSlot] {
    let slots = machine.slots(of: value, limit: Self.limit + 1)
    if slots.count > Self.limit { isComplete = false }
    return slots
  }

  private func byName(_ slots: [ObjectSlot]) -> [String: Value?] {
    Dictionary(slots.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
