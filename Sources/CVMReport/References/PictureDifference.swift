/// What a statement did to a picture.
public struct PictureDifference: Sendable, Equatable {
  /// A variable or slot with what it held and holds; nil where it is not there.
  public struct Change: Sendable, Equatable {
    /// Nil for a variable.
    public var object: UInt64?
    public var name: String
    public var old: ReferencePicture.Content?
    public var new: ReferencePicture.Content?
  }

  /// In the order of the picture: variables first.
  public private(set) var changes: [Change] = []
  /// Objects that are there now and were not, among them those that are garbage already.
  public private(set) var made: [UInt64] = []
  /// Objects that the program could reach and no longer can; first those from which an arrow was taken.
  public private(set) var lost: [UInt64] = []
  /// Objects that were there and are not any more.
  public private(set) var collected: [UInt64] = []

  public var isEmpty: Bool { changes.isEmpty && made.isEmpty && lost.isEmpty && collected.isEmpty }

  public init(from old: ReferencePicture, to new: ReferencePicture) {
    changes = Self.changes(
      nil, old.variables.map { ($0.name, $0.content) }, new.variables.map { ($0.name, $0.content) })
    let before = Dictionary(old.objects.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for object in new.objects {
      guard let earlier = before[object.id] else {
        made.append(object.id)
        continue
      }
      if earlier.life == .alive, object.life != .alive { lost.append(object.id) }
      if earlier.slots == object.slots { continue }
      changes += Self.changes(
        object.id, earlier.slots.map { ($0.name, $0.content) }, object.slots.map { ($0.name, $0.content) })
    }
    let now = Set(new.objects.map(\.id))
    for object in old.objects where !now.contains(object.id) {
      collected.append(object.id)
      if object.life == .alive { lost.append(object.id) }
    }
    let released = Set(changes.compactMap { $0.old?.target })
    lost = lost.filter(released.contains).sorted() + lost.filter { !released.contains($0) }.sorted()
  }

  private static func changes(
    _ object: UInt64?, _ old: [(String, ReferencePicture.Content)], _ new: [(String, ReferencePicture.Content)]
  ) -> [Change] {
    let before = Dictionary(old, uniquingKeysWith: { $1 })
    let names = Set(new.map(\.0))
    let changed = new.compactMap { name, content in
      before[name] == content ? nil : Change(object: object, name: name, old: before[name], new: content)
    }
    return changed
      + old.filter { !names.contains($0.0) }.map { Change(object: object, name: $0.0, old: $0.1, new: nil) }
  }

  /// The slots of an object that changed.
  public func changedSlots(of id: UInt64) -> Set<String> { Set(changes.filter { $0.object == id }.map(\.name)) }

  public var changedVariables: Set<String> { Set(changes.filter { $0.object == nil }.map(\.name)) }
}

extension HeapScene {
  /// Marks what a statement did, and which objects nobody needs any more.
  public mutating func mark(_ difference: PictureDifference, dead: Set<UInt64>, id: (Int) -> UInt64?) {
    for position in objects.indices {
      guard let id = id(objects[position].node) else { continue }
      let changed = difference.changedSlots(of: id)
      let hasArrows = !objects[position].arrows.isEmpty
      objects[position].marks.changed = changed.union(difference.changedVariables)
      objects[position].marks.isNew = difference.made.contains(id) || (!hasArrows && !changed.isEmpty)
      objects[position].marks.isDead = dead.contains(id)
    }
  }
}
