import CVMHeapGraph
import CVMReport
import CVMRuntime

extension HeapDifference {
  /// `+3 objects  -1 object  2 changed`
  var figures: String {
    var parts: [String] = []
    if addedCount > 0 { parts.append("+\(Numbers.counted(UInt64(addedCount), "object"))") }
    if goneCount > 0 { parts.append("-\(Numbers.counted(UInt64(goneCount), "object"))") }
    if !changed.isEmpty { parts.append("\(changed.count) changed") }
    if !variables.isEmpty { parts.append(Numbers.counted(UInt64(variables.count), "variable")) }
    return parts.isEmpty ? "no difference" : parts.joined(separator: "  ")
  }

  /// `1 -> 5`
  private static func text(_ change: Change) -> String {
    switch (change.old, change.new) {
    case (let old?, let new?): "\(old) -> \(new)"
    case (nil, let new?): "\(new) added"
    case (let old?, nil): "\(old) removed"
    case (nil, nil): ""
    }
  }

  /// All differences, a line each: variables, then changed, new and gone objects.
  func lines(width: Int, slotLimit: Int = 8, rowLimit: Int) -> [String] {
    var lines: [String] = []
    func add(_ line: String) {
      lines.append(TextLayout.ellipsized(TextLayout.printable(line), to: width, isASCII: true))
    }
    for change in variables { add("  ~ \(change.name)  \(Self.text(change))") }
    for item in changed {
      for (index, change) in item.changes.prefix(slotLimit).enumerated() {
        let head = index == 0 ? item.title : String(repeating: " ", count: displayWidth(item.title))
        add("  ~ \(head)   \(change.name)  \(Self.text(change))")
      }
      if item.changes.count > slotLimit {
        add("      ... \(Numbers.grouped(UInt64(item.changes.count - slotLimit))) more slots of \(item.title)")
      }
    }
    for item in added { add("  + \(item.title)") }
    if addedCount > added.count { add("  + ... \(Numbers.grouped(UInt64(addedCount - added.count))) more objects") }
    for item in gone { add("  - \(item.title)") }
    if goneCount > gone.count { add("  - ... \(Numbers.grouped(UInt64(goneCount - gone.count))) more objects") }
    if skippedCount > 0 { add("  (\(Numbers.grouped(UInt64(skippedCount))) more objects written to, not compared)") }
    if lines.count > rowLimit {
      let more = lines.count - rowLimit
      lines.removeLast(more)
      add("-- \(rowLimit) of \(rowLimit + more) differences (--all)")
    }
    return lines
  }

  /// A few words for what a step changed: `  pts.length 3 -> 2    #14 Object gone`.
  func summaryLines(limit: Int, width: Int) -> [String] {
    let all = lines(width: width, slotLimit: 2, rowLimit: .max)
    if all.count <= limit { return all }
    return all.prefix(limit - 1) + ["    ... \(all.count - limit + 1) more: \(figures)"]
  }

  /// The differences as rows: one for each variable, changed slot, new or gone object.
  var table: ResultTable {
    func row(_ mark: String, _ item: Item?, _ change: Change?) -> [ResultCell] {
      [
        .text(mark), item.map { .object(NodeID($0.id)) } ?? .none, item.map { .text($0.title) } ?? .none,
        change.map { .text($0.name) } ?? .none, change?.old.map { .text($0) } ?? .none,
        change?.new.map { .text($0) } ?? .none,
      ]
    }
    var rows = variables.map { row("~", nil, $0) }
    for item in changed { rows += item.changes.map { row("~", item, $0) } }
    rows += added.map { row("+", $0, nil) } + gone.map { row("-", $0, nil) }
    let columns = ["change", "id", "object", "slot", "old", "new"].map {
      ResultTable.Column($0, .left, isFlexible: true)
    }
    return ResultTable(columns: columns, rows: rows)
  }

  /// The difference for programs.
  func write(to writer: inout JSONWriter) {
    func list(_ name: String, _ items: [Item], _ count: Int, _ writer: inout JSONWriter) {
      writer.member("\(name)Count", count)
      writer.list(name) { writer in
        for item in items {
          writer.object { writer in
            writer.member("id", item.id)
            writer.member("title", item.title)
            if !item.changes.isEmpty { changes("slots", item.changes, &writer) }
          }
        }
      }
    }
    func changes(_ name: String, _ changes: [Change], _ writer: inout JSONWriter) {
      writer.list(name) { writer in
        for change in changes {
          writer.object { writer in
            writer.member("name", change.name)
            if let old = change.old { writer.member("old", old) }
            if let new = change.new { writer.member("new", new) }
          }
        }
      }
    }
    changes("variables", variables, &writer)
    list("added", added, addedCount, &writer)
    list("gone", gone, goneCount, &writer)
    list("changed", changed, changed.count, &writer)
    writer.member("bytes", bytes)
  }
}
