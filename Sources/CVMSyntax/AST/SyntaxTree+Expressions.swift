/// `operator operand`.
public struct UnaryInfo: Sendable {
  public let op: UnaryOperator
  public let operand: NodeID
}

/// `++target`, `target--`.
public struct UpdateInfo: Sendable {
  public let op: UpdateOperator
  public let isPrefix: Bool
  public let target: NodeID
}

/// `left operator right`.
public struct BinaryInfo: Sendable {
  public let op: BinaryOperator
  public let left: NodeID
  public let right: NodeID
}

/// `left && right` and its like.
public struct LogicalInfo: Sendable {
  public let op: LogicalOperator
  public let left: NodeID
  public let right: NodeID
}

/// `target operator value`; the target is a pattern only for `=`.
public struct AssignmentInfo: Sendable {
  public let op: AssignmentOperator
  public let target: NodeID
  public let value: NodeID
}

/// `test ? consequent : alternate`.
public struct ConditionalInfo: Sendable {
  public let test: NodeID
  public let consequent: NodeID
  public let alternate: NodeID
}

/// `object.name`, `object.#name`.
public struct MemberInfo: Sendable {
  public let object: NodeID
  public let name: NameID
  /// Where the name itself stands.
  public let nameRange: SourceRange
  public let isOptional: Bool
}

/// `object[key]`.
public struct IndexInfo: Sendable {
  public let object: NodeID
  public let key: NodeID
  public let isOptional: Bool
}

/// `callee(arguments)`; arguments may be `spreadElement`s.
public struct CallInfo: Sendable {
  public let callee: NodeID
  public let arguments: NodeList
  public let isOptional: Bool
}

/// `new callee(arguments)`.
public struct NewInfo: Sendable {
  public let callee: NodeID
  public let arguments: NodeList
}

/// `yield argument`.
public struct YieldInfo: Sendable {
  public let argument: NodeID?
  public let isDelegate: Bool
}

/// `#name in object`.
public struct PrivateInInfo: Sendable {
  public let name: NameID
  public let object: NodeID
}

/// `%name(arguments)`.
public struct IntrinsicCallInfo: Sendable {
  public let name: NameID
  public let arguments: NodeList
}

/// `/pattern/flags`, both as they are written.
public struct RegExpInfo: Sendable {
  public let pattern: NameID
  public let flags: NameID
}

/// Text between back quotes with `${expression}` in it: one more piece of text than expressions.
public struct TemplateInfo: Sendable {
  /// `templateElement`s.
  public let elements: NodeList
  public let expressions: NodeList
}

/// A literal piece of a template.
public struct TemplateElementInfo: Sendable {
  /// Nil for a malformed escape sequence, which only tagged templates may have.
  public let cooked: NameID?
  public let raw: NameID
}

/// A function before text between back quotes.
public struct TaggedTemplateInfo: Sendable {
  public let tag: NodeID
  /// A `templateLiteral`.
  public let template: NodeID
}

/// A member of an object literal.
public struct PropertyInfo: Sendable {
  public let kind: PropertyKind
  /// `propertyName`, `stringLiteral`, `numberLiteral`, `bigIntLiteral` or `computedName`.
  public let key: NodeID
  /// An expression; for methods and accessors a `functionExpression`.
  public let value: NodeID
  public let isShorthand: Bool
  /// `__proto__: value`, which sets the prototype.
  public let isPrototypeSetter: Bool
}

extension SyntaxTree {
  public func number(_ id: NodeID) -> Double {
    let node = node(id)
    return Double(bitPattern: UInt64(node.b) << 32 | UInt64(node.a))
  }

  public func unary(_ id: NodeID) -> UnaryInfo {
    let node = node(id)
    return UnaryInfo(op: UnaryOperator(rawValue: node.detail) ?? .void, operand: NodeID(index: node.a))
  }

  public func update(_ id: NodeID) -> UpdateInfo {
    let node = node(id)
    return UpdateInfo(
      op: UpdateOperator(rawValue: node.detail) ?? .increment, isPrefix: node.flags.contains(.prefix),
      target: NodeID(index: node.a))
  }

  public func binary(_ id: NodeID) -> BinaryInfo {
    let node = node(id)
    return BinaryInfo(
      op: BinaryOperator(rawValue: node.detail) ?? .add, left: NodeID(index: node.a), right: NodeID(index: node.b))
  }

  public func logical(_ id: NodeID) -> LogicalInfo {
    let node = node(id)
    return LogicalInfo(
      op: LogicalOperator(rawValue: node.detail) ?? .and, left: NodeID(index: node.a), right: NodeID(index: node.b))
  }

  public func assignment(_ id: NodeID) -> AssignmentInfo {
    let node = node(id)
    return AssignmentInfo(
      op: AssignmentOperator(detail: node.detail), target: NodeID(index: node.a), value: NodeID(index: node.b))
  }

  public func conditional(_ id: NodeID) -> ConditionalInfo {
    let node = node(id)
    return ConditionalInfo(
      test: NodeID(index: node.a), consequent: NodeID(index: node.b), alternate: NodeID(index: node.c))
  }

  public func member(_ id: NodeID) -> MemberInfo {
    let node = node(id)
    return MemberInfo(
      object: NodeID(index: node.a), name: NameID(index: node.b),
      nameRange: SourceRange(start: node.c, end: node.end), isOptional: node.flags.contains(.optional))
  }

  public func index(_ id: NodeID) -> IndexInfo {
    let node = node(id)
    return IndexInfo(
      object: NodeID(index: node.a), key: NodeID(index: node.b), isOptional: node.flags.contains(.optional))
  }

  public func call(_ id: NodeID) -> CallInfo {
    let node = node(id)
    return CallInfo(
      callee: NodeID(index: node.a), arguments: list(node.b), isOptional: node.flags.contains(.optional))
  }

  public func new(_ id: NodeID) -> NewInfo {
    let node = node(id)
    return NewInfo(callee: NodeID(index: node.a), arguments: list(node.b))
  }

  public func yield(_ id: NodeID) -> YieldInfo {
    let node = node(id)
    return YieldInfo(argument: NodeID(index: node.a).present, isDelegate: node.flags.contains(.delegate))
  }

  public func privateIn(_ id: NodeID) -> PrivateInInfo {
    let node = node(id)
    return PrivateInInfo(name: NameID(index: node.a), object: NodeID(index: node.b))
  }

  public func intrinsicCall(_ id: NodeID) -> IntrinsicCallInfo {
    let node = node(id)
    return IntrinsicCallInfo(name: NameID(index: node.a), arguments: list(node.b))
  }

  public func regExp(_ id: NodeID) -> RegExpInfo {
    let node = node(id)
    return RegExpInfo(pattern: NameID(index: node.a), flags: NameID(index: node.b))
  }

  public func template(_ id: NodeID) -> TemplateInfo {
    let node = node(id)
    return TemplateInfo(elements: list(node.a), expressions: list(node.b))
  }

  public func templateElement(_ id: NodeID) -> TemplateElementInfo {
    let node = node(id)
    return TemplateElementInfo(cooked: NameID(index: node.a).present, raw: NameID(index: node.b))
  }

  public func taggedTemplate(_ id: NodeID) -> TaggedTemplateInfo {
    let node = node(id)
    return TaggedTemplateInfo(tag: NodeID(index: node.a), template: NodeID(index: node.b))
  }

  public func property(_ id: NodeID) -> PropertyInfo {
    let node = node(id)
    let key = NodeID(index: node.a)
    let kind = PropertyKind(rawValue: node.detail) ?? .value
    let isShorthand = node.flags.contains(.shorthand)
    return PropertyInfo(
      kind: kind, key: key, value: NodeID(index: node.b), isShorthand: isShorthand,
      isPrototypeSetter: kind == .value && !isShorthand && isPlainKey(key, .proto))
  }

  /// Whether a key is this name, written as identifier or string.
  func isPlainKey(_ key: NodeID, _ name: NameID) -> Bool {
    let node = node(key)
    return (node.kind == .propertyName || node.kind == .stringLiteral) && node.a == name.index
  }
}
