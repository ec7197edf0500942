// Statements and declarations.

extension ProgramGenerator {
  mutating func statement(_ depth: Int) -> String {
    spend()
    if depth <= 0 { return printing("e", 1) }
    switch number(0...27) {
    case 0...6: return declaration(depth)
    case 7...11: return printing("e\(number(1...9))", depth)
    case 12: return "\(assignment(depth));"
    case 13...14: return conditional(depth)
    case 15...18: return loop(depth)
    case 19: return switchStatement(depth)
    case 20...21: return tryStatement(depth)
    case 22: return functionDeclaration(depth)
    case 23: return classDeclaration(depth)
    case 24: return leave(depth)
    case 25: return "{ \(block(depth)) }"
    case 26: return labelled(depth)
    default:
      return scoped {
        $0.isGenerator = false
      } _: {
        "inspect(() => \($0.any(depth)));"
      }
    }
  }

  mutating func block(_ depth: Int) -> String {
    scoped { generator in
      var text = ""
      for _ in 0..<generator.number(1...3) where generator.budget > -20 { text += generator.statement(depth - 1) + " " }
      return text
    }
  }

  private mutating func declaration(_ depth: Int) -> String {
    let keyword = pick(["let", "let", "const", "var"])
    let isConstant = keyword == "const"
    let name = freshName()
    let text: String
    var kind = Variable.Kind.any
    switch number(0...9) {
    case 0...1: (text, kind) = ("\(name) = \(numeric(depth))", .number)
    case 2: (text, kind) = ("\(name) = \(self.text(depth))", .string)
    case 3...4: (text, kind) = ("\(name) = \(array(depth))", .array)
    case 5: (text, kind) = ("\(name) = \(object(depth))", .object)
    case 6: (text, kind) = ("\(name) = \(function(depth))", .function)
    case 7:
      let value = iterable(depth - 1)
      let second = freshName()
      let fallback = leaf()
      declare(second, .any, isConstant: isConstant)
      text = "[\(name)\(chance(40) ? " = \(fallback)" : ""), \(chance(30) ? "...\(second)" : second)] = \(value)"
    case 8:
      let value = object(depth - 1)
      let fallback = leaf()
      text = "{ \(pick(["a", "b", "length"])): \(name)\(chance(50) ? " = \(fallback)" : "") } = \(value)"
    default: text = "\(name) = \(any(depth))"
    }
    declare(name, kind, isConstant: isConstant)
    return "\(keyword) \(text);"
  }

  private mutating func conditional(_ depth: Int) -> String {
    let condition = any(depth - 1)
    return "if (\(condition)) { \(block(depth)) }" + (chance(50) ? " else { \(block(depth)) }" : "")
  }

  private mutating func inLoop(_ label: String? = nil, _ depth: Int) -> String {
    scoped {
      $0.loops.append(label)
    } _: { generator in
      "burn(); " + generator.block(depth) + (generator.chance(25) ? generator.jump() : "")
    }
  }

  private mutating func jump() -> String {
    let labels = context.loops.compactMap { $0 }
    let label = labels.isEmpty || chance(50) ? "" : " " + pick(labels)
    return "if (\(truth(1))) \(pick(["break", "continue"]))\(label); "
  }

  mutating func loop(_ depth: Int, label: String? = nil) -> String {
    let name = freshName("i")
    switch number(0...6) {
    case 0...1:
      return scoped { generator in
        generator.declare(name, .number)
        let end = generator.number(1...4)
        let keyword = generator.pick(["let", "let", "var"])
        return "for (\(keyword) \(name) = 0; \(name) < \(end); \(name)++) { \(generator.inLoop(label, depth)) }"
      }
    case 2...3:
      let source = iterable(depth - 1)
      return scoped { generator in
        generator.declare(name, .any)
        let target = generator.chance(25) ? "[\(name)]" : name
        return
          "for (\(generator.pick(["const", "let", "var"])) \(target) of \(source)) { \(generator.inLoop(label, depth)) }"
      }
    case 4:
      let source = object(depth - 1)
      return scoped { generator in
        generator.declare(name, .string)
        return "for (const \(name) in \(source)) { \(generator.inLoop(label, depth)) }"
      }
    case 5:
      return
        "{ let \(name) = \(number(1...3)); \(label.map { $0 + ": " } ?? "")while (\(name)-- > 0) { \(inLoop(label, depth)) } }"
    default:
      return
        "{ let \(name) = 0; \(label.map { $0 + ": " } ?? "")do { \(inLoop(label, depth)) } while (++\(name) < \(number(1...3))); }"
    }
  }

  private mutating func labelled(_ depth: Int) -> String {
    let label = freshName("L")
    let text = loop(depth, label: label)
    return text.hasPrefix("for") ? "\(label): \(text)" : text
  }

  private mutating func switchStatement(_ depth: Int) -> String {
    let subject = chance(50) ? numeric(depth - 1) : any(depth - 1)
    var text = "switch (\(subject)) { "
    let hasDefault = chance(60)
    let count = number(1...3)
    let defaultPosition = number(0...count)
    text += scoped { generator in
      var cases = ""
      for position in 0...count {
        if hasDefault && position == defaultPosition { cases += "default: \(generator.block(depth)) " }
        if position < count {
          cases += "case \(generator.any(depth - 2)): \(generator.block(depth)) "
          if generator.chance(50) { cases += "break; " }
        }
      }
      return cases
    }
    // Declarations of one case are seen, not made, in another: blocks keep them apart.
    return text + "}"
  }

  private mutating func tryStatement(_ depth: Int) -> String {
    let name = freshName("e")
    var text = "try { \(block(depth)) \(chance(40) ? "throw \(any(depth - 1));" : "") } "
    let hasFinally = chance(40)
    if !hasFinally || chance(70) {
      text += scoped { generator in
        generator.declare(name, .any)
        return "catch (\(name)) { out('caught ' + name(\(name))); \(generator.block(depth)) } "
      }
    }
    if hasFinally { text += "finally { \(block(depth)) }" }
    return text
  }

  private mutating func functionDeclaration(_ depth: Int) -> String {
    let name = freshName("f")
    let isGenerator = chance(30)
    let text = scoped {
      $0 = $0.inner()
    } _: { generator in
      let parameters = generator.parameters(depth)
      let body = isGenerator ? generator.generatorBody(depth) : generator.body(depth)
      return "function\(isGenerator ? "*" : "") \(name)(\(parameters)) { \(body) }"
    }
    declare(name, .function)
    return text
  }

  private mutating func classDeclaration(_ depth: Int) -> String {
    let name = freshName("C")
    let parent = heritage(depth)
    var text = "class \(name) \(parent){ "
    if chance(40) {
      let body = scoped {
        $0 = $0.inner(isMethod: true)
      } _: {
        $0.block(depth - 1)
      }
      text +=
        "constructor(...list) { \(parent.isEmpty ? "" : "super(...list);") burn(); this.made = list.length; \(body) } "
    }
    text += classBody(depth - 1) + "}"
    declare(name, .constructor, isConstant: false)
    return text
  }

  private mutating func leave(_ depth: Int) -> String {
    if !context.loops.isEmpty && chance(60) { return jump() }
    return chance(30) ? "if (\(truth(1))) throw \(any(1));" : "if (\(truth(1))) return \(any(1));"
  }
}
