// Expressions, by what they are likely to give; `depth` bounds how far they nest.

extension ProgramGenerator {
  mutating func any(_ depth: Int) -> String {
    spend()
    if depth <= 0 || budget < -40 { return leaf() }
    switch number(0...21) {
    case 0...2: return leaf()
    case 3...4: return numeric(depth)
    case 5...6: return text(depth)
    case 7: return truth(depth)
    case 8...9: return array(depth)
    case 10...11: return object(depth)
    case 12: return function(depth)
    case 13...14: return operation(depth)
    case 15...16: return member(depth)
    case 17: return call(depth)
    case 18...19: return builtinCall(depth)
    case 20: return assignment(depth)
    default: return rare(depth)
    }
  }

  mutating func leaf() -> String {
    if chance(45), let name = variable() { return name }
    switch number(0...9) {
    case 0...2: return numberLiteral()
    case 3...4: return textLiteral()
    case 5: return pick(["true", "false", "null", "undefined", "undefined"])
    case 6: return pick(["0n", "1n", "-5n", "10n", "123456789012345678901234567890n", "-(2n ** 64n)"])
    case 7: return pick(["S0", "S1", "Symbol.iterator", "[]", "{}"].map { $0 == "{}" ? "({})" : $0 })
    case 8: return "undeclaredName\(number(0...1))"
    default: return pick(["this", "new.target", "globalThis.undefined", "typeof undeclaredName", "void 0"])
    }
  }

  mutating func numberLiteral() -> String {
    if chance(60) { return String(number(-3...12)) }
    return pick([
      "0", "-0", "NaN", "Infinity", "-Infinity", "0.1", "1.5", "-2.5", "1e21", "1e-7", "123456789.123", "2147483647",
      "-2147483648", "4294967295", "4294967296", "9007199254740991", "9007199254740993", "5e-324",
      "1.7976931348623157e308",
      "0x1F", "0b101", "0o17", "1_000", ".5", "5.", "0.000001", "1e100", "255", "65535",
    ])
  }

  static let texts = [
    "", "a", "abc", "Hello, World", "0", "-1", "1e3", " 12 ", "0x10", "a,b,,c", "é", "ß", "İ", "日本語", "😀x", "\\ud83d",
    "\\ude00a", "aAbB", "\\n\\t x", "length", "__proto__", "constructor", "1.50", "Infinity", "true", "null",
    "x".uppercased(),
    "foo bar baz", "aaa", "[1,2]", "{\\\"a\\\":1}", "\\u0000", "\\u2028", "ǅ", "a.b*c", "$1", "%41",
  ]

  mutating func textLiteral() -> String {
    let body = pick(Self.texts)
    return chance(70) ? "\"\(body)\"" : "'\(body.replacing("\\\"", with: "\""))'"
  }

  mutating func numeric(_ depth: Int) -> String {
    if depth <= 0 || chance(25) {
      if chance(40), let name = variable(.number) { return name }
      return numberLiteral()
    }
    spend()
    switch number(0...9) {
    case 0...3:
      return chain(depth, ["+", "-", "*", "/", "%", "|", "&", "^", "<<", ">>", ">>>"]) { $0.numeric(depth - 1) }
    case 4: return "((\(numeric(depth - 1))) ** \(number(0...2)))"
    case 5: return "\(pick(["-", "+", "~"]))(\(any(depth - 1)))"
    case 6:
      let function = pick([
        "abs", "ceil", "floor", "round", "trunc", "sign", "max", "min", "clz32", "imul", "fround", "sqrt",
      ])
      return "Math.\(function)(\(list(1...3) { $0.numeric(depth - 1) }))"
    case 7: return "\(pick(["Number", "parseFloat", "parseInt", "Number"]))(\(text(depth - 1)))"
    case 8: return "\(pick([array(depth - 1), text(depth - 1)])).length"
    default:
      guard let name = variable(.number, isWritable: true) else { return numberLiteral() }
      return pick(["(\(name)++)", "(--\(name))", "(\(name) += \(numeric(depth - 1)))"])
    }
  }

  /// Operands between operators, without parentheses: precedence decides.
  mutating func chain(
    _ depth: Int, _ operators: [String], _ operand: (inout ProgramGenerator) -> String
  ) -> String {
    var result = "(" + parenthesized(operand(&self))
    for _ in 0..<number(1...3) { result += " \(pick(operators)) " + parenthesized(operand(&self)) }
    return result + ")"
  }

  private func parenthesized(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber } ? text : "(\(text))"
  }

  mutating func text(_ depth: Int) -> String {
    if depth <= 0 || chance(25) {
      if chance(40), let name = variable(.string) { return name }
      return textLiteral()
    }
    spend()
    switch number(0...6) {
    case 0: return "(\(text(depth - 1)) + \(any(depth - 1)))"
    case 1: return "`\(pick(["", "a", "é"]))${\(any(depth - 1))}\(pick(["", "-", "\\n"]))`"
    case 2: return "String(\(any(depth - 1)))"
    case 3...4: return textCall(depth)
    case 5: return "typeof \(parenthesized(any(depth - 1)))"
    default: return "String.raw`a\\n${\(text(depth - 1))}b`"
    }
  }

  mutating func truth(_ depth: Int) -> String {
    spend()
    switch number(0...6) {
    case 0: return "(\(any(depth - 1)) \(pick(["<", ">", "<=", ">="])) \(any(depth - 1)))"
    case 1: return "(\(any(depth - 1)) \(pick(["==", "!=", "===", "!=="])) \(any(depth - 1)))"
    case 2: return "!\(parenthesized(any(depth - 1)))"
    case 3: return "(\(key(depth - 1)) in \(object(depth - 1)))"
    case 4: return "Object.is(\(any(depth - 1)), \(any(depth - 1)))"
    case 5: return "(\(any(depth - 1)) instanceof \(pick(["Object", "Array", "Function", "Map", "Error", "RegExp"])))"
    default: return pick(["true", "false"])
    }
  }

  mutating func operation(_ depth: Int) -> String {
    switch number(0...7) {
    case 0...1: return chain(depth, ["+", "-", "*", "<", ">=", "==", "!==", "&", "|", "^"]) { $0.any(depth - 1) }
    case 2: return "(\(any(depth - 1)) \(pick(["&&", "||", "??"])) \(any(depth - 1)))"
    case 3: return "(\(truth(depth - 1)) ? \(any(depth - 1)) : \(any(depth - 1)))"
    case 4: return "(\(any(depth - 1)), \(any(depth - 1)))"
    case 5: return "\(pick(["typeof", "void", "!", "-", "+", "~"])) (\(any(depth - 1)))"
    case 6: return "T(\(number(1...99)), \(any(depth - 1)))"
    default:
      return "(\(bigInt(depth - 1)) \(pick(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"])) \(bigInt(depth - 1)))"
    }
  }

  mutating func bigInt(_ depth: Int) -> String {
    if depth <= 0 || chance(60) {
      return pick(["0n", "1n", "-1n", "7n", "-13n", "255n", "65n", "0xFFFFFFFFFFFFFFFFn", "12345678901234567890n"])
    }
    return pick([
      "BigInt(\(number(-99...99)))", "BigInt.asIntN(\(number(0...70)), \(bigInt(depth - 1)))",
      "BigInt.asUintN(\(number(0...70)), \(bigInt(depth - 1)))", "((\(bigInt(depth - 1))) ** \(number(0...4))n)",
      "-(\(bigInt(depth - 1)))",
    ])
  }

  mutating func array(_ depth: Int) -> String {
    if depth <= 0 || chance(30), let name = variable(.array) { return name }
    spend()
    if depth <= 0 { return pick(["[]", "[1, 2, 3]", "[, 1]", "['b', 'a']", "[3, 1, 2, undefined, 10]"]) }
    switch number(0...7) {
    case 0...4: return "[\(list(0...4) { $0.element(depth - 1) })]"
    case 5: return "Array.from(\(iterable(depth - 1))\(chance(40) ? ", \(callback(depth - 1, "x, i"))" : ""))"
    case 6: return "Array.of(\(list(0...3) { $0.any(depth - 1) }))"
    default: return "[...\(iterable(depth - 1))]"
    }
  }

  private mutating func element(_ depth: Int) -> String {
    if chance(8) { return "" }
    return chance(12) ? "...\(iterable(depth))" : any(depth)
  }

  mutating func iterable(_ depth: Int) -> String {
    switch number(0...7) {
    case 0...2: return array(depth)
    case 3: return text(depth - 1)
    case 4: return "I(\(number(1...9)), \(list(0...4) { $0.leaf() }))"
    case 5: return "new Set([\(list(0...4) { $0.leaf() })])"
    case 6: return "new Map([[\(leaf()), \(any(depth - 1))]])"
    default: return any(depth - 1)
    }
  }

  mutating func key(_ depth: Int) -> String {
    chance(60) ? leafKey() : any(depth - 1)
  }

  private mutating func leafKey() -> String {
    pick(["'a'", "'b'", "'c'", "0", "1", "'x y'", "S0", "'length'", "-1", "'10'", "'01'"])
  }

  mutating func object(_ depth: Int) -> String {
    if depth <= 0 || chance(25), let name = variable(.object) { return name }
    spend()
    if depth <= 0 { return pick(["({})", "({ a: 1 })", "({ b: 2, a: 'x', 1: 0 })", "Object.create(null)"]) }
    if chance(10) {
      return pick([
        "V(\(number(1...9)), \(leaf()), \(leaf()))", "new Map([[\(leaf()), 1]])", "new Set([\(leaf())])",
        "new Date(\(number(-1...5)) * 86400000)", "Object(\(leaf()))", "new Error(\(textLiteral()))", "\(regExp())",
        "Object.create(\(object(depth - 1)))", "new (class { \(classBody(depth - 1)) })()",
      ])
    }
    return "({ \(members(depth - 1)) })"
  }

  /// Accessors stand last: V8 defines those behind a spread or computed name too late.
  private mutating func members(_ depth: Int) -> String {
    let members = (0..<number(0...4)).map { _ in property(depth) }
    let isAccessor = { (member: String) in member.hasPrefix("get ") || member.hasPrefix("set ") }
    return (members.filter { !isAccessor($0) } + members.filter(isAccessor)).joined(separator: ", ")
  }

  private mutating func propertyName(_ depth: Int) -> String {
    if chance(15) { return "[\(key(depth))]" }
    return pick([
      "a", "b", "c", "1", "0", "'x y'", "\"q\"", "10", "then", "get", "static", "valueOf", "toString", "[S0]", "if",
    ])
  }

  /// Others than those of data properties: V8 forgets the place of a property that an accessor replaces.
  private static let accessorNames = ["x", "y", "size", "[S1]", "toJSON", "'z w'", "5"]

  private mutating func property(_ depth: Int) -> String {
    switch number(0...9) {
    case 0...4: return "\(propertyName(depth)): \(any(depth))"
    case 5: return "get \(pick(Self.accessorNames))() { \(body(depth, isMethod: true)) }"
    case 6: return "set \(pick(Self.accessorNames))(v) { \(body(depth, isMethod: true)) }"
    case 7:
      return "\(pick(["", "", "*"]))\(propertyName(depth))(\(parameters(depth))) { \(body(depth, isMethod: true)) }"
    case 8:
      if let name = variable() { return name }
      return "a: 1"
    default: return "...\(any(depth))"
    }
  }

  mutating func member(_ depth: Int) -> String {
    let target = chance(60) ? object(depth - 1) : any(depth - 1)
    let access = pick([".", ".", "?."])
    switch number(0...5) {
    case 0...2:
      return "(\(target))\(access)\(pick(["a", "b", "c", "length", "x", "constructor?.name", "valueOf()", "if"]))"
    case 3: return "(\(target))\(access == "." ? "" : "?.")[\(key(depth - 1))]"
    case 4: return "delete (\(target))[\(key(depth - 1))]"
    default: return "(\(target))?.\(pick(["a", "b"])).\(pick(["a", "b", "length"]))"
    }
  }

  mutating func call(_ depth: Int) -> String {
    let target = variable(.function) ?? variable(.constructor) ?? "(\(function(depth - 1)))"
    let arguments = list(0...3) { $0.chance(15) ? "...\($0.iterable(depth - 1))" : $0.any(depth - 1) }
    switch number(0...6) {
    case 0...3: return "\(target)(\(arguments))"
    case 4: return "\(target)?.(\(arguments))"
    case 5: return "\(target).\(pick(["call", "bind"]))(\(any(depth - 1)), \(arguments))"
    default: return "new \(variable(.constructor) ?? "(\(function(depth - 1)))")(\(arguments))"
    }
  }

  mutating func assignment(_ depth: Int) -> String {
    let value = any(depth - 1)
    if chance(40), let name = variable(isWritable: true) {
      return "(\(name) \(pick(["=", "=", "+=", "-=", "*=", "||=", "&&=", "??=", ">>>=", "%="])) \(value))"
    }
    if chance(30), let first = variable(isWritable: true), let second = variable(isWritable: true) {
      return pick([
        "([\(first), \(second)] = [\(second), \(first)])",
        "([\(first) = \(leaf()), ...\(second)] = \(iterable(depth - 1)))",
        "({ a: \(first), ...\(second) } = \(object(depth - 1)))",
      ])
    }
    let target = object(depth - 1)
    // V8 converts the key of a compound assignment twice.
    if chance(50) { return "((\(target))[\(leafKey())] \(pick(["+=", "??=", "||="])) \(value))" }
    return "((\(target))[\(key(depth - 1))] = \(value))"
  }

  mutating func rare(_ depth: Int) -> String {
    switch number(0...6) {
    case 0: return "new.target"
    case 1: return context.isGenerator ? "(yield \(any(depth - 1)))" : leaf()
    case 2: return context.isMethod ? "super.\(pick(["a", "b", "toString", "x"]))" : leaf()
    case 3: return "((strings, ...values) => [strings, strings.raw, values])`a${\(any(depth - 1))}\\n${\(leaf())}`"
    case 4: return "(class \(pick(["", "K"])) \(heritage(depth)){ \(classBody(depth - 1)) })"
    case 5: return regExp()
    default: return context.isFunction ? "this" : "0"
    }
  }
}
