/// What a small heap looks like to somebody who learns about references: variables, objects and the arrows between
/// them, as plain data that can be compared with what it is at another moment.
public struct ReferencePicture: Sendable, Equatable {
  /// What a variable or a slot holds.
  public enum Content: Sendable, Hashable {
    /// A value, as a program writes it.
    case text(String)
    /// An arrow to the object with an id.
    case reference(UInt64)

    /// The object that it refers to.
    public var target: UInt64? {
      if case .reference(let id) = self { return id }
      return nil
    }
  }

  /// A part of an object: a property, an element, an entry of a map, a variable that a function captured.
  public struct Slot: Sendable, Hashable {
    /// As a program would write it behind the object: `.x`, `[0]`.
    public var name: String
    public var content: Content
    /// Whether a program can write the name behind an expression.
    public var isExpression: Bool

    public init(_ name: String, _ content: Content, isExpression: Bool = true) {
      self.name = name
      self.content = content
      self.isExpression = isExpression
    }

    /// The name of a variable that a function captured.
    public var capturedName: String? {
      name.hasPrefix("`") && name.hasSuffix("`") && name.count > 2 ? String(name.dropFirst().dropLast()) : nil
    }
  }

  /// A variable of the program.
  public struct Variable: Sendable, Hashable {
    public var name: String
    public var content: Content
    public var isConstant: Bool

    public init(_ name: String, _ content: Content, isConstant: Bool = false) {
      self.name = name
      self.content = content
      self.isConstant = isConstant
    }
  }

  /// Who can still reach an object.
  public enum Life: Sendable, Hashable {
    /// The program.
    case alive
    /// Only the prompt, by the names of its results.
    case promptOnly
    /// Nobody: the next collection frees it.
    case garbage
  }

  public struct Object: Sendable, Hashable {
    public var id: UInt64
    /// The class as a beginner knows it: `Object`, `Array`, `function f`.
    public var className: String
    /// `object`, `array`, `function`, `map`, `set`.
    public var noun: String
    public var slots: [Slot]
    /// How many more slots it has.
    public var hiddenSlots = 0
    public var life = Life.alive
    /// Of an array.
    public var length: Int?
    /// The content in a few words.
    public var preview = ""

    public init(id: UInt64, className: String, noun: String = "object", slots: [Slot] = []) {
      self.id = id
      self.className = className
      self.noun = noun
      self.slots = slots
    }

    /// `#12 Object`
    public var heading: String { "#\(id) \(className)" }
  }

  public var variables: [Variable]
  /// What the prompt calls objects: `$1`.
  public var promptNames: [Variable]
  /// In the order of their making.
  public var objects: [Object]
  /// Objects that were left out, since they are too many.
  public var hiddenObjects = 0

  public init(variables: [Variable] = [], promptNames: [Variable] = [], objects: [Object] = []) {
    self.variables = variables
    self.promptNames = promptNames
    self.objects = objects
  }

  /// Whether everything is in it.
  public var isWhole: Bool { hiddenObjects == 0 }

  /// The object with an id.
  public func object(_ id: UInt64) -> Object? {
    var (low, high) = (0, objects.count)
    while low < high {
      let middle = (low + high) / 2
      if objects[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < objects.count && objects[low].id == id ? objects[low] : nil
  }

  public func variable(_ name: String) -> Variable? { variables.first { $0.name == name } }

  /// The ids of what the program can reach.
  public var aliveIDs: Set<UInt64> { Set(objects.filter { $0.life == .alive }.map(\.id)) }

  // MARK: Names

  /// A place that holds an arrow: a variable, or a slot of an object.
  public struct Holder: Sendable, Hashable {
    /// Nil for a variable.
    public var object: UInt64?
    public var name: String
    public var isExpression: Bool
  }

  /// All arrows to an object that leave from variables or from living objects, variables first.
  public func holders(of id: UInt64) -> [Holder] {
    let target = Content.reference(id)
    let names = variables.filter { $0.content == target }.map { Holder(object: nil, name: $0.name, isExpression: true) }
    return names
      + objects.filter { $0.life == .alive }.flatMap { object in
        object.slots.filter { $0.content == target }.map {
          Holder(object: object.id, name: $0.name, isExpression: $0.isExpression)
        }
      }
  }

  /// For each living object that a program can write, its shortest expression: `pts[0]`.
  public func expressions() -> [UInt64: String] {
    var result: [UInt64: String] = [:]
    var queue: [UInt64] = []
    func add(_ id: UInt64, _ text: String) {
      guard result[id] == nil else { return }
      result[id] = text
      queue.append(id)
    }
    for variable in variables { if let id = variable.content.target { add(id, variable.name) } }
    var next = 0
    while next < queue.count {
      let id = queue[next]
      next += 1
      guard let object = object(id), let text = result[id] else { continue }
      for slot in object.slots where slot.isExpression {
        if let target = slot.content.target { add(target, text + slot.name) }
      }
    }
    return result
  }

  /// All ways to write an object: its variables, and the slots of holders that can be written.
  public func aliases(of id: UInt64, _ expressions: [UInt64: String]? = nil) -> [String] {
    let known = expressions ?? self.expressions()
    return holders(of: id).compactMap { holder in
      guard let object = holder.object else { return holder.name }
      guard holder.isExpression, let text = known[object] else { return nil }
      return text + holder.name
    }
  }
}

extension ReferencePicture {
  /// The objects that can be reached from some.
  public func reachable(from ids: [UInt64]) -> Set<UInt64> {
    var seen = Set(ids)
    var waiting = ids
    while let id = waiting.popLast() {
      for slot in object(id)?.slots ?? [] {
        if let target = slot.content.target, seen.insert(target).inserted { waiting.append(target) }
      }
    }
    return seen
  }

  /// Only some variables, and what can be reached from some objects or from the variables.
  public func part(from ids: [UInt64], variables names: [String]) -> ReferencePicture {
    var part = self
    part.variables = variables.filter { names.contains($0.name) }
    let seen = reachable(from: ids + part.variables.compactMap(\.content.target))
    part.objects = objects.filter { seen.contains($0.id) }
    part.hiddenObjects = 0
    return part
  }
}
