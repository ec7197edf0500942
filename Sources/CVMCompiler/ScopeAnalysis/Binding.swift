import CVMSyntax

/// The index of a variable in `ScopeAnalysis.bindings`; 0 stands for a global that this source does not declare.
typealias BindingID = Int

/// One variable, function, parameter, or one of the implicit values that arrow functions share with their surroundings.
struct Binding {
  enum Kind {
    case variable
    case `let`
    case const
    case `class`
    case function
    case parameter
    case catchParameter
    /// The own name of a function expression.
    case functionName
    /// The name of a class inside of it.
    case className
    case thisValue
    case newTarget
    case callee
    case arguments
    /// Made by the compiler: the field initializer of a class, the computed keys of its fields.
    case hidden
  }

  var name: NameID
  var kind: Kind
  /// The function whose frame holds it.
  var function: Int
  var scope: Int
  /// Declared at the top of the program: accessed by name.
  var isGlobal = false
  var range: SourceRange
  /// Uses in the same function that stand before this offset may come too early.
  var initializedAt: UInt32 = 0
  /// Of a variable in a `switch`: the clause that declares it.
  var switchClause = -1
  /// The function that a function declaration declares.
  var declaredFunction = -1
  var declarationCount = 1
  /// Of a `var` in a body with a scope of its own: the parameter of the same name, whose value it starts with.
  var parameter: BindingID = 0
  /// Each round of a loop has a variable of its own.
  var isInLoop = false
  /// Where it is kept in the array for variables that no register is left for; -1 for none.
  var spillSlot = -1
  /// Used by another function than that which holds it, and so kept in a cell.
  var isCaptured = false
  /// Where the first use by another function stands.
  var firstCapture = UInt32.max
  var isUsed = false
  /// A use may come before the initialisation: the register starts as uninitialised, such uses are checked.
  var needsMarker = false
  /// A `var` whose first use is its initialisation.
  var startsInitialized = false
  /// Where it is assigned other than by its initialisation, ascending.
  var assignments: [UInt32] = []

  /// Whether its value can't be changed once it is initialised.
  var isConstant: Bool {
    switch kind {
    case .const, .functionName, .className: true
    default: false
    }
  }

  /// Whether there is a time before initialisation in which it must not be used.
  var hasDeadZone: Bool {
    switch kind {
    case .let, .const, .class, .className, .parameter, .catchParameter: true
    default: false
    }
  }

  /// A function declaration that nothing ever replaces.
  var isFixedFunction: Bool {
    kind == .function && assignments.isEmpty && declarationCount == 1 && declaredFunction >= 0
  }

  /// Whether some assignment stands in the range of offsets.
  func isAssigned(from start: UInt32, to end: UInt32) -> Bool {
    var low = 0
    var high = assignments.count
    while low < high {
      let middle = (low + high) / 2
      if assignments[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < assignments.count && assignments[low] < end
  }
}

/// What a private name of a class stands for; its variables belong to the scope of the class.
struct PrivateMember {
  enum Kind {
    case field
    case method
    case accessor
  }
  var kind: Kind
  var isStatic: Bool
  /// Of fields: holds the key. Of methods: the function.
  var binding: BindingID = 0
  var getter: BindingID = 0
  var setter: BindingID = 0
  /// Of methods and accessors: the key that marks the objects which have them.
  var mark: BindingID = 0
}

/// The keys that mark what has the private methods of a class: its instances, the class itself.
struct PrivateMarks {
  var instance: BindingID = 0
  var statics: BindingID = 0
}

/// The variables that one block, function, loop, class or catch clause declares.
struct Scope {
  var bindings: [BindingID] = []
  /// The function declarations, which are initialised when the scope is entered.
  var functions: [NodeID] = []
}

/// What the code generator must know of a function before it starts.
struct FunctionScope {
  /// The function node; the class or field of a field initializer; the class of a constructor that is not written down.
  var node: NodeID
  var parent: Int
  var isArrow = false
  var isGenerator = false
  /// Uses `this` itself, or an arrow function in it does.
  var usesThis = false
  /// The own name of a function expression.
  var nameBinding: BindingID = 0
  var thisBinding: BindingID = 0
  var newTargetBinding: BindingID = 0
  var calleeBinding: BindingID = 0
  var argumentsBinding: BindingID = 0
  /// Of a constructor: where the class keeps the function that initialises its instance fields.
  var fieldInitializer: BindingID = 0
  /// The variables in the array for those that no register is left for.
  var spillCount = 0
  /// Holds that array.
  var spillBinding: BindingID = 0
  var superCallCount = 0
  /// A call of super that may happen several times, or in an arrow function.
  var hasUnsureSuperCall = false
  /// The names that are assigned to as `this.name = ...`.
  var ownProperties: Set<UInt32> = []
}

/// A literal that a loop uses as an operand again and again.
enum LoopConstant: Hashable {
  case number(UInt64)
  case string(NameID)
  /// null, false or true.
  case special(Int)
}

/// Where each name of a source leads to.
struct ScopeAnalysis {
  /// Index 0 is not in use.
  var bindings: [Binding]
  var scopes: [Scope] = []
  var functions: [FunctionScope] = []
  /// The binding of each identifier node; 0 for none.
  var resolved: [Int32]
  /// The scope of a block, loop, switch, catch clause, class or program.
  var scopeOfNode: [UInt32: Int] = [:]
  /// Of functions: the scope of the parameters (and of the body, when parameters are plain names).
  var parameterScope: [UInt32: Int] = [:]
  /// Of functions whose parameters have a scope of their own.
  var bodyScope: [UInt32: Int] = [:]
  /// The index of each function node; of classes that of the constructor.
  var functionOfNode: [UInt32: Int] = [:]
  /// Of classes with instance fields: the index of the function that initialises them.
  var fieldInitializerOfClass: [UInt32: Int] = [:]
  /// Of fields with a computed key: the variable that holds the key.
  var keyOfField: [UInt32: BindingID] = [:]
  /// Identifier nodes that may be evaluated before their variable is initialised.
  var checkedUses: Set<UInt32> = []
  /// The meaning of each private name in an expression, by node; of private keys of class members, too.
  var privateMembers: [UInt32: PrivateMember] = [:]
  /// Of classes with private methods or accessors.
  var privateMarks: [UInt32: PrivateMarks] = [:]
  /// Of classes: their private names in order.
  var privateNames: [UInt32: [(name: NameID, member: PrivateMember)]] = [:]
  /// Holds the strings of tagged templates; of the program. 0 when there are none.
  var templateBinding: BindingID = 0
  var templateCount = 0
  /// The number of each tagged template.
  var templateNumbers: [UInt32: Int] = [:]
  var loopConstants: [UInt32: [LoopConstant]] = [:]
  /// Expressions so deep inside others that they are compiled as functions of their own, to have registers.
  var outlined: [UInt32: Int] = [:]
  var diagnostics: [Diagnostic] = []

  func binding(of node: NodeID) -> BindingID { Int(resolved[Int(node.index)]) }
}
