/// Places for everything that a row of pictures shows: each variable and each object has one place in all of them.
public struct PictureLayout: Sendable {
  public struct Box: Sendable, Equatable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int
  }

  static let variableWidth = 204
  static let variableHeight = 28
  static let objectWidth = 212
  static let headingHeight = 24
  static let slotHeight = 20
  static let slotLimit = 8
  private static let columnGap = 56
  private static let margin = 12
  private static let variableLimit = 60
  private static let objectLimit = 60
  private static let columnCount = 3

  public private(set) var variables: [String: Box] = [:]
  public private(set) var objects: [UInt64: Box] = [:]
  public private(set) var width = 0
  public private(set) var height = 0

  public init(of pictures: [ReferencePicture]) {
    placeVariables(pictures)
    placeObjects(pictures)
    let boxes = Array(variables.values) + Array(objects.values)
    width = (boxes.map { $0.x + $0.width }.max() ?? 200) + 60
    height = (boxes.map { $0.y + $0.height }.max() ?? 20) + Self.margin
  }

  private mutating func placeVariables(_ pictures: [ReferencePicture]) {
    var y = Self.margin
    for picture in pictures {
      for variable in picture.variables where variables[variable.name] == nil && variables.count < Self.variableLimit {
        variables[variable.name] = Box(x: Self.margin, y: y, width: Self.variableWidth, height: Self.variableHeight)
        y += Self.variableHeight + 8
      }
    }
  }

  /// An object's column is how many arrows it was away from the variables when it came; its height is its greatest.
  private mutating func placeObjects(_ pictures: [ReferencePicture]) {
    var columns: [UInt64: Int] = [:]
    var rows: [UInt64: Int] = [:]
    var order: [UInt64] = []
    for picture in pictures {
      let distances = Self.distances(in: picture)
      for object in picture.objects {
        rows[object.id] = max(rows[object.id] ?? 0, Self.rowCount(object))
        guard columns[object.id] == nil, order.count < Self.objectLimit else { continue }
        columns[object.id] = min(distances[object.id] ?? 0, Self.columnCount - 1)
        order.append(object.id)
      }
    }
    // What was never held by anything shows once, below all others.
    let held = pictures.reduce(into: Set<UInt64>()) { $0.formUnion($1.aliveIDs) }
    order = order.filter(held.contains) + order.filter { !held.contains($0) }
    var next = [Int](repeating: Self.margin, count: Self.columnCount)
    for id in order {
      guard let column = columns[id] else { continue }
      let height = Self.headingHeight + (rows[id] ?? 0) * Self.slotHeight + 6
      let x = Self.margin + Self.variableWidth + Self.columnGap + column * (Self.objectWidth + Self.columnGap)
      objects[id] = Box(x: x, y: next[column], width: Self.objectWidth, height: height)
      next[column] += height + 18
    }
  }

  static func rowCount(_ object: ReferencePicture.Object) -> Int {
    let count = object.slots.count
    return count > slotLimit || object.hiddenSlots > 0 ? slotLimit + 1 : max(count, object.preview.isEmpty ? 0 : 1)
  }

  private static func distances(in picture: ReferencePicture) -> [UInt64: Int] {
    var result: [UInt64: Int] = [:]
    var queue: [UInt64] = []
    func add(_ id: UInt64, _ distance: Int) {
      guard result[id] == nil else { return }
      result[id] = distance
      queue.append(id)
    }
    for variable in picture.variables { if let id = variable.content.target { add(id, 0) } }
    for name in picture.promptNames { if let id = name.content.target { add(id, 0) } }
    var next = 0
    while next < queue.count {
      let id = queue[next]
      next += 1
      for slot in picture.object(id)?.slots ?? [] {
        if let target = slot.content.target { add(target, (result[id] ?? 0) + 1) }
      }
    }
    return result
  }
}
