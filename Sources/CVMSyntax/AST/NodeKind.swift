/// What a node is. The typed view to read its operands with stands in brackets.
@frozen
public enum NodeKind: UInt8, Sendable, CaseIterable {
  /// Index 0 of every tree; never a child.
  case none

  // MARK: Program and statements

  /// The whole script. [`body`]
  case program
  /// `let`, `const` or `var` with declarators. [`variableDeclaration`]
  case variableDeclaration
  /// One `target = value` of a declaration. [`declarator`]
  case variableDeclarator
  /// [`function`]
  case functionDeclaration
  /// [`classInfo`]
  case classDeclaration
  /// [`operand`], and `isDirective`
  case expressionStatement
  /// [`body`]
  case blockStatement
  case emptyStatement
  /// [`ifStatement`]; `else if` chains nest in `alternate` as deep as they are long: walk them in a loop
  case ifStatement
  /// [`forStatement`]
  case forStatement
  /// [`forEach`]
  case forInStatement
  /// [`forEach`]
  case forOfStatement
  /// [`loop`]
  case whileStatement
  /// [`loop`]
  case doWhileStatement
  /// [`label`]
  case continueStatement
  /// [`label`]
  case breakStatement
  /// [`optionalOperand`]
  case returnStatement
  /// [`switchStatement`]
  case switchStatement
  /// One `case` or `default`. [`switchCase`]
  case switchCase
  /// [`labeled`]
  case labeledStatement
  /// [`operand`]
  case throwStatement
  /// [`tryStatement`]
  case tryStatement
  /// [`catchClause`]
  case catchClause
  case debuggerStatement

  // MARK: Primary expressions

  /// A use of a variable. [`name`]
  case identifierReference
  case thisExpression
  case nullLiteral
  case trueLiteral
  case falseLiteral
  /// [`number`]
  case numberLiteral
  /// Text without separators and without the `n`: `255`, `0xff`. [`name`]
  case bigIntLiteral
  /// The cooked value. [`name`]
  case stringLiteral
  /// [`regExp`]
  case regExpLiteral
  /// [`template`]
  case templateLiteral
  /// A literal piece of a template. [`templateElement`]
  case templateElement
  /// [`taggedTemplate`]
  case taggedTemplate
  /// Elements, `elision`s and `spreadElement`s. [`elements`]
  case arrayLiteral
  /// `property`s and `spreadElement`s. [`elements`]
  case objectLiteral
  /// A missing element: the middle of `[1, , 2]`, in literals and patterns.
  case elision
  /// `...x` in a literal or argument list. [`operand`]
  case spreadElement
  /// A member of an object literal. [`property`]
  case property
  /// [`function`]; also the functions of methods and accessors
  case functionExpression
  /// [`function`]
  case arrowFunction
  /// [`classInfo`]
  case classExpression

  // MARK: Property keys (besides `stringLiteral`, `numberLiteral`, `bigIntLiteral`)

  /// `x` in `{x: 1}`. [`name`]
  case propertyName
  /// `[x]` in `{[x]: 1}`. [`operand`]
  case computedName
  /// `#x` as a key; the name is without the `#`. [`name`]
  case privateName

  // MARK: Operations

  /// [`unary`]
  case unary
  /// [`update`]
  case update
  /// [`binary`]; chains nest in `left` as deep as they are long: walk them in a loop
  case binary
  /// `&&`, `||`, `??`. [`logical`]; nests as `binary` does
  case logical
  /// [`assignment`]
  case assignment
  /// [`conditional`]
  case conditional
  /// `a, b, c`. [`elements`]
  case sequence
  /// `object.name`. [`member`]; chains nest in `object` as deep as they are long
  case member
  /// `object[key]`. [`index`]
  case index
  /// `object.#name`. [`member`]
  case privateMember
  /// `#name in object`. [`privateIn`]
  case privateIn
  /// `super.name`. [`name`]
  case superMember
  /// `super[key]`. [`operand`]
  case superIndex
  /// `super(...)`. [`elements`]
  case superCall
  /// [`call`]
  case call
  /// [`new`]
  case newExpression
  /// Where the short circuit of the `?.`s inside ends. [`operand`]
  case optionalChain
  case newTarget
  /// [`yield`]
  case yieldExpression
  /// [`operand`]
  case awaitExpression
  /// `%name(...)` of self-hosted sources. [`intrinsicCall`]
  case intrinsicCall

  // MARK: Patterns

  /// A name that a declaration, parameter or catch clause introduces. [`name`]
  case bindingIdentifier
  /// `patternProperty`s, then perhaps a `restElement`. [`elements`]
  case objectPattern
  /// Targets, `elision`s, then perhaps a `restElement`. [`elements`]
  case arrayPattern
  /// `key: target` in an object pattern. [`patternProperty`]
  case patternProperty
  /// `target = default`. [`defaulted`]
  case defaultedTarget
  /// `...target`. [`operand`]
  case restElement

  // MARK: Class members

  /// [`classMethod`]
  case classMethod
  /// [`classField`]
  case classField
  /// `static { ... }`. [`function`], of kind `.staticBlock`
  case classStaticBlock
}
