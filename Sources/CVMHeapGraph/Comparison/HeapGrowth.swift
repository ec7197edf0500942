/// How the classes of a heap changed over several moments.
public struct HeapGrowth: Sendable {
  /// One class over all moments.
  public struct Row: Sendable, Equatable {
    public var name: String
    /// How many objects there were at each moment.
    public var objects: [UInt64]
    /// What they took alone.
    public var bytes: [UInt64]

    /// How many more bytes the last moment has than the first.
    public var growth: Int64 { Int64(clamping: bytes.last ?? 0) - Int64(clamping: bytes.first ?? 0) }
    /// How many more objects.
    public var addedObjects: Int64 { Int64(clamping: objects.last ?? 0) - Int64(clamping: objects.first ?? 0) }
    /// Whether there were never fewer than before, and in the end there are more.
    public var onlyGrows: Bool {
      zip(objects, objects.dropFirst()).allSatisfy(<=) && (objects.last ?? 0) > (objects.first ?? 0)
    }
  }

  /// What only grows first, then what changed most; classes that stayed what they were are left out.
  public var rows: [Row]
  /// All classes together at each moment.
  public var total: Row
  /// How many classes did not change.
  public var unchanged: Int

  /// Puts counts together, the oldest first; those of parts of the machine become one class unless they are asked for.
  public init(_ moments: [HeapCensus], foldsSystem: Bool = true) {
    let none = [UInt64](repeating: 0, count: moments.count)
    var places: [String: Int] = [:]
    var found: [Row] = []
    total = Row(name: "", objects: moments.map(\.total.objects), bytes: moments.map(\.total.shallow))
    for (moment, census) in moments.enumerated() {
      for figures in census.classes {
        let name = foldsSystem && census.systemClasses.contains(figures.name) ? ClassNumbers.system : figures.name
        let place: Int
        if let known = places[name] {
          place = known
        } else {
          place = found.count
          places[name] = place
          found.append(Row(name: name, objects: none, bytes: none))
        }
        found[place].objects[moment] += figures.objects
        found[place].bytes[moment] = found[place].bytes[moment].saturatingAdd(figures.shallow)
      }
    }
    let changed = found.filter { Set($0.objects).count > 1 || Set($0.bytes).count > 1 }
    unchanged = found.count - changed.count
    rows = changed.sorted { Self.rank($0) > Self.rank($1) }
  }

  private static func rank(_ row: Row) -> (Int, UInt64, UInt64, String) {
    let isSystem = row.name == ClassNumbers.system
    return (
      isSystem ? 0 : row.onlyGrows ? 2 : 1, row.growth.magnitude, row.addedObjects.magnitude, row.name
    )
  }
}
