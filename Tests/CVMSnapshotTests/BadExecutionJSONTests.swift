import CVMRuntime
import CVMSnapshot
import CVMTestSupport
import CVMText
import Foundation
import Testing

/// Execution JSON that no machine can have: each is refused with what is wrong and where.
@Suite struct BadExecutionJSONTests {
  fileprivate static let programs = [
    "let a = {x: [1, 2.5, 'text'], f(y) { return this.x }}, m = new Map([[a, 1]]), s = Symbol('s'), n = -12n; a[s] = 1; CC('?')",
    "[3, 1, 2].sort((a, b) => CC('?') + a - b).map(String).join()",
    "function* g(n) { try { for (const x of [n, [n]]) yield* [x, CC('?')] } finally { n = null } } let t = ''; for (const v of g(1)) t += v",
    "class A { #x = 1; get x() { return this.#x + CC('?') } } const p = new A(), w = new WeakMap([[p, 1]]), d = new Date(0), b = Math.max.bind(p, 1); let q = []; q[4e6] = p; p.x",
  ]

  fileprivate static func sample(_ number: Int = 0) throws -> [UInt8] {
    let subject = Subject()
    guard case .paused = subject.run(programs[number]) else { return [] }
    return try subject.json
  }

  private func refusal(_ replacing: String, _ other: String, sample: Int = 0) throws -> String {
    let text = String(decoding: try Self.sample(sample), as: UTF8.self)
    let range = try #require(text.range(of: replacing), "\(replacing) is not in\n\(text)")
    do {
      _ = try Subject.restoring(json: Array(text.replacingCharacters(in: range, with: other).utf8))
      return "opened"
    } catch SnapshotError.json(_, let error) { return "\(error.path): \(error.message)" }
  }

  @Test func `forged and missing references are named`() throws {
    #expect(try refusal(#"{"$ref":2}"#, #"{"$ref":999}"#).hasSuffix(#"["$ref"]: Invalid heap reference: 999"#))
    #expect(try refusal(#""x":{"$ref":"#, #""x":{"$ref":-"#).contains("a reference is 12"))
    #expect(try refusal(#""x":{"$ref":"#, #""x":{"$ref":0"#).contains("a number begins with 0"))
    // A part of the machine where a program's value should be.
    #expect(try refusal(#""elements":[1,"#, #""elements":[{"$ref":"c4"},"#).contains("heap.objects"))
  }

  @Test func `wrong types and members are named with their path`() throws {
    #expect(
      try refusal(#""length":3"#, #""length":"3""#)
        == #"heap.objects["1"].length: this is no whole number from 0 to 4294967295"#)
    #expect(try refusal(#""length":3"#, #""length":1"#).contains("an array has more elements than its length"))
    #expect(
      try refusal(#""length":3"#, #""length":3,"size":3"#)
        == #"heap.objects["1"].size: there is no member of this name here"#)
    #expect(try refusal(#""kind":"array""#, #""kind":"list""#) == #"heap.objects["1"].kind: there is no kind list"#)
    #expect(try refusal(#""elements":[1,"#, #""elements":[[],"#).contains("arrays are objects of the heap"))
    #expect(try refusal(#""elements":[1,"#, #""elements":[{"x":1},"#).contains("this stands for no value"))
    #expect(try refusal(#""elements":[1,"#, #""elements":[1e999,"#).contains("a number is out of range"))
    #expect(try refusal(#""elements":[1,"#, #""elements":[{"$value":"nil"},"#).contains("there is no value nil"))
    #expect(try refusal(#""value":"-0xc""#, #""value":"-0x0c""#).contains("a BigInt is written as -0x12ab"))
    #expect(
      try refusal(#""state":"waiting""#, #""state":"asleep""#).contains(
        "state: a state is idle, waiting, stopped or failed"))
    #expect(try refusal(#""version":1"#, #""version":2"#).contains("version 2 is another than 1"))
    #expect(try refusal(#""format":"cvm-execution""#, #""format":"x""#).contains("this is no execution"))
    #expect(try refusal(#""nextId":"#, #""nextID":"#).contains("the member nextId is missing"))
  }

  @Test func `names that could be taken for references must be escaped`() throws {
    #expect(try refusal(#""x":{"#, #""$ref":{"#).contains("a name begins with $"))
    #expect(try refusal(#""x":{"#, #""$symbol:c99":{"#).contains("Invalid heap reference: c99"))
    #expect(try refusal(#""x":{"#, #""7":{"#).contains("an index stands where a name should be"))
  }

  @Test func `frames that can't be are refused`() throws {
    #expect(try refusal(#""pc":"#, #""pc":9"#).contains("the innermost frame stands at"))
    #expect(
      try refusal(#""returns":"host""#, #""returns":"call""#)
        == #"stack[0].returns: the outermost frame returns to the host"#)
    #expect(try refusal(#""registers":{"#, #""registers":{"300":1,"#).contains("registers are numbers"))
    #expect(try refusal(#""registers":{"#, #""registers":{},"gone":{"#).contains("stack"))
  }

  @Test func `every beginning of a text is refused`() throws {
    let good = try Self.sample()
    for count in stride(from: 0, to: good.count - 2, by: 7) {
      #expect(throws: SnapshotError.self) { _ = try ExecutionJSON(Array(good[..<count])) }
    }
  }
}

/// `CVM_FUZZ_ROUNDS` and `CVM_FUZZ_SEED` make more and other texts.
@Suite struct MutatedExecutionJSONTests {
  private static let rounds = ProcessInfo.processInfo.environment["CVM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 300
  private static let seed = ProcessInfo.processInfo.environment["CVM_FUZZ_SEED"].flatMap { UInt64($0) } ?? 42

  @Test func `a mutated text is refused or opens as a valid heap that runs on`() throws {
    var generator = SeededGenerator(seed: Self.seed)
    let samples = try BadExecutionJSONTests.programs.indices.map { try JSONDocument(BadExecutionJSONTests.sample($0)) }
    var opened = 0
    for round in 0..<Self.rounds {
      let text = TextMutation.mutate(samples[round % samples.count], &generator)
      do {
        let machine = try Subject.restoring(json: text)
        opened += 1
        machine.verifyHeap()
        machine.limits.steps = 20_000
        machine.instructionsLeft = 50_000
        var rounds = 0
        while machine.isPaused, rounds < 20 {
          _ = machine.resume(answer: machine.vm.makeString("7"))
          rounds += 1
        }
        machine.abandonRun()
        machine.collect()
        machine.verifyHeap()
      } catch let error as SnapshotError {
        #expect(!error.description.isEmpty, "round \(round)")
      }
    }
    #expect(opened > 0, "no mutation is harmless: nothing is tested behind the parser")
  }
}

/// Changes some values of a JSON text, or some bytes.
private enum TextMutation {
  static func mutate(_ document: JSONDocument, _ generator: inout SeededGenerator) -> [UInt8] {
    if Int.random(in: 0..<8, using: &generator) == 0 {
      var bytes = document.bytes
      let place = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8.random(in: 0x20...0x7e, using: &generator), at: place)
      }
      return bytes
    }
    var changed: [Int: Int] = [:]
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      changed[Int.random(in: 0..<document.count, using: &generator)] = Int.random(in: 0..<10, using: &generator)
    }
    var json = JSONWriter()
    copy(document, document.root, changed, &generator, &json)
    return json.bytes
  }

  private static func copy(
    _ document: JSONDocument, _ node: Int, _ changed: [Int: Int], _ generator: inout SeededGenerator,
    _ json: inout JSONWriter
  ) {
    if let change = changed[node] { return replace(document, node, change, &generator, &json) }
    switch document.kind(node) {
    case .null: json.null()
    case .boolean: json.boolean(document.boolean(node) == true)
    case .number: json.literal(document.lexeme(node) ?? "")
    case .string: json.string(utf16: document.units(node) ?? [])
    case .array:
      json.array { json in
        for element in document.elements(of: node) { copy(document, element, changed, &generator, &json) }
      }
    case .object:
      json.object { json in
        for (key, value) in document.members(of: node) {
          // A changed name: left out with its value, or another one.
          if let change = changed[key] {
            if change < 4 { continue }
            json.key(change < 7 ? "\(change)" : (document.text(key) ?? "") + "x")
          } else {
            json.key(utf16: document.units(key) ?? [])
          }
          copy(document, value, changed, &generator, &json)
        }
      }
    }
  }

  private static func replace(
    _ document: JSONDocument, _ node: Int, _ change: Int, _ generator: inout SeededGenerator, _ json: inout JSONWriter
  ) {
    let other = Int.random(in: 0..<document.count, using: &generator)
    switch change {
    case 0: json.null()
    case 1: json.boolean(true)
    case 2: json.integer(Int.random(in: -2...300, using: &generator))
    case 3: json.literal(["4294967296", "1.5", "9007199254740993", "-0", "1e308"].randomElement(using: &generator)!)
    case 4: json.object { $0.member("$ref", Int.random(in: 0...6, using: &generator)) }
    case 5:
      json.object {
        $0.member("$value", ["NaN", "hole", "undefined", "uninitialized", "done"].randomElement(using: &generator)!)
      }
    case 6: json.string("x")
    // Another value of the text, as it is.
    case 7, 8: copy(document, other, [:], &generator, &json)
    default: json.array { json in json.integer(1) }
    }
  }
}
