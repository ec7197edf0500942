/// What a function is, which decides its `this`, `new` and `super`.
@frozen
public enum FunctionKind: UInt8, Sendable {
  case declaration
  case expression
  case arrow
  /// Of a class or object literal.
  case method
  case getter
  case setter
  /// The constructor of a class without `extends`.
  case constructor
  /// The constructor of a class with `extends`.
  case derivedConstructor
  /// The body of `static { ... }`.
  case staticBlock
}

/// What a function's own code uses, arrow functions inside it counted, other functions not.
@frozen
public struct FunctionFacts: OptionSet, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  public static let usesThis = FunctionFacts(rawValue: 1 << 0)
  /// A reference to the name `arguments`, wherever it may be declared.
  public static let usesArguments = FunctionFacts(rawValue: 1 << 1)
  public static let usesSuperProperty = FunctionFacts(rawValue: 1 << 2)
  public static let usesSuperCall = FunctionFacts(rawValue: 1 << 3)
  public static let usesNewTarget = FunctionFacts(rawValue: 1 << 4)
  /// Arrow functions inside it not counted.
  public static let containsYield = FunctionFacts(rawValue: 1 << 5)
  /// Arrow functions inside it not counted.
  public static let containsAwait = FunctionFacts(rawValue: 1 << 6)
  /// Some function, class or class field initializer stands inside.
  public static let containsFunctions = FunctionFacts(rawValue: 1 << 7)

  static let inheritedByArrows: FunctionFacts = [
    .usesThis, .usesArguments, .usesSuperProperty, .usesSuperCall, .usesNewTarget,
  ]
}

struct FunctionRecord: Sendable {
  var kind: FunctionKind
  var isAsync: Bool
  var isGenerator: Bool
  var isExpressionBody: Bool
  var hasSimpleParameters: Bool
  var facts: FunctionFacts
  /// Parameters before the first one with a default or rest.
  var length: UInt32
  var name: UInt32
  var parameters: UInt32
  /// A list, or the expression of an expression body.
  var body: UInt32
  var bodyRange: SourceRange
}

/// A function of any kind.
public struct FunctionInfo: Sendable {
  public let kind: FunctionKind
  public let isAsync: Bool
  public let isGenerator: Bool
  /// The `bindingIdentifier` of a declaration or named expression; methods have none, their property has the key.
  public let name: NodeID?
  /// `bindingIdentifier`s, patterns, `defaultedTarget`s around them, at the end perhaps a `restElement`.
  public let parameters: NodeList
  /// The statements; empty for an expression body.
  public let body: NodeList
  /// The expression after `=>`.
  public let expressionBody: NodeID?
  /// The source text that `toString` gives; of a method from its first modifier or key on.
  public let range: SourceRange
  /// The braces, or the expression of an expression body.
  public let bodyRange: SourceRange
  /// The initial value of the function's `length`.
  public let length: Int
  /// Whether all parameters are plain names.
  public let hasSimpleParameters: Bool
  public let facts: FunctionFacts

  public var isExpressionBody: Bool { expressionBody != nil }
}

/// A class of either kind.
public struct ClassInfo: Sendable {
  /// A `bindingIdentifier`.
  public let name: NodeID?
  public let superclass: NodeID?
  /// `classMethod`s (the constructor is not among them), `classField`s and `classStaticBlock`s in source order.
  public let members: NodeList
  /// The `functionExpression` of the constructor.
  public let constructor: NodeID?
}

/// A method or accessor of a class.
public struct ClassMethodInfo: Sendable {
  /// `.method`, `.getter` or `.setter`.
  public let kind: FunctionKind
  /// As `PropertyInfo.key`, or a `privateName`.
  public let key: NodeID
  /// A `functionExpression`.
  public let function: NodeID
  public let isStatic: Bool
}

/// A field of a class; its initializer runs as a method of its own would.
public struct ClassFieldInfo: Sendable {
  /// As `PropertyInfo.key`, or a `privateName`.
  public let key: NodeID
  public let initializer: NodeID?
  public let isStatic: Bool
  /// What the initializer uses.
  public let facts: FunctionFacts
}

extension SyntaxTree {
  /// The function of a function declaration, function or arrow expression, or static block.
  public func function(_ id: NodeID) -> FunctionInfo {
    let record = functions[Int(node(id).a)]
    return FunctionInfo(
      kind: record.kind, isAsync: record.isAsync, isGenerator: record.isGenerator,
      name: NodeID(index: record.name).present, parameters: list(record.parameters),
      body: list(record.isExpressionBody ? 0 : record.body),
      expressionBody: record.isExpressionBody ? NodeID(index: record.body) : nil,
      range: range(id), bodyRange: record.bodyRange, length: Int(record.length),
      hasSimpleParameters: record.hasSimpleParameters, facts: record.facts)
  }

  /// The number of functions (static blocks among them) of the tree.
  public var functionCount: Int { functions.count }

  public func classInfo(_ id: NodeID) -> ClassInfo {
    let node = node(id)
    let members = list(node.c)
    // The first element of the list is the constructor.
    return ClassInfo(
      name: NodeID(index: node.a).present, superclass: NodeID(index: node.b).present,
      members: members.dropFirstElement(), constructor: members.first?.present)
  }

  public func classMethod(_ id: NodeID) -> ClassMethodInfo {
    let node = node(id)
    return ClassMethodInfo(
      kind: FunctionKind(rawValue: node.detail) ?? .method, key: NodeID(index: node.a),
      function: NodeID(index: node.b), isStatic: node.flags.contains(.isStatic))
  }

  public func classField(_ id: NodeID) -> ClassFieldInfo {
    let node = node(id)
    return ClassFieldInfo(
      key: NodeID(index: node.a), initializer: NodeID(index: node.b).present,
      isStatic: node.flags.contains(.isStatic), facts: FunctionFacts(rawValue: UInt16(truncatingIfNeeded: node.c)))
  }
}
