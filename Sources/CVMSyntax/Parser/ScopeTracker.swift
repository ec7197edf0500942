/// What a name is declared as, as far as duplicates matter.
enum DeclarationKind: UInt8 {
  /// `let`, `const`, `class`, functions in blocks, names of a catch pattern.
  case lexical
  case `var`
  /// A function at the top of a function or script, which behaves like `var`.
  case function
  case parameter
  /// `catch (e)`, which a `var e` may repeat.
  case catchParameter
}

/// The names that are declared in the open scopes, to find duplicates.
struct ScopeTracker {
  enum ScopeKind {
    case function
    case block
  }

  private struct Declaration {
    var name: UInt32
    var kind: DeclarationKind
    var range: SourceRange
    /// The declaration of the same name further out, or -1.
    var previous: Int32
  }

  private struct Scope {
    var base: Int
    var kind: ScopeKind
    var functionBase: Int
  }

  /// One scope per function, in which names may be declared again: dialect `cvm1`.
  private let isFlat: Bool
  private var declarations: [Declaration] = []
  /// The innermost declaration of each name, or -1.
  private var latest: [Int32] = []
  private var scopes: [Scope] = []
  private var hoisted: [Declaration] = []

  init(isFlat: Bool = false) { self.isFlat = isFlat }

  var depth: Int { scopes.count }

  var isAtFunctionLevel: Bool { scopes.last?.kind == .function }

  mutating func push(_ kind: ScopeKind) {
    let base = declarations.count
    let functionBase = kind == .function ? base : (scopes.last?.functionBase ?? 0)
    scopes.append(Scope(base: base, kind: kind, functionBase: functionBase))
  }

  mutating func pop() {
    guard let scope = scopes.popLast() else { return }
    if declarations.count == scope.base { return }
    while declarations.count > scope.base {
      let declaration = declarations.removeLast()
      latest[Int(declaration.name)] = declaration.previous
      if declaration.kind == .var, scope.kind == .block { hoisted.append(declaration) }
    }
    let parentBase = scopes.last?.base ?? 0
    for declaration in hoisted where !isDeclaredAsVariable(declaration.name, since: parentBase) {
      append(declaration.name, .var, declaration.range)
    }
    hoisted.removeAll(keepingCapacity: true)
  }

  mutating func pop(to depth: Int) {
    while scopes.count > depth { pop() }
  }

  /// Declares a name in the innermost scope; returns where a declaration stands that excludes this one.
  mutating func declare(_ name: NameID, _ kind: DeclarationKind, _ range: SourceRange) -> SourceRange? {
    guard let scope = scopes.last else { return nil }
    while latest.count <= Int(name.index) { latest.append(-1) }
    if isFlat && kind != .parameter { return nil }
    let conflict = kind == .var ? conflictOfVar(name, scope) : conflictInScope(name, kind, scope)
    if conflict == nil, kind != .var || !isDeclaredAsVariable(name.index, since: scope.base) {
      append(name.index, kind, range)
    }
    return conflict
  }

  private func conflictInScope(_ name: NameID, _ kind: DeclarationKind, _ scope: Scope) -> SourceRange? {
    var index = Int(latest[Int(name.index)])
    while index >= scope.base {
      let other = declarations[index]
      if kind != .function || other.kind == .lexical { return other.range }
      index = Int(other.previous)
    }
    return nil
  }

  private func conflictOfVar(_ name: NameID, _ scope: Scope) -> SourceRange? {
    var index = Int(latest[Int(name.index)])
    while index >= scope.functionBase {
      let other = declarations[index]
      if other.kind == .lexical { return other.range }
      index = Int(other.previous)
    }
    return nil
  }

  private func isDeclaredAsVariable(_ name: UInt32, since base: Int) -> Bool {
    let index = Int(latest[Int(name)])
    return index >= base && declarations[index].kind == .var
  }

  private mutating func append(_ name: UInt32, _ kind: DeclarationKind, _ range: SourceRange) {
    declarations.append(Declaration(name: name, kind: kind, range: range, previous: latest[Int(name)]))
    latest[Int(name)] = Int32(truncatingIfNeeded: declarations.count - 1)
  }
}

/// The private names of a class body that is being parsed.
struct PrivateNameScope {
  struct Declared {
    var range: SourceRange
    var isStatic: Bool
    var hasGetter: Bool
    var hasSetter: Bool
  }

  var declared: [NameID: Declared] = [:]
  var used: [(name: NameID, range: SourceRange)] = []
}
