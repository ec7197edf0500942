/// A compiled pattern: what a `RegExpMatcher` runs. Programs are immutable and hold no state of a match.
public final class RegExpProgram: Sendable {
  public let flags: RegExpFlags
  /// The number of groups, the whole match as group 0 included.
  public let captureCount: Int
  /// The named groups in the order in which the pattern first names them.
  public let namedGroups: [NamedGroup]

  /// The instructions, and behind them the sets.
  nonisolated(unsafe) let words: UnsafePointer<UInt32>
  let wordCount: Int
  let codeCount: Int
  let slotCount: Int
  let search: SearchStrategy
  /// The set of the loop that every match begins with, if that loop takes all members in a row and gives up none.
  let leadingRun: UInt32?
  /// The literal that each match begins with, in both widths.
  nonisolated(unsafe) let literal: UnsafePointer<UInt16>
  nonisolated(unsafe) let narrowLiteral: UnsafePointer<UInt8>
  let literalCount: Int
  let literalIsNarrow: Bool
  /// The place in the literal that is looked for first.
  let rareIndex: Int

  /// What a match must begin with.
  enum SearchStrategy: Equatable, Sendable {
    case anywhere
    case start
    case literal
    /// The offset of a set of code units.
    case firstUnit(set: UInt32)
  }

  /// Compiles a pattern, or says what is wrong with it (ECMA-262, 22.2.3.4 RegExpInitialize).
  public init(pattern: [UInt16], flags: RegExpFlags) throws(RegExpSyntaxError) {
    let parsed = try PatternParser.parse(pattern, flags: flags)
    var compiler = PatternCompiler(parsed)
    try compiler.compile()
    self.flags = flags
    captureCount = parsed.captureCount
    namedGroups = parsed.namedGroups
    words = Self.copy(compiler.words)
    wordCount = compiler.words.count
    codeCount = compiler.codeCount
    slotCount = compiler.slotCount
    search = compiler.search
    leadingRun = compiler.leadingRun
    literal = Self.copy(compiler.prefix)
    narrowLiteral = Self.copy(compiler.prefix.map { UInt8(truncatingIfNeeded: $0) })
    literalCount = compiler.prefix.count
    rareIndex = Self.rareIndex(compiler.prefix)
    literalIsNarrow = compiler.prefix.allSatisfy { $0 < 256 }
  }

  deinit {
    words.deallocate()
    literal.deallocate()
    narrowLiteral.deallocate()
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    copy.initialize(from: elements, count: elements.count)
    return UnsafePointer(copy)
  }

  /// Checks a pattern without compiling it.
  public static func check(pattern: [UInt16], flags: RegExpFlags) throws(RegExpSyntaxError) {
    _ = try PatternParser.parse(pattern, flags: flags)
  }

  /// The bytes that the program takes.
  public var byteCount: Int { wordCount * 4 + literalCount * 3 + 200 }
}
