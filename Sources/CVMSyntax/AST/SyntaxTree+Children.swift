/// A child of a node, with what it is there.
public struct Child: Sendable {
  /// `left`, `body`, ...; nil where the position says it.
  public let role: String?
  public let id: NodeID

  init(_ role: String?, _ id: NodeID) {
    self.role = role
    self.id = id
  }
}

extension SyntaxTree {
  /// The children of a node in source order, for dumps and walks that treat all kinds alike.
  public func children(_ id: NodeID) -> [Child] {
    switch kind(id) {
    case .none, .emptyStatement, .debuggerStatement, .identifierReference, .thisExpression, .nullLiteral, .trueLiteral,
      .falseLiteral, .numberLiteral, .bigIntLiteral, .stringLiteral, .regExpLiteral, .templateElement, .elision,
      .propertyName, .privateName, .superMember, .newTarget, .bindingIdentifier, .continueStatement, .breakStatement:
      return []
    case .program, .blockStatement, .variableDeclaration, .arrayLiteral, .objectLiteral, .sequence, .superCall,
      .objectPattern, .arrayPattern:
      return all(elements(id))
    case .expressionStatement, .returnStatement, .throwStatement, .spreadElement, .computedName, .superIndex,
      .optionalChain, .yieldExpression, .awaitExpression, .restElement, .unary, .update:
      return some([(nil, optionalOperand(id))])
    case .functionDeclaration, .functionExpression, .arrowFunction, .classStaticBlock: return functionChildren(id)
    case .classDeclaration, .classExpression: return classChildren(id)
    case .switchCase, .switchStatement, .tryStatement, .catchClause, .ifStatement, .forStatement, .forInStatement,
      .forOfStatement, .whileStatement, .doWhileStatement, .labeledStatement, .variableDeclarator:
      return statementChildren(id)
    default: return expressionChildren(id)
    }
  }

  private func all(_ list: NodeList, _ role: String? = nil) -> [Child] { list.map { Child(role, $0) } }

  private func some(_ children: [(String?, NodeID?)]) -> [Child] {
    children.compactMap { role, id in id.map { Child(role, $0) } }
  }

  private func functionChildren(_ id: NodeID) -> [Child] {
    let info = function(id)
    return some([("name", info.name)]) + all(info.parameters, "parameter") + all(info.body)
      + some([("body", info.expressionBody)])
  }

  private func classChildren(_ id: NodeID) -> [Child] {
    let info = classInfo(id)
    return some([("name", info.name), ("extends", info.superclass), ("constructor", info.constructor)])
      + all(info.members)
  }

  private func statementChildren(_ id: NodeID) -> [Child] {
    switch kind(id) {
    case .variableDeclarator:
      let info = declarator(id)
      return some([("target", info.target), ("value", info.initializer)])
    case .ifStatement:
      let info = ifStatement(id)
      return some([("test", info.test), ("then", info.consequent), ("else", info.alternate)])
    case .forStatement:
      let info = forStatement(id)
      return some([
        ("initializer", info.initializer), ("test", info.test), ("update", info.update), ("body", info.body),
      ])
    case .forInStatement, .forOfStatement:
      let info = forEach(id)
      return some([("target", info.target), ("subject", info.subject), ("body", info.body)])
    case .whileStatement:
      let info = loop(id)
      return some([("test", info.test), ("body", info.body)])
    case .doWhileStatement:
      let info = loop(id)
      return some([("body", info.body), ("test", info.test)])
    case .switchStatement:
      let info = switchStatement(id)
      return some([("subject", info.discriminant)]) + all(info.cases)
    case .switchCase:
      let info = switchCase(id)
      return some([("test", info.test)]) + all(info.body)
    case .tryStatement:
      let info = tryStatement(id)
      return some([("block", info.block), (nil, info.handler), ("finally", info.finalizer)])
    case .catchClause:
      let info = catchClause(id)
      return some([("parameter", info.parameter), ("body", info.body)])
    default: return some([("body", labeled(id).body)])
    }
  }

  private func expressionChildren(_ id: NodeID) -> [Child] {
    switch kind(id) {
    case .binary:
      let info = binary(id)
      return some([("left", info.left), ("right", info.right)])
    case .logical:
      let info = logical(id)
      return some([("left", info.left), ("right", info.right)])
    case .assignment:
      let info = assignment(id)
      return some([("target", info.target), ("value", info.value)])
    case .conditional:
      let info = conditional(id)
      return some([("test", info.test), ("then", info.consequent), ("else", info.alternate)])
    case .member, .privateMember: return some([("object", member(id).object)])
    case .index:
      let info = index(id)
      return some([("object", info.object), ("key", info.key)])
    case .privateIn: return some([("object", privateIn(id).object)])
    case .call:
      let info = call(id)
      return some([("callee", info.callee)]) + all(info.arguments, "argument")
    case .newExpression:
      let info = new(id)
      return some([("callee", info.callee)]) + all(info.arguments, "argument")
    case .intrinsicCall: return all(intrinsicCall(id).arguments, "argument")
    case .templateLiteral: return templateChildren(id)
    case .taggedTemplate:
      let info = taggedTemplate(id)
      return some([("tag", info.tag), (nil, info.template)])
    default: return memberChildren(id)
    }
  }

  private func templateChildren(_ id: NodeID) -> [Child] {
    let info = template(id)
    var children: [Child] = []
    for (index, element) in info.elements.enumerated() {
      children.append(Child(nil, element))
      if index < info.expressions.count { children.append(Child(nil, info.expressions[index])) }
    }
    return children
  }

  /// The children of members of objects, classes and patterns.
  private func memberChildren(_ id: NodeID) -> [Child] {
    switch kind(id) {
    case .property:
      let info = property(id)
      return some([("key", info.key), ("value", info.value)])
    case .patternProperty:
      let info = patternProperty(id)
      return some([("key", info.key), ("target", info.target)])
    case .defaultedTarget:
      let info = defaulted(id)
      return some([("target", info.target), ("default", info.initializer)])
    case .classMethod:
      let info = classMethod(id)
      return some([("key", info.key), ("function", info.function)])
    case .classField:
      let info = classField(id)
      return some([("key", info.key), ("value", info.initializer)])
    default: return []
    }
  }
}
