/// The entries of maps and sets of a foreign dump: they stand in a table behind each, as numbered parts.
///
/// In a map's table a key is followed by its value, and that by a link; keys and values that are small numbers are not in
/// the file. A set's table has members and links.
extension HeapGraph {
  /// Whether a node is the table behind a map or a set.
  public func isEntryTable(_ node: Int) -> Bool { mapTables?[node] == true || setTables?[node] == true }

  /// Whether an edge leads from a map or a set to its table.
  public func leadsToEntryTable(_ edge: Int) -> Bool {
    mapTables != nil && edgeKind(edge) == .internalSlot && isEntryTable(target(ofEdge: edge))
  }

  /// The edge to the key of the value that an edge of a table leads to.
  public func keyEdge(ofEntry edge: Int) -> Int? {
    guard let mapTables, edgeKind(edge) == .internalSlot else { return nil }
    let table = source(ofEdge: edge)
    guard mapTables[table], edge > edges(of: table).lowerBound, let number = entryNumber(edge),
      entryNumber(edge - 1) == number - 1
    else { return nil }
    return edge - 1
  }

  /// The edge to the value of an entry of a map with a text as key.
  public func entry(_ key: String, of map: Int) -> Int? {
    guard mapTables != nil else { return nil }
    for slot in edges(of: map) where leadsToEntryTable(slot) {
      for edge in edges(of: target(ofEdge: slot)) {
        guard let found = keyEdge(ofEntry: edge), kind(of: target(ofEdge: found)) == .string else { continue }
        if text(of: target(ofEdge: found)) == key { return edge }
      }
    }
    return nil
  }

  private func entryNumber(_ edge: Int) -> Int? {
    guard edgeKind(edge) == .internalSlot else { return nil }
    return strings.withBytes(of: edgeNames[edge]) { bytes in
      guard !bytes.isEmpty, bytes.count < 11 else { return nil }
      var number = 0
      for byte in bytes {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 0x30)
      }
      return number
    }
  }

  private static let shownKey = 40

  /// The slot of an entry as it is for people, with the key where it is known; nil for any other edge.
  func entryName(_ edge: Int) -> String? {
    if let table = weakMapTable(edge) { return "[[value in WeakMap#\(table)]]" }
    guard mapTables != nil, edgeKind(edge) == .internalSlot else { return nil }
    let table = source(ofEdge: edge)
    guard isEntryTable(table), let number = entryNumber(edge) else { return nil }
    if setTables?[table] == true { return "[[member]]" }
    if let key = keyEdge(ofEntry: edge) { return "[[\(keyText(target(ofEdge: key)))]]" }
    let isKey = edge + 1 < edges(of: table).upperBound && entryNumber(edge + 1) == number + 1
    return isKey ? "[[key \(keyText(target(ofEdge: edge)))]]" : "[[entry \(number)]]"
  }

  /// The id of the weak map whose entry an edge is, by the name that V8 gives it.
  private func weakMapTable(_ edge: Int) -> Substring? {
    guard rootNode != nil, edgeKind(edge) == .internalSlot else { return nil }
    let isLong = strings.withBytes(of: edgeNames[edge]) { $0.count > 60 && $0.last == UInt8(ascii: ")") }
    guard isLong else { return nil }
    let name = string(edgeNames[edge])
    let mark = " pair in WeakMap (table @"
    guard name.contains(" / part of key ("), let place = name.firstRange(of: mark) else { return nil }
    return name[place.upperBound...].dropLast()
  }

  private func keyText(_ node: Int) -> String {
    guard kind(of: node) == .string, let text = text(of: node) else { return label(of: node) }
    let cut = text.prefix(Self.shownKey)
    return "\"" + Self.escaped(cut) + (cut.count < text.count ? "…" : "") + "\""
  }
}
