import CVMHeapGraph
import CVMReport
import CVMRuntime
import CVMTerminal

/// A function of the language, asked about objects of a heap from a file: objects with the same slots stand in for them.
struct HeapQuestion {
  /// What was found so far; the message of the first question that failed.
  struct Answers {
    var matches: [Int] = []
    var failures = 0
    var firstFailure = ""
  }

  let session: Session
  let heap: HeapInUse
  /// How far what an object refers to is there, too.
  private static let depth = 3
  /// Objects are made for so many questions at a time.
  private static let batchSize = 500
  private static let standInLimit = 100_000
  private static let elementLimit = 100_000

  /// The objects for which a function says something true. It is asked in a copy of the session, where what is made for it
  /// is no one's garbage; a large live heap is not copied but cleaned up.
  func answers(_ code: String, about nodes: [Int]) throws(CommandError) -> Answers {
    let isLarge = session.machine.heapBytesInUse > Self.largestCopy
    guard !isLarge, session.stopped == nil, session.waiting == nil, let copy = try? session.scratchCopy() else {
      defer { session.machine.collect() }
      return try answers(code, about: nodes, in: session)
    }
    copy.machine.limits = session.machine.limits
    let receivesInterrupts = Interrupts.isInstalled(session.machine.interruptSwitch)
    func takeInterrupts(_ machine: Machine) {
      guard receivesInterrupts else { return }
      Interrupts.install(machine.interruptSwitch)
      if session.isEdited { InterruptSignal.watch(machine.interruptSwitch, isPatient: true) }
    }
    takeInterrupts(copy.machine)
    defer { takeInterrupts(session.machine) }
    return try answers(code, about: nodes, in: copy)
  }

  private static let largestCopy = 64 << 20

  private func answers(
    _ code: String, about nodes: [Int], in session: Session
  ) throws(CommandError) -> Answers {
    let machine = session.machine
    let mark = session.results.mark
    var answers = Answers()
    var failure: CommandError?
    machine.withoutTakingIDs {
      guard let function = session.quietly(Session.asExpression(code)), machine.isFunction(function) else {
        failure = .usage("Behind `where` stands a function, such as n => n.name === 'x'")
        return
      }
      machine.hostRoots.append(("(question)", function))
      guard let asker = session.quietly("(\(Self.asker))") else {
        failure = CommandError(status: .error, message: "The question cannot be asked here.")
        return
      }
      machine.hostRoots.append(("(question)", asker))
      for start in stride(from: 0, to: nodes.count, by: Self.batchSize) {
        let batch = Array(nodes[start..<min(start + Self.batchSize, nodes.count)])
        guard let text = session.quietly(Self.literal(table(of: batch))) else { continue }
        switch machine.call(asker, this: .undefined, arguments: [text, function]) {
        case .completed(let answer): take(machine.literal(answer, limit: 10_000), batch, &answers)
        case .threw(let error):
          failure = CommandError(status: .error, message: machine.errorTitle(error))
        case .paused: failure = .usage("The function must not call CC.")
        case .stopped(.interrupted): failure = .interrupted
        case .stopped(let reason): failure = CommandError(status: .limit, message: "Stopped: \(reason.message).")
        }
        machine.abandonRun()
        if failure != nil { return }
      }
    }
    machine.hostRoots.removeAll { $0.name == "(question)" }
    session.takeBackExpression(mark)
    session.results.keepExpression(.undefined, in: machine)
    if let failure { throw failure }
    return answers
  }

  /// A digit for each object: 1 for yes, 2 for a failure; behind them the first message.
  private func take(_ text: String, _ batch: [Int], _ answers: inout Answers) {
    let body = text.dropFirst().dropLast()
    for (node, digit) in zip(batch, body) {
      if digit == "1" { answers.matches.append(node) }
      if digit == "2" { answers.failures += 1 }
    }
    if answers.firstFailure.isEmpty { answers.firstFailure = String(body.dropFirst(batch.count)) }
  }

  // MARK: Stand-ins

  /// Makes objects of a table, asks about the first of them, and answers with digits.
  private static let asker = """
    function (text, ask) {
      const {count, rows, classes} = JSON.parse(text);
      const prototypes = classes.map(name => Object.create(null, {constructor: {value: {name}}}));
      const made = rows.map(([kind, name]) => {
        if (kind === 1) return [];
        if (kind === 4) return name;
        const object = kind === 2 ? new Map() : kind === 3 ? new Set() : {};
        if (kind === 0 && name >= 0) Object.setPrototypeOf(object, Object.setPrototypeOf(prototypes[name], Object.prototype));
        return object;
      });
      rows.forEach(([kind, name, slots], number) => {
        const object = made[number];
        for (let i = 0; i < slots.length; i += 2) {
          const value = typeof slots[i + 1] === 'number' ? made[slots[i + 1]] : slots[i + 1];
          if (kind === 2 && slots[i] !== 0) object.set(slots[i], value);
          else if (kind === 3) object.add(value);
          else if (kind < 2) Object.defineProperty(
            object, slots[i], {value, writable: true, enumerable: true, configurable: true});
        }
      });
      let answer = '', message = '';
      for (let number = 0; number < count; number++) {
        try { answer += ask(made[number]) ? '1' : '0'; } catch (error) {
          answer += '2';
          message ||= String(error);
        }
      }
      return answer + message;
    }
    """

  /// The objects asked about and what they refer to, as the text of a table.
  private func table(of batch: [Int]) -> String {
    let graph = heap.graph
    var numbers: [Int: Int] = [:]
    var nodes = batch
    for (number, node) in batch.enumerated() { numbers[node] = number }
    var classes: [String] = []
    var classNumbers: [String: Int] = [:]
    var level = batch.count
    var depth = 0
    return JSONWriter.text { writer in
      writer.object { writer in
        writer.member("count", batch.count)
        writer.list("rows") { writer in
          var next = 0
          while next < nodes.count {
            if next == level {
              level = nodes.count
              depth += 1
            }
            let node = nodes[next]
            next += 1
            let isOpen = depth < Self.depth
            writer.array { writer in
              let kind = graph.kind(of: node)
              if kind.category == .primitive {
                writer.integer(4)
                writer.string(graph.text(of: node) ?? "")
                writer.array { _ in }
                return
              }
              writer.integer(kind == .array ? 1 : kind == .map ? 2 : kind == .set ? 3 : 0)
              let name = graph.shortClassName(of: node)
              if classNumbers[name] == nil {
                classNumbers[name] = classes.count
                classes.append(name)
              }
              writer.integer(kind == .object && name != "Object" ? classNumbers[name] ?? -1 : -1)
              writer.array { writer in
                guard isOpen else { return }
                for edge in graph.edges(of: node).prefix(Self.elementLimit) where graph.isStrong(edge) {
                  slot(edge, kind, &numbers, &nodes, &writer)
                }
              }
            }
          }
        }
        writer.list("classes") { writer in for name in classes { writer.string(name) } }
      }
    }
  }

  private func slot(
    _ edge: Int, _ kind: NodeKind, _ numbers: inout [Int: Int], _ nodes: inout [Int], _ writer: inout JSONWriter
  ) {
    let graph = heap.graph
    let target = graph.target(ofEdge: edge)
    let isText = graph.kind(of: target).category == .primitive
    guard !graph.isBuiltIn(target) || isText, graph.kind(of: target).category != .internalPart else { return }
    if !isText, numbers[target] == nil {
      guard nodes.count < Self.standInLimit else { return }
      numbers[target] = nodes.count
      nodes.append(target)
    }
    let name = graph.edgeNames[edge]
    switch graph.edgeKind(edge) {
    case .property where kind != .map && kind != .set && !(kind == .array && graph.string(name) == "length"):
      writer.string(graph.string(name))
    case .element where kind != .map && kind != .set: writer.integer(name)
    case .namedMapValue, .internalSlot:
      // In a file the entries of maps are parts with the text of the key as name.
      let key = graph.string(name)
      let isQuoted = key.count > 1 && ["\"", "'"].contains(key.prefix(1))
      guard kind == .map, isQuoted || graph.edgeKind(edge) == .namedMapValue else { return }
      writer.string(isQuoted ? String(key.dropFirst().dropLast()) : key)
    case .setMember: writer.integer(0)
    default: return
    }
    if isText { writer.string(graph.text(of: target) ?? "") } else { writer.integer(numbers[target] ?? 0) }
  }

  /// A text as the language writes it.
  private static func literal(_ text: String) -> String {
    var writer = JSONWriter(isASCII: true)
    writer.string(text)
    return writer.text
  }
}
