import CVMBytecode
import CVMDispatch

/// The text that code was compiled from.
public protocol ScriptSource: AnyObject {
  /// The name shown in stack traces, such as a path or `[3]`.
  var displayName: String { get }
  /// Line and column (from 1) of a UTF-8 byte offset.
  func position(at offset: Int) -> (line: Int, column: Int)
  /// The text of a range of UTF-8 byte offsets.
  func text(from start: Int, to end: Int) -> String
  /// The whole text as UTF-8.
  var bytes: [UInt8] { get }
}

extension ScriptSource {
  public var bytes: [UInt8] { Array(text(from: 0, to: Int(UInt32.max)).utf8) }
}

/// Loaded code: words ready to run, and what the debugger and error messages need beside them.
public final class LoadedCode {
  public let block: CodeBlock
  public let source: (any ScriptSource)?
  public let number: Int
  /// Numbers of the nested codes.
  public fileprivate(set) var nested: [Int] = []
  /// The number of the code that this one is nested in; nil for what was loaded by itself.
  public fileprivate(set) var parent: Int?
  /// What the registers hold at each place: worked out when a frame of this code is saved or restored.
  private(set) lazy var registerUse: RegisterUse? = try? RegisterUse(block)
  /// The block as images have it, kept since a session makes one of each statement.
  fileprivate private(set) lazy var encoded: [UInt8] = CodeBlockCoder.encode(block)
  /// How many codes the block and all blocks inside of it are.
  fileprivate private(set) lazy var countWithNested: Int = block.countWithNested

  init(block: CodeBlock, source: (any ScriptSource)?, number: Int) {
    self.block = block
    self.source = source
    self.number = number
  }
}

/// What slow paths need of a code, where they reach it without touching a reference count.
struct CodeParts {
  struct Capture {
    var isRegister: Bool
    var index: UInt8
  }
  var captures: UnsafeMutablePointer<Capture>
  var handlers: UnsafeMutablePointer<ExceptionHandler>
  var handlerCount: Int
  var isSelfHosted: Bool
  /// The function object of a self-hosted function once another one referred to it; 0 before.
  var function: Handle = 0

  init(_ block: CodeBlock) {
    captures = .allocate(capacity: block.captures.count)
    for (i, capture) in block.captures.enumerated() {
      captures[i] = Capture(isRegister: capture.isRegister, index: capture.index)
    }
    handlers = .allocate(capacity: block.handlers.count)
    for (i, handler) in block.handlers.enumerated() { handlers[i] = handler }
    handlerCount = block.handlers.count
    isSelfHosted = block.isSelfHosted
  }

  func release() {
    captures.deallocate()
    handlers.deallocate()
  }
}

/// All code a machine has loaded. Canonical code is relocated once: constants, nested codes and natives become
/// machine-wide numbers, so that handlers reach them with one load.
final class CodeRegistry {
  private let vm: VM
  @exclusivity(unchecked) private(set) var loaded: [LoadedCode] = []
  @exclusivity(unchecked) private(set) var nameLists: [[Handle]] = []
  @exclusivity(unchecked) private var wordCount: UInt32 = 1
  @exclusivity(unchecked) private(set) var constantCount: UInt32 = 0
  /// By number of the code.
  let parts: UnsafeMutablePointer<CodeParts>
  private static let maximumWords = 1 << 28
  private static let maximumConstants = 1 << 26
  private static let maximumCodes = 1 << 22

  init(vm: VM) {
    self.vm = vm
    vm.pointee.code = Heap.reserve(CodeRegistry.maximumWords * 4).assumingMemoryBound(to: UInt32.self)
    vm.pointee.constants = Heap.reserve(CodeRegistry.maximumConstants * 8).assumingMemoryBound(to: Value.self)
    vm.pointee.codes = Heap.reserve(CodeRegistry.maximumCodes * MemoryLayout<CVMCode>.stride)
      .assumingMemoryBound(to: CVMCode.self)
    parts = Heap.reserve(CodeRegistry.maximumCodes * MemoryLayout<CodeParts>.stride)
      .assumingMemoryBound(to: CodeParts.self)
    vm.pointee.codeParts = UnsafeMutableRawPointer(parts)
    vm.pointee.code[0] = Instruction(.halt).word
  }

  /// Gives the memory back; the machine calls it while its own state is still there.
  func release() {
    releaseReserved(vm.pointee.code, CodeRegistry.maximumWords * 4)
    releaseReserved(vm.pointee.constants, CodeRegistry.maximumConstants * 8)
    releaseReserved(vm.pointee.codes, CodeRegistry.maximumCodes * MemoryLayout<CVMCode>.stride)
    for number in loaded.indices { parts[number].release() }
    releaseReserved(parts, CodeRegistry.maximumCodes * MemoryLayout<CodeParts>.stride)
  }

  /// How many codes the built-ins have; what follows was loaded for programs.
  @exclusivity(unchecked) private var builtInCount = 0
  func endOfBuiltIns() { builtInCount = loaded.count }
  var programCodes: ArraySlice<LoadedCode> { loaded[builtInCount...] }

  /// The words of the code region in use.
  var usedWords: Int { Int(wordCount) }

  /// The blocks that were loaded for programs, in order, each with its source: what is loaded later comes behind what was
  /// there before.
  func writeImage(_ writer: inout ImageWriter) {
    var sources: [ObjectIdentifier: Int] = [:]
    var blocks: [LoadedCode] = []
    var number = builtInCount
    while number < loaded.count {
      blocks.append(loaded[number])
      number += loaded[number].countWithNested
    }
    writer.word(blocks.count)
    for code in blocks {
      writeSource(code.source, &sources, &writer)
      writer.bytes(code.encoded)
    }
    writer.word(loaded.count)
    writer.word(UInt64(wordCount))
  }

  /// The number of a source, from 1 on, and the source itself where it comes for the first time.
  private func writeSource(
    _ source: (any ScriptSource)?, _ known: inout [ObjectIdentifier: Int], _ writer: inout ImageWriter
  ) {
    guard let source else { return writer.word(0) }
    if let number = known[ObjectIdentifier(source)] { return writer.word(number) }
    known[ObjectIdentifier(source)] = known.count + 1
    writer.word(known.count)
    writer.text(source.displayName)
    writer.bytes(source.bytes)
  }

  /// Loads the same blocks again: they get the same numbers and the same places.
  func readImage(
    _ reader: inout ImageReader, _ makeSource: (String, [UInt8]) -> any ScriptSource
  ) throws(ImageError) {
    frameTexts = [:]
    var sources: [any ScriptSource] = []
    for _ in 0..<(try reader.number(below: .max)) {
      let source = try reader.number(below: sources.count + 2)
      if source > sources.count { sources.append(makeSource(try reader.text(), try reader.column(of: UInt8.self))) }
      let bytes = try reader.column(of: UInt8.self)
      let block: CodeBlock
      do { block = try CodeBlockCoder.decode(bytes) } catch { throw reader.error("damaged code: \(error)") }
      let text = source == 0 ? nil : sources[source - 1]
      if let fault = block.faultAsProgram(from: text) { throw reader.error(fault) }
      _ = load(block, source: text)
    }
    guard try reader.number(below: .max) == loaded.count, try reader.word() == UInt64(wordCount) else {
      throw reader.error("the code takes other places than it did")
    }
  }

  /// Where a stopped machine's program counter stands.
  var haltPC: ProgramCounter { vm.pointee.code }

  /// Loads a verified block and everything nested in it; its number.
  func load(_ block: CodeBlock, source: (any ScriptSource)?) -> Int { load([block], source: source) { _, _ in } }

  /// Loads blocks that may refer to each other: `numbered` is told the number of each before any is relocated.
  func load(_ blocks: [CodeBlock], source: (any ScriptSource)?, numbered: (CodeBlock, Int) -> Void) -> Int {
    let first = loaded.count
    var pending: [(block: CodeBlock, parent: LoadedCode?)] = blocks.map { ($0, nil) }
    var next = 0
    while next < pending.count {
      let (block, parent) = pending[next]
      next += 1
      let code = LoadedCode(block: block, source: source, number: loaded.count)
      loaded.append(code)
      if let parent {
        parent.nested.append(code.number)
        code.parent = parent.number
      } else {
        numbered(block, code.number)
      }
      for child in block.nested { pending.append((child, code)) }
    }
    for number in first..<loaded.count { install(loaded[number]) }
    return first
  }

  private func install(_ code: LoadedCode) {
    let block = code.block
    precondition(Int(wordCount) + block.words.count < CodeRegistry.maximumWords, "code memory is used up")
    let exact = block.parameterCount
    vm.pointee.codes[code.number] = CVMCode(
      entry: wordCount, wordCount: UInt32(block.words.count), registerCount: UInt16(block.registerCount),
      parameterCount: UInt16(exact),
      fastParameterCount: block.needsArgumentCount || !block.kind.isPlainlyCallable || block.kind.isGenerator
        ? 0xffff : UInt16(exact),
      captureCount: UInt16(block.captures.count), constants: constantCount, nested: 0, kind: block.kind.rawValue,
      flags: 0, instanceSlots: UInt8(min(max(block.instanceSlotHint, 0), 60)), reserved: 0,
      length: UInt32(block.length))
    parts[code.number] = CodeParts(block)
    let constants = constantCount
    for constant in block.constants { append(constant, block) }
    block.words.withUnsafeBufferPointer { words in
      if let source = words.baseAddress { (vm.pointee.code + Int(wordCount)).update(from: source, count: words.count) }
    }
    relocate(code, constants)
    wordCount += UInt32(block.words.count)
  }

  private func append(_ constant: Constant, _ block: CodeBlock) {
    let value: Value
    switch constant {
    case .string(let units): value = internedUnlessIndex(units)
    case .nameList(let indices):
      nameLists.append(
        indices.map { index in
          guard case .string(let units) = block.constants[Int(index)] else { return 0 }
          return vm.machine.atoms.intern(units).handle
        })
      value = Value(nameLists.count - 1)
    case .bigInt(let units): value = vm.bigIntLiteral(units)
    }
    vm.pointee.constants[Int(constantCount)] = value
    constantCount += 1
  }

  /// Interns a string that may serve as a property key; those that spell an index never are one.
  private func internedUnlessIndex(_ units: [UInt16]) -> Value {
    let isIndex = units.withUnsafeBufferPointer {
      vm.arrayIndex(StringView(latin1: nil, utf16: $0.baseAddress, count: units.count)) != nil
    }
    return isIndex ? vm.makeString(units) : vm.machine.atoms.intern(units)
  }

  private func relocate(_ code: LoadedCode, _ constants: UInt32) {
    let words = vm.pointee.code + Int(wordCount)
    var pc = 0
    while pc < code.block.words.count {
      guard let info = Instruction(word: words[pc]).opcode?.cachedInfo else { return }
      for (i, word) in info.trailing.enumerated() {
        let index = pc + 1 + i
        switch word {
        case .constant: words[index] += constants
        case .nestedCode: words[index] = UInt32(code.nested[Int(words[index])])
        case .native: words[index] = vm.machine.natives.number(ofIntrinsic: code.block.intrinsics[Int(words[index])])
        default: break
        }
      }
      pc += info.wordCount
    }
  }

  /// The function objects of self-hosted code are other ones now.
  func forgetSelfHostedFunctions() { for number in loaded.indices { parts[number].function = 0 } }

  /// Empties the inline caches of all code: after the meaning of global names changed.
  func clearCaches() {
    for code in loaded {
      let words = vm.pointee.code + Int(vm.pointee.codes[code.number].entry)
      var pc = 0
      while pc < code.block.words.count {
        guard let info = Instruction(word: words[pc]).opcode?.cachedInfo else { break }
        for (i, word) in info.trailing.enumerated() where word == .cache { words[pc + 1 + i] = 0 }
        pc += info.wordCount
      }
    }
  }

  /// Texts for stack traces by word in the code region.
  @exclusivity(unchecked) private(set) var frameTexts: [UInt32: FrameText] = [:]

  func remember(_ text: FrameText, at word: UInt32) {
    if frameTexts.count >= 4096 { frameTexts = [:] }
    frameTexts[word] = text
  }

  /// The code that holds a program counter, with the word offset inside it.
  func offset(of pc: ProgramCounter, in code: LoadedCode) -> Int {
    pc - (vm.pointee.code + Int(vm.pointee.codes[code.number].entry))
  }
}

extension CodeBlock.Kind {
  /// Whether a plain call may jump straight into it.
  var isPlainlyCallable: Bool { self != .baseConstructor && self != .derivedConstructor }
  /// Whether functions of this kind can be used with `new`.
  var isConstructor: Bool { self == .function || self == .baseConstructor || self == .derivedConstructor }
}

extension CodeBlock {
  /// Why code from outside is none of a program's; nil when it can be run.
  func faultAsProgram(from source: (any ScriptSource)?) -> String? {
    do throws(VerifierError) { try Verifier.verify(self) } catch { return "\(error)" }
    let length = source?.bytes.count ?? 0
    var pending = [self]
    while let block = pending.popLast() {
      // Those read what the machine's own code may read.
      guard !block.isSelfHosted, block.intrinsics.isEmpty else { return "a program's code uses an intrinsic" }
      guard block.sourceStart <= block.sourceEnd, source == nil || Int(block.sourceEnd) <= length else {
        return "code lies outside of its source"
      }
      pending += block.nested
    }
    return nil
  }

  /// The block and all blocks inside of it.
  fileprivate var countWithNested: Int { nested.reduce(1) { $0 + $1.countWithNested } }
}
