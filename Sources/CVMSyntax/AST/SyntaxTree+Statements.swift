/// `let a = 1, b`.
public struct VariableDeclarationInfo: Sendable {
  public let kind: VariableKind
  /// `variableDeclarator`s.
  public let declarators: NodeList
}

/// `target = initializer` of a declaration.
public struct DeclaratorInfo: Sendable {
  /// A `bindingIdentifier`, `objectPattern` or `arrayPattern`.
  public let target: NodeID
  public let initializer: NodeID?
}

/// `if (test) consequent else alternate`.
public struct IfInfo: Sendable {
  public let test: NodeID
  public let consequent: NodeID
  public let alternate: NodeID?
}

/// `for (initializer; test; update) body`.
public struct ForInfo: Sendable {
  /// A `variableDeclaration` or an expression.
  public let initializer: NodeID?
  public let test: NodeID?
  public let update: NodeID?
  public let body: NodeID
}

/// `for (target of subject) body`, and with `in`.
public struct ForEachInfo: Sendable {
  /// A `variableDeclaration` with one declarator, or an assignment target or pattern.
  public let target: NodeID
  public let subject: NodeID
  public let body: NodeID
  /// `for await`.
  public let isAwait: Bool
}

/// `while (test) body`, `do body while (test)`.
public struct LoopInfo: Sendable {
  public let test: NodeID
  public let body: NodeID
}

/// `switch (discriminant) { cases }`.
public struct SwitchInfo: Sendable {
  public let discriminant: NodeID
  /// `switchCase`s.
  public let cases: NodeList
}

/// `case test: body`; without a test it is the `default`.
public struct SwitchCaseInfo: Sendable {
  public let test: NodeID?
  public let body: NodeList
}

/// `label: body`.
public struct LabeledInfo: Sendable {
  public let label: NameID
  public let body: NodeID
}

/// `try block catch finally`; one of the last two is there.
public struct TryInfo: Sendable {
  public let block: NodeID
  /// A `catchClause`.
  public let handler: NodeID?
  public let finalizer: NodeID?
}

/// `catch (parameter) body`.
public struct CatchInfo: Sendable {
  /// A `bindingIdentifier` or pattern.
  public let parameter: NodeID?
  /// A `blockStatement`, whose scope holds the parameter's names too.
  public let body: NodeID
}

extension SyntaxTree {
  public func variableDeclaration(_ id: NodeID) -> VariableDeclarationInfo {
    let node = node(id)
    return VariableDeclarationInfo(kind: VariableKind(rawValue: node.detail) ?? .var, declarators: list(node.a))
  }

  public func declarator(_ id: NodeID) -> DeclaratorInfo {
    let node = node(id)
    return DeclaratorInfo(target: NodeID(index: node.a), initializer: NodeID(index: node.b).present)
  }

  /// Whether an expression statement belongs to a directive prologue.
  public func isDirective(_ id: NodeID) -> Bool { node(id).flags.contains(.directive) }

  public func ifStatement(_ id: NodeID) -> IfInfo {
    let node = node(id)
    return IfInfo(
      test: NodeID(index: node.a), consequent: NodeID(index: node.b), alternate: NodeID(index: node.c).present)
  }

  public func forStatement(_ id: NodeID) -> ForInfo {
    let base = Int(node(id).a)
    return ForInfo(
      initializer: NodeID(index: lists[base + 1]).present, test: NodeID(index: lists[base + 2]).present,
      update: NodeID(index: lists[base + 3]).present, body: NodeID(index: lists[base + 4]))
  }

  public func forEach(_ id: NodeID) -> ForEachInfo {
    let node = node(id)
    return ForEachInfo(
      target: NodeID(index: node.a), subject: NodeID(index: node.b), body: NodeID(index: node.c),
      isAwait: node.flags.contains(.isAwait))
  }

  public func loop(_ id: NodeID) -> LoopInfo {
    let node = node(id)
    return LoopInfo(test: NodeID(index: node.a), body: NodeID(index: node.b))
  }

  /// The label of a `break` or `continue`.
  public func label(_ id: NodeID) -> NameID? { NameID(index: node(id).a).present }

  public func switchStatement(_ id: NodeID) -> SwitchInfo {
    let node = node(id)
    return SwitchInfo(discriminant: NodeID(index: node.a), cases: list(node.b))
  }

  public func switchCase(_ id: NodeID) -> SwitchCaseInfo {
    let node = node(id)
    return SwitchCaseInfo(test: NodeID(index: node.a).present, body: list(node.b))
  }

  public func labeled(_ id: NodeID) -> LabeledInfo {
    let node = node(id)
    return LabeledInfo(label: NameID(index: node.a), body: NodeID(index: node.b))
  }

  public func tryStatement(_ id: NodeID) -> TryInfo {
    let node = node(id)
    return TryInfo(
      block: NodeID(index: node.a), handler: NodeID(index: node.b).present, finalizer: NodeID(index: node.c).present)
  }

  public func catchClause(_ id: NodeID) -> CatchInfo {
    let node = node(id)
    return CatchInfo(parameter: NodeID(index: node.a).present, body: NodeID(index: node.b))
  }
}
