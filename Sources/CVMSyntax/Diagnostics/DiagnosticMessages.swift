/// The wording of what the parser finds. What the lexer finds stands in `DiagnosticMessages+Tokens`.
extension Diagnostic {
  private static func error(_ message: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(message: message, range: range)
  }

  private static func error(_ message: String, _ range: SourceRange, note: String, _ place: SourceRange) -> Diagnostic {
    Diagnostic(message: message, range: range, notes: [Note(message: note, range: place)])
  }

  static func unknownDialect(_ name: String, at range: SourceRange) -> Diagnostic {
    let known = LanguageDialect.allCases.map(\.rawValue).joined(separator: ", ")
    return error(
      "There is no dialect \(name.isEmpty ? "without a name" : "`\(name)`"); the dialects are \(known)", range)
  }

  // MARK: - Unexpected tokens

  static func unexpected(_ found: String, expected: StaticString, at range: SourceRange) -> Diagnostic {
    error("Expected \(expected), found \(found)", range)
  }

  static func expected(
    _ kind: TokenKind, _ purpose: StaticString, found: String, at range: SourceRange
  ) -> Diagnostic {
    let relation =
      switch kind {
      case .rightParen, .rightBracket, .rightBrace, .greater: "to close"
      case .leftParen, .leftBracket, .leftBrace, .less: "to begin"
      default: "after"
      }
    return error("Expected `\(kind.text ?? "")` \(relation) \(purpose), found \(found)", range)
  }

  static func strayBracket(_ kind: TokenKind, at range: SourceRange) -> Diagnostic {
    error("There is nothing open that `\(kind.text ?? "")` could close", range)
  }

  static func strayKeyword(_ kind: TokenKind, at range: SourceRange) -> Diagnostic {
    let place =
      switch kind {
      case .else: "without an `if` before it"
      case .catch, .finally: "without a `try` before it"
      default: "outside of a `switch`"
      }
    return error("`\(kind.text ?? "")` \(place)", range)
  }

  static func missingSemicolon(after statement: StaticString, found: String, at range: SourceRange) -> Diagnostic {
    error("Expected `;` or a new line after \(statement), found \(found)", range)
  }

  static func operatorAfterArrow(_ found: String, at range: SourceRange) -> Diagnostic {
    error("An arrow function cannot be an operand without parentheses, found \(found) after it", range)
  }

  static func arrowAsOperand(at range: SourceRange) -> Diagnostic {
    error("An arrow function cannot be an operand without parentheses", range)
  }

  static func emptyParentheses(at range: SourceRange) -> Diagnostic {
    error("Expected an expression in the parentheses, or `=>` after them", range)
  }

  static func newlineBeforeArrow(at range: SourceRange) -> Diagnostic {
    error("`=>` must stand on the line on which the parameters end", range)
  }

  static func awaitOutsideOfAsync(at range: SourceRange) -> Diagnostic {
    error("`await` is not supported yet", range)
  }

  static func unsupportedUsing(at range: SourceRange) -> Diagnostic {
    error("`using` declarations are not supported", range)
  }

  static func keywordBeforeMember(_ word: String, at range: SourceRange) -> Diagnostic {
    error("A member of a class is declared without `\(word)`", range)
  }

  static func newlineAfterThrow(at range: SourceRange) -> Diagnostic {
    error("The value of `throw` must begin on the same line", range)
  }

  static func nestingTooDeep(limit: Int, at range: SourceRange) -> Diagnostic {
    error("The code is nested too deep: more than \(limit) levels", range)
  }

  // MARK: - Names

  static func duplicateDeclaration(
    _ name: String, isParameter: Bool, first: SourceRange, at range: SourceRange
  ) -> Diagnostic {
    error(
      isParameter ? "The parameter `\(name)` stands twice in the list" : "`\(name)` has already been declared", range,
      note: "`\(name)` is first declared here", first)
  }

  static func escapedKeyword(_ name: String, at range: SourceRange) -> Diagnostic {
    error("The keyword `\(name)` must not contain an escape sequence", range)
  }

  static func keywordAsName(_ name: String, at range: SourceRange) -> Diagnostic {
    error("Expected a name, found the keyword `\(name)`", range)
  }

  static func keywordAsShorthand(_ name: String, at range: SourceRange) -> Diagnostic {
    error("The keyword `\(name)` cannot be a variable; write `\(name): value`", range)
  }

  static func strictReservedWord(_ name: String, at range: SourceRange) -> Diagnostic {
    error("`\(name)` is a reserved word in strict mode", range)
  }

  static func reservedName(_ name: String, in place: String, at range: SourceRange) -> Diagnostic {
    error("`\(name)` cannot be a name \(place)", range)
  }

  static func bindingOfReserved(_ name: String, at range: SourceRange) -> Diagnostic {
    error("`\(name)` cannot be declared in strict mode", range)
  }

  static func assignmentToReserved(_ name: String, at range: SourceRange) -> Diagnostic {
    error("`\(name)` cannot be assigned in strict mode", range)
  }

  // MARK: - Declarations

  static func constWithoutInitializer(_ name: String, at range: SourceRange) -> Diagnostic {
    error("The constant `\(name)` needs a value: `const \(name) = ...`", range)
  }

  static func patternWithoutInitializer(at range: SourceRange) -> Diagnostic {
    error("A pattern in a declaration needs a value to take apart: `= ...`", range)
  }

  static func declarationAsBody(_ keyword: String, at range: SourceRange) -> Diagnostic {
    error("A `\(keyword)` declaration needs a block `{ ... }` around it here", range)
  }

  static func useStrictWithComplexParameters(at range: SourceRange) -> Diagnostic {
    error("\"use strict\" is not allowed in a function with default, rest or pattern parameters", range)
  }

  static func withStatement(at range: SourceRange) -> Diagnostic {
    error("`with` is not allowed in strict mode", range)
  }

  // MARK: - Targets and patterns

  static func invalidTarget(_ use: TargetUse, what: String, at range: SourceRange) -> Diagnostic {
    switch use {
    case .assignment: error("Cannot assign to \(what)", range)
    case .compoundAssignment(let op): error("Cannot assign to \(what) with `\(op)`", range)
    case .update(let op): error("`\(op)` needs a variable or property, not \(what)", range)
    case .loop: error("A loop cannot assign to \(what)", range)
    }
  }

  static func invalidParameter(what: String, at range: SourceRange) -> Diagnostic {
    error("Expected a name or pattern as parameter, found \(what)", range)
  }

  static func parenthesizedPattern(at range: SourceRange) -> Diagnostic {
    error("Parentheses are not allowed here in a pattern", range)
  }

  static func methodInPattern(at range: SourceRange) -> Diagnostic {
    error("A method cannot stand in a pattern", range)
  }

  static func restNotLast(at range: SourceRange) -> Diagnostic {
    error("The rest element must be the last", range)
  }

  static func commaAfterRest(at range: SourceRange) -> Diagnostic {
    error("No comma may follow the rest element", range)
  }

  static func restWithInitializer(at range: SourceRange) -> Diagnostic {
    error("The rest element cannot have a default", range)
  }

  static func patternAsObjectRest(at range: SourceRange) -> Diagnostic {
    error("The rest of an object must be collected in a variable or property, not in a pattern", range)
  }

  static func initializerInObjectLiteral(at range: SourceRange) -> Diagnostic {
    error("`=` gives a default in a pattern; in an object write `:`", range)
  }

  static func duplicatePrototype(first: SourceRange, at range: SourceRange) -> Diagnostic {
    error("`__proto__` stands twice in the object", range, note: "the first one is here", first)
  }

  // MARK: - Operators

  static func mixedCoalesce(_ op: String, _ other: String, at range: SourceRange) -> Diagnostic {
    error("`\(other)` needs parentheses when it is mixed with `\(op)`", range)
  }

  static func unaryBeforeExponent(at range: SourceRange) -> Diagnostic {
    error("An operator before the base of `**` needs parentheses: `(-a) ** b` or `-(a ** b)`", range)
  }

  static func deleteOfVariable(at range: SourceRange) -> Diagnostic {
    error("A variable cannot be deleted in strict mode", range)
  }

  static func deleteOfPrivateName(at range: SourceRange) -> Diagnostic {
    error("A private member cannot be deleted", range)
  }

  static func optionalChainInNew(at range: SourceRange) -> Diagnostic {
    error("`?.` is not allowed in the callee of `new`", range)
  }

  static func templateInOptionalChain(at range: SourceRange) -> Diagnostic {
    error("A template cannot follow an optional chain", range)
  }

  // MARK: - Jumps, labels, cases

  static func returnOutsideFunction(at range: SourceRange) -> Diagnostic {
    error("`return` outside of a function", range)
  }

  static func breakOutside(at range: SourceRange) -> Diagnostic {
    error("`break` outside of a loop or `switch`", range)
  }

  static func continueOutside(at range: SourceRange) -> Diagnostic {
    error("`continue` outside of a loop", range)
  }

  static func undefinedLabel(_ name: String, at range: SourceRange) -> Diagnostic {
    error("There is no label `\(name)` around this statement", range)
  }

  static func continueToNoLoop(_ name: String, label: SourceRange, at range: SourceRange) -> Diagnostic {
    error(
      "`continue` needs the label of a loop, and `\(name)` labels something else", range, note: "the label is here",
      label)
  }

  static func duplicateLabel(_ name: String, first: SourceRange, at range: SourceRange) -> Diagnostic {
    error("The label `\(name)` is already in use around this statement", range, note: "it is first used here", first)
  }

  static func duplicateDefault(first: SourceRange, at range: SourceRange) -> Diagnostic {
    error("A `switch` can have only one `default`", range, note: "the first one is here", first)
  }

  // MARK: - Loops

  static func forOfTarget(_ word: String, at range: SourceRange) -> Diagnostic {
    error("`\(word)` cannot begin the head of a `for ... of` loop", range)
  }

  static func severalLoopVariables(_ keyword: String, at range: SourceRange) -> Diagnostic {
    error("A `for ... \(keyword)` loop declares one variable only", range)
  }

  static func loopVariableInitializer(_ keyword: String, at range: SourceRange) -> Diagnostic {
    error("The variable of a `for ... \(keyword)` loop cannot have an initial value", range)
  }

  static func forAwaitOutsideAsync(at range: SourceRange) -> Diagnostic {
    error("`for await` is allowed in async functions only", range)
  }

  static func forAwaitWithoutOf(found: String, at range: SourceRange) -> Diagnostic {
    error("Expected `of` in the head of `for await`, found \(found)", range)
  }

  // MARK: - Functions

  static func yieldInParameters(at range: SourceRange) -> Diagnostic {
    error("`yield` is not allowed in parameters", range)
  }

  static func awaitInParameters(at range: SourceRange) -> Diagnostic {
    error("`await` is not allowed in parameters", range)
  }

  static func getterWithParameters(at range: SourceRange) -> Diagnostic {
    error("A getter has no parameters", range)
  }

  static func setterParameterCount(at range: SourceRange) -> Diagnostic {
    error("A setter has exactly one parameter, and no rest parameter", range)
  }

  static func newTargetOutsideFunction(at range: SourceRange) -> Diagnostic {
    error("`new.target` outside of a function", range)
  }

  static func superOutsideMethod(at range: SourceRange) -> Diagnostic {
    error("`super` is allowed in methods only", range)
  }

  static func superCallOutsideConstructor(at range: SourceRange) -> Diagnostic {
    error("`super(...)` is allowed only in the constructor of a class with `extends`", range)
  }

  static func argumentsInInitializer(at range: SourceRange) -> Diagnostic {
    error("`arguments` is not allowed in a field initializer or static block", range)
  }

  // MARK: - Classes

  static func duplicateConstructor(first: SourceRange, at range: SourceRange) -> Diagnostic {
    error("A class can have only one constructor", range, note: "the first one is here", first)
  }

  static func specialConstructor(at range: SourceRange) -> Diagnostic {
    error("A constructor cannot be a getter, setter, generator or async function", range)
  }

  static func staticPrototype(at range: SourceRange) -> Diagnostic {
    error("A static method cannot be named `prototype`", range)
  }

  static func reservedFieldName(_ name: String, at range: SourceRange) -> Diagnostic {
    error("A field cannot be named `\(name)`", range)
  }

  static func privateConstructor(at range: SourceRange) -> Diagnostic {
    error("A private member cannot be named `#constructor`", range)
  }

  static func duplicatePrivateName(_ name: String, first: SourceRange, at range: SourceRange) -> Diagnostic {
    error("`#\(name)` has already been declared", range, note: "`#\(name)` is first declared here", first)
  }

  static func undeclaredPrivateName(_ name: String, at range: SourceRange) -> Diagnostic {
    error("`#\(name)` is not declared in a class around it", range)
  }

  static func strayPrivateName(at range: SourceRange) -> Diagnostic {
    error("A private name stands only after a dot, before `in`, or as a class member", range)
  }

  static func privateNameOfSuper(at range: SourceRange) -> Diagnostic {
    error("A private member cannot be reached through `super`", range)
  }

  // MARK: - What is not supported

  static func modulesNotSupported(_ keyword: String, at range: SourceRange) -> Diagnostic {
    error("Modules are not supported: a program cannot `\(keyword)`", range)
  }

  static func dynamicImport(at range: SourceRange) -> Diagnostic {
    error("Modules are not supported: a program cannot `import(...)`", range)
  }

  static func importMeta(at range: SourceRange) -> Diagnostic {
    error("Modules are not supported: there is no `import.meta`", range)
  }

  static func decorator(at range: SourceRange) -> Diagnostic {
    error("Decorators are not supported", range)
  }

  static func unsupportedAccessor(at range: SourceRange) -> Diagnostic {
    error("`accessor` fields are not supported", range)
  }

  static func typeScriptOnly(_ what: String, at range: SourceRange) -> Diagnostic {
    error("\(what) is TypeScript, and this source is JavaScript", range)
  }

  static func typeScriptCode(_ what: String, at range: SourceRange) -> Diagnostic {
    error("`\(what)` needs code generation, which is not supported: types are only erased", range)
  }

  static func abstractWithBody(at range: SourceRange) -> Diagnostic {
    error("An abstract method cannot have a body", range)
  }

  static func sourceTooLarge(limit: Int) -> Diagnostic {
    error("The source is larger than \(limit) bytes", SourceRange(start: 0, end: 0))
  }
}

extension Diagnostic.Note {
  static func openedHere(_ range: SourceRange) -> Diagnostic.Note {
    Diagnostic.Note(message: "it is opened here", range: range)
  }
}
