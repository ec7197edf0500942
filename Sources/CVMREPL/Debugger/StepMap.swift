import CVMBytecode
import CVMRuntime
import CVMSyntax

/// The parts of a source that a person steps over one by one: statements, heads of loops, bodies of arrow functions.
final class StepMap {
  struct Part {
    let start: UInt32
    let end: UInt32
    /// Where that ends which is marked: the head of a statement with others inside.
    let shownEnd: UInt32
    fileprivate let parent: Int
    /// Nothing of its own happens there.
    fileprivate let isSilent: Bool
  }

  private(set) var parts: [Part] = []
  /// The blocks of `try` statements that have a `catch`.
  private var guardedBlocks: [SourceRange] = []

  init(_ file: SourceFile, _ options: ParseOptions) {
    let parsed = parse(file, options: options)
    if !parsed.hasErrors { add(parsed.tree) }
  }

  private func add(_ tree: SyntaxTree) {
    var pending: [(node: NodeID, parent: Int, isPart: Bool)] = [(tree.root, -1, false)]
    while let (node, parent, isPart) = pending.popLast() {
      let kind = tree.kind(node)
      var own = parent
      if isPart || kind.isStep {
        own = parts.count
        let range = tree.range(node)
        parts.append(
          Part(
            start: range.start, end: range.end, shownEnd: shownEnd(of: node, tree), parent: parent,
            isSilent: kind == .tryStatement))
      }
      if kind == .tryStatement, tree.tryStatement(node).handler != nil {
        guardedBlocks.append(tree.range(tree.tryStatement(node).block))
      }
      for child in tree.children(node).reversed() {
        pending.append((child.id, own, Self.isPart(child, of: kind)))
      }
    }
  }

  private static func isPart(_ child: Child, of kind: NodeKind) -> Bool {
    switch (kind, child.role) {
    case (.forStatement, "initializer"), (.forStatement, "test"), (.forStatement, "update"): true
    case (.doWhileStatement, "test"), (.arrowFunction, "body"): true
    default: false
    }
  }

  private func shownEnd(of node: NodeID, _ tree: SyntaxTree) -> UInt32 {
    let range = tree.range(node)
    let body: NodeID? =
      switch tree.kind(node) {
      case .ifStatement: tree.ifStatement(node).consequent
      case .forStatement: tree.forStatement(node).body
      case .forInStatement, .forOfStatement: tree.forEach(node).body
      case .whileStatement: tree.loop(node).body
      case .doWhileStatement: tree.loop(node).body
      case .tryStatement: tree.tryStatement(node).block
      case .switchStatement: tree.switchStatement(node).cases.first
      default: nil
      }
    guard let body else { return range.end }
    var end = max(tree.range(body).start, range.start + 1)
    let bytes = tree.source.bytes
    while end > range.start + 1, [0x20, 0x0a, 0x0d, 0x09, 0x7b].contains(bytes[Int(end) - 1]) { end -= 1 }
    return end
  }

  /// The innermost part that holds a byte of the source.
  func part(at offset: UInt32) -> Int? {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0, parts[index].end <= offset { index = parts[index].parent }
    return index < 0 ? nil : index
  }

  /// Whether a `catch` of the same function takes what is thrown at a byte of the source.
  func catches(at offset: UInt32, in function: SourceRange) -> Bool {
    guardedBlocks.contains {
      $0.start <= offset && offset < $0.end && function.start <= $0.start && $0.end <= function.end
    }
  }

  /// What begins at each word of a code.
  func marks(of block: CodeBlock) -> [CodeMarks] {
    var marks = [CodeMarks](repeating: [], count: block.words.count)
    let entries = Set(block.sourceMap.entries.map { Int($0.pc) })
    let steps = steps(of: block)
    Self.forEachInstruction(block) { pc, _ in
      marks[pc] = .instruction
      if entries.contains(pc) { marks[pc].insert(.expression) }
      if steps[pc] != nil { marks[pc].formUnion([.statement, .expression]) }
    }
    return marks
  }

  /// The parts that begin at instructions of a code.
  func steps(of block: CodeBlock) -> [Int: Part] {
    var steps: [Int: Part] = [:]
    var loops: [(pc: Int, target: Int)] = []
    var last: Int?
    var entry = 0
    let entries = block.sourceMap.entries
    Self.forEachInstruction(block) { pc, opcode in
      while entry < entries.count, entries[entry].pc <= pc { entry += 1 }
      let part = entry > 0 ? self.part(at: entries[entry - 1].start) : nil
      if part != last, let part, !parts[part].isSilent { steps[pc] = parts[part] }
      last = part
      if opcode.isLoopJump { loops.append((pc, Self.target(block, pc, opcode))) }
    }
    // A loop that goes back into the midst of its head: the next round begins with the jump.
    for (pc, target) in loops where steps[pc] == nil && steps[target] == nil {
      guard let entry = block.sourceMap.entry(at: UInt32(target)), let part = part(at: entry.start),
        !parts[part].isSilent
      else { continue }
      steps[pc] = parts[part]
    }
    return steps
  }

  private static func forEachInstruction(_ block: CodeBlock, _ body: (Int, Opcode) -> Void) {
    var pc = 0
    while pc < block.words.count, let opcode = Instruction(word: block.words[pc]).opcode {
      body(pc, opcode)
      pc += opcode.cachedInfo.wordCount
    }
  }

  private static func target(_ block: CodeBlock, _ pc: Int, _ opcode: Opcode) -> Int {
    let info = opcode.cachedInfo
    let distance =
      info.layout == .jump24
      ? Int(Int32(bitPattern: block.words[pc]) >> 8)
      : Int(Int32(bitPattern: block.words[pc + info.wordCount - 1]))
    return pc + info.wordCount + distance
  }
}

extension NodeKind {
  fileprivate var isStep: Bool {
    switch self {
    case .variableDeclaration, .classDeclaration, .expressionStatement, .ifStatement, .forStatement, .forInStatement,
      .forOfStatement, .whileStatement, .doWhileStatement, .continueStatement, .breakStatement, .returnStatement,
      .switchStatement, .throwStatement, .tryStatement, .debuggerStatement:
      true
    default: false
    }
  }
}
