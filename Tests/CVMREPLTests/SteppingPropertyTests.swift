import CVMTestSupport
import Testing

@testable import CVMREPL

/// Random programs are the same whether somebody steps through them or not.
@Suite struct SteppingPropertyTests {
  /// Statements that use most of what can stand between two steps.
  private struct Programs {
    var random: SeededGenerator
    private var depth = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func pick<Element>(_ items: [Element]) -> Element {
      items[Int.random(in: 0..<items.count, using: &random)]
    }

    mutating func number() -> String { "\(Int.random(in: 0...5, using: &random))" }

    mutating func expression() -> String {
      depth += 1
      defer { depth -= 1 }
      if depth > 3 { return pick(["a", "b", "list.length", number()]) }
      let inner = expression()
      return pick([
        "a + \(inner)", "h(\(inner))", "list.map(x => x + \(inner)).length", "[...g(\(inner) % 4)].length",
        "(\(inner) > b ? \(expression()) : a)", "list.reduce((s, x) => s + x, \(inner))",
        "Math.random() * 0 + \(inner)",
        "Math.min(Date.now(), \(inner))", "new Box(\(inner)).get()", "`${\(inner)}`.length",
        "[\(inner), 2, 1].sort((p, q) => p - q)[0]", "({get v() { return \(inner) }}).v",
      ])
    }

    mutating func statement() -> String {
      depth += 1
      defer { depth -= 1 }
      let value = expression()
      if depth > 2 { return "a = \(value) % 100" }
      switch Int.random(in: 0..<10, using: &random) {
      case 0: return "if (a > b) { \(statement()) } else { \(statement()) }"
      case 1: return "for (let i = 0; i < \(number()); i++) { \(statement()) }"
      case 2: return "for (const x of [1, \(value)]) { b = x; \(statement()) }"
      case 3: return "try { if (b > 1) throw new Error('e' + a); \(statement()) } catch (e) { b = e.message.length }"
      case 4: return "try { \(statement()) } finally { b++ }"
      case 5: return "{ const o = {a, b}; list.push(o.a); for (const k in o) b += o[k] > 0 ? 1 : 0 }"
      case 6: return "console.log(a, b, list.length)"
      case 7: return "do { b++; if (b > 50) break } while (b % 3)"
      case 8: return "switch (a % 3) { case 0: \(statement()); break; default: b = 1 }"
      default: return "b = \(value) % 50"
      }
    }

    mutating func program() -> (setup: String, call: String) {
      let body = (0..<4).map { _ in statement() }.joined(separator: "\n  ")
      return (
        """
        let log = [];
        class Box { #v; constructor(v) { this.#v = v; log.push({v}) } get() { return this.#v } }
        function h(n) { const up = () => n + 1; return up() % 7 }
        function* g(n) { for (let i = 0; i < n; i++) yield i }
        function f(a, b) {
          const list = [a, b]
          \(body)
          return [a, b, list, log.length]
        }
        """, "f(\(number()), \(number()))"
      )
    }
  }

  private func state(_ session: TestSession) -> String {
    guard let run = session.session.stopped else { return "done" }
    let machine = session.session.machine
    let locals = run.locals.texts.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    let globals = machine.globalBindings.map { "\($0.name)=\($0.value.map { machine.preview($0, limit: 200) } ?? "")" }
    return "\(machine.runMoment) \(machine.lastObjectID) \(locals) \(globals)"
  }

  private func session(_ setup: String, _ call: String) -> (session: TestSession, plain: TestSession, expected: String)
  {
    let plain = TestSession(setup)
    let expected = plain(call)
    let session = TestSession(setup)
    return (session, plain, expected)
  }

  /// What a program printed and its result, without what the debugger says.
  private func answers(_ output: String) -> [String] {
    output.split(separator: "\n").map(String.init).filter { line in
      !["  [", "   ", "  locals", "  stack", "  next", "  changed", "Stopped"].contains(where: line.hasPrefix)
        && !line.hasSuffix("has finished.")
    }
  }

  @Test(arguments: 0..<6)
  func `stepping to the end gives the same output, result and ids as a plain run`(seed: Int) {
    var programs = Programs(seed: UInt64(seed) &+ 100)
    let (setup, call) = programs.program()
    let unit = programs.pick(["statement", "expression", "instruction"])
    let (session, plain, expected) = session(setup, call)
    var output = session(":step --by \(unit) \(call)")
    var steps = 0
    while session.session.stopped != nil, steps < 60 {
      output += session(":step --by \(unit) \(programs.pick([1, 1, 2, 7]))")
      steps += 1
    }
    output += session.session.stopped == nil ? "" : session(":continue")
    #expect(answers(output) == answers(expected), "\(setup)\n\(call)")
    #expect(session.session.machine.lastObjectID == plain.session.machine.lastObjectID)
    #expect(session.errors == plain.errors)
  }

  @Test(arguments: 0..<6)
  func `steps forward and back lead to where fewer steps forward lead`(seed: Int) {
    var programs = Programs(seed: UInt64(seed) &+ 500)
    let (setup, call) = programs.program()
    let unit = programs.pick(["statement", "expression", "instruction"])
    let (session, _, expected) = session(setup, call)
    var output = session(":step --by \(unit) \(call)")
    var states = [state(session)]
    while states.count < 40 {
      output += session(":step --by \(unit)")
      guard session.session.stopped != nil else { break }
      states.append(state(session))
    }
    guard session.session.stopped != nil else { return }
    var place = states.count - 1
    for _ in 0..<6 {
      let isBack = programs.pick([true, true, false])
      let count = Int.random(in: 1...6, using: &programs.random)
      if isBack {
        session(":back --by \(unit) \(count)")
        place = max(place - count, 0)
      } else {
        let taken = min(count, states.count - 1 - place)
        if taken > 0 { session(":step --by \(unit) \(taken)") }
        place += taken
      }
      #expect(state(session) == states[place], "\(place) \(unit)\n\(setup)\n\(call)")
      guard state(session) == states[place] else { return }
    }
    if states.count - 1 > place { session(":step --by \(unit) \(states.count - 1 - place)") }
    output += session(":continue")
    #expect(answers(output) == answers(expected), "\(setup)\n\(call)")
  }
}
