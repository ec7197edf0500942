import CVMHeapGraph
import CVMReport

/// `:shapes`: objects by the properties that they have.
enum ShapesCommand: Command {
  static let spec = CommandSpec(
    name: "shapes", category: .look, argument: "CLASS", kind: .className, rule: .optional,
    options: [.withoutPrompt],
    table: .init(["n", "shape", "properties", "slots", "free", "bytes", "id"]),
    summary: "objects by shape: which properties, in which order, in how many slots",
    discussion:
      "Objects with the same properties, made in the same order, share a shape: code that sees one shape is fast. `free` is "
      + "room for properties that are not there. With a CLASS only its objects; `Object` is plain objects. Of a "
      + "heap from a file: plain objects by the names of their properties, as far as the file has them.",
    examples: [
      .init(":shapes", setup: ["let points = [{x: 1, y: 2}, {x: 3, y: 4}, {y: 5, x: 6}]"]),
      .init(":shapes Object --by bytes"),
    ])

  static func run(_ call: CommandCall, in session: Session) throws(CommandError) -> CommandAnswer {
    let heap = try session.heapInUse()
    let selection = call.roots
    let census = try session.analysing { progress throws(AnalysisError) in
      let reachable = try heap.analyses.reachability(roots: selection, progress: progress)
      if let dump = heap.dump { return try dump.shapes(reachable: reachable, progress: progress) }
      return try ShapeCensus(graph: heap.graph, reachable: reachable, progress: progress)
    }
    var shapes = census.shapes
    if !call.argument.isEmpty {
      shapes.removeAll { !FindCommand.matches(call.argument, $0.className.isEmpty ? "Object" : $0.className) }
      if shapes.isEmpty { throw .notFound("There is no object of a class \(call.argument.prefix(40)).") }
    }
    let rows = shapes.map { shape -> [ResultCell] in
      [
        .text(shape.title), .count(shape.objects),
        shape.isTable || !census.isExact ? .none : .count(UInt64(shape.properties.count)), .count(shape.slots),
        .count(shape.slots - min(shape.used, shape.slots)), .bytes(shape.bytes),
        heap.graph.id(of: shape.example).map(ResultCell.object) ?? .none,
      ]
    }
    let table = ResultTable(
      columns: [
        .init("shape", .left, isFlexible: true), .init("n", title: "objects"), .init("properties"),
        .init("slots", title: "slots"), .init("free"), .init("bytes"), .init("id", title: "e.g.", .left),
      ], rows: rows, isNumbered: true)
    let options = session.options.rendering
    let objects = shapes.reduce(UInt64(0)) { $0 + $1.objects }
    let bytes = shapes.reduce(UInt64(0)) { $0.addingReportingOverflow($1.bytes).partialValue }
    let single = shapes.count { $0.objects == 1 }
    let noun = census.isExact ? "object" : "plain object"
    let result = AnalysisResult(
      name: "shapes",
      heading: [
        "\(Numbers.counted(objects, noun)) of \(Numbers.counted(UInt64(shapes.count), "shape")), "
          + "\(ByteCount.text(bytes, isExact: options.isExact))"
      ],
      facts: [
        .init("objects", .count(objects)), .init("shapes", .count(UInt64(shapes.count))), .init("bytes", .bytes(bytes)),
        .init("single", .count(UInt64(single))),
      ], body: .table(table), notes: notes(census, shapes, single))
    var answer = CommandAnswer(
      arranging: result, showing: ["shape", "n", "slots", "free", "bytes", "id"], as: call, options: options)
    answer.rows = { call.arranged(table) }
    return answer
  }

  private static func notes(_ census: ShapeCensus, _ shapes: [ShapeFigures], _ single: Int) -> [String] {
    guard census.isExact else {
      return ["A dump by V8 lacks properties that hold small numbers, so shapes may look alike that are not."]
    }
    var notes: [String] = []
    let shown = Set(shapes.map(\.title))
    for group in census.reordered.filter({ shown.contains($0[0].title) }).prefix(2) {
      let parts = group.prefix(3).map { "\($0.title) (\(Numbers.grouped($0.objects)))" }
      notes.append("Differ only in the order of their properties: \(parts.joined(separator: " and ")).")
    }
    if single > 20, single * 2 > shapes.count {
      notes.append(
        "\(Numbers.grouped(UInt64(single))) shapes have one object each: objects used as tables? A Map is smaller.")
    }
    return notes
  }
}
