/// A kind of question with fresh names and values.
struct QuizTemplate: Sendable {
  /// What is asked about the state after the code.
  enum Ask {
    case expression(String)
    case newObjects
    case lost
  }

  /// One question, ready to be run.
  struct Item {
    /// Statements that stand before the one that is asked about.
    var setup: [String]
    var statement: String
    var ask: Ask
    var reason: String
    /// A wrong answer, by which many give away what they believe.
    var trap: (answer: String, name: String, remark: String)?
  }

  let topic: String
  let level: Int
  let make: @Sendable (inout QuizNames) -> Item

  static let topics = [
    "values", "alias", "const", "functions", "copy", "nested", "equality", "closures", "garbage",
  ]
}

/// Random numbers that come again from the same seed.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Hands out names and values, each once in a question.
struct QuizNames {
  private var numbers: SeededNumbers
  private var lists: [String]
  private var things: [String]
  private var properties: [String]
  private var functions: [String]
  private var used: Set<Int> = []

  init(_ numbers: SeededNumbers) {
    var numbers = numbers
    lists = ["list", "nums", "marks", "steps", "queue", "row", "days", "codes"].shuffled(using: &numbers)
    things = ["cat", "box", "user", "card", "shop", "lamp", "tree", "bike", "cup", "ship"].shuffled(using: &numbers)
    properties = ["size", "age", "count", "price", "level", "width"].shuffled(using: &numbers)
    functions = ["change", "update", "touch", "adjust"].shuffled(using: &numbers)
    self.numbers = numbers
  }

  mutating func list() -> String { lists.removeLast() }
  mutating func thing() -> String { things.removeLast() }
  mutating func property() -> String { properties.removeLast() }
  mutating func function() -> String { functions.removeLast() }

  /// A small number that did not occur yet.
  mutating func number() -> Int {
    while true {
      let number = Int.random(in: 1...30, using: &numbers)
      if used.insert(number).inserted { return number }
    }
  }

  mutating func flip() -> Bool { Bool.random(using: &numbers) }
}

extension QuizTemplate {
  static let copyTrap = (name: "a copy where there is none", remark: "You expected a copy.")

  static let all: [QuizTemplate] = values + aliases + copies + functions + closures + garbage + variations

  private static let values: [QuizTemplate] = [
    QuizTemplate(topic: "values", level: 1) { names in
      let (a, b, x, y) = (names.property(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = \(x)", "let \(b) = \(a)"], statement: "\(b) = \(y)", ask: .expression(a),
        reason: "A number is a value: each variable holds its own.",
        trap: ("\(y)", "values that are shared", "You expected the variables to be tied, but values are copied."))
    },
    QuizTemplate(topic: "values", level: 2) { names in
      let (a, p, x, y) = (names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): \(x)}", "let old = \(a).\(p)"], statement: "\(a).\(p) = \(y)",
        ask: .expression("old"),
        reason: "old got the number, not a reference to the slot.",
        trap: ("\(y)", "values that are shared", "You expected old to follow, but values are copied."))
    },
    QuizTemplate(topic: "equality", level: 1) { names in
      let (a, b, p, x) = (names.thing(), names.thing(), names.property(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): \(x)}"], statement: "let \(b) = {\(p): \(x)}", ask: .expression("\(a) === \(b)"),
        reason: "Each literal makes an object; === asks whether two arrows end at the same one.",
        trap: ("true", "one object where there are two", "You compared the content; === does not."))
    },
    QuizTemplate(topic: "equality", level: 2) { names in
      let (a, x, y) = (names.list(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = [[\(x)], [\(y)]]"], statement: "let found = \(a).includes([\(x)])",
        ask: .expression("found"),
        reason: "[\(x)] is a new array, and no element is that one.",
        trap: (
          "true", "one object where there are two", "You compared the content; includes looks for the object itself."
        ))
    },
    QuizTemplate(topic: "equality", level: 3) { names in
      let (a, p, x, y) = (names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): \(x)}", "let prices = new Map([[\(a), \(y)]])"],
        statement: "let found = prices.get({...\(a)})", ask: .expression("found"),
        reason: "The copy is another object, and the map has never seen it.",
        trap: ("\(y)", "one object where there are two", "You expected keys to be compared by content."))
    },
  ]

  private static let aliases: [QuizTemplate] = [
    QuizTemplate(topic: "alias", level: 1) { names in
      let (a, b, x, y, z) = (names.list(), names.list(), names.number(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = [\(x), \(y)]", "let \(b) = \(a)"], statement: "\(b).push(\(z))",
        ask: .expression("\(a).length"),
        reason: "\(a) and \(b) are ONE array.", trap: ("2", copyTrap.name, copyTrap.remark))
    },
    QuizTemplate(topic: "alias", level: 1) { names in
      let (a, b) = (names.list(), names.list())
      return Item(
        setup: ["let \(a) = [\(names.number()), \(names.number())]"], statement: "let \(b) = \(a)", ask: .newObjects,
        reason: "`\(b) = \(a)` copies the arrow, not the array.", trap: ("1", copyTrap.name, copyTrap.remark))
    },
    QuizTemplate(topic: "alias", level: 2) { names in
      let (a, b, p, x, y) = (names.thing(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): \(x)}", "let \(b) = \(a)", "\(b).\(p) = \(y)"], statement: "\(b) = {\(p): 0}",
        ask: .expression("\(a).\(p)"),
        reason: "The first change went to the one object; then \(b) moved to a new one.",
        trap: ("0", "a variable that changes the object", "Assigning a variable moves its arrow and leaves the object.")
      )
    },
    QuizTemplate(topic: "alias", level: 4) { names in
      let (a, x) = (names.list(), names.number())
      return Item(
        setup: ["let \(a) = [0, 0]", "let grid = [\(a), \(a)]"], statement: "grid[0][0] = \(x)",
        ask: .expression("grid[1][0]"), reason: "Both rows are ONE array.", trap: ("0", copyTrap.name, copyTrap.remark))
    },
    QuizTemplate(topic: "alias", level: 5) { names in
      let (a, x) = (names.list(), names.number())
      return Item(
        setup: ["let \(a) = Array(3).fill([])"], statement: "\(a)[0].push(\(x))", ask: .expression("\(a)[2].length"),
        reason: "fill puts the same array into each place.", trap: ("0", copyTrap.name, copyTrap.remark))
    },
    QuizTemplate(topic: "const", level: 2) { names in
      let (a, x, y) = (names.list(), names.number(), names.number())
      return Item(
        setup: ["const \(a) = [\(x)]"], statement: "\(a).push(\(y))", ask: .expression("\(a).length"),
        reason: "const fixes the arrow of the variable, not the array at its end.",
        trap: ("1", "const that freezes", "You expected const to freeze the array."))
    },
    QuizTemplate(topic: "const", level: 3) { names in
      let (a, p, x, y) = (names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["const \(a) = Object.freeze({\(p): {n: \(x)}})"], statement: "\(a).\(p).n = \(y)",
        ask: .expression("\(a).\(p).n"), reason: "freeze is shallow: the object inside was not frozen.",
        trap: ("\(x)", "a deep freeze", "You expected everything inside to be frozen, too."))
    },
  ]

  private static let copies: [QuizTemplate] = [
    QuizTemplate(topic: "copy", level: 2) { names in
      let (a, b, p, x, y) = (names.thing(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): \(x)}", "let \(b) = {...\(a)}"], statement: "\(b).\(p) = \(y)",
        ask: .expression("\(a).\(p)"), reason: "{...\(a)} is an object of its own.",
        trap: ("\(y)", "one object where there are two", "You expected one object, but the spread made a second."))
    },
    QuizTemplate(topic: "copy", level: 3) { names in
      let (a, b, x) = (names.list(), names.list(), names.number())
      return Item(
        setup: ["let \(a) = [\(x + 2), \(x + 1), \(x)]"], statement: "let \(b) = \(a).sort()",
        ask: .expression("\(a) === \(b)"), reason: "sort orders the array itself and answers with it.",
        trap: ("false", copyTrap.name, "You expected a sorted copy: that is toSorted()."))
    },
    QuizTemplate(topic: "nested", level: 3) { names in
      let (a, b, p, x, y) = (names.thing(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): {n: \(x)}}", "let \(b) = {...\(a)}"], statement: "\(b).\(p).n = \(y)",
        ask: .expression("\(a).\(p).n"), reason: "The copy is shallow: \(a).\(p) and \(b).\(p) are ONE object.",
        trap: ("\(x)", "a deep copy where it is shallow", "You expected a deep copy."))
    },
    QuizTemplate(topic: "nested", level: 4) { names in
      let (a, b, p, x, y) = (names.thing(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = {\(p): {n: \(x)}}", "let \(b) = structuredClone(\(a))"], statement: "\(b).\(p).n = \(y)",
        ask: .expression("\(a).\(p).n"), reason: "structuredClone copies all the way down.",
        trap: ("\(y)", "one object where there are two", "You expected the inner object to be shared."))
    },
    QuizTemplate(topic: "nested", level: 4) { names in
      let (a, p) = (names.thing(), names.property())
      return Item(
        setup: ["let \(a) = {\(p): {n: \(names.number())}, tags: []}"], statement: "let copy = {...\(a)}",
        ask: .newObjects,
        reason: "Only the outer object is new; what is inside is shared.",
        trap: ("3", "a deep copy where it is shallow", "You expected a deep copy."))
    },
  ]

  private static let functions: [QuizTemplate] = [
    QuizTemplate(topic: "functions", level: 2) { names in
      let (f, a, p, x, y) = (names.function(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["function \(f)(o) { o.\(p) = \(y) }", "let \(a) = {\(p): \(x)}"], statement: "\(f)(\(a))",
        ask: .expression("\(a).\(p)"), reason: "The parameter got the arrow, so both are ONE object.",
        trap: ("\(x)", "arguments that are copied", "You expected the function to get a copy."))
    },
    QuizTemplate(topic: "functions", level: 3) { names in
      let (f, a, p, x, y) = (names.function(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["function \(f)(o) { o = {\(p): \(y)} }", "let \(a) = {\(p): \(x)}"], statement: "\(f)(\(a))",
        ask: .expression("\(a).\(p)"), reason: "Assigning the parameter moves its own arrow only.",
        trap: ("\(y)", "a parameter that is the variable", "You expected \(a) itself to be assigned."))
    },
    QuizTemplate(topic: "functions", level: 4) { names in
      let (f, x, y) = (names.function(), names.number(), names.number())
      return Item(
        setup: ["let shared = []", "function \(f)(n, into = shared) { into.push(n); return into }", "\(f)(\(x))"],
        statement: "let last = \(f)(\(y))", ask: .expression("last.length"),
        reason: "Both calls got the same array.", trap: ("1", copyTrap.name, "You expected a new array for each call."))
    },
  ]

  private static let closures: [QuizTemplate] = [
    QuizTemplate(topic: "closures", level: 3) { names in
      let (a, x, y) = (names.property(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = \(x)", "let read = () => \(a)", "\(a) = \(y)"], statement: "let seen = read()",
        ask: .expression("seen"), reason: "The function captured the variable, not its value.",
        trap: ("\(x)", "closures that copy values", "You expected the function to keep the old value."))
    },
    QuizTemplate(topic: "closures", level: 4) { names in
      let (f, x) = (names.function(), names.number())
      return Item(
        setup: [
          "function \(f)() { let n = \(x); return {up: () => ++n, get: () => n} }", "let one = \(f)(), two = \(f)()",
        ], statement: "one.up(); one.up()", ask: .expression("two.get()"),
        reason: "Each call has a variable n of its own.",
        trap: ("\(x + 2)", "one variable where there are two", "You expected the two to share n."))
    },
    QuizTemplate(topic: "closures", level: 5) { names in
      let usesVar = names.flip()
      let keyword = usesVar ? "var" : "let"
      return Item(
        setup: ["let fs = []"], statement: "for (\(keyword) i = 0; i < 3; i++) fs.push(() => i)",
        ask: .expression("fs[0]()"),
        reason: usesVar
          ? "var makes one variable for all rounds, and it is 3 at the end." : "let makes a variable for each round.",
        trap: (
          usesVar ? "0" : "3", "which variable a closure captured",
          usesVar
            ? "You expected a variable for each round: that is let."
            : "You expected one variable for all rounds: that is var."
        ))
    },
  ]

  private static let garbage: [QuizTemplate] = [
    QuizTemplate(topic: "garbage", level: 2) { names in
      let (a, b) = (names.thing(), names.thing())
      return Item(
        setup: ["let \(a) = {\(names.property()): \(names.number())}", "let \(b) = \(a)"], statement: "\(a) = null",
        ask: .lost,
        reason: "\(b) still leads to it.",
        trap: ("1", "an object that dies with one of its names", "One name went; the object has another."))
    },
    QuizTemplate(topic: "garbage", level: 3) { names in
      let (a, b) = (names.thing(), names.list())
      return Item(
        setup: ["let \(a) = {}", "let \(b) = [\(a), {}]"], statement: "\(b) = []", ask: .lost,
        reason: "The old array and its second element: \(a) still leads to the first.",
        trap: ("3", "an object that dies with one of its names", "\(a) still leads to the first element."))
    },
    QuizTemplate(topic: "garbage", level: 4) { names in
      let (a, b) = (names.thing(), names.thing())
      return Item(
        setup: ["let \(a) = {}, \(b) = {other: \(a)}", "\(a).other = \(b)"], statement: "\(a) = \(b) = null",
        ask: .lost,
        reason: "They hold each other, but nothing leads to them.",
        trap: ("0", "a cycle that lives", "A cycle keeps nobody alive: what cannot be reached is garbage."))
    },
    QuizTemplate(topic: "garbage", level: 5) { names in
      let (a, x) = (names.list(), names.number())
      return Item(
        setup: ["let \(a) = [[\(x)], [\(x)]]", "let count = () => \(a).length"], statement: "\(a) = null", ask: .lost,
        reason: "The closure captured the variable, and that is null now: the array and both in it are gone.",
        trap: ("0", "closures that copy values", "You expected the function to keep the array: it keeps the variable."))
    },
  ]
}
