import CVMHeapGraph

/// What a graph does not know about objects: the values that are not references.
public struct ObjectTexts {
  /// A slot that holds a value instead of an arrow.
  public struct PrimitiveSlot: Sendable, Equatable {
    /// The slot as in `.x` or `[0]`.
    public var name: String
    /// The value as a program would write it.
    public var text: String

    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A short text of a whole object, such as `{x: 1, y: 2}`; may be empty.
  public var preview: (Int) -> String
  /// The slots of an object that hold primitive values.
  public var primitiveSlots: (Int) -> [PrimitiveSlot]

  public init(
    preview: @escaping (Int) -> String = { _ in "" },
    primitiveSlots: @escaping (Int) -> [PrimitiveSlot] = { _ in [] }
  ) {
    self.preview = preview
    self.primitiveSlots = primitiveSlots
  }
}

extension HeapGraph {
  /// `#12 Object`, or the label of what has no number.
  func heading(of node: Int) -> String {
    guard !isBuiltIn(node), let id = id(of: node) else { return label(of: node) }
    return "\(id) \(plainClassName(of: node))"
  }

  /// The class as a beginner knows it: closures are functions.
  func plainClassName(of node: Int) -> String {
    let name = shortClassName(of: node)
    return name.hasPrefix("closure") ? "function" + name.dropFirst("closure".count) : name
  }

  /// What kind of thing a node is, in a sentence.
  func noun(of node: Int) -> String {
    switch kind(of: node) {
    case .array: "array"
    case .closure, .nativeFunction: "function"
    case .map: "map"
    case .set: "set"
    default: "object"
    }
  }
}
