import CVMReport
import CVMRuntime

/// A name with accesses, read without running code: `pts[0].x`, `cache[["k12"]]`.
struct ObjectPath: Equatable {
  enum Step: Equatable {
    case member(String)
    case element(UInt32)
    /// The value of a map's entry.
    case entry(String)
  }

  var root: String
  var steps: [Step]

  init(root: String, steps: some Sequence<Step>) {
    self.root = root
    self.steps = Array(steps)
  }

  /// Reads a path; nil when the text is something else.
  init?(_ text: String) {
    var scanner = PathScanner(text)
    guard let root = scanner.identifier() else { return nil }
    self.root = root
    steps = []
    while !scanner.isAtEnd {
      guard let step = scanner.step() else { return nil }
      steps.append(step)
    }
  }

  /// Reads the path that a text begins with.
  init?(beginningOf text: String) {
    var scanner = PathScanner(text)
    guard let root = scanner.identifier() else { return nil }
    self.root = root
    steps = []
    while let step = scanner.step() { steps.append(step) }
  }

  var text: String {
    steps.reduce(root) { text, step in
      switch step {
      case .member(let name): text + (PathScanner.isIdentifier(name) ? ".\(name)" : "[\"\(name)\"]")
      case .element(let index): text + "[\(index)]"
      case .entry(let key): text + "[[\"\(key)\"]]"
      }
    }
  }

  /// The value, when everything on the way is there and reading it runs no code. `names` is asked first.
  func evaluate(in machine: Machine, frame: StackFrame? = nil, names: (String) -> Value?) -> Value? {
    let local = frame.flatMap { root == "this" ? $0.this : $0.variable(root)?.value }
    guard
      var value = local ?? machine.globalBinding(root)?.value ?? names(root) ?? machine.globalObjectProperty(root)
    else { return nil }
    for step in steps {
      let next: Value? =
        switch step {
        case .member(let name): machine.peek(value, name)
        case .element(let index): machine.peek(value, String(index))
        case .entry(let key): machine.peekEntry(value, machine.vm.makeString(key))
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }
}

private struct PathScanner {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  var isAtEnd: Bool { position == scalars.count }

  static func isIdentifier(_ name: String) -> Bool {
    var scanner = PathScanner(name)
    return scanner.identifier() != nil && scanner.isAtEnd
  }

  private func isPart(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
    if scalar == "$" || scalar == "_" { return true }
    return first ? scalar.properties.isIDStart : scalar.properties.isIDContinue
  }

  mutating func identifier() -> String? {
    let start = position
    while position < scalars.count, isPart(scalars[position], first: position == start) { position += 1 }
    return start == position ? nil : String(String.UnicodeScalarView(scalars[start..<position]))
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  mutating func step() -> ObjectPath.Step? {
    if take(".") { return identifier().map { .member($0) } }
    guard take("[") else { return nil }
    if take("[") {
      guard let key = quoted(), take("]"), take("]") else { return nil }
      return .entry(key)
    }
    if let name = quoted() { return take("]") ? .member(name) : nil }
    let start = position
    while position < scalars.count, ("0"..."9").contains(scalars[position]) { position += 1 }
    guard let index = UInt32(String(String.UnicodeScalarView(scalars[start..<position]))), take("]") else { return nil }
    return .element(index)
  }

  private mutating func quoted() -> String? {
    guard position < scalars.count, scalars[position] == "\"" || scalars[position] == "'" else { return nil }
    let quote = scalars[position]
    position += 1
    var text = String.UnicodeScalarView()
    while position < scalars.count, scalars[position] != quote {
      if scalars[position] == "\\", position + 1 < scalars.count { position += 1 }
      text.append(scalars[position])
      position += 1
    }
    return take(quote) ? String(text) : nil
  }
}
