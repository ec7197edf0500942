import CVMBytecode
import CVMSyntax

/// What kind of program is compiled, and what its code gives back.
public struct CompileOptions: Sendable {
  /// The source is part of the built-ins: intrinsic calls are allowed, global variables are not.
  public var selfHosted: Bool
  /// The program returns the completion value of its last statement, for the prompt; else undefined.
  public var completionValue: Bool
  /// A function `main` that the top level declares and does not call is called when the top level is done; its result
  /// becomes the result of the program.
  public var callsMain: Bool
  /// The functions of other self-hosted sources that this one may use.
  public var selfHostedNames: Set<String>

  public init(
    selfHosted: Bool = false, completionValue: Bool = false, callsMain: Bool = false, selfHostedNames: Set<String> = []
  ) {
    self.selfHosted = selfHosted
    self.completionValue = completionValue
    self.callsMain = callsMain
    self.selfHostedNames = selfHostedNames
  }
}

/// The code of a program, when there are no errors.
public struct CompileResult: Sendable {
  public let code: CodeBlock?
  /// Those of the parser, then those of the compiler.
  public let diagnostics: [Diagnostic]
}

/// Compiles a program.
public func compile(_ parse: ParseResult, options: CompileOptions = CompileOptions()) -> CompileResult {
  if parse.hasErrors { return CompileResult(code: nil, diagnostics: parse.diagnostics) }
  return withLargeStack {
    let unit = CompilationUnit(tree: parse.tree, options: options)
    let code = unit.hasErrors ? nil : unit.compileProgram()
    return CompileResult(code: unit.hasErrors ? nil : code, diagnostics: parse.diagnostics + unit.diagnostics)
  }
}

/// The functions of a self-hosted source, each as a block of its own.
public struct SelfHostedResult: Sendable {
  public let blocks: [CodeBlock]
  public let diagnostics: [Diagnostic]
}

/// Compiles the top-level functions of a source of built-ins.
public func compileSelfHosted(_ parse: ParseResult, names: Set<String>) -> SelfHostedResult {
  if parse.hasErrors { return SelfHostedResult(blocks: [], diagnostics: parse.diagnostics) }
  return withLargeStack {
    let options = CompileOptions(selfHosted: true, selfHostedNames: names)
    let unit = CompilationUnit(tree: parse.tree, options: options)
    let blocks = unit.hasErrors ? [] : unit.compileSelfHostedFunctions()
    return SelfHostedResult(
      blocks: unit.hasErrors ? [] : blocks, diagnostics: parse.diagnostics + unit.diagnostics)
  }
}

/// The names of the functions that a self-hosted source declares at top level.
public func selfHostedFunctionNames(_ tree: SyntaxTree) -> [String] {
  tree.body(tree.root).compactMap { statement in
    guard tree.kind(statement) == .functionDeclaration, let name = tree.function(statement).name else { return nil }
    return tree.text(tree.name(name))
  }
}

/// One source on its way to code.
final class CompilationUnit {
  let tree: SyntaxTree
  let options: CompileOptions
  let analysis: ScopeAnalysis
  private(set) var diagnostics: [Diagnostic]

  init(tree: SyntaxTree, options: CompileOptions) {
    self.tree = tree
    self.options = options
    analysis = ScopeAnalyzer.analyze(tree, options: options)
    diagnostics = analysis.diagnostics
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  func report(_ range: SourceRange, _ message: String) {
    diagnostics.append(Diagnostic(message: message, range: range))
  }

  func units(_ name: NameID) -> [UInt16] {
    switch tree.names.units(name) {
    case .latin1(let units): units.map(UInt16.init)
    case .utf16(let units): Array(units)
    }
  }

  func compileProgram() -> CodeBlock {
    let compiler = FunctionCompiler(unit: self, function: 0, parent: nil)
    return compiler.compileProgram()
  }

  func compileSelfHostedFunctions() -> [CodeBlock] {
    var blocks: [CodeBlock] = []
    for statement in tree.body(tree.root) {
      guard tree.kind(statement) == .functionDeclaration, let function = analysis.functionOfNode[statement.index] else {
        if tree.kind(statement) != .emptyStatement && !tree.isDirective(statement) {
          report(tree.range(statement), "built-ins consist of function declarations")
        }
        continue
      }
      let compiler = FunctionCompiler(unit: self, function: function, parent: nil)
      blocks.append(compiler.compileFunction(statement, name: nil))
    }
    return blocks
  }
}
