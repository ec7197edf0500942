extension QuizTemplate {
  /// More of each topic, so that a quiz about one need not ask the same twice.
  static let variations: [QuizTemplate] = [
    QuizTemplate(topic: "values", level: 3) { names in
      let (a, b) = (names.property(), names.property())
      return Item(
        setup: ["let \(a) = 'abc'", "let \(b) = \(a)"], statement: "\(b) += 'd'", ask: .expression("\(a).length"),
        reason: "A text is a value: += made another one, for \(b) alone.",
        trap: ("4", "values that are shared", "You expected one text for both, but a text never changes."))
    },
    QuizTemplate(topic: "values", level: 4) { names in
      let (a, x, y, z) = (names.list(), names.number(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = [\(x), \(y)]", "let first = \(a)[0]"], statement: "first = \(z)",
        ask: .expression("\(a)[0]"), reason: "first got the number, not the place in the array.",
        trap: ("\(z)", "values that are shared", "You expected the element to follow, but values are copied."))
    },
    QuizTemplate(topic: "equality", level: 4) { names in
      let (a, b, x) = (names.list(), names.list(), names.number())
      return Item(
        setup: ["let \(a) = [\(x)]", "let \(b) = [[\(x)], \(a)]"], statement: "let found = \(b).indexOf(\(a))",
        ask: .expression("found"), reason: "indexOf looks for the very object, and that is the second element.",
        trap: ("0", "one object where there are two", "The first element looks alike, but it is another array."))
    },
    QuizTemplate(topic: "alias", level: 3) { names in
      let (a, b, x, y) = (names.list(), names.list(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = [\(x)]", "let \(b) = \(a)"], statement: "\(a) = [\(y)]", ask: .expression("\(b)[0]"),
        reason: "Only the arrow of \(a) moved; \(b) still leads to the first array.",
        trap: ("\(y)", "a variable that follows another", "You expected \(b) to follow \(a), but each has an arrow."))
    },
    QuizTemplate(topic: "const", level: 1) { names in
      let (a, b, p, x, y) = (names.thing(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["const \(a) = {\(p): \(x)}", "let \(b) = \(a)"], statement: "\(b).\(p) = \(y)",
        ask: .expression("\(a).\(p)"), reason: "\(a) and \(b) are ONE object, and const does not protect it.",
        trap: ("\(x)", "const that freezes", "You expected const to protect the object."))
    },
    QuizTemplate(topic: "const", level: 4) { names in
      let (a, b, x, y) = (names.list(), names.list(), names.number(), names.number())
      return Item(
        setup: ["const \(a) = Object.freeze([\(x)])", "let \(b) = [...\(a)]"], statement: "\(b).push(\(y))",
        ask: .expression("\(b).length"), reason: "The copy is an array of its own, and nobody froze that one.",
        trap: (
          "1", "a copy that is frozen, too", "You expected the copy to be frozen like the array that it came from."
        ))
    },
    QuizTemplate(topic: "copy", level: 4) { names in
      let (a, b, x, y, z) = (names.list(), names.list(), names.number(), names.number(), names.number())
      return Item(
        setup: ["let \(a) = [[\(x)], [\(y)]]", "let \(b) = \(a).slice()"], statement: "\(b)[0].push(\(z))",
        ask: .expression("\(a)[0].length"), reason: "slice is shallow: \(a)[0] and \(b)[0] are ONE array.",
        trap: ("1", "a deep copy where it is shallow", "You expected a deep copy."))
    },
    QuizTemplate(topic: "copy", level: 4) { names in
      let (a, b, x) = (names.thing(), names.thing(), names.number())
      return Item(
        setup: ["let \(a) = {note: undefined, n: \(x)}"], statement: "let \(b) = JSON.parse(JSON.stringify(\(a)))",
        ask: .expression("'note' in \(b)"), reason: "JSON has no undefined: the slot got lost on the way.",
        trap: ("true", "a text that keeps everything", "You expected JSON to keep every slot."))
    },
    QuizTemplate(topic: "copy", level: 5) { names in
      let (a, b, p, q) = (names.thing(), names.thing(), names.property(), names.property())
      return Item(
        setup: ["let \(a) = {\(p): \(names.number())}"], statement: "let \(b) = Object.assign(\(a), {\(q): 0})",
        ask: .expression("\(a) === \(b)"), reason: "Object.assign fills its first argument and answers with it.",
        trap: ("false", copyTrap.name, "You expected a copy: that needs {} as the first argument."))
    },
    QuizTemplate(topic: "nested", level: 5) { names in
      let (a, x) = (names.list(), names.number())
      return Item(
        setup: ["let \(a) = [0, 0]", "let grid = [\(a), [...\(a)]]"], statement: "\(a)[0] = \(x)",
        ask: .expression("grid[1][0]"), reason: "The second row is a copy, made before the change.",
        trap: ("\(x)", "one object where there are two", "You expected one row, but [...] made a second."))
    },
    QuizTemplate(topic: "functions", level: 1) { names in
      let (f, p, x) = (names.function(), names.property(), names.number())
      return Item(
        setup: ["function \(f)(n) { n = n + 1 }", "let \(p) = \(x)"], statement: "\(f)(\(p))", ask: .expression(p),
        reason: "The parameter n got the number; assigning n changes nothing else.",
        trap: ("\(x + 1)", "a parameter that is the variable", "You expected \(p) itself to be counted up."))
    },
    QuizTemplate(topic: "functions", level: 5) { names in
      let (f, a, p, x, y) = (names.function(), names.thing(), names.property(), names.number(), names.number())
      return Item(
        setup: ["function \(f)(o) { o.\(p) = \(y); o = {\(p): 0}; return o }", "let \(a) = {\(p): \(x)}"],
        statement: "let result = \(f)(\(a))", ask: .expression("\(a).\(p)"),
        reason: "First the parameter led to the object of \(a), and that was changed; then it moved to a new one.",
        trap: ("0", "a parameter that is the variable", "You expected \(a) to be turned to the new object."))
    },
    QuizTemplate(topic: "closures", level: 2) { names in
      let (p, f, x) = (names.property(), names.function(), names.number())
      return Item(
        setup: ["let \(p) = \(x)", "let \(f) = () => { \(p) += 1 }", "\(f)()"], statement: "\(f)()",
        ask: .expression(p), reason: "The function captured the variable itself, and added to it twice.",
        trap: ("\(x)", "closures that copy values", "You expected the function to have a \(p) of its own."))
    },
  ]
}
