import CVMBytecode
import CVMRuntime
import CVMSyntax

/// A place where runs stop.
struct Breakpoint {
  enum Place: Equatable {
    /// Where a function begins, by its name or the path to it.
    case function(String)
    /// A line of a source.
    case line(source: String, Int)
  }
  let number: Int
  let place: Place
  /// Stops only while this holds.
  let condition: String?
  /// How often it stopped a run.
  var hits = 0

  var title: String {
    let place =
      switch place {
      case .function(let name): name
      case .line(let source, let line): "\(source):\(line)"
      }
    return place + (condition.map { " if \($0)" } ?? "")
  }
}

/// At which exceptions runs stop.
enum ThrowStops: String {
  case none
  /// Those that no `catch` of the program takes.
  case uncaught
  case all
}

/// The breakpoints of a session, and where they stand in the code of its machine.
struct Breakpoints {
  private(set) var all: [Breakpoint] = []
  var throwStops = ThrowStops.none
  private var lastNumber = 0
  /// Numbers of breakpoints by the word of the code.
  private(set) var placed: [Int: [Int]] = [:]
  private var placedCodes = -1
  /// Where breakpoints of lines stand in the newest source of the name.
  private var known: [Int: (text: ScriptText, places: [(code: LoadedCode, offset: Int)])] = [:]

  var isEmpty: Bool { all.isEmpty }

  mutating func add(_ place: Breakpoint.Place, _ condition: String?) -> Breakpoint {
    lastNumber += 1
    all.append(Breakpoint(number: lastNumber, place: place, condition: condition))
    forgetPlaces()
    return all[all.count - 1]
  }

  mutating func remove(_ number: Int) -> Breakpoint? {
    guard let index = all.firstIndex(where: { $0.number == number }) else { return nil }
    forgetPlaces()
    return all.remove(at: index)
  }

  mutating func removeAll() {
    all = []
    forgetPlaces()
  }

  mutating func noteHit(_ number: Int) {
    if let index = all.firstIndex(where: { $0.number == number }) { all[index].hits += 1 }
  }

  subscript(_ number: Int) -> Breakpoint? { all.first { $0.number == number } }

  mutating func forgetPlaces() { placedCodes = -1 }

  /// Finds the places again after code was loaded; whether they may have changed.
  mutating func place(in machine: Machine) -> Bool {
    let codes = machine.programCodes
    guard codes.count != placedCodes else { return false }
    placedCodes = codes.count
    placed = [:]
    for breakpoint in all {
      for (code, offset) in places(of: breakpoint, in: codes, machine) {
        placed[machine.place(of: code) + offset, default: []].append(breakpoint.number)
      }
    }
    return true
  }

  /// As the other; what is known of a source is not looked for again.
  private mutating func places(
    of breakpoint: Breakpoint, in codes: ArraySlice<LoadedCode>, _ machine: Machine
  ) -> [(code: LoadedCode, offset: Int)] {
    guard case .line(let name, _) = breakpoint.place,
      let source = codes.last(where: { $0.source?.displayName == name }),
      let text = source.script
    else { return Self.places(of: breakpoint.place, in: codes, machine) }
    if let known = known[breakpoint.number], known.text === text { return known.places }
    let places = Self.places(of: breakpoint.place, in: codes, machine)
    known[breakpoint.number] = (text, places)
    return places
  }

  /// The instructions that a breakpoint stands at.
  static func places(
    of place: Breakpoint.Place, in codes: ArraySlice<LoadedCode>, _ machine: Machine
  ) -> [(code: LoadedCode, offset: Int)] {
    switch place {
    case .function(let name):
      let number = function(name, machine).flatMap { machine.loadedCode(of: $0)?.number }
      return codes.filter { $0.number == number || (number == nil && $0.isNamed(name)) }
        .compactMap { code in code.firstStep.map { (code, $0) } }
    case .line(let source, let line): return lineSteps(codes, source, line)
    }
  }

  /// The function at a path; of a class that has no such static method, of its instances.
  static func function(_ name: String, _ machine: Machine) -> Value? {
    guard let path = ObjectPath(name) else { return nil }
    if let value = path.evaluate(in: machine, names: { _ in nil }), machine.isFunction(value) { return value }
    guard let last = path.steps.last else { return nil }
    let member = ObjectPath(root: path.root, steps: path.steps.dropLast() + [.member("prototype"), last])
    return member.evaluate(in: machine, names: { _ in nil }).flatMap { machine.isFunction($0) ? $0 : nil }
  }

  /// The first step that begins on a line, or on the next line on which one does.
  private static func lineSteps(
    _ codes: ArraySlice<LoadedCode>, _ source: String, _ line: Int
  ) -> [(code: LoadedCode, offset: Int)] {
    // Of texts with one name the newest counts.
    guard let text = codes.last(where: { $0.source?.displayName == source })?.source as? ScriptText else { return [] }
    var best: (line: Int, start: UInt32, code: LoadedCode, offset: Int)?
    for code in codes where code.source === text {
      for (offset, part) in text.steps.steps(of: code.block) {
        let partLine = text.file.line(at: part.start)
        guard partLine >= line else { continue }
        if let best, (best.line, best.start, best.offset) <= (partLine, part.start, offset) { continue }
        best = (partLine, part.start, code, offset)
      }
    }
    return best.map { [($0.code, $0.offset)] } ?? []
  }
}

extension LoadedCode {
  var script: ScriptText? { source as? ScriptText }

  fileprivate func isNamed(_ name: String) -> Bool {
    block.kind != .program && String(decoding: block.name, as: UTF16.self) == name
  }

  /// The first instruction that a person can step to.
  fileprivate var firstStep: Int? {
    script?.steps.steps(of: block).keys.min()
  }
}

extension StackFrame {
  /// Whether a `catch` of this call takes an exception.
  var catches: Bool {
    guard let script = code.script, let entry else { return false }
    let whole = SourceRange(start: 0, end: .max)
    let own = SourceRange(start: code.block.sourceStart, end: code.block.sourceEnd)
    return script.steps.catches(at: entry.start, in: code.block.kind == .program ? whole : own)
  }
}
