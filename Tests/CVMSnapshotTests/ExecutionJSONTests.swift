import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import CVMText
import Testing

extension Subject {
  /// The execution JSON of this moment.
  var json: [UInt8] { get throws { try ExecutionJSON.text(of: Checkpoint(machine, withNotes: true)) } }

  /// A machine with the state of execution JSON.
  static func restoring(json: [UInt8], dispatcher: Dispatcher = Machine.preferredDispatcher) throws -> Machine {
    let machine = Machine(dispatcher: dispatcher)
    try ExecutionJSON(json).restore(into: machine, makeSource: { ScriptText(SourceFile(name: $0, bytes: $1)) })
    return machine
  }

  /// Throws the machine away and goes on with a fresh one that has the state of its JSON.
  func replaceByJSON() throws {
    let hash = try checkpoint.hash
    let fresh = try Subject.restoring(json: json, dispatcher: dispatcher)
    #expect(try Checkpoint(fresh).hash == hash)
    go(on: fresh)
  }
}

/// What the second program gives, run in a fresh machine that has the state that the first one left as JSON.
private func afterJSON(_ first: String, _ second: String) throws -> String {
  let subject = Subject()
  let before = subject.value(first)
  #expect(!before.hasPrefix("threw"), "\(before)")
  try subject.replaceByJSON()
  return subject.value(second)
}

/// Execution JSON keeps everything: what is read back has the hash of what was written.
@Suite struct ExecutionJSONTests {
  @Test func `every value comes back exactly`() throws {
    #expect(
      try afterJSON(
        "let a = [NaN, Infinity, -Infinity, -0, 0.1, 5e-324, 1e300, 2**31, -(2**31), 123456789012345680000, undefined, null, true, , 1n, -123456789012345678901234567890n, 0n]",
        "a.map((x, i) => `${i}:${Object.is(x, -0) ? '-0' : typeof x === 'bigint' ? x + 'n' : x}`).join(' ') + (13 in a)"
      )
        == "'0:NaN 1:Infinity 2:-Infinity 3:-0 4:0.1 5:5e-324 6:1e+300 7:2147483648 8:-2147483648 9:123456789012345680000 10:undefined 11:null 12:true  14:1n 15:-123456789012345678901234567890n 16:0nfalse'"
    )
    #expect(
      try afterJSON(
        #"let s = ['', 'ä', '\ud800', '\udc00x', '😀', '\0\x1f"\\/\u2028', 'é€'.slice(0, 1), '$ref', '__proto__']"#,
        "s.map(x => [...Array(x.length).keys()].map(i => x.charCodeAt(i).toString(16)).join('.')).join()")
        == "',e4,d800,dc00.78,d83d.de00,0.1f.22.5c.2f.2028,e9,24.72.65.66,5f.5f.70.72.6f.74.6f.5f.5f'")
  }

  @Test func `elements of built-in objects come back, in whatever order they were made and whatever is gone`() throws {
    #expect(
      try afterJSON(
        """
        const at = (object, ...places) => { for (const place of places) object[place] = `at ${place}` }
        at(Object.prototype, 100000, 7, 5); at(Map.prototype, 3, 1, 0); delete Map.prototype[3]; at(Array.prototype, 9, 2)
        at(Set.prototype, 1); delete Set.prototype[1]; Object.defineProperty(Date.prototype, 4, {get() { return 'got' }})
        """,
        "[({})[100000], ({})[5], new Map()[1], 3 in Map.prototype, [][2], Array.prototype.length, new Date()[4]].join()"
      )
        == "'at 100000,at 5,at 1,false,at 2,10,got'")
  }

  @Test func `objects keep their identity, their ids and their order`() throws {
    #expect(
      try afterJSON(
        "let p = {x: 1}, all = [p, p, {q: p}]; all.self = all; const s = Symbol('s'); p[s] = 2; p[Symbol.iterator] = 3; p.y = 4; p[7] = 5; p.a = 6",
        "all[0] === all[1] && all[2].q === p && all.self === all && Reflect.ownKeys(p).map(String).join() + p[s]")
        == "'7,x,y,a,Symbol(s),Symbol(Symbol.iterator)2'")
    let subject = Subject()
    subject.value("let a = [], b = {}, c = () => a")
    let id = subject.machine.lastObjectID
    try subject.replaceByJSON()
    #expect(subject.machine.lastObjectID == id)
    subject.value("let d = {}")
    #expect(subject.machine.lastObjectID == id + 1)
  }

  @Test func `what a program calls its properties forges no reference`() throws {
    #expect(
      try afterJSON(
        "let o = {$ref: 1, $$ref: 2, '$symbol:c1': 3, '$builtIn:Math': 4, '$wide:x': 5, $value: 'NaN', $property: 'wec', __proto__: null, ['__proto__']: 6, '': 7}",
        "JSON.stringify(o) + Object.getPrototypeOf(o)")
        == #"'{"$ref":1,"$$ref":2,"$symbol:c1":3,"$builtIn:Math":4,"$wide:x":5,"$value":"NaN","$property":"wec","__proto__":6,"":7}null'"#
    )
  }

  @Test func `attributes, accessors, frozen and sparse things are kept`() throws {
    #expect(
      try afterJSON(
        """
        let o = Object.defineProperty({get g() { return 1 }, set g(v) {}}, 'h', {value: 2})
        let f = Object.freeze([1, 2]), n = Object.preventExtensions({a: 1}), s = []; s[4e9] = 1
        let d = Object.defineProperty([1, 2], 0, {get: () => 9}), x = {}; for (let i = 0; i < 2000; i++) x['k' + i] = i
        delete x.k3; Array.prototype.mine = function () { return 'mine' }; delete Math.sin; Object.freeze(JSON)
        let e = Object.assign(() => 1, {z: 1}), m = Object.create({inherited: 1})
        """,
        """
        [o.g, Object.keys(o), Object.isFrozen(f), Object.isExtensible(n), s.length, d[0], Object.keys(x).length,
         [].mine(), Math.sin, Object.isFrozen(JSON), e.z, m.inherited].join()
        """) == "'1,g,true,false,4000000001,9,1999,mine,,true,1,1'")
  }

  @Test func `dates, maps, sets, patterns, errors and weak things are kept`() throws {
    #expect(
      try afterJSON(
        """
        let k = {}, m = new Map([[k, 1], ['a', 2], [NaN, 3]]), s = new Set([1, k]), d = new Date(5), r = /a(b)+/gi; r.lastIndex = 3
        let w = new WeakMap([[k, 'w']]), ws = new WeakSet([k]), wr = new WeakRef(k), e = new RangeError('bad', {cause: k})
        let it = m.entries(); it.next(); let b = Math.max.bind(null, 7), st = 'xyz'[Symbol.iterator](); st.next()
        let o = Object(5n), h = [1, 2, 3].values().map(x => x * 2); h.next()
        """,
        """
        [m.get(k), m.get(NaN), s.has(k), d.getTime(), r.flags + r.lastIndex, w.get(k), ws.has(k), wr.deref() === k, e.message,
         e.cause === k, it.next().value.join(), b(1), st.next().value, typeof o, h.next().value].join(' ')
        """) == "'1 3 true 5 gi3 w true true bad true a,2 7 y object 4'")
  }

  @Test func `a paused program goes on where it was`() throws {
    let subject = Subject()
    let program = """
      class A { #x = 1; get x() { return this.#x + Number(CC('how much?')) } }
      function* g(n) { try { for (const v of [n, n + 1]) yield v + new A().x } finally { n = 0 } }
      const words = ['c', 'a', 'b'].sort((p, q) => CC(p + q) === 'y' ? 1 : -1)
      let sum = 0; for (const v of g(1)) sum += v
      words.join('') + sum
      """
    guard case .paused = subject.run(program) else {
      Issue.record("it does not ask")
      return
    }
    var completion = Completion.completed(.undefined)
    var answers = ["y", "y", "n", "n", "10", "20"][...]
    while subject.machine.isPaused {
      try subject.replaceByJSON()
      completion = subject.machine.resume(answer: subject.machine.vm.makeString(answers.popFirst() ?? "30"))
    }
    let whole = Subject()
    completionsAgree(whole, program, ["y", "y", "n", "n", "10", "20"], completion, subject)
  }

  private func completionsAgree(
    _ whole: Subject, _ program: String, _ answers: [String], _ completion: Completion, _ subject: Subject
  ) {
    var answers = answers[...]
    var expected = whole.run(program)
    while whole.machine.isPaused {
      expected = whole.machine.resume(answer: whole.machine.vm.makeString(answers.popFirst() ?? "30"))
    }
    guard case .completed(let left)? = expected, case .completed(let right) = completion else {
      Issue.record("\(String(describing: expected)) and \(completion)")
      return
    }
    #expect(whole.machine.literal(left, limit: 100) == subject.machine.literal(right, limit: 100))
  }

  @Test func `people can read it`() throws {
    let subject = Subject()
    guard
      case .paused = subject.run(
        "const p = {x: 1, list: [p => p]}; function ask(who) { return CC(`${who}?`) }; ask('me')")
    else {
      Issue.record("it does not ask")
      return
    }
    let text = String(decoding: try subject.json, as: UTF8.self)
    #expect(text.contains(#""state":"waiting","question":"me?","pc":"#))
    #expect(text.contains(#""p":{"kind":"const","value":{"$ref":4}}"#))
    #expect(text.contains(#""4":{"kind":"object","prototype":{"$builtIn":"Object.prototype"}"#))
    #expect(text.contains(#""properties":{"x":1,"list":{"$ref":"#))
    #expect(text.contains(#"{"name":"ask","place":"test.js:1:"#))
    #expect(text.contains(#""locals":[["who",0]],"registers":{"0":"me"#))
  }

  @Test func `the order of records and members does not matter`() throws {
    let subject = Subject()
    subject.value("let a = {x: 1, y: [{z: 2}, {z: 3}]}, b = [a, a]")
    let document = try JSONDocument(subject.json)
    func copy(_ node: Int, _ json: inout JSONWriter, _ name: String) {
      switch document.kind(node) {
      case .null: json.null()
      case .boolean: json.boolean(document.boolean(node) == true)
      case .number: json.literal(document.lexeme(node) ?? "")
      case .string: json.string(utf16: document.units(node) ?? [])
      case .array: json.array { json in for element in document.elements(of: node) { copy(element, &json, "") } }
      case .object:
        let members = Array(document.members(of: node))
        // The order of properties, variables and registers is a part of the state.
        let isOrdered = ["properties", "variables", "registers"].contains(name)
        json.object { json in
          for (key, value) in isOrdered ? members : members.reversed() {
            json.key(utf16: document.units(key) ?? [])
            copy(value, &json, document.text(key) ?? "")
          }
        }
      }
    }
    var json = JSONWriter()
    copy(document.root, &json, "")
    #expect(try Checkpoint(Subject.restoring(json: json.bytes)).hash == subject.checkpoint.hash)
  }

  @Test(arguments: try LanguageProgram.all())
  func `each program of the language tests has the same hash after a trip through JSON`(
    program: LanguageProgram
  ) throws {
    if case .syntaxError = program.ending { return }
    let dialect: Dialect = program.name.hasSuffix(".ts") ? .typeScript : .javaScript
    var generator = SeededGenerator(seed: UInt64(program.source.utf8.count))
    let subject = Subject()
    subject.machine.instructionsLeft = Int.random(in: 1..<3000, using: &generator)
    var completion = subject.run(program.source, name: program.name, dialect: dialect, callsMain: true)
    for _ in 0..<3 {
      switch completion {
      case .stopped(.instructionLimit)?:
        try subject.replaceByJSON()
        subject.machine.instructionsLeft = Int.random(in: 1..<3000, using: &generator)
        completion = subject.machine.proceed()
      case .paused?:
        try subject.replaceByJSON()
        completion = subject.machine.resume(answer: subject.machine.vm.makeString("answer"))
      case .completed?, .threw?:
        try subject.replaceByJSON()
        return
      case .stopped?, nil: return
      }
    }
  }
}
