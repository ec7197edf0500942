/// Says in words what a statement did to the references.
public struct ReferenceSentences {
  private let old: ReferencePicture
  private let new: ReferencePicture
  public let difference: PictureDifference
  private let before: [UInt64: String]
  private let after: [UInt64: String]

  public init(from old: ReferencePicture, to new: ReferencePicture) {
    self.old = old
    self.new = new
    difference = PictureDifference(from: old, to: new)
    before = old.expressions()
    after = new.expressions()
  }

  // MARK: Everything

  /// A sentence for each thing that happened, the most important first.
  public func all(limit: Int = 12) -> [String] {
    var sentences = difference.changes.filter { $0.object == nil }.map(variableSentence)
    sentences += slotSentences()
    sentences += madeSentences()
    sentences += difference.lost.prefix(4).enumerated().map { lossSentence($1, tellsCycle: $0 == 0) }
    if difference.lost.count > 4 {
      sentences.append("\(difference.lost.count - 4) more objects are out of reach, too.")
    }
    if sentences.count > limit {
      let more = sentences.count - limit + 1
      sentences = Array(sentences.prefix(limit - 1)) + ["... and \(more) more changes: :diff lists them."]
    }
    return sentences
  }

  // MARK: Variables

  private func variableSentence(_ change: PictureDifference.Change) -> String {
    guard let content = change.new else { return "\(change.name) is no variable any more." }
    let was = change.old.map { " (\(text($0, old)) before)" } ?? ""
    switch content {
    case .text(let text):
      if case .reference(let id)? = change.old {
        return "\(change.name) holds the value \(text) now; its arrow to \(name(id, old)) is gone."
      }
      let copy = new.variables.first { $0.name != change.name && $0.content == content && isPlainValue(text) }
      let note = change.old == nil && copy != nil ? " Values are copied: no other variable changes with it." : ""
      return "\(change.name) holds the value \(text)\(was).\(note)"
    case .reference(let id):
      let others = new.aliases(of: id, after).filter { $0 != change.name }
      if difference.made.contains(id) {
        let alias = others.first.map { ", and so does \($0)" } ?? ""
        return "\(change.name) refers to a new object, \(name(id, new))\(was)\(alias)."
      }
      guard let other = others.first else { return "\(change.name) refers to \(name(id, new))\(was)." }
      return
        "\(change.name) refers to \(name(id, new)) now\(was), the same object as \(other): only the arrow was copied."
    }
  }

  private func isPlainValue(_ text: String) -> Bool { !["undefined", "null", "(no value yet)"].contains(text) }

  // MARK: Slots

  private static let slotLimit = 4

  private func slotSentences() -> [String] {
    var sentences: [String] = []
    var order: [UInt64] = []
    var byObject: [UInt64: [PictureDifference.Change]] = [:]
    for change in difference.changes {
      guard let id = change.object else { continue }
      if byObject[id] == nil { order.append(id) }
      byObject[id, default: []].append(change)
    }
    for id in order {
      let changes = byObject[id] ?? []
      var parts = changes.prefix(Self.slotLimit).map { slotText(id, $0) }
      if changes.count > Self.slotLimit { parts.append("\(changes.count - Self.slotLimit) more slots changed") }
      var sentence = parts.joined(separator: "; ") + "."
      let names = new.aliases(of: id, after)
      if names.count > 1 {
        sentence += " \(Self.list(names)) \(names.count == 2 ? "both" : "all") show it: they are ONE \(noun(id))."
      }
      sentences.append(sentence)
    }
    return sentences
  }

  private func slotText(_ id: UInt64, _ change: PictureDifference.Change) -> String {
    let place = change.name.hasPrefix("`") ? "the captured variable \(change.name) of #\(id)" : "#\(id)\(change.name)"
    switch (change.old, change.new) {
    case (let old?, let new?): return "\(place) was \(text(old, self.old)) and is \(text(new, self.new))"
    case (nil, let new?): return "\(place) is new: \(text(new, self.new))"
    case (let old?, nil): return "\(place) is gone (it was \(text(old, self.old)))"
    case (nil, nil): return "\(place) changed"
    }
  }

  private func text(_ content: ReferencePicture.Content, _ picture: ReferencePicture) -> String {
    switch content {
    case .text(let text): text
    case .reference(let id): "an arrow to \(name(id, picture))"
    }
  }

  // MARK: Objects

  private func madeSentences() -> [String] {
    // What a changed variable refers to is told there.
    let told = Set(difference.changes.compactMap { $0.object == nil ? $0.new?.target : nil })
    let made = difference.made.filter { !told.contains($0) }
    let kept = made.filter { new.object($0)?.life == .alive }
    let dropped = made.filter { new.object($0)?.life != .alive }
    var sentences: [String] = []
    if !kept.isEmpty {
      sentences.append("New: \(Self.list(kept.map { place($0) }, limit: 6)).")
    }
    sentences += sharedParts().prefix(3)
    if !dropped.isEmpty {
      let names = Self.list(dropped.map { name($0, new) }, limit: 4)
      let isOne = dropped.count == 1
      sentences.append(
        "\(names) \(isOne ? "was" : "were") made, too, but no variable leads to \(isOne ? "it" : "them").")
    }
    return sentences
  }

  /// What new objects hold that was there before: nobody copied it.
  private func sharedParts() -> [String] {
    var told: Set<UInt64> = []
    var sentences: [String] = []
    for id in difference.made {
      guard let object = new.object(id), object.life == .alive, let holder = after[id] else { continue }
      for slot in object.slots {
        guard slot.isExpression, let part = slot.content.target, let other = old.object(part), other.life == .alive,
          other.noun != "function", told.insert(part).inserted
        else { continue }
        let place = holder + slot.name
        let also = new.aliases(of: part, after).first { $0 != place }
        let same = also.map { ", the same \(noun(part)) as \($0)" } ?? ", which was there before"
        sentences.append("\(place) refers to \(name(part, new))\(same): it was not copied.")
      }
    }
    return sentences
  }

  private func place(_ id: UInt64) -> String { name(id, new) + (after[id].map { " (\($0))" } ?? "") }

  /// `#3 Array`
  private func name(_ id: UInt64, _ picture: ReferencePicture) -> String { picture.object(id)?.heading ?? "#\(id)" }

  private func noun(_ id: UInt64) -> String { new.object(id)?.noun ?? "object" }

  // MARK: Losses

  /// Why an object is out of reach.
  public func lossSentence(_ id: UInt64, tellsCycle: Bool = true) -> String {
    let title = name(id, old)
    let removed = difference.changes.filter { $0.old?.target == id }
    let heldBy = old.holders(of: id).compactMap(\.object).filter { difference.lost.contains($0) && $0 != id }
    let held = new.objects.first { $0.life != .alive && $0.id != id && $0.slots.contains { $0.content.target == id } }
    if let cause = removed.first {
      let place = cause.object.map { before[$0].map { $0 + cause.name } ?? "#\($0)\(cause.name)" } ?? cause.name
      let reason =
        removed.count == 1 ? "its last way in was \(place)" : "\(removed.count) arrows to it went, the last ways in"
      let now =
        cause.new.map { ", which \($0.target == nil ? "holds" : "refers to") \(shortText($0)) now" }
        ?? ", which is gone"
      let cycle = held.map { holder in
        let isCycle = new.reachable(from: [id]).contains(holder.id)
        return " \(holder.heading) still points to it, but nothing reaches that either"
          + (isCycle ? ": a cycle keeps nobody alive." : ".")
      }
      return "\(title) is out of reach: \(reason)\(removed.count == 1 ? now : "").\(tellsCycle ? cycle ?? "" : "")"
    }
    if let holder = heldBy.first { return "\(title) went with \(name(holder, old)), which alone led to it." }
    return "\(title) is out of reach: nothing of the program leads to it any more."
  }

  /// Whether an arrow to it was taken away, by which it went out of reach or others that it led to.
  public func isReleased(_ id: UInt64) -> Bool { difference.changes.contains { $0.old?.target == id } }

  /// The same in a few words, for the margin of a drawing.
  public func lossRemark(_ id: UInt64) -> String {
    if let cause = difference.changes.first(where: { $0.old?.target == id }) {
      let place = cause.object.map { before[$0].map { $0 + cause.name } ?? "#\($0)\(cause.name)" } ?? cause.name
      return "lost: \(place)"
    }
    return "lost"
  }

  private func shortText(_ content: ReferencePicture.Content) -> String {
    switch content {
    case .text(let text): text
    case .reference(let id): "#\(id)"
    }
  }

  // MARK: Events

  /// An old object that got a name beside those that it had.
  public struct Alias: Equatable {
    public var object: UInt64
    public var name: String
    public var other: String
  }

  /// Objects that have a name more than before, the names being what a program can write.
  public func aliases() -> [Alias] {
    var found: [Alias] = []
    for change in difference.changes {
      guard let id = change.new?.target, new.object(id)?.life == .alive, new.object(id)?.noun != "function",
        !found.contains(where: { $0.object == id })
      else { continue }
      let names = new.aliases(of: id, after)
      let place: String? =
        change.object.map { holder in after[holder].map { $0 + change.name } ?? "" } ?? change.name
      guard let place, names.contains(place), let other = names.first(where: { $0 != place }) else { continue }
      found.append(Alias(object: id, name: place, other: other))
    }
    // A new object may hold the same one twice, or one that has a name already.
    for id in difference.made {
      guard let object = new.object(id), object.life == .alive, let holder = after[id] else { continue }
      for slot in object.slots where slot.isExpression {
        guard let target = slot.content.target, new.object(target)?.noun != "function",
          !found.contains(where: { $0.object == target })
        else { continue }
        let place = holder + slot.name
        let names = new.aliases(of: target, after)
        guard let other = names.first(where: { $0 != place }) else { continue }
        found.append(Alias(object: target, name: place, other: other))
      }
    }
    return found
  }

  /// An object that was there before, changed, and has several names.
  public struct Mutation: Equatable {
    public var object: UInt64
    public var slot: String
    public var names: [String]
  }

  public func sharedMutations() -> [Mutation] {
    var found: [Mutation] = []
    for change in difference.changes {
      guard let id = change.object, !found.contains(where: { $0.object == id }), new.object(id)?.life == .alive,
        old.object(id) != nil
      else { continue }
      let known = new.aliases(of: id, after)
      let earlier = Set(old.aliases(of: id, before))
      // The name must have been there when the change was made.
      let names = known.filter(earlier.contains)
      if names.count > 1, known.count > 1 { found.append(Mutation(object: id, slot: change.name, names: names)) }
    }
    return found
  }

  /// `a, b and c`
  public static func list(_ names: [String], limit: Int = 4) -> String {
    if names.count == 1 { return names[0] }
    let shown = names.count > limit ? Array(names.prefix(limit - 1)) + ["\(names.count - limit + 1) more"] : names
    return shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }
}
