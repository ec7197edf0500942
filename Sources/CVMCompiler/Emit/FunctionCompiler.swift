import CVMBytecode
import CVMSyntax

/// Generates the code of one function or of the top level of a program.
///
/// Values are computed straight into the register where they are wanted; variables are used where they are.
final class FunctionCompiler {
  let unit: CompilationUnit
  let function: Int
  let parent: FunctionCompiler?
  var builder = CodeBlockBuilder()
  var registers = Registers()
  /// Where the variables of this frame are.
  var storage: [BindingID: Storage] = [:]
  /// The entries of `builder.block.variables` that have not ended.
  var openVariables: [Int] = []
  /// The indices of variables of outer functions.
  var captureIndices: [BindingID: Int] = [:]
  var control: [ControlEntry] = []
  /// The register with the value of the entry that the innermost loop over `%Steps(cursor)` is at.
  var entryValue: Int?
  /// The registers of literals that the current loop uses.
  var loopConstants: [LoopConstant: Int] = [:]
  var isInLoop = false
  /// The array for variables that no register is left for.
  var spillRegister: Int?
  /// Holds `this`, or undefined-so-far in a derived constructor.
  var thisRegister: Int?
  /// `super()` has been called on every path to here.
  var isThisInitialized = true
  /// How many statements of this function stand around the current one.
  var statementNesting = 0
  /// Receives the value of each statement of a program for the prompt.
  var completion: Int?
  var kind = CodeBlock.Kind.function

  var tree: SyntaxTree { unit.tree }
  /// Whether the source is in the dialect `cvm1`.
  var isFirstDialect: Bool { unit.tree.language == .cvm1 }
  var analysis: ScopeAnalysis { unit.analysis }
  var scopeInfo: FunctionScope { unit.analysis.functions[function] }

  /// A variable of this frame.
  enum Storage {
    case register(Int)
    /// A register with the cell of the variable.
    case cell(Int)
  }

  init(unit: CompilationUnit, function: Int, parent: FunctionCompiler?) {
    self.unit = unit
    self.function = function
    self.parent = parent
  }

  // MARK: Registers

  func temporary() -> Int { registers.allocate() }

  /// Runs `body`, then frees the registers it took.
  @inline(__always)
  func scoped<R>(_ body: () -> R) -> R {
    let mark = registers.next
    defer { registers.release(to: mark) }
    return body()
  }

  func move(_ target: Int, _ source: Int) {
    if target != source { builder.emit(.move, target, source) }
  }

  // MARK: Source ranges

  func span(_ node: NodeID) -> SourceSpan {
    let range = tree.range(node)
    return SourceSpan(start: range.start, end: range.end, caret: range.start)
  }

  func span(_ node: NodeID, caret: UInt32) -> SourceSpan {
    let range = tree.range(node)
    return SourceSpan(start: range.start, end: range.end, caret: caret)
  }

  /// Where `text` first stands at or after `offset`; `offset` itself when it does not before `end`.
  func find(_ text: StaticString, from offset: UInt32, to end: UInt32) -> UInt32 {
    let bytes = tree.source.bytes
    let count = text.utf8CodeUnitCount
    let limit = min(Int(end), bytes.count) - count
    var position = Int(offset)
    while position <= limit {
      if bytes[position] == text.utf8Start[0] {
        var length = 1
        while length < count, bytes[position + length] == text.utf8Start[length] { length += 1 }
        if length == count { return UInt32(position) }
      }
      position += 1
    }
    return offset
  }

  // MARK: Completion

  /// The finished code; when a limit is exceeded, an error is reported and the code is empty.
  func finish(_ range: SourceRange) -> CodeBlock {
    endVariables(from: 0)
    builder.block.sourceStart = range.start
    builder.block.sourceEnd = range.end
    builder.block.kind = kind
    builder.block.isSelfHosted = unit.options.selfHosted
    builder.block.isFirstDialect = isFirstDialect
    if registers.hasOverflowed {
      unit.report(range, "this function needs too many variables and intermediate values at a time (the limit is 256)")
      return CodeBlock()
    }
    if builder.block.captures.count > 256 {
      unit.report(range, "this function uses too many variables of outer functions (the limit is 256)")
      return CodeBlock()
    }
    do {
      return try builder.finish()
    } catch .jumpTooFar {
      unit.report(range, "this function is too long")
    } catch {
      unit.report(range, "this function can't be compiled: \(error)")
    }
    return CodeBlock()
  }

  func constant(_ name: NameID) -> UInt32 { builder.constant(unit.units(name)) }

  func constant(_ text: String) -> UInt32 { builder.constant(Array(text.utf16)) }

  func loadUndefined(_ register: Int) { builder.emit(.loadSpecial, register, immediate: Special.undefined) }
}

/// The operands of LOAD_SPECIAL.
enum Special {
  static let undefined = 0
  static let null = 1
  static let `false` = 2
  static let `true` = 3
  static let hole = 4
  static let uninitialized = 5
  static let done = 6
}
