import CVMHeapGraph
import CVMReport
import CVMRuntime

/// Makes pictures of the heap as it is.
struct PictureCapture {
  /// Objects that a picture has at most.
  static let objectLimit = 1000
  /// Slots of an object that a picture has at most.
  static let slotLimit = 100
  private static let textLimit = 40

  private let machine: Machine
  private let dump: HeapDump
  private let hidden: Set<String>

  /// Nil when the heap cannot be walked.
  init?(_ machine: Machine, hidden: Set<String>) {
    guard let dump = try? machine.makeHeapDump(promptNames: hidden) else { return nil }
    self.machine = machine
    self.dump = dump
    self.hidden = hidden
  }

  /// Garbage is in it where `isMade` says that somebody made it.
  func picture(
    objectLimit: Int = Self.objectLimit, isMade: (_ id: UInt64) -> Bool = { _ in true }
  ) -> ReferencePicture {
    let graph = dump.graph
    var picture = ReferencePicture()
    picture.variables = machine.globalBindings.filter { !hidden.contains($0.name) }.map { binding in
      let content = binding.value.map(content) ?? .text("(no value yet)")
      return ReferencePicture.Variable(binding.name, content, isConstant: binding.kind == .const)
    }
    var known = Set(picture.variables.map(\.name))
    for (index, root) in graph.roots.enumerated() where root.kind == .frameLocal {
      let name = graph.rootName(index)
      guard !name.hasPrefix("("), graph.isProgramObject(Int(root.target)), known.insert(name).inserted,
        let id = graph.id(of: Int(root.target))
      else { continue }
      picture.variables.append(.init(name, .reference(id.number)))
    }
    for (index, root) in graph.roots.enumerated() where root.kind == .repl {
      guard graph.isProgramObject(Int(root.target)), let id = graph.id(of: Int(root.target)) else { continue }
      picture.promptNames.append(.init(graph.rootName(index), .reference(id.number)))
    }
    let byProgram = reached { kind, _ in kind != .repl && kind != .internalRoot }
    // A failed statement made the last error; what it made is nobody's.
    let byAnybody = reached { kind, name in kind != .repl || name.hasPrefix("$") || name == "_" }
    var made = (0..<graph.nodeCount).filter(graph.isProgramObject).sorted { number($0) < number($1) }
    made.removeAll { !byProgram[$0] && !byAnybody[$0] && !isMade(number($0)) }
    picture.objects = made.prefix(objectLimit).map { node in
      object(node, byProgram[node] ? .alive : byAnybody[node] ? .promptOnly : .garbage)
    }
    picture.hiddenObjects = made.count - picture.objects.count
    return picture
  }

  private func number(_ node: Int) -> UInt64 { dump.graph.id(of: node)?.number ?? 0 }

  // MARK: Life

  private func reached(_ isRoot: (RootKind, String) -> Bool) -> [Bool] {
    let graph = dump.graph
    var seen = [Bool](repeating: false, count: graph.nodeCount)
    var waiting: [Int] = []
    for (index, root) in graph.roots.enumerated()
    where isRoot(root.kind, graph.rootName(index)) && !seen[Int(root.target)] {
      seen[Int(root.target)] = true
      waiting.append(Int(root.target))
    }
    while let node = waiting.popLast() {
      for edge in graph.edges(of: node) where graph.isStrong(edge) {
        let target = graph.target(ofEdge: edge)
        if !seen[target] {
          seen[target] = true
          waiting.append(target)
        }
      }
    }
    return seen
  }

  // MARK: Objects

  private func object(_ node: Int, _ life: ReferencePicture.Life) -> ReferencePicture.Object {
    let graph = dump.graph
    let value = dump.value(of: node)
    var object = ReferencePicture.Object(
      id: number(node), className: graph.learnersClassName(of: node), noun: graph.learnersNoun(of: node),
      slots: machine.slots(of: value, limit: Self.slotLimit + 1).map(slot) + otherArrows(of: node))
    object.life = life
    if machine.isArray(value) { object.length = machine.arrayLength(value) }
    if object.slots.count > Self.slotLimit {
      let length = machine.isArray(value) ? machine.arrayLength(value) : object.slots.count
      object.hiddenSlots = max(length, object.slots.count) - Self.slotLimit
      object.slots.removeLast(object.slots.count - Self.slotLimit)
    }
    // Who has slots is drawn with them.
    if object.slots.isEmpty, !machine.isFunction(value) { object.preview = machine.preview(value, limit: 60) }
    return object
  }

  private func slot(_ slot: ObjectSlot) -> ReferencePicture.Slot {
    let isExpression = !slot.name.contains("[[") && !slot.name.hasPrefix("`")
    switch slot.content {
    case .value(let value): return .init(slot.name, content(value), isExpression: isExpression)
    case .accessor: return .init(slot.name, .text("(accessor)"), isExpression: isExpression)
    }
  }

  private func content(_ value: Value) -> ReferencePicture.Content {
    guard value.isObject else { return .text(machine.literal(value, limit: Self.textLimit)) }
    if let id = machine.objectID(of: value), !id.isInternal { return .reference(id.number) }
    return .text(machine.identity(of: value) ?? machine.preview(value, limit: Self.textLimit))
  }

  /// Arrows that are no slots: the prototype that a program gave an object, accessors, parts of the machine.
  private func otherArrows(of node: Int) -> [ReferencePicture.Slot] {
    let graph = dump.graph
    return graph.edges(of: node).compactMap { edge in
      let target = graph.target(ofEdge: edge)
      guard graph.isStrong(edge), graph.isProgramObject(target), let id = graph.id(of: target) else { return nil }
      switch graph.edgeKind(edge) {
      case .prototype, .getter, .setter, .privateMember:
        return .init(graph.slotName(edge), .reference(id.number), isExpression: false)
      default: return nil
      }
    }
  }
}

extension HeapGraph {
  fileprivate func learnersClassName(of node: Int) -> String {
    let name = shortClassName(of: node)
    return name.hasPrefix("closure") ? "function" + name.dropFirst("closure".count) : name
  }

  fileprivate func learnersNoun(of node: Int) -> String {
    switch kind(of: node) {
    case .array: "array"
    case .closure, .nativeFunction: "function"
    case .map: "map"
    case .set: "set"
    default: "object"
    }
  }
}

extension Session {
  /// Heaps that are small enough to be looked at before and after each statement.
  static let teachableBytes = 16 << 20

  /// The heap as it is; nil when it is too large to be drawn in no time.
  ///
  /// What undone statements and questions made is still in memory, but nobody made it: it is left out.
  func picture() -> ReferencePicture? {
    if let cachedPicture { return cachedPicture }
    let picture = takePicture()
    cachedPicture = picture
    return picture
  }

  /// The heap before or after a statement, for remarks about all of it; nil where looking at it takes too long.
  ///
  /// That a heap was too large is remembered for some statements, since finding it out takes long, too.
  func pictureForRemarks() -> ReferencePicture? {
    let bytes = machine.heapBytesInUse
    if let large = teaching.tooLarge, statementNumber < large.statement + Self.restingStatements,
      bytes >= large.bytes - large.bytes / 8
    {
      return nil
    }
    if let picture = picture(), picture.isWhole {
      (teaching.tooLarge, teaching.isTooLargeTold) = (nil, false)
      return picture
    }
    if !teaching.isTooLargeTold, options.mode == .teach {
      teaching.isTooLargeTold = true
      say(
        "(The heap is too large to be looked at around each statement: more than \(PictureCapture.objectLimit) objects or "
          + "\(ByteCount.text(UInt64(Self.teachableBytes))). Remarks rest until it is smaller; :diff tells what changed.)"
      )
    }
    teaching.tooLarge = (bytes, statementNumber)
    return nil
  }

  private static let restingStatements = 20

  private func takePicture() -> ReferencePicture? {
    guard machine.heapBytesInUse < Self.teachableBytes,
      let capture = PictureCapture(machine, hidden: results.boundNames)
    else { return nil }
    guard let history = machine.history else { return capture.picture() }
    let done = Set(history.undoable.compactMap { ($0 as? StatementRecord)?.number })
    return capture.picture { id in maker(of: id).map { done.contains($0.number) } ?? false }
  }

  /// The heap before the last statement and the statement, when it changed anything.
  func pictureBeforeLast() -> (picture: ReferencePicture, statement: StatementRecord)? {
    guard let record = machine.history?.newestUndoable as? StatementRecord else { return nil }
    return atMoment(-1) { picture() }.map { ($0, record) }
  }

  /// Does something while the heap is as it was some steps ago.
  func atMoment<R>(_ steps: Int, _ body: () -> R) -> R {
    if steps == 0 { return body() }
    machine.history?.showFailure(false)
    // Going there and back must leave the names as they are, also those that belong to no moment.
    let (names, roots) = (results, machine.hostRoots)
    move(by: steps)
    defer {
      move(by: -steps)
      results = names
      machine.hostRoots = roots
    }
    return body()
  }
}
