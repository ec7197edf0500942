import CVMHeapGraph

/// What `:leaks` answers: where much accumulates, and who holds it, in sentences.
public struct LeakReport {
  public let found: LeakSuspects
  private let graph: HeapGraph
  public var top: Int
  /// Variables that closures hold although nothing reads them, with what they keep, the most first.
  public var unread: [(variable: String, closure: Int, bytes: UInt64)] = []

  public init(_ found: LeakSuspects, of graph: HeapGraph, top: Int) {
    self.found = found
    self.graph = graph
    self.top = top
  }

  private func share(_ bytes: UInt64) -> Double { found.total == 0 ? 0 : Double(bytes) / Double(found.total) }

  public func text(options: RenderOptions = RenderOptions()) -> String {
    let limit = Numbers.percent(found.share)
    guard !found.suspects.isEmpty else {
      return unreadLines(options).map { $0 + "\n" }.joined()
        + TextLayout.wrapped(
          "No object keeps as much as \(limit) % of the \(options.bytes(found.total)) alive. :dom shows who keeps most; "
            + ":leaks --share 2 looks closer.", to: options.width
        ).map { $0 + "\n" }.joined()
    }
    var lines: [String] = []
    for (number, suspect) in found.suspects.prefix(top).enumerated() {
      if number > 0 { lines.append("") }
      lines += sentences(number + 1, suspect, options).enumerated().flatMap { place, sentence in
        TextLayout.wrapped((place == 0 ? "" : "   ") + options.text(sentence), to: options.width, indent: "   ")
      }
    }
    let count = found.suspects.count
    if count > top { lines.append("-- \(top) of \(count) suspects (--all)") }
    lines.append("")
    lines += unreadLines(options)
    lines += TextLayout.wrapped(
      "Suspects keep \(limit) % or more of \(options.bytes(found.total)) alive. Whether they should is yours to say.",
      to: options.width)
    return lines.map { $0 + "\n" }.joined()
  }

  private func unreadLines(_ options: RenderOptions) -> [String] {
    unread.prefix(3).flatMap { capture in
      TextLayout.wrapped(
        options.text(
          "Never read: `\(capture.variable)`, captured by \(graph.label(of: capture.closure)), keeps "
            + "\(options.bytes(capture.bytes)). No living code reads it."), to: options.width)
    }
  }

  private func sentences(_ number: Int, _ suspect: LeakSuspects.Suspect, _ options: RenderOptions) -> [String] {
    let percent = Numbers.percent(share(suspect.retained))
    let amount = "\(options.bytes(suspect.retained)), \(percent) % of the heap"
    guard let node = suspect.node else {
      return [
        "\(number). \(members(suspect.members)) take \(amount).",
        "They are held separately: no one object holds them all.",
        "Next: :find \(suspect.members.name) --by retained",
      ]
    }
    var result = ["\(number). \(graph.label(of: node)) keeps \(amount), alive."]
    if suspect.members.objects > 0 {
      let each = suspect.members.retained / max(suspect.members.objects, 1)
      result.append(
        suspect.isChain
          ? "\(members(suspect.members)) hang on it in a row, each held by the one before."
          : "\(members(suspect.members)) accumulate there: \(options.bytes(suspect.members.retained)) together, "
            + "\(options.bytes(each)) each.")
    }
    if let path = suspect.path { result.append("It is held by \(pathText(path, options)).") }
    let name = graph.id(of: node).map { "\($0.isInternal ? "#i" : "")\($0.number)" } ?? graph.label(of: node)
    result.append("Next: :why \(name)   :retained \(name)   :dom \(name)")
    return result
  }

  private func members(_ figures: ClassFigures) -> String { "\(Numbers.grouped(figures.objects)) \(figures.name)" }

  private func pathText(_ path: HeapPath, _ options: RenderOptions) -> String {
    let root = graph.rootDescription(of: path)
    let steps = graph.steps(of: path)
    let text = steps.count <= 14 ? steps.joined() : steps.prefix(6).joined() + " ... " + steps.suffix(6).joined()
    return "\(text) (\(root))"
  }

  public var table: ResultTable {
    let rows = found.suspects.prefix(top).map { suspect -> [ResultCell] in
      [
        .text(suspect.node.map(graph.label(of:)) ?? suspect.members.name),
        suspect.node.flatMap(graph.id(of:)).map(ResultCell.object) ?? .none, .bytes(suspect.retained),
        .share(share(suspect.retained)), .count(suspect.members.objects), .text(suspect.members.name),
        .text(suspect.path.map(graph.text(of:)) ?? ""),
      ]
    }
    return ResultTable(
      columns: [
        .init("suspect", .left, isFlexible: true), .init("id", .left), .init("retained"), .init("share", title: "%"),
        .init("n", title: "members"), .init("members", title: "of class", .left, isFlexible: true),
        .init("path", .left, isFlexible: true),
      ], rows: rows, totalRowCount: found.suspects.count)
  }

  public func json(isASCII: Bool = false) -> String {
    let result = AnalysisResult(
      name: "leaks",
      facts: [.init("bytes", .bytes(found.total)), .init("limit", .share(found.share))]
        + unread.prefix(1).flatMap { capture -> [AnalysisResult.Fact] in
          [
            .init("neverRead", .text(capture.variable)), .init("neverReadIn", .text(graph.label(of: capture.closure))),
            .init("neverReadBytes", .bytes(capture.bytes)),
          ]
        },
      body: .table(table))
    return JSONRenderer(isASCII: isASCII).render(result)
  }
}
