// Character classes: ECMA-262, 22.2.1 CharacterClass and, with the flag `v`, ClassContents.

/// What a part of a class matches. In patterns with `v` and `i` it holds folded code points only.
struct ClassValue {
  var set: CodePointSet
  /// Strings of other than one character.
  var strings: Set<[UInt32]> = []
  /// MayContainStrings, which goes by the syntax.
  var mayContainStrings = false

  init(_ set: CodePointSet) {
    self.set = set
  }

  mutating func insert(_ string: [UInt32]) {
    if string.count == 1 {
      set.insert(string[0], string[0])
    } else {
      strings.insert(string)
      mayContainStrings = true
    }
  }

  mutating func formUnion(_ other: ClassValue) {
    set = set.union(other.set)
    strings.formUnion(other.strings)
    mayContainStrings = mayContainStrings || other.mayContainStrings
  }

  mutating func formIntersection(_ other: ClassValue) {
    set = set.intersection(other.set)
    strings.formIntersection(other.strings)
    mayContainStrings = mayContainStrings && other.mayContainStrings
  }

  mutating func subtract(_ other: ClassValue) {
    set = set.subtracting(other.set)
    strings.subtract(other.strings)
  }
}

// MARK: - Classes without set operations

extension PatternParser {
  mutating func parseClass() throws(Failure) -> PatternNode {
    let start = position
    position += 1
    let isNegated = consume(.caret)
    var ranges: [CodePointSet.Range] = []
    var others = CodePointSet.empty
    func add(_ atom: ClassAtom) {
      switch atom {
      case .character(let value): ranges.append(CodePointSet.Range(first: value, last: value))
      case .set(let set): others = others.union(set)
      }
    }
    while !consume(.closeBracket) {
      let atomStart = position
      let first = try parseClassAtom(classStart: start)
      guard current == .hyphen, let following = peek(1), following != .closeBracket else {
        add(first)
        continue
      }
      position += 1
      let last = try parseClassAtom(classStart: start)
      switch (first, last) {
      case (.character(let low), .character(let high)):
        if low > high { throw failure(.rangeOutOfOrder, at: atomStart) }
        ranges.append(CodePointSet.Range(first: low, last: high))
      default:
        if readsCodePoints { throw failure(.invalidClass, at: atomStart) }
        add(first)
        add(.character(UInt32(UInt16.hyphen)))
        add(last)
      }
    }
    var set = CodePointSet(unsorted: ranges).union(others)
    if ignoreCase { set = CaseFolding.matching(flags).closure(set) }
    return .set(isNegated ? set.complement : set)
  }

  private enum ClassAtom {
    case character(UInt32)
    case set(CodePointSet)
  }

  private mutating func parseClassAtom(classStart: Int) throws(Failure) -> ClassAtom {
    guard let unit = current else { throw failure(.unterminatedClass, at: classStart) }
    guard unit == .backslash else { return .character(nextCharacter()) }
    let start = position
    position += 1
    if consume(UInt16(ascii: "b")) { return .character(8) }
    if current == nil { throw failure(.loneBackslash, at: start) }
    if let value = try parseClassEscape(isInClass: true) { return .set(value.set) }
    return .character(try parseCharacterEscape(isInClass: true))
  }
}

// MARK: - Classes with set operations

extension PatternParser {
  private static let maximumClassDepth = 200
  private static let doubledPunctuators = Set("&!#$%*+,.:;<=>?@^`~".utf16)
  private static let syntaxOfSets = Set("()[]{}/-\\|".utf16)
  private static let escapablePunctuators = Set("&-!#%,:;<=>@`~".utf16)

  /// MaybeSimpleCaseFolding (22.2.2.9.3).
  func folded(_ set: CodePointSet) -> CodePointSet {
    usesSets && ignoreCase ? CaseFolding.unicode.fold(set) : set
  }

  func folded(_ value: UInt32) -> UInt32 {
    usesSets && ignoreCase ? CaseFolding.unicode.canonicalize(value) : value
  }

  /// CharacterComplement (22.2.2.9.5).
  func complement(_ set: CodePointSet) -> CodePointSet {
    usesSets && ignoreCase ? CaseFolding.unicode.canonical.subtracting(set) : set.complement
  }

  mutating func parseSetClass() throws(Failure) -> PatternNode {
    node(try parseNestedClass(depth: 0))
  }

  private mutating func parseNestedClass(depth: Int) throws(Failure) -> ClassValue {
    let start = position
    if depth > Self.maximumClassDepth { throw failure(.tooLarge, at: start) }
    position += 1
    let isNegated = consume(.caret)
    let value = try parseSetContents(depth: depth, classStart: start)
    guard isNegated else { return value }
    if value.mayContainStrings { throw failure(.negatedStrings, at: start) }
    return ClassValue(complement(value.set))
  }

  private mutating func parseSetContents(depth: Int, classStart: Int) throws(Failure) -> ClassValue {
    var value = ClassValue(.empty)
    var operandCount = 0
    while !consume(.closeBracket) {
      if current == nil { throw failure(.unterminatedClass, at: classStart) }
      if let operation = setOperation {
        if operandCount != 1 { throw failure(.invalidSetOperation, at: position) }
        return try parseOperation(operation, on: value, depth: depth, classStart: classStart)
      }
      let start = position
      let operand = try parseOperand(depth: depth, classStart: classStart)
      operandCount += 1
      if current == .hyphen && peek(1) != .hyphen {
        position += 1
        guard case .character(let low) = operand, current != nil, !isOperandStart else {
          throw failure(.invalidClass, at: start)
        }
        let high = try parseSetCharacter(classStart: classStart)
        if low > high { throw failure(.rangeOutOfOrder, at: start) }
        value.formUnion(ClassValue(folded(CodePointSet(low, high))))
        operandCount = 2
      } else {
        value.formUnion(self.value(of: operand))
      }
    }
    return value
  }

  private var setOperation: UInt16? {
    guard let unit = current, unit == peek(1), unit == .ampersand || unit == .hyphen else { return nil }
    return unit
  }

  /// Whether something other than a single character begins here.
  private var isOperandStart: Bool {
    guard current == .backslash else { return current == .openBracket }
    return "dDsSwWpPq".utf16.contains(peek(1) ?? 0)
  }

  private mutating func parseOperation(
    _ operation: UInt16, on first: ClassValue, depth: Int, classStart: Int
  ) throws(Failure) -> ClassValue {
    var value = first
    while !consume(.closeBracket) {
      if current == nil { throw failure(.unterminatedClass, at: classStart) }
      guard setOperation == operation else { throw failure(.invalidSetOperation, at: position) }
      position += 2
      if current == operation { throw failure(.invalidClassCharacter, at: position) }
      if current == nil { throw failure(.unterminatedClass, at: classStart) }
      let operand = self.value(of: try parseOperand(depth: depth, classStart: classStart))
      if operation == .ampersand { value.formIntersection(operand) } else { value.subtract(operand) }
    }
    return value
  }

  private enum SetOperand {
    case character(UInt32)
    case value(ClassValue)
  }

  private func value(of operand: SetOperand) -> ClassValue {
    switch operand {
    case .character(let value): ClassValue(CodePointSet(folded(value)))
    case .value(let value): value
    }
  }

  private mutating func parseOperand(depth: Int, classStart: Int) throws(Failure) -> SetOperand {
    if current == .openBracket { return .value(try parseNestedClass(depth: depth + 1)) }
    if current == .backslash {
      if peek(1) == UInt16(ascii: "q"), peek(2) == .openBrace {
        return .value(try parseStrings(classStart: classStart))
      }
      position += 1
      if let value = try parseClassEscape(isInClass: true) { return .value(value) }
      position -= 1
    }
    return .character(try parseSetCharacter(classStart: classStart))
  }

  private mutating func parseSetCharacter(classStart: Int) throws(Failure) -> UInt32 {
    guard let unit = current else { throw failure(.unterminatedClass, at: classStart) }
    if unit == .backslash {
      guard let letter = peek(1) else { throw failure(.loneBackslash, at: position) }
      if letter == UInt16(ascii: "b") {
        position += 2
        return 8
      }
      if Self.escapablePunctuators.contains(letter) {
        position += 2
        return UInt32(letter)
      }
      position += 1
      return try parseCharacterEscape(isInClass: true)
    }
    if Self.syntaxOfSets.contains(unit) { throw failure(.invalidClassCharacter, at: position) }
    if unit == peek(1) && Self.doubledPunctuators.contains(unit) {
      throw failure(.invalidSetOperation, at: position)
    }
    return nextCharacter()
  }

  /// `\q{abc|d}`.
  private mutating func parseStrings(classStart: Int) throws(Failure) -> ClassValue {
    position += 3
    var value = ClassValue(.empty)
    var string: [UInt32] = []
    while true {
      guard let unit = current else { throw failure(.unterminatedClass, at: classStart) }
      if unit == .closeBrace || unit == .verticalBar {
        position += 1
        value.insert(string)
        string = []
        if unit == .closeBrace { return value }
      } else {
        string.append(folded(try parseSetCharacter(classStart: classStart)))
      }
    }
  }
}

// MARK: - Strings as trees

extension PatternParser {
  /// The node that matches a class: the longest strings first.
  func node(_ value: ClassValue) -> PatternNode {
    if value.strings.isEmpty { return node(matching: value.set) }
    return isBackward ? alternatives(value) : tree(of: value)
  }

  /// Read backwards, strings that end alike differ in length: they are tried one by one.
  private func alternatives(_ value: ClassValue) -> PatternNode {
    var nodes = value.strings.filter { !$0.isEmpty }
      .sorted { $0.count > $1.count || $0.count == $1.count && $0.lexicographicallyPrecedes($1) }
      .map { PatternNode.sequence($0.map(character)) }
    nodes.append(node(matching: value.set))
    if value.strings.contains([]) { nodes.append(.empty) }
    return .alternation(nodes)
  }

  /// Read forwards, the strings that match at one place are beginnings of each other: a tree whose longer branches
  /// are tried first has the order that the standard asks for.
  private func tree(of value: ClassValue) -> PatternNode {
    let strings = value.strings.filter { !$0.isEmpty }.sorted { $0.lexicographicallyPrecedes($1) }
    var nodes = branches(strings[...], depth: 0, alone: value.set)
    if value.strings.contains([]) { nodes.append(.empty) }
    return nodes.count == 1 ? nodes[0] : .alternation(nodes)
  }

  /// Branches for sorted strings that agree in their first `depth` characters and are longer, and for single
  /// characters. Branches that go on alike are joined.
  private func branches(_ strings: ArraySlice<[UInt32]>, depth: Int, alone: CodePointSet) -> [PatternNode] {
    var groups: [(first: CodePointSet, rest: [[UInt32]])] = []
    var indexOfRest: [[[UInt32]]: Int] = [:]
    var alone = alone
    var start = strings.startIndex
    while start < strings.endIndex {
      let first = strings[start][depth]
      var end = start
      while end < strings.endIndex && strings[end][depth] == first { end += 1 }
      var rest = strings[start..<end].map { Array($0[(depth + 1)...]) }
      if alone.contains(first) {
        alone = alone.subtracting(CodePointSet(first))
        rest.insert([], at: 0)
      }
      if let index = indexOfRest[rest] {
        groups[index].first.insert(first, first)
      } else {
        indexOfRest[rest] = groups.count
        groups.append((CodePointSet(first), rest))
      }
      start = end
    }
    var nodes = groups.map { group in
      let rest = group.rest.filter { !$0.isEmpty }
      var continuations = rest.isEmpty ? [] : branches(rest[...], depth: 0, alone: .empty)
      if rest.count < group.rest.count { continuations.append(.empty) }
      let first = node(matching: group.first)
      if rest.isEmpty { return first }
      return .sequence([first, continuations.count == 1 ? continuations[0] : .alternation(continuations)])
    }
    if !alone.isEmpty { nodes.append(node(matching: alone)) }
    return nodes
  }
}
