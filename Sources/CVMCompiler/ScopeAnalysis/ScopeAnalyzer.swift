import CVMSyntax

/// Finds the variable of every name, and which of them closures capture. One walk in source order.
struct ScopeAnalyzer {
  let tree: SyntaxTree
  let options: CompileOptions
  var result: ScopeAnalysis
  /// The innermost binding of each name, by name index.
  var current: [Int32]
  var function = 0
  /// The innermost meaning of each private name.
  var currentPrivate: [UInt32: PrivateMember] = [:]
  /// The clause that is being walked, per switch scope.
  var clauseOfScope: [Int: Int] = [:]
  /// The outermost loop of the current function around the current place.
  var loop: NodeID?
  /// How deep the current statement stands in other statements of its function.
  var statementDepth = 0
  /// The variables of the current function that are in scope.
  var liveCount = 0
  /// How many registers the expressions around the current one take, roughly.
  var pressure = 0

  static func analyze(_ tree: SyntaxTree, options: CompileOptions) -> ScopeAnalysis {
    var analyzer = ScopeAnalyzer(tree: tree, options: options)
    analyzer.program()
    analyzer.finish()
    return analyzer.result
  }

  /// One scope for all variables of a function: the dialect `cvm1`.
  var isFlat: Bool { tree.language == .cvm1 }

  private init(tree: SyntaxTree, options: CompileOptions) {
    self.tree = tree
    self.options = options
    let none = Binding(name: .none, kind: .hidden, function: 0, scope: 0, range: SourceRange(start: 0, end: 0))
    result = ScopeAnalysis(bindings: [none], resolved: [Int32](repeating: 0, count: tree.nodeCount))
    current = [Int32](repeating: 0, count: tree.names.count)
  }

  private mutating func program() {
    result.functions.append(FunctionScope(node: tree.root, parent: -1))
    let body = tree.body(tree.root)
    let scope = makeScope()
    result.scopeOfNode[tree.root.index] = scope
    let shadowed = openScope(scope) {
      for statement in body { $0.declareVariables(of: statement, scope: scope, isGlobal: true) }
      $0.declareLexical(body, scope: scope, isGlobal: true)
    }
    for statement in body { visitStatement(statement) }
    closeScope(shadowed)
  }

  private mutating func finish() {
    for index in result.bindings.indices {
      let assignments = result.bindings[index].assignments
      if !zip(assignments, assignments.dropFirst()).allSatisfy({ $0 <= $1 }) {
        result.bindings[index].assignments.sort()
      }
    }
    for (binding, position) in selfUses where !result.bindings[binding].isFixedFunction {
      capture(binding, at: position)
    }
    spillVariables()
  }

  /// Decides which variables are kept in the array of their function.
  private mutating func spillVariables() {
    for id in result.bindings.indices where result.bindings[id].spillSlot >= 0 {
      let binding = result.bindings[id]
      if binding.isCaptured && binding.isInLoop || binding.kind == .functionName {
        result.bindings[id].spillSlot = -1
        continue
      }
      let owner = binding.function
      if result.functions[owner].spillBinding == 0 {
        result.functions[owner].spillBinding = declareHidden(.hidden, name: .default, function: owner, scope: 0)
      }
      if binding.isCaptured { capture(result.functions[owner].spillBinding, at: binding.firstCapture) }
    }
  }

  /// Uses of a function declaration by itself, which are no captures when nothing replaces the function.
  var selfUses: [(binding: BindingID, position: UInt32)] = []

  // MARK: Scopes

  mutating func makeScope() -> Int {
    result.scopes.append(Scope())
    return result.scopes.count - 1
  }

  /// What names meant outside of a scope.
  typealias Shadowed = [(name: NameID, binding: Int32)]

  private var shadowed: Shadowed = []

  /// Enters the declarations that `declare` makes; undone by `closeScope`.
  mutating func openScope(_ scope: Int, declare: (inout ScopeAnalyzer) -> Void) -> Int {
    let mark = shadowed.count
    declare(&self)
    return mark
  }

  mutating func closeScope(_ mark: Int) {
    liveCount -= shadowed.count - mark
    while shadowed.count > mark {
      let entry = shadowed.removeLast()
      current[Int(entry.name.index)] = entry.binding
    }
  }

  @discardableResult
  mutating func declare(
    _ name: NameID, _ kind: Binding.Kind, scope: Int, range: SourceRange, node: NodeID? = nil, isGlobal: Bool = false,
    initializedAt: UInt32 = 0
  ) -> BindingID {
    var binding = Binding(name: name, kind: kind, function: function, scope: scope, range: range)
    binding.isGlobal = isGlobal
    binding.initializedAt = initializedAt
    binding.isInLoop = loop != nil
    liveCount += 1
    if !isGlobal && liveCount > Limits.variables {
      binding.spillSlot = result.functions[function].spillCount
      result.functions[function].spillCount += 1
    }
    result.bindings.append(binding)
    let id = result.bindings.count - 1
    result.scopes[scope].bindings.append(id)
    if let node { result.resolved[Int(node.index)] = Int32(id) }
    shadowed.append((name, current[Int(name.index)]))
    current[Int(name.index)] = Int32(id)
    return id
  }

  /// A binding that no name leads to.
  mutating func declareHidden(_ kind: Binding.Kind, name: NameID, function: Int, scope: Int) -> BindingID {
    let range = SourceRange(start: 0, end: 0)
    result.bindings.append(Binding(name: name, kind: kind, function: function, scope: scope, range: range))
    return result.bindings.count - 1
  }

  // MARK: Uses

  mutating func use(_ node: NodeID, isAssignment: Bool = false) {
    let name = tree.name(node)
    let position = tree.node(node).start
    let id = Int(current[Int(name.index)])
    if name == .arguments && id == 0 && !isAssignment { return useArguments(node) }
    result.resolved[Int(node.index)] = Int32(id)
    if id == 0 { return checkFree(node, name) }
    result.bindings[id].isUsed = true
    if result.bindings[id].isGlobal { return }
    if isAssignment { result.bindings[id].assignments.append(position) }
    if result.bindings[id].function != function {
      if result.bindings[id].declaredFunction == function && !isAssignment {
        selfUses.append((id, position))
      } else {
        capture(id, at: position)
      }
    } else if isEarly(id, position) {
      result.bindings[id].needsMarker = true
      result.checkedUses.insert(node.index)
    }
  }

  private func isEarly(_ id: BindingID, _ position: UInt32) -> Bool {
    let binding = result.bindings[id]
    guard binding.hasDeadZone else { return false }
    return position < binding.initializedAt
      || binding.switchClause >= 0 && clauseOfScope[binding.scope] != binding.switchClause
  }

  mutating func capture(_ id: BindingID, at position: UInt32) {
    result.bindings[id].isCaptured = true
    result.bindings[id].firstCapture = min(result.bindings[id].firstCapture, position)
  }

  private mutating func checkFree(_ node: NodeID, _ name: NameID) {
    guard options.selfHosted else { return }
    let text = tree.text(name)
    if text == "undefined" || text == "NaN" || text == "Infinity" || options.selfHostedNames.contains(text) { return }
    report(node, "built-ins can't use the global variable \(text)")
  }

  mutating func report(_ node: NodeID, _ message: String) {
    result.diagnostics.append(Diagnostic(message: message, range: tree.range(node)))
  }

  /// The function that `this` and its like belong to here.
  var thisFunction: Int {
    var index = function
    while result.functions[index].isArrow { index = result.functions[index].parent }
    return index
  }

  mutating func useThis(_ node: NodeID) {
    let owner = thisFunction
    result.functions[owner].usesThis = true
    if owner == function { return }
    let id = implicit(\.thisBinding, .thisValue, owner)
    capture(id, at: tree.node(node).start)
  }

  mutating func useNewTarget(_ node: NodeID) {
    let owner = thisFunction
    if owner == function { return }
    let id = implicit(\.newTargetBinding, .newTarget, owner)
    capture(id, at: tree.node(node).start)
  }

  mutating func useSuperCall(_ node: NodeID) {
    let owner = thisFunction
    result.functions[owner].usesThis = true
    result.functions[owner].superCallCount += 1
    if loop != nil || statementDepth > 0 { result.functions[owner].hasUnsureSuperCall = true }
    if result.functions[owner].fieldInitializer != 0 {
      capture(result.functions[owner].fieldInitializer, at: tree.node(node).start)
    }
    if owner == function { return }
    result.functions[owner].hasUnsureSuperCall = true
    let position = tree.node(node).start
    let thisID = implicit(\.thisBinding, .thisValue, owner)
    capture(thisID, at: position)
    let newTarget = implicit(\.newTargetBinding, .newTarget, owner)
    capture(newTarget, at: position)
    let callee = implicit(\.calleeBinding, .callee, owner)
    capture(callee, at: position)
  }

  private mutating func useArguments(_ node: NodeID) {
    let owner = thisFunction
    if owner == 0 { return }
    let id = implicit(\.argumentsBinding, .arguments, owner)
    result.resolved[Int(node.index)] = Int32(id)
    if owner != function { capture(id, at: tree.node(node).start) }
  }

  private mutating func implicit(
    _ key: WritableKeyPath<FunctionScope, BindingID>, _ kind: Binding.Kind, _ owner: Int
  ) -> BindingID {
    if result.functions[owner][keyPath: key] == 0 {
      let name: NameID =
        switch kind {
        case .thisValue: NameID(.this)
        case .newTarget: NameID(.new)
        case .arguments: .arguments
        default: NameID(.function)
        }
      result.functions[owner][keyPath: key] = declareHidden(kind, name: name, function: owner, scope: 0)
    }
    return result.functions[owner][keyPath: key]
  }
}
