import CVMSyntax
import CVMTestSupport
import Foundation

/// Something that any bytes may be given to: it comes back, having found nothing wrong, or it ends the process.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  public let name: String
  /// Takes an input.
  public let run: @Sendable ([UInt8]) -> Void
  /// Inputs to begin with.
  public let seeds: @Sendable () throws -> [[UInt8]]
  /// Words that inputs are likely to consist of.
  let words: [String]

  init(
    _ name: String, words: [String] = [], seeds: @escaping @Sendable () throws -> [[UInt8]],
    run: @escaping @Sendable ([UInt8]) -> Void
  ) {
    (self.name, self.words, self.seeds, self.run) = (name, words, seeds, run)
  }

  public var description: String { name }

  public static let all: [FuzzTarget] = [
    .lexer, .parser, .typeScript, .compiler, .code, .regExp, .program, .json, .number, .checkpoint, .image, .session,
    .executionJSON, .store, .heapSnapshot, .editorConfiguration, .keys, .commands,
  ]

  /// How many inputs were refused, and how many were taken, by a target that says so.
  nonisolated(unsafe) static var outcomes = (refused: 0, taken: 0)

  static func noteOutcome(isRefusal: Bool) {
    if isRefusal { outcomes.refused += 1 } else { outcomes.taken += 1 }
  }

  /// Runs the work that all inputs are given to where deep recursion finds room: a thread for each input would take longer
  /// than most inputs do.
  public static func onLargeStack<Result>(_ body: () -> Result) -> Result { withLargeStack(body) }

  /// Writes the seeds as files of a folder, and the words as a dictionary of libFuzzer's beside it.
  public func writeSeeds(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (number, seed) in try seeds().enumerated() {
      try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(number)"))
    }
    let lines = words.map { word in
      "\"" + word.utf8.map { String(format: "\\x%02x", $0) }.joined() + "\"\n"
    }
    try Data(("# \(name)\n" + lines.joined()).utf8).write(to: URL(fileURLWithPath: folder + ".dict"))
  }
}

/// Ends the process where something does not hold that must.
func require(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}

/// Draws what looks random from the bytes of an input, so that a fuzzer finds what is worth drawing.
struct DrawnBytes: RandomNumberGenerator {
  private var rest: ArraySlice<UInt8>
  private var behind = SeededGenerator(seed: 0)

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// Two bytes decide, in the upper bits as in the lower ones. Behind the end some word must come that `Int.random` takes.
  mutating func next() -> UInt64 {
    if isEmpty { return behind.next() }
    let low = UInt64(byte())
    let word = low | UInt64(byte()) << 8
    return word | word << 16 | word << 32 | word << 48
  }

  /// A number below a limit.
  mutating func below(_ limit: Int) -> Int {
    var number = 0
    var room = limit - 1
    while room > 0 {
      number = number << 8 | Int(byte())
      room >>= 8
    }
    return limit > 0 ? number % limit : 0
  }
}

/// Where programs to begin with come from.
enum Corpus {
  static func programs() throws -> [[UInt8]] { try LanguageProgram.all().map { Array($0.source.utf8) } }

  /// The files of the fixtures that end so.
  static func fixtures(_ ending: String) throws -> [[UInt8]] {
    try fixtures { $0.hasSuffix(ending) && !$0.hasPrefix("Crashes/") }
  }

  /// The files of a folder of the fixtures, of which there may be none.
  static func fixtures(in folder: String) throws -> [[UInt8]] { try fixtures { $0.hasPrefix(folder + "/") } }

  private static func fixtures(where isWanted: (String) -> Bool) throws -> [[UInt8]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { isWanted($0) && FileManager.default.isReadableFile(atPath: folder.path + "/" + $0) }
      .sorted()
      .map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
  }

  /// Words and signs of the language.
  static let words = [
    "async ", "await ", "break", "case ", "catch", "class ", "const ", "continue", "debugger", "default", "delete ",
    "do ",
    "else ", "extends ", "finally", "for(", "function ", "function*", "get ", "if(", "import", "in ", "instanceof ",
    "let ",
    "new ", "null", "of ", "return ", "set ", "static ", "super", "switch(", "this", "throw ", "true", "try{",
    "typeof ",
    "var ", "void ", "while(", "with", "yield ", "yield*", "=>", "...", "?.", "??", "??=", "**", "**=", ">>>", ">>>=",
    "===", "!==", "&&=", "||=", "`${", "}`", "/*", "*/", "//", "#x", "#x in ", "new.target", "0x", "0b1", "1n", "1e9",
    "\\u{", "\\u0041", "/a/g", "/[", "constructor(", "__proto__", "Symbol.iterator", "toString", "valueOf", "\u{2028}",
    "\u{FEFF}", "arguments", "eval", "CC(", "length", "next", "prototype",
  ]
}
