import CVMBytecode
import CVMRuntime
import CVMSyntax

/// What the prompt calls its values: `$1`, `$2` ..., `_` for the last one and `_error` for the last error.
///
/// The names become global variables only when a statement mentions them, and yield to variables of the program.
struct ResultNames {
  private(set) var values: [Value] = []
  private var last = Value.undefined
  private var error: Value?
  /// The global variables that exist because of this, with the values they were given.
  private var bound: [String: Value] = [:]
  /// Names that the program took for itself.
  private var taken: Set<String> = []

  var boundNames: Set<String> { Set(bound.keys) }

  // Places of the names among the machine's host roots; those of `$1`, `$2` ... follow.
  private static let lastRoot = 0
  private static let errorRoot = 1
  private static let expressionRoot = 2
  private static let emptyRoots = [
    ("_", Value.undefined), ("_error", Value.undefined), ("(expression)", Value.undefined),
  ]

  /// Without a value.
  init() {}

  /// What the prompt shows keeps objects alive: these are the machine's host roots.
  init(_ machine: Machine) { machine.hostRoots = Self.emptyRoots }

  /// The value of a name, unless the program uses it for its own.
  func value(of name: String) -> Value? {
    if taken.contains(name) { return nil }
    if name == "_" { return last }
    if name == "_error" { return error }
    guard name.hasPrefix("$"), let number = Int(name.dropFirst()), number >= 1, number <= values.count else {
      return nil
    }
    return values[number - 1]
  }

  /// Gives a value the next name, which is returned.
  mutating func add(_ value: Value, in machine: Machine) -> String {
    values.append(value)
    remember(value, in: machine)
    let name = "$\(values.count)"
    if value.isObject || value.isString { machine.hostRoots.append((name, value)) }
    return name
  }

  /// Makes a value the last one.
  mutating func remember(_ value: Value, in machine: Machine) {
    last = value
    update("_", value, in: machine)
    if !taken.contains("_") { machine.hostRoots[Self.lastRoot].value = value }
  }

  mutating func setError(_ value: Value, in machine: Machine) {
    error = value
    update("_error", value, in: machine)
    if !taken.contains("_error") { machine.hostRoots[Self.errorRoot].value = value }
  }

  private mutating func update(_ name: String, _ value: Value, in machine: Machine) {
    guard bound[name] != nil else { return }
    bound[name] = value
    machine.setGlobal(name, value)
  }

  /// Forgets all values: the names stay, without a value.
  mutating func forget(in machine: Machine) {
    values = values.map { $0.isObject || $0.isString ? .undefined : $0 }
    last = .undefined
    error = error.map { _ in .undefined }
    for name in bound.keys {
      bound[name] = .undefined
      machine.setGlobal(name, .undefined)
    }
    machine.hostRoots = Self.emptyRoots
  }

  /// Keeps the value that a command is about, until the next one.
  func keepExpression(_ value: Value, in machine: Machine) { machine.hostRoots[Self.expressionRoot].value = value }

  /// Looks at the heap as it is without the last error.
  func withoutError<Result>(in machine: Machine, _ body: () -> Result) -> Result {
    let value = machine.hostRoots[Self.errorRoot].value
    machine.hostRoots[Self.errorRoot].value = .undefined
    defer { machine.hostRoots[Self.errorRoot].value = value }
    return body()
  }

  // MARK: Checkpoints

  var takenNames: Set<String> { taken }

  /// All values with their names, for a checkpoint.
  var roots: [(name: String, value: Value)] {
    var roots = Self.emptyRoots.map { (name: $0.0, value: $0.1) }
    roots[Self.lastRoot].value = last
    roots[Self.errorRoot].value = error ?? .undefined
    return roots + values.enumerated().map { ("$\($0.offset + 1)", $0.element) }
  }

  /// Takes the values over that a restored machine has for the names; later names have no value there.
  mutating func adopt(_ machine: Machine, taken: [String], bound: [String]) {
    let roots = machine.hostRoots
    let numbered = roots.dropFirst(Self.emptyRoots.count).map(\.value)
    let count = max(values.count, numbered.count)
    last = roots.first?.value ?? .undefined
    error = roots.dropFirst().first.flatMap { $0.value.isUndefined ? nil : $0.value }
    self.taken = Set(taken)
    self.bound = [:]
    for name in bound { self.bound[name] = machine.globalBinding(name)?.value ?? .undefined }
    let all = numbered + [Value](repeating: .undefined, count: count - numbered.count)
    values = []
    restore(mark, added: all, in: machine)
  }

  // MARK: Going back and forth

  /// What the names meant at a moment.
  struct Mark {
    fileprivate let count: Int
    fileprivate let last: Value
    fileprivate let error: Value?
    fileprivate let bound: [String: Value]
    fileprivate let taken: Set<String>

    /// Values that must still be there when the moment comes back.
    var values: [Value] { [last] + (error.map { [$0] } ?? []) }
  }

  var mark: Mark { Mark(count: values.count, last: last, error: error, bound: bound, taken: taken) }

  /// The values that got names since a moment.
  func added(since mark: Mark) -> [Value] { Array(values.dropFirst(mark.count)) }

  /// Gives the names the meaning that they had at a moment: the values that got names since `base` are `added`.
  mutating func restore(_ mark: Mark, since base: Mark? = nil, added: [Value] = [], in machine: Machine) {
    values = Array(values.prefix((base ?? mark).count)) + added
    last = mark.last
    error = mark.error
    bound = mark.bound
    taken = mark.taken
    machine.hostRoots = Self.emptyRoots
    if !taken.contains("_") { machine.hostRoots[Self.lastRoot].value = last }
    if let error, !taken.contains("_error") { machine.hostRoots[Self.errorRoot].value = error }
    for (index, value) in values.enumerated() where value.isObject || value.isString {
      machine.hostRoots.append(("$\(index + 1)", value))
    }
  }

  /// Makes the last error of another moment this one's.
  mutating func keepError(of mark: Mark, in machine: Machine) {
    guard let error = mark.error else { return }
    setError(error, in: machine)
  }

  /// Forgets which names are global variables since a moment that came back.
  mutating func restoreBindings(of mark: Mark) { bound = mark.bound }

  // MARK: Names in programs

  /// Makes the names that a statement mentions readable for it; those that it declares belong to the program from now on.
  mutating func bindNames(usedBy tree: SyntaxTree, declared: [GlobalDeclaration], in machine: Machine) {
    for declaration in declared {
      let name = String(decoding: declaration.name, as: UTF16.self)
      guard Self.isPromptName(name) else { continue }
      take(name, in: machine)
    }
    for index in 1..<max(UInt32(tree.nodeCount), 1) {
      let node = NodeID(index: index)
      guard tree.kind(node) == .identifierReference else { continue }
      let name = tree.text(tree.name(node))
      guard Self.isPromptName(name), bound[name] == nil, let value = value(of: name) else { continue }
      bound[name] = value
      machine.setGlobal(name, value)
    }
  }

  /// A name that the program assigned to is the program's from now on.
  mutating func noticeAssignments(in machine: Machine) {
    for (name, value) in bound where machine.globalBinding(name)?.value ?? .undefined != value {
      take(name, in: machine)
    }
  }

  private mutating func take(_ name: String, in machine: Machine) {
    taken.insert(name)
    bound[name] = nil
    if name == "_" { machine.hostRoots[Self.lastRoot].value = .undefined }
    if name == "_error" { machine.hostRoots[Self.errorRoot].value = .undefined }
  }

  private static func isPromptName(_ name: String) -> Bool {
    if name == "_" || name == "_error" { return true }
    let digits = name.utf8.dropFirst()
    return name.utf8.first == UInt8(ascii: "$") && !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
  }
}
