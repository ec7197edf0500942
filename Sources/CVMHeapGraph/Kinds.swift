/// What a node of a heap graph is; the raw codes are stored in files and never change.
@frozen public enum NodeKind: UInt8, CaseIterable, Sendable {
  case object = 0
  case array = 1
  case closure = 2
  case map = 3
  case set = 4
  case error = 5
  case regExp = 6
  case date = 7
  case promise = 8
  case generator = 9
  case iterator = 10
  case weakReference = 11
  case weakCollection = 12
  case proxy = 13
  case typedArray = 14
  case buffer = 15
  case nativeFunction = 16
  case boxedPrimitive = 17
  case arguments = 18

  case string = 32
  case symbol = 33
  case bigInt = 34
  case number = 35

  case scope = 48
  case variableCell = 49
  case elements = 50
  case shape = 51
  case code = 52
  case frame = 53
  case accessorPair = 54
  case internalObject = 55
  /// What stands for a group of roots in a foreign dump.
  case rootGroup = 56

  /// Who sees nodes of a kind: a program as objects, a program as values, or only the machine.
  public enum Category: Sendable { case object, primitive, internalPart }

  /// The category of this kind.
  public var category: Category {
    switch rawValue {
    case 0..<32: .object
    case 32..<48: .primitive
    default: .internalPart
    }
  }

  /// The class name to show when a dump gives none.
  public var title: String {
    switch self {
    case .object: "Object"
    case .array: "Array"
    case .closure: "closure"
    case .map: "Map"
    case .set: "Set"
    case .error: "Error"
    case .regExp: "RegExp"
    case .date: "Date"
    case .promise: "Promise"
    case .generator: "Generator"
    case .iterator: "Iterator"
    case .weakReference: "WeakRef"
    case .weakCollection: "WeakMap"
    case .proxy: "Proxy"
    case .typedArray: "TypedArray"
    case .buffer: "ArrayBuffer"
    case .nativeFunction: "native function"
    case .boxedPrimitive: "boxed value"
    case .arguments: "Arguments"
    case .string: "(string)"
    case .symbol: "(symbol)"
    case .bigInt: "(bigint)"
    case .number: "(number)"
    case .scope: "(scope)"
    case .variableCell: "(variable)"
    case .elements: "(elements)"
    case .shape: "(shape)"
    case .code: "(code)"
    case .frame: "(frame)"
    case .accessorPair: "(accessor)"
    case .internalObject: "(internal)"
    case .rootGroup: "(roots)"
    }
  }
}

/// How one node holds another; the raw codes are stored in files and never change.
@frozen public enum EdgeKind: UInt8, CaseIterable, Sendable {
  /// A property with a string key, named by it.
  case property = 0
  /// An array element, with its index.
  case element = 1
  /// A variable that a closure captured or a scope holds, named.
  case captured = 2
  /// The prototype of an object.
  case prototype = 3
  /// A part that only the machine sees, named ("elements", "bound this").
  case internalSlot = 4
  /// The key of a map's entry, with the entry's number.
  case mapKey = 5
  /// The value of a map's entry, with the entry's number.
  case mapValue = 6
  /// The value of a map's entry with a primitive key, named by the key's text (`"k12"`).
  case namedMapValue = 7
  /// A member of a set, with its number.
  case setMember = 8
  /// The getter of a named property.
  case getter = 9
  /// The setter of a named property.
  case setter = 10
  /// A property with a symbol key, named by the symbol's description.
  case symbolProperty = 11
  /// A private member of a class instance, named without `#`.
  case privateMember = 12
  /// From the key of a weak map to its value: as long as the key lives, so does the value.
  case ephemeron = 13
  /// A reference that keeps nothing alive.
  case weak = 14
  /// A part that only a foreign machine sees, numbered.
  case numberedSlot = 15
  /// A reference that a foreign dump repeats from elsewhere to make its target easier to find.
  case shortcut = 16

  /// What the name column of an edge means.
  public enum Naming: Sendable { case text, index, none }

  /// What the name column means for this kind.
  public var naming: Naming {
    switch self {
    case .element, .mapKey, .mapValue, .setMember, .numberedSlot: .index
    case .prototype, .ephemeron: .none
    case .property, .captured, .internalSlot, .namedMapValue, .getter, .setter, .symbolProperty, .privateMember, .weak,
      .shortcut:
      .text
    }
  }

  /// In the column of kinds: the reference keeps nothing alive although its kind would.
  static let disregarded: UInt8 = 0x80

  /// Whether an edge with a raw code keeps its target alive.
  @inline(__always) static func keeps(_ code: UInt8) -> Bool { code != EdgeKind.weak.rawValue && code < disregarded }

  /// Whether such an edge keeps its target alive.
  public var isStrong: Bool { self != .weak }
}

/// Why a node is alive without being held by another; the raw codes are stored in files and never change.
@frozen public enum RootKind: UInt8, CaseIterable, Sendable {
  case globalVariable = 0
  case frameLocal = 1
  /// What the prompt keeps: `_`, `_error`, `$1`, breakpoints.
  case repl = 2
  case builtIn = 3
  case internalRoot = 4

  /// The kind in the words of a report.
  public var title: String {
    switch self {
    case .globalVariable: "global variable"
    case .frameLocal: "local variable"
    case .repl: "kept by the prompt"
    case .builtIn: "built-in"
    case .internalRoot: "the machine"
    }
  }
}

/// Properties of a node that are not its kind.
@frozen public struct NodeFlags: OptionSet, Sendable {
  public let rawValue: UInt8

  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The id belongs to the second counter, shown as `#i7`.
  @inlinable public static var internalID: NodeFlags { NodeFlags(rawValue: 1) }
  /// The node is part of the language's library and is known by name instead of id.
  @inlinable public static var builtIn: NodeFlags { NodeFlags(rawValue: 2) }
}
