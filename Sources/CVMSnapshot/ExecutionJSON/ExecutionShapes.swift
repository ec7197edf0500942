import CVMRuntime
import CVMText

/// Shapes by what they are, as objects that were made in the same way share them.
struct ExecutionShapes {
  struct Root: Hashable {
    var prototype: ShapePrototype
    var slots: UInt8
    var flags: UInt8
  }
  private struct Step: Hashable {
    var parent: Int
    var name: Int
    var attributes: UInt8
  }

  private var names: [ExecutionProperty.Name: Int] = [:]
  private var roots: [Root: Int] = [:]
  private var steps: [Step: Int] = [:]
  /// For each node its number in the file + 1, or 0.
  private var numbers: [UInt32] = []
  private var count: UInt32 = 0

  mutating func root(_ root: Root) -> Int {
    if let known = roots[root] { return known }
    numbers.append(0)
    roots[root] = numbers.count - 1
    return numbers.count - 1
  }

  mutating func adding(_ property: ExecutionProperty, to parent: Int) -> Int {
    let name = names[property.name] ?? names.count
    names[property.name] = name
    let step = Step(parent: parent, name: name, attributes: property.attributes)
    if let known = steps[step] { return known }
    numbers.append(0)
    steps[step] = numbers.count - 1
    return numbers.count - 1
  }

  /// The number of a shape that is in the file.
  func number(_ shape: Int) -> UInt32? { numbers[shape] == 0 ? nil : numbers[shape] - 1 }

  mutating func add(_ shape: Int) -> UInt32 {
    count += 1
    numbers[shape] = count
    return count - 1
  }
}

/// What stands behind the word `prototype`.
enum ShapePrototype: Hashable {
  case none
  case record(RecordKey)
  case builtIn(String)

  init(_ document: JSONDocument, _ node: Int) throws(JSONError) {
    if document.kind(node) == .null {
      self = .none
    } else if let name = document.member("$builtIn", of: node), let text = document.text(name) {
      self = .builtIn(text)
    } else if let reference = document.member("$ref", of: node),
      let key = (document.lexeme(reference) ?? document.text(reference)).flatMap({ RecordKey($0) })
    {
      self = .record(key)
    } else {
      throw document.error("a prototype is null, a reference or a built-in object", at: node)
    }
  }
}

extension ExecutionJSONReader {
  /// The number of a shape; a new one is written as what it adds to the nearest that is there.
  mutating func shape(
    _ prototype: ShapePrototype, _ node: Int, slots: UInt8, flags: UInt8, _ properties: [ExecutionProperty]
  ) throws(JSONError) -> Int {
    let root = shapes.root(.init(prototype: prototype, slots: slots, flags: flags))
    var path = [root]
    for property in properties { path.append(shapes.adding(property, to: path[path.count - 1])) }
    if let known = shapes.number(path[path.count - 1]) { return Int(known) }
    let out = buffer(.shapes)
    let nearest = path.lastIndex { shapes.number($0) != nil }
    if let nearest, let parent = shapes.number(path[nearest]) {
      out.number(Int(parent) + 1)
    } else {
      out.number(0)
      out.number(try number(of: prototype, at: node))
      out.byte(slots)
      out.byte(flags)
    }
    let added = properties[(nearest ?? 0)...]
    out.number(added.count)
    for property in added {
      let key: UInt64
      switch property.name {
      case .string(let units, let isOddlyWide):
        key = UInt64(string(units, isOddlyWide: isOddlyWide).index) << 2
      case .symbol(let record): key = UInt64(try number(of: record, at: property.nameNode).number) << 2 | 1
      case .builtIn(let name): key = UInt64(builtIn(name)) << 2 | 2
      }
      let isCommon = property.attributes == ExecutionNames.commonAttributes
      out.number(key << 1 | (isCommon ? 0 : 1))
      if !isCommon { out.byte(property.attributes) }
    }
    return Int(shapes.add(path[path.count - 1]))
  }

  private mutating func number(of prototype: ShapePrototype, at node: Int) throws(JSONError) -> UInt64 {
    switch prototype {
    case .none: 0
    case .record(let key): UInt64(try number(of: key, at: node).number) << 1 | 1
    case .builtIn(let name): UInt64(builtIn(name)) << 1 &+ 2
    }
  }
}
