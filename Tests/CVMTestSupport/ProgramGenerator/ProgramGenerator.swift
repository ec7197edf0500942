/// Random programs of the language that print all that they do; the same ones from the same seed.
///
/// A program is a prelude and a number of cases, each a function of its own whose errors are caught, so that one line of
/// output tells which case went another way. Loops and functions burn fuel, so that every case ends.
public struct ProgramGenerator {
  var random: SeededGenerator
  /// Names that may be used, innermost scope last.
  var scopes: [[Variable]] = [[]]
  /// What is left of the size of the running case.
  var budget = 0
  var nextName = 0
  var context = Context()

  /// What may stand at a place.
  struct Context {
    var loops: [String?] = []
    var isFunction = false
    var isGenerator = false
    /// In methods: `super` may be used.
    var isMethod = false

    /// Of the code of another function inside.
    func inner(isMethod: Bool = false, isGenerator: Bool = false) -> Context {
      Context(isFunction: true, isGenerator: isGenerator, isMethod: isMethod)
    }
  }

  struct Variable {
    enum Kind { case any, number, string, array, object, function, constructor }
    var name: String
    var kind: Kind
    var isConstant: Bool
  }

  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A whole program.
  public mutating func program(cases: Int = 25, size: Int = 70) -> String {
    var text = Self.prelude
    for number in 0..<cases { text += generatedCase(number, size: size) }
    return text
  }

  private mutating func generatedCase(_ number: Int, size: Int) -> String {
    scopes = [[]]
    budget = size
    nextName = 0
    context = Context()
    context.isFunction = true
    var text = "run(\(number), function () {\n"
    while budget > 0 { text += statement(4) + "\n" }
    for variable in scopes[0].suffix(6) { text += "print('\(variable.name)', () => \(variable.name));\n" }
    return text + "});\n"
  }

  // MARK: Choices

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

  /// `count` texts joined by commas.
  mutating func list(_ range: ClosedRange<Int>, _ element: (inout ProgramGenerator) -> String) -> String {
    (0..<number(range)).map { _ in element(&self) }.joined(separator: ", ")
  }

  mutating func spend(_ amount: Int = 1) { budget -= amount }

  // MARK: Names

  mutating func freshName(_ prefix: String = "v") -> String {
    nextName += 1
    return "\(prefix)\(nextName)"
  }

  mutating func declare(_ name: String, _ kind: Variable.Kind, isConstant: Bool = false) {
    scopes[scopes.count - 1].append(Variable(name: name, kind: kind, isConstant: isConstant))
  }

  mutating func variable(_ kinds: Variable.Kind..., isWritable: Bool = false) -> String? {
    let candidates = scopes.joined().filter {
      (kinds.isEmpty || kinds.contains($0.kind)) && !(isWritable && $0.isConstant)
    }
    return candidates.isEmpty ? nil : pick(candidates).name
  }

  /// A line that prints what an expression gives.
  mutating func printing(_ label: String, _ depth: Int) -> String {
    if context.isGenerator { return "out(show(\(any(depth))));" }
    return scoped {
      $0.isGenerator = false
    } _: {
      "print('\(label)', () => \($0.any(depth)));"
    }
  }

  /// A text made inside a scope of its own.
  mutating func scoped(_ change: (inout Context) -> Void = { _ in }, _ body: (inout ProgramGenerator) -> String)
    -> String
  {
    let saved = context
    change(&context)
    scopes.append([])
    defer {
      scopes.removeLast()
      context = saved
    }
    return body(&self)
  }
}
