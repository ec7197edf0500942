import CVMBytecode
import CVMCompiler
import CVMHeapGraph
import CVMRuntime
import CVMSyntax

/// What of a paused program could go on in a newer version of its source.
struct CodeUpgrade {
  /// A frame, the closures of one function, or its generators that stand still in the middle.
  struct Item {
    enum Subject {
      case frame
      case closures([CVMHeapGraph.NodeID])
      case generators(Int)
    }
    let subject: Subject
    let name: String
    /// Where it stands in the old text: for a frame the line that runs.
    let place: String
    /// The same place in the new text.
    let newLine: Int?
    let fate: CodeComparison.Fate

    /// Frames need the same code, because a place in other code means something else; closures are entered anew.
    var carriesOver: Bool {
      if case .closures = subject { return fate == .unchanged || fate == .changed }
      return fate == .unchanged
    }
  }

  private(set) var items: [Item] = []
  /// Functions of the new text that the old one does not have.
  private(set) var added: [String] = []
  /// The programs that the heap runs and that are not this one.
  private(set) var otherFiles: [String] = []
  let file: String

  init(to newFile: SourceFile, in session: Session) throws(CommandError) {
    file = newFile.name
    let graph = try session.heapDump().graph
    var reachable: Set<CVMHeapGraph.NodeID> = []
    for node in 0..<graph.nodeCount {
      switch graph.kind(of: node) {
      case .closure, .generator: if let id = graph.id(of: node) { reachable.insert(id) }
      default: break
      }
    }
    let frames = session.machine.stackFrames()
    let live = session.machine.liveCode(where: reachable.contains)
    let codes = frames.map(\.code) + live.map(\.code)
    let wanted = Self.lastPart(newFile.name)
    var versions: [ObjectIdentifier: Version] = [:]
    for source in codes.compactMap(\.source) where versions[ObjectIdentifier(source)] == nil {
      guard Self.lastPart(source.displayName) == wanted else {
        if !otherFiles.contains(source.displayName) { otherFiles.append(source.displayName) }
        continue
      }
      let isFirstDialect = codes.contains { $0.source === source && $0.block.isFirstDialect }
      let version = try Version(of: source, replacedBy: newFile, isFirstDialect, session)
      versions[ObjectIdentifier(source)] = version
      for name in version.added where !added.contains(name) { added.append(name) }
    }
    if versions.isEmpty {
      let names = otherFiles.isEmpty ? "nothing that a file has" : otherFiles.prefix(8).joined(separator: ", ")
      throw .notFound("Nothing in this heap is from \(wanted): its frames and functions are from \(names).")
    }
    func add(_ subject: Item.Subject, _ code: LoadedCode, at offset: Int?) {
      guard let source = code.source, let version = versions[ObjectIdentifier(source)] else { return }
      items.append(version.item(subject, code, at: offset, source))
    }
    for frame in frames { add(.frame, frame.code, at: frame.offset) }
    for code in live {
      for offset in code.suspended { add(.generators(1), code.code, at: offset) }
    }
    // A program's own function runs once.
    for code in live where !code.closures.isEmpty && code.code.block.kind != .program {
      add(.closures(code.closures), code.code, at: nil)
    }
  }

  fileprivate static func lastPart(_ path: String) -> Substring { path.split(separator: "/").last ?? path[...] }

  /// One text that code of the heap is from, compared with the new one.
  private struct Version {
    /// A function, as code that a checkpoint kept by itself can be found again.
    private struct Place: Hashable {
      let start: UInt32
      let end: UInt32
      let kind: CodeBlock.Kind
    }

    private let successors: [Place: CodeBlock]
    let added: [String]
    private let newFile: SourceFile

    init(
      of source: any ScriptSource, replacedBy newFile: SourceFile, _ isFirstDialect: Bool, _ session: Session
    ) throws(CommandError) {
      self.newFile = newFile
      let oldFile = SourceFile(name: source.displayName, bytes: source.bytes)
      let language = isFirstDialect ? .cvm1 : session.options.language
      let new: CodeBlock
      switch Self.compiled(newFile, language) {
      case .success(let block): new = block
      case .failure(let error):
        throw CommandError(
          status: .error, message: DiagnosticRenderer(width: session.options.width).render(error.list, in: newFile))
      }
      guard case .success(let old) = Self.compiled(oldFile, language) else {
        throw CommandError(status: .error, message: "The text that \(oldFile.name) was made from is no program.")
      }
      let comparison = CodeComparison(old, new)
      var successors: [Place: CodeBlock] = [:]
      for function in comparison.functions {
        let place = Place(
          start: function.block.sourceStart, end: function.block.sourceEnd, kind: function.block.kind)
        if let successor = function.successor { successors[place] = successor }
      }
      self.successors = successors
      added = comparison.added
    }

    private struct Diagnostics: Error { let list: [Diagnostic] }

    private static func compiled(_ file: SourceFile, _ language: LanguageDialect) -> Result<CodeBlock, Diagnostics> {
      let options = ParseOptions(dialect: file.name.hasSuffix(".ts") ? .typeScript : .javaScript, language: language)
      let result = compile(parse(file, options: options), options: CompileOptions(callsMain: true))
      return result.code.map { .success($0) } ?? .failure(Diagnostics(list: result.diagnostics))
    }

    func item(_ subject: Item.Subject, _ code: LoadedCode, at offset: Int?, _ source: any ScriptSource) -> Item {
      let block = code.block
      let successor = successors[Place(start: block.sourceStart, end: block.sourceEnd, kind: block.kind)]
      let fate = CodeComparison.fate(of: block, replacedBy: successor)
      let name = String(decoding: block.name, as: UTF16.self)
      func caret(_ block: CodeBlock) -> Int {
        Int(offset.flatMap { block.sourceMap.entry(at: UInt32($0)) }?.caret ?? block.sourceStart)
      }
      let newLine = successor.flatMap { new -> Int? in
        if offset != nil, fate != .unchanged { return nil }
        return newFile.location(at: UInt32(caret(new))).line
      }
      return Item(
        subject: subject, name: block.kind == .program ? "(top level)" : name.isEmpty ? "(function)" : name,
        place: "\(CodeUpgrade.lastPart(source.displayName)):\(source.position(at: caret(block)).line)",
        newLine: newLine, fate: fate)
    }
  }
}
