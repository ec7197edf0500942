import CVMHeapGraph
import CVMReport
import CVMRuntime

/// `:diff` over graphs: heaps from files, and classes of any two moments.
enum HeapDifferences {
  /// Fewer differences are shown one by one.
  private static let mostLines = 40
  private static let mostSlots = 8

  // MARK: Sides

  /// Calls a function with the heap of a side, which of a moment is there only then.
  static func look<Result>(
    _ side: DiffSide, _ session: Session, _ body: (HeapInUse) throws(CommandError) -> Result
  ) throws(CommandError) -> Result {
    guard case .moment(let moment) = side else {
      if case .heap(let heap) = side { return try body(heap) }
      throw .notFound("There is no heap.")
    }
    return try session.lookingBack { () throws(CommandError) in
      let view = try MomentView(moment, session)
      let found = view.look { heap -> Swift.Result<Result, CommandError> in
        // What only the prompt holds belongs to no moment.
        let held = heap.machine.hostRoots
        heap.machine.hostRoots = []
        defer { heap.machine.hostRoots = held }
        guard let dump = try? heap.machine.makeHeapDump(promptNames: heap.hidden, includesGarbage: false) else {
          return .failure(.interrupted)
        }
        do throws(CommandError) { return .success(try body(HeapInUse(dump, of: heap.machine))) } catch {
          return .failure(error)
        }
      }
      return try found.get()
    }
  }

  private static func compared(
    _ heap: HeapInUse, _ session: Session, keepsTexts: Bool
  ) throws(CommandError) -> ComparedHeap {
    try session.analysing { progress throws(AnalysisError) in
      let graph = heap.graph
      guard keepsTexts else {
        return try ComparedHeap(heap.analyses, text: { graph.text(of: $0) }, progress: progress)
      }
      return try ComparedHeap(heap.analyses, text: { heap.text(of: $0) }, progress: progress)
    }
  }

  // MARK: Two heaps

  static func compare(
    _ sides: [DiffSide], _ names: [String], wantsClasses: Bool, _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    if case .moment(let first) = sides[0], case .moment(let second) = sides[1] {
      return try compareMoments(first, second, names, call, session)
    }
    // At most one of them is a moment, which stays what it is while they are compared.
    return try look(sides[0], session) { old throws(CommandError) in
      try look(sides[1], session) { new throws(CommandError) in
        let (one, other) = (
          try compared(old, session, keepsTexts: true), try compared(new, session, keepsTexts: true)
        )
        let found = try session.analysing { progress throws(AnalysisError) in
          try HeapComparison(one, other, foldsSystem: !call.has("system"), progress: progress)
        }
        let total = found.added.count + found.gone.count + found.changed.count
        let isLong = total > mostLines && !call.has("objects") && call.value("by") == nil
        if wantsClasses || isLong || !found.hasSameObjects {
          return classes(found, names, call, session, changes: nil)
        }
        return objects(found, old, new, names, call, session)
      }
    }
  }

  /// The classes of two moments; which objects changed is known from their slots, numbers included.
  private static func compareMoments(
    _ first: Moment, _ second: Moment, _ names: [String], _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    let one = try look(.moment(first), session) { heap throws(CommandError) in
      try compared(heap, session, keepsTexts: false)
    }
    let other = try look(.moment(second), session) { heap throws(CommandError) in
      try compared(heap, session, keepsTexts: false)
    }
    let found = try session.analysing { progress throws(AnalysisError) in
      try HeapComparison(one, other, foldsSystem: !call.has("system"), progress: progress)
    }
    let difference = try HeapDifference.between(first, second, in: session)
    var changes: [String: Int] = [:]
    for item in difference.changed {
      if let node = found.new.graph.node(withID: NodeID(item.id)) {
        changes[found.new.graph.className(of: node), default: 0] += 1
      }
    }
    return classes(found, names, call, session, changes: changes)
  }

  private static func figures(_ found: HeapComparison, changed: Int) -> String {
    var parts: [String] = []
    if found.addedObjects > 0 { parts.append("+\(Numbers.counted(UInt64(found.addedObjects), "object"))") }
    if found.goneObjects > 0 { parts.append("-\(Numbers.counted(UInt64(found.goneObjects), "object"))") }
    if changed > 0 { parts.append("\(Numbers.grouped(UInt64(changed))) changed") }
    if parts.isEmpty { parts.append("no difference") }
    if found.bytes != 0 { parts.append(size(found.bytes)) }
    if let system = found.system, system.bytes != 0 { parts.append("(system \(size(system.bytes)))") }
    return parts.joined(separator: "  ")
  }

  /// `+1.2 MB`
  static func size(_ bytes: Int64) -> String {
    (bytes < 0 ? "-" : "+") + ByteCount.text(bytes.magnitude)
  }

  private static func heading(_ names: [String], _ figures: String, _ width: Int) -> String {
    let title = names.joined(separator: " -> ")
    return TextLayout.padded(title, to: max(width - displayWidth(figures) - 2, displayWidth(title) + 2)) + figures
  }

  private static func facts(_ found: HeapComparison, _ names: [String], changed: Int) -> [AnalysisResult.Fact] {
    [
      .init("from", .text(names[0])), .init("to", .text(names[1])), .init("sameObjects", .flag(found.hasSameObjects)),
      .init("addedCount", .count(UInt64(found.addedObjects))), .init("goneCount", .count(UInt64(found.goneObjects))),
      .init("changedCount", .count(UInt64(changed))), .init("bytes", .delta(found.bytes)),
    ]
  }

  private static func notes(_ found: HeapComparison) -> [String] {
    found.hasSameObjects
      ? [] : ["The two are not of one process: ids mean other objects, so only classes are compared."]
  }

  // MARK: Classes

  private static func classes(
    _ found: HeapComparison, _ names: [String], _ call: CommandCall, _ session: Session, changes: [String: Int]?
  ) -> CommandAnswer {
    var rows = found.classes
    if let changes {
      let known = Set(rows.map(\.name))
      rows += changes.keys.filter { !known.contains($0) }.map { HeapComparison.ClassChange(name: $0) }
      for index in rows.indices { rows[index].changed = changes[rows[index].name] ?? 0 }
    }
    let system = rows.firstIndex { $0.isSystem }.map { rows.remove(at: $0) }
    rows.sort {
      ($0.bytes.magnitude, UInt64($0.added + $0.gone + $0.changed), $1.name)
        > ($1.bytes.magnitude, UInt64($1.added + $1.gone + $1.changed), $0.name)
    }
    let changed = rows.reduce(0) { $0 + $1.changed }
    if let system { rows.append(system) }
    let options = session.options.rendering
    let table = ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("added", title: "new"), .init("gone"), .init("changed"),
        .init("bytes"), .init("retained", title: "retained now"),
      ],
      rows: rows.map { row in
        [
          .text(row.name), .delta(Int64(row.added)), .delta(-Int64(row.gone)), .count(UInt64(row.changed)),
          .delta(row.bytes), row.isSystem ? .none : .bytes(row.retained),
        ]
      }, isNumbered: true)
    let result = AnalysisResult(
      name: "diff", heading: [heading(names, figures(found, changed: changed), options.width)],
      facts: facts(found, names, changed: changed), body: .table(table), notes: notes(found))
    var answer = CommandAnswer(arranging: result, as: call, options: options)
    let shown = call.arranged(table)
    answer.rows = { shown }
    // People read changes of sizes as sizes.
    var readable = result
    var texts = shown
    texts.rows = shown.rows.map { row in
      var row = row
      if case .delta(let bytes) = row[4] { row[4] = .text(bytes == 0 ? "0 B" : size(bytes)) }
      return row
    }
    readable.body = texts.rows.isEmpty ? .text([]) : .table(texts)
    if found.hasSameObjects, changes == nil, !rows.isEmpty, call.value("by") == nil, !call.has("classes") {
      readable.notes.append("--objects lists objects and slots.")
    }
    if system != nil { readable.notes.append("(system) is the machine's own: --system tells its classes, too.") }
    answer.text = { [readable] in TerminalRenderer(options: options).render(readable) }
    return answer
  }

  // MARK: Objects

  private static func objects(
    _ found: HeapComparison, _ old: HeapInUse, _ new: HeapInUse, _ names: [String], _ call: CommandCall,
    _ session: Session
  ) -> CommandAnswer {
    let options = session.options.rendering
    var rows: [[ResultCell]] = []
    var lines: [String] = []
    func title(_ node: Int, _ heap: HeapInUse) -> String {
      "\(heap.graph.label(of: node)) \(TextLayout.ellipsized(heap.texts.preview(node), to: 44))"
    }
    func id(_ node: Int, _ heap: HeapInUse) -> ResultCell { heap.graph.id(of: node).map(ResultCell.object) ?? .none }
    let limit = call.rowLimit == .max ? 100_000 : max(call.rowLimit, 1000)
    for (before, after) in found.changed.prefix(limit) {
      let label = new.graph.label(of: after)
      let slots = found.slots(old: before, new: after)
      for (place, change) in slots.enumerated() {
        rows.append([
          .text("~"), id(after, new), .text(label), .text(change.slot), change.old.map { .text($0) } ?? .none,
          change.new.map { .text($0) } ?? .none,
        ])
        guard place < mostSlots else { continue }
        let head = place == 0 ? label : String(repeating: " ", count: displayWidth(label))
        lines.append("  ~ \(head)   \(change.slot)  \(text(change))")
      }
      if slots.count > mostSlots {
        lines.append("      ... \(Numbers.grouped(UInt64(slots.count - mostSlots))) more slots of \(label)")
      }
    }
    for (mark, nodes, heap) in [("+", found.added, new), ("-", found.gone, old)] {
      for node in nodes.prefix(limit) {
        rows.append([.text(mark), id(node, heap), .text(title(node, heap)), .none, .none, .none])
        lines.append("  \(mark) \(title(node, heap))")
      }
    }
    let columns = ["change", "id", "object", "slot", "old", "new"].map {
      ResultTable.Column($0, .left, isFlexible: true)
    }
    let table = call.arranged(ResultTable(columns: columns, rows: rows))
    let figures = figures(found, changed: found.changed.count)
    let shown = call.rowLimit
    return CommandAnswer(
      text: {
        var all = [heading(names, figures, options.width)] + lines.prefix(shown)
        if lines.count > shown {
          all.append(
            "-- \(Numbers.grouped(UInt64(shown))) of \(Numbers.grouped(UInt64(lines.count))) differences (--all)")
        }
        return all.map {
          TextLayout.ellipsized(
            TextLayout.printable($0, isASCII: options.isASCII), to: options.width, isASCII: options.isASCII) + "\n"
        }.joined()
      },
      json: {
        JSONRenderer(isASCII: options.isASCII).render(
          AnalysisResult(
            name: "diff", facts: facts(found, names, changed: found.changed.count), body: .table(table)))
      }, rows: { table })
  }

  private static func text(_ change: HeapComparison.SlotChange) -> String {
    switch (change.old, change.new) {
    case (let old?, let new?): "\(old) -> \(new)"
    case (nil, let new?): "\(new) added"
    case (let old?, nil): "\(old) removed"
    case (nil, nil): ""
    }
  }

  // MARK: Three heaps

  static func survivors(
    _ sides: [DiffSide], _ names: [String], _ call: CommandCall, _ session: Session
  ) throws(CommandError) -> CommandAnswer {
    var heaps: [ComparedHeap] = []
    for side in sides {
      heaps.append(
        try look(side, session) { heap throws(CommandError) in try compared(heap, session, keepsTexts: false) })
    }
    let found = try session.analysing { progress throws(AnalysisError) in
      try HeapSurvivors(heaps[0], heaps[1], heaps[2], progress: progress)
    }
    let graph = heaps[2].graph
    let options = session.options.rendering
    let rows = found.rows.map { row -> [ResultCell] in
      [
        .text(row.name), .count(UInt64(row.born)), .count(UInt64(row.alive)),
        .share(row.born == 0 ? 0 : Double(row.alive) / Double(row.born)), .bytes(row.bytes), .bytes(row.retained),
        row.example.flatMap(graph.id(of:)).map(ResultCell.object) ?? .none,
      ]
    }
    let table = ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("added", title: "born"), .init("alive"),
        .init("share", title: "%"), .init("bytes"), .init("retained", title: "largest keeps"),
        .init("id", title: "it is", .left),
      ], rows: rows, isNumbered: true)
    let born = Numbers.counted(UInt64(found.born), "object")
    let result = AnalysisResult(
      name: "diff",
      heading: [
        "Born between \(names[0]) and \(names[1]): \(born). Still alive in \(names[2]): "
          + "\(Numbers.grouped(UInt64(found.alive))), \(ByteCount.text(found.bytes, isExact: options.isExact))."
      ],
      facts: [
        .init("from", .text(names[0])), .init("to", .text(names[1])), .init("later", .text(names[2])),
        .init("born", .count(UInt64(found.born))), .init("alive", .count(UInt64(found.alive))),
        .init("bytes", .bytes(found.bytes)),
      ], body: .table(table))
    var answer = CommandAnswer(
      arranging: result, showing: table.columns.map(\.key), as: call, options: options)
    let shown = call.arranged(table)
    answer.rows = { shown }
    return answer
  }
}
