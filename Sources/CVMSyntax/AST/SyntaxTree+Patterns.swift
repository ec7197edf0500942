/// `key: target` in an object pattern.
public struct PatternPropertyInfo: Sendable {
  /// As `PropertyInfo.key`.
  public let key: NodeID
  /// A binding, an assignment target, a pattern, or a `defaultedTarget` around one of them.
  public let target: NodeID
  public let isShorthand: Bool
}

/// `target = initializer` in a pattern or parameter list.
public struct DefaultedTargetInfo: Sendable {
  public let target: NodeID
  public let initializer: NodeID
}

extension SyntaxTree {
  public func patternProperty(_ id: NodeID) -> PatternPropertyInfo {
    let node = node(id)
    return PatternPropertyInfo(
      key: NodeID(index: node.a), target: NodeID(index: node.b), isShorthand: node.flags.contains(.shorthand))
  }

  public func defaulted(_ id: NodeID) -> DefaultedTargetInfo {
    let node = node(id)
    return DefaultedTargetInfo(target: NodeID(index: node.a), initializer: NodeID(index: node.b))
  }
}
