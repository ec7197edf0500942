import CSQLite
import CVMSnapshot
import CVMStorage
import Foundation

/// Somebody who writes into a store's database.
final class RowForger {
  private var database: OpaquePointer?
  private static let columns: [(table: String, names: [String])] = [
    ("content", ["bytes", "number"]), ("blobs", ["address", "parent", "users", "size", "chain", "content"]),
    (
      "executions",
      [
        "id", "program", "details", "status", "sequence", "state", "stateBytes", "question", "answer", "result",
        "outputBytes", "logEntries", "createdAt", "updatedAt", "owner",
      ]
    ), ("log", ["execution", "entry", "sequence", "kind", "bytes"]), ("programs", ["name", "address", "details"]),
  ]

  /// Nil when there is no database to open.
  init?(_ path: String) {
    guard sqlite3_open(path, &database) == SQLITE_OK else { return nil }
  }

  func close() { sqlite3_close(database) }

  func change(_ generator: inout DrawnBytes) {
    if Int.random(in: 0..<2, using: &generator) == 0 { return forgeContent(&generator) }
    let (table, names) = Self.columns.randomElement(using: &generator) ?? ("log", ["bytes"])
    let name = names.randomElement(using: &generator) ?? "bytes"
    run("UPDATE OR IGNORE \(table) SET \(name) = \(Self.literal(name, &generator))" + Self.oneRow(table, &generator))
    if Int.random(in: 0..<12, using: &generator) == 0 { run("DELETE FROM \(table)" + Self.oneRow(table, &generator)) }
  }

  /// Changes bytes of a blob and makes its address right again, everywhere.
  private func forgeContent(_ generator: inout DrawnBytes) {
    var blobs: [(address: [UInt8], parent: [UInt8]?, bytes: [UInt8], content: Int64)] = []
    var statement: OpaquePointer?
    sqlite3_prepare_v2(
      database, "SELECT address, parent, bytes, number FROM blobs JOIN content ON number = content", -1, &statement, nil
    )
    while sqlite3_step(statement) == SQLITE_ROW {
      func bytes(_ column: Int32) -> [UInt8]? {
        guard let start = sqlite3_column_blob(statement, column) else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
      }
      blobs.append((bytes(0) ?? [], bytes(1), bytes(2) ?? [], sqlite3_column_int64(statement, 3)))
    }
    sqlite3_finalize(statement)
    guard let victim = blobs.indices.randomElement(using: &generator), !blobs[victim].bytes.isEmpty else { return }
    if let forged = Self.forgedSection(of: blobs[victim].bytes, &generator) {
      blobs[victim].bytes = forged
    } else {
      Self.change(&blobs[victim].bytes, &generator)
    }
    run("UPDATE content SET bytes = \(Self.text(blobs[victim].bytes)) WHERE number = \(blobs[victim].content)")
    // What stands on it gets another address, too.
    var changed = victim
    while true {
      let old = blobs[changed].address
      let new = Self.address(of: blobs[changed].bytes, parent: blobs[changed].parent)
      run("UPDATE OR IGNORE blobs SET address = \(Self.text(new)) WHERE address = \(Self.text(old))")
      for (table, name) in [("blobs", "parent"), ("executions", "state"), ("executions", "program")] {
        run("UPDATE \(table) SET \(name) = \(Self.text(new)) WHERE \(name) = \(Self.text(old))")
      }
      guard let child = blobs.firstIndex(where: { $0.parent == old }) else { return }
      blobs[child].parent = new
      changed = child
    }
  }

  private static func change(_ bytes: inout [UInt8], _ generator: inout DrawnBytes) {
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard let place = bytes.indices.randomElement(using: &generator) else { return }
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
    }
  }

  /// A checkpoint with changes in one of its sections and right checksums; nil of what is none, and at times.
  private static func forgedSection(of bytes: [UInt8], _ generator: inout DrawnBytes) -> [UInt8]? {
    guard Int.random(in: 0..<4, using: &generator) > 0, let file = try? SnapshotFile(bytes) else { return nil }
    var forged = SectionedFile(input: [])
    for (name, _) in file.sectionSizes {
      forged.sections.append((Array(name.utf8), file.section(name).map { Array($0) } ?? []))
    }
    guard let section = forged.sections.indices.randomElement(using: &generator) else { return nil }
    change(&forged.sections[section].bytes, &generator)
    return forged.file(kind: .checkpoint)
  }

  private static func address(of bytes: [UInt8], parent: [UInt8]?) -> [UInt8] {
    func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    let address = BlobAddress(of: bytes, parent: parent.flatMap { BlobAddress(hexadecimal($0)) })
    return [address.high, address.low].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
    }
  }

  private static func oneRow(_ table: String, _ generator: inout DrawnBytes) -> String {
    let key = ["content": "number", "blobs": "address", "executions": "number", "log": "entry", "programs": "name"][
      table]
    guard let key else { return "" }
    let offset = Int.random(in: 0..<8, using: &generator)
    return
      " WHERE \(key) IN (SELECT \(key) FROM \(table) LIMIT 1 OFFSET \(offset) % (SELECT max(count(*), 1) FROM \(table)))"
  }

  private static func literal(_ column: String, _ generator: inout DrawnBytes) -> String {
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: "NULL"
    case 1: "\(column) + 1"
    case 2: "\(column) - 1"
    case 3:
      ["0", "-1", "1", "9223372036854775807", "-9223372036854775808", "4294967296"]
        .randomElement(using: &generator) ?? "0"
    case 4: ["1e308", "-1e308", "9e999", "0.5"].randomElement(using: &generator) ?? "0"
    case 5:
      text((0..<Int.random(in: 0..<40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    case 6: "substr(\(column), 1, length(\(column)) / 2)"
    case 7: "\(column) || \(column)"
    default: "'\u{1F600} text \u{0}'"
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    "x'" + bytes.map { String(format: "%02x", $0) }.joined() + "'"
  }

  private func run(_ statement: String) { sqlite3_exec(database, statement, nil, nil, nil) }
}
