import CVMTestSupport
import Foundation
import Testing

/// Programs that want too much of everything: each ends within its limits, and the session goes on.
@Suite struct HostileProgramTests {
  static let heapBytes = 64 << 20

  @Test(arguments: try HostileProgram.all())
  func `a hostile program ends within its limits, and the session goes on`(program: HostileProgram) throws {
    let outcome = try program.run(heapBytes: Self.heapBytes)
    #expect(outcome.ending != .timedOut)
    #expect(outcome.output.contains("= 42\n"), "\(outcome.output.suffix(500))\(outcome.errors.suffix(500))")
    let most = try HostileProgram.programBytes.get() + Self.heapBytes / 5 * 6
    #expect(outcome.maximumResidentBytes < most)
  }

  @Test(arguments: HostileProgram.nested)
  func `text that is nested too deeply is refused or run, and the session goes on`(program: HostileProgram) throws {
    let outcome = try program.run(heapBytes: Self.heapBytes)
    #expect(outcome.ending != .timedOut)
    #expect(outcome.output.contains("= 42\n"), "\(outcome.output.suffix(500))\(outcome.errors.suffix(500))")
  }

  @Test(arguments: try HostileProgram.all().filter(\.isVerified))
  func `the heap is whole after a hostile program`(program: HostileProgram) throws {
    let outcome = try program.run(heapBytes: 16 << 20, environment: ["CVM_VERIFY": "1"])
    #expect(outcome.ending != .timedOut)
    #expect(outcome.output.contains("= 42\n"), "\(outcome.output.suffix(500))\(outcome.errors.suffix(500))")
  }
}

struct HostileProgram: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String

  var testDescription: String { name }

  /// What the process takes here with nothing in its heap, and some room.
  static let programBytes = Result {
    try HostileProgram(name: "nothing", text: "0").run(heapBytes: HostileProgramTests.heapBytes).maximumResidentBytes
      + 32 << 20
  }

  /// Verification takes time that is better spent on some of each kind.
  var isVerified: Bool { name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } % 4 == 0 }

  static func all(testFile: String = #filePath) throws -> [HostileProgram] {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/Hostile").standardizedFileURL
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
    let programs = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "js" }.map {
      HostileProgram(
        name: $0.deletingLastPathComponent().lastPathComponent + "/" + $0.deletingPathExtension().lastPathComponent,
        text: try String(contentsOf: $0, encoding: .utf8))
    }
    return programs.sorted { $0.name < $1.name }
  }

  static let nested: [HostileProgram] = nestedTexts.map { HostileProgram(name: $0.0, text: $0.1) }

  private static var nestedTexts: [(String, String)] {
    let deep = 100_000
    func repeated(_ text: String) -> String { String(repeating: text, count: deep) }
    var list: [(String, String)] = []
    func add(_ name: String, _ text: String) { list.append((name, text)) }
    func numbered(_ text: (Int) -> String, by separator: String = "") -> String {
      (0..<deep).map(text).joined(separator: separator)
    }
    add("parentheses", repeated("(") + "1" + repeated(")"))
    add("arrays", repeated("[") + repeated("]"))
    add("objects", "(" + repeated("{a:") + "1" + repeated("}") + ")")
    add("blocks", repeated("{") + repeated("}"))
    add("unclosed", repeated("([{"))
    add("not", repeated("!") + "1")
    add("minus", repeated("- ") + "1")
    add("members", "const a = {}; a.a = a; a" + repeated(".a"))
    add("calls", "const f = () => f; f" + repeated("()"))
    add("sum", "1" + repeated("+1"))
    add("powers", "1" + repeated("**1"))
    add("conditions", repeated("1?") + "1" + repeated(":1"))
    add("commas", "1" + repeated(",1"))
    add("assignments", "let a;" + repeated("a=") + "1")
    add("arrows", repeated("a=>") + "1")
    add("functions", repeated("function f(){") + repeated("}"))
    add("classes", repeated("class A{static{") + repeated("}}"))
    add("templates", repeated("`${") + "1" + repeated("}`"))
    add("conditionals", repeated("if(1)") + "1")
    add("else", "if(0)1" + repeated(" else if(0)1"))
    add("loops", repeated("for(;;)") + "break")
    add("try", repeated("try{") + repeated("}finally{}"))
    add("labels", numbered({ "l\($0):" }) + "1")
    add("patterns", "const " + repeated("[") + "a" + repeated("]") + "=[]")
    add("variables", numbered({ "let v\($0)=\($0);" }))
    add("parameters", "(function(" + numbered({ "p\($0)" }, by: ",") + "){})()")
    add("arguments", "Math.max(" + numbered({ "\($0)" }, by: ",") + ")")
    add("elements", "[" + numbered({ "\($0)" }, by: ",") + "].length")
    add("properties", "({" + numbered({ "p\($0):\($0)" }, by: ",") + "})")
    add("cases", "switch(1){" + numbered({ "case 'c\($0)':" }) + "}")
    add("strings", numbered({ "'s\($0)'" }, by: "+"))
    add("identifier", repeated("abcdefgh"))
    add("digits", repeated("1234567890"))
    add("bigint", repeated("7") + "n")
    add("spread", "[" + repeated("...[") + repeated("]") + "]")
    add("regexp", "/" + repeated("(") + repeated(")") + "/")
    add("types", "let a: " + repeated("Array<") + "x" + repeated(">"))
    add("optional", "const a = {}; a" + repeated("?.a"))
    add("new", repeated("new ") + "Object")
    return list
  }

  /// Runs the program in a session that has something to say afterwards.
  func run(heapBytes: Int, environment: [String: String?] = [:]) throws -> Subprocess.Outcome {
    let scratch = try ScratchDirectory()
    let file = try scratch.write("hostile.js", text)
    let limits = ["--max-heap", "\(heapBytes >> 20)MB", "--max-time", "1s", "--max-output", "1MB"]
    var process = BuiltProgram.process(["--no-init"] + limits, input: ":load \(file)\n:set max-time 60s\n6 * 7\n")
    process.environment.merge(environment) { $1 }
    process.environment["XDG_STATE_HOME"] = scratch.path
    return try process.run()
  }
}
