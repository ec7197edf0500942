// Functions, classes and regular expressions.

extension ProgramGenerator {
  mutating func parameters(_ depth: Int) -> String {
    var names: [String] = []
    for _ in 0..<number(0...3) {
      let name = freshName("p")
      switch number(0...6) {
      case 0: names.append("\(name) = \(any(depth - 1))")
      case 1: names.append("[\(name) = \(leaf())] = \(array(depth - 1))")
      case 2: names.append("{ a: \(name) = \(leaf()) } = \(object(depth - 1))")
      default: names.append(name)
      }
      declare(name, .any)
    }
    if chance(15) {
      let name = freshName("r")
      names.append("...\(name)")
      declare(name, .array)
    }
    return names.joined(separator: ", ")
  }

  /// Statements of a function; parameters are declared by the caller in the scope around.
  mutating func body(_ depth: Int, isMethod: Bool = false, isGenerator: Bool = false) -> String {
    scoped {
      $0 = $0.inner(isMethod: isMethod, isGenerator: isGenerator)
    } _: { generator in
      var text = "burn(); "
      for _ in 0..<generator.number(0...2) where generator.budget > 0 { text += generator.statement(depth - 1) + " " }
      return text + (generator.chance(80) ? "return \(generator.any(depth - 1));" : "")
    }
  }

  mutating func function(_ depth: Int) -> String {
    spend()
    if depth <= 0 {
      return pick(["(x) => x", "() => {}", "function f(a, b) { return [a, b, arguments.length]; }"]).wrapped
    }
    return scoped {
      $0 = $0.inner(isMethod: $0.isMethod)
    } _: { generator in
      let name = generator.chance(40) ? "f\(generator.number(1...3))" : ""
      switch generator.number(0...5) {
      case 0...1:
        let parameters = generator.parameters(depth)
        return "(\(parameters)) => \(generator.expressionBody(depth))".wrapped
      case 2:
        let parameters = generator.parameters(depth)
        return "(\(parameters)) => { \(generator.body(depth, isMethod: generator.context.isMethod)) }".wrapped
      case 3:
        generator.context.isMethod = false
        let parameters = generator.parameters(depth)
        return "function* \(name)(\(parameters)) { \(generator.generatorBody(depth)) }".wrapped
      default:
        generator.context.isMethod = false
        let parameters = generator.parameters(depth)
        return "function \(name)(\(parameters)) { \(generator.body(depth)) }".wrapped
      }
    }
  }

  private mutating func expressionBody(_ depth: Int) -> String { "(burn(), \(any(depth - 1)))" }

  mutating func generatorBody(_ depth: Int) -> String {
    scoped {
      $0 = $0.inner(isGenerator: true)
    } _: { generator in
      var text = ""
      for _ in 0..<generator.number(0...3) {
        text += generator.pick([
          "yield \(generator.any(depth - 1)); ", "yield* \(generator.iterable(depth - 1)); ",
          "out(show(yield \(generator.leaf()))); ",
          "try { yield \(generator.leaf()); } finally { out('finally'); } ",
        ])
      }
      return text + generator.body(depth, isGenerator: true)
    }
  }

  /// A function that the standard says how often to call.
  mutating func callback(_ depth: Int, _ parameters: String) -> String {
    if chance(25), let name = variable(.function) { return name }
    return scoped {
      $0 = $0.inner(isMethod: $0.isMethod)
    } _: { generator in
      for name in parameters.split(separator: ", ") { generator.declare(String(name.drop { $0 == "." }), .any) }
      if generator.chance(80) { return "(\(parameters)) => \(generator.expressionBody(depth))" }
      generator.context.isMethod = false
      return "function (\(parameters)) { \(generator.body(depth)) }"
    }
  }

  mutating func heritage(_ depth: Int) -> String {
    guard chance(40) else { return "" }
    if chance(60), let name = variable(.constructor) { return "extends \(name) " }
    return
      "extends \(pick(["Object", "Array", "Map", "Error", "null", "(class { a = 1; b() { return 2; } })", "function () {}".wrapped])) "
  }

  mutating func classBody(_ depth: Int) -> String {
    var text = ""
    var hasPrivate = false
    for _ in 0..<number(0...4) {
      let name = pick(["a", "b", "c", "'x y'", "1", "[\(key(depth - 1))]", "static", "get"])
      let prefix = chance(25) ? "static " : ""
      switch number(0...7) {
      case 0...1: text += "\(prefix)\(name) = \(fieldValue(depth)); "
      case 2: text += "\(prefix)get \(name)() { \(body(depth - 1, isMethod: true)) } "
      case 3: text += "\(prefix)set \(name)(v) { \(body(depth - 1, isMethod: true)) } "
      case 4: text += "\(prefix)\(pick(["", "*"]))\(name)(x) { \(body(depth - 1, isMethod: true)) } "
      case 5: text += "static { \(body(depth - 1, isMethod: true).replacing("return ", with: "void ")) } "
      case 6 where !hasPrivate:
        hasPrivate = true
        text += "#p = \(fieldValue(depth)); p() { return this.#p; } static has(o) { return #p in o; } "
      default: text += "\(name)\(chance(50) ? "" : " = \(leaf())"); "
      }
    }
    return text
  }

  private mutating func fieldValue(_ depth: Int) -> String {
    scoped {
      $0 = $0.inner(isMethod: true)
    } _: {
      $0.any(depth - 1)
    }
  }

  // MARK: Regular expressions

  mutating func regExp(flags: String? = nil) -> String {
    var groups = 0
    let isUnicode = flags.map { $0.contains("u") } ?? chance(25)
    let pattern = alternatives(3, &groups, isUnicode)
    var chosen = flags ?? ""
    if flags == nil {
      for flag in "gimsyd" where chance(flag == "g" ? 40 : 20) { chosen.append(flag) }
    }
    if isUnicode && !chosen.contains("u") { chosen.append("u") }
    return "/\(pattern.isEmpty ? "(?:)" : pattern)/\(chosen)"
  }

  private mutating func alternatives(_ depth: Int, _ groups: inout Int, _ isUnicode: Bool) -> String {
    var parts: [String] = []
    for _ in 0..<(chance(25) ? 2 : 1) {
      var part = ""
      for _ in 0..<number(1...3) { part += term(depth, &groups, isUnicode) }
      parts.append(part)
    }
    return parts.joined(separator: "|")
  }

  private mutating func term(_ depth: Int, _ groups: inout Int, _ isUnicode: Bool) -> String {
    if chance(12) { return pick(["^", "$", "\\b", "\\B"]) }
    if depth > 0 && chance(8) {
      return "(?\(pick(["=", "!", "<=", "<!"]))\(alternatives(depth - 1, &groups, isUnicode)))"
    }
    var atom: String
    if depth > 0 && chance(30) {
      let isCapturing = chance(60)
      var prefix = "?:"
      if isCapturing {
        groups += 1
        prefix = chance(30) ? "?<n\(groups)>" : ""
      }
      atom = "(\(prefix)\(alternatives(depth - 1, &groups, isUnicode)))"
    } else if groups > 0 && chance(10) {
      atom = "\\\(number(1...groups))"
    } else {
      atom = pick([
        "a", "b", "c", "x", ".", "\\d", "\\w", "\\s", "\\W", "\\S", "[abc]", "[^a]", "[a-c0-9]", "[\\w-]", "é", "A",
        ",", "\\.",
        "\\u0061", "\\x62", isUnicode ? "\\u{1F600}" : "\\t", isUnicode ? "\\p{L}" : "[^]", "[\\s\\S]", " ", "1", "\\n",
      ])
    }
    if chance(40) { atom += pick(["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "??", "{1,3}?"]) }
    return atom
  }
}

extension String {
  var wrapped: String { "(\(self))" }
}
