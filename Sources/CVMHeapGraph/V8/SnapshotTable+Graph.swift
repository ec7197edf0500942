import Glibc

/// What the nodes of V8 mean here: kinds, classes, roots, and which edges keep something alive.
extension SnapshotTable {
  /// Turns the columns into a graph.
  func graph(firstLibraryID: Int?) throws(HeapSnapshotError) -> HeapGraph {
    try tell("classes", 0, of: nodeCount)
    markWeakMaps()
    markForeignHolders()
    moveOwnedSizes()
    var classes = GrowingColumn<StringIndex>()
    var contents = GrowingColumn<StringIndex>()
    classes.reserve(nodeCount)
    contents.reserve(nodeCount)
    var naming = V8ClassNames(self)
    for node in 0..<nodeCount {
      if node & 0xFFFF == 0 { try tell("classes", node, of: nodeCount) }
      let description = naming.describe(node)
      identities[node] |= UInt64(description.kind.rawValue) << 56
      classes.append(description.className)
      contents.append(description.text)
    }
    for node in detached.buffer {
      let name = graphText(classes[Int(node)])
      if !name.hasPrefix("Detached ") { classes[Int(node)] = intern("Detached \(name)") }
    }
    let tables = entryTables()
    let roots = roots()
    if let firstLibraryID { restoreIDs(UInt64(firstLibraryID)) }
    types = GrowingColumn()
    names = GrowingColumn()
    return HeapGraph(
      Columns(
        identities: take(&identities), classNames: classes, firstEdges: take(&firstEdges), edgeKinds: take(&edgeKinds),
        edgeNames: take(&edgeNames), edgeTargets: take(&edgeTargets), shallowSizes: take(&sizes),
        largeShallowSizes: largeSizes, snapshotSizes: GrowingColumn(), largeSnapshotSizes: [:], texts: contents,
        strings: takeTexts(), fileStrings: strings, roots: roots, rootNode: 0, danglingEdgeCount: 0,
        hasOwnIDs: firstLibraryID != nil, concatenatedName: naming.concatenatedName, slicedName: naming.slicedName,
        mapTables: tables?.maps, setTables: tables?.sets))
  }

  private func take<Element>(_ column: inout GrowingColumn<Element>) -> GrowingColumn<Element> {
    var taken = GrowingColumn<Element>()
    swap(&taken, &column)
    return taken
  }

  private func takeTexts() -> StringTableBuilder {
    var taken = StringTableBuilder()
    swap(&taken, &texts)
    return taken
  }

  /// A text by the number that the graph will give it.
  func graphText(_ index: StringIndex) -> String {
    if index == 0 { return "" }
    if Int(index) <= strings.count {
      return strings.withBytes(of: Int(index) - 1) { String(decoding: $0, as: UTF8.self) }
    }
    return texts.text(Int(index) - strings.count)
  }

  func type(_ node: Int) -> V8NodeType { nodeTypes[Int(types[node])] }

  func edges(of node: Int) -> Range<Int> { Int(firstEdges[node])..<Int(firstEdges[node + 1]) }

  // MARK: Ids

  /// Gives objects the ids that they had in the machine that wrote the file, and the library its names.
  private func restoreIDs(_ firstLibraryID: UInt64) {
    for node in 0..<nodeCount {
      let identity = Identity(bits: identities[node])
      var head = UInt64(identity.kind.rawValue) << 56
      var payload: UInt64 = 0
      if identity.kind.category == .object, identity.payload > 0 {
        if identity.payload % 2 == 1 {
          payload = identity.payload / 2
        } else if identity.payload >= firstLibraryID {
          head |= UInt64(NodeFlags.builtIn.rawValue) << 48
          payload = UInt64(string(names[node]))
        } else {
          head |= UInt64(NodeFlags.internalID.rawValue) << 48
          payload = identity.payload / 2 - 1
        }
      }
      identities[node] = head | payload
    }
    markLibraryStrings()
  }

  /// Strings and symbols that only the library and the machine hold belong to them.
  private func markLibraryStrings() {
    let isPrograms = BitColumn(count: nodeCount)
    var waiting = GrowingColumn<UInt32>()
    func takeTargets(of node: Int) {
      for edge in edges(of: node) where isPrograms.insert(Int(edgeTargets[edge])) { waiting.append(edgeTargets[edge]) }
    }
    for node in 0..<nodeCount {
      let identity = Identity(bits: identities[node])
      let isHolder = identity.kind.category == .object && !identity.flags.contains(.builtIn)
      if isHolder || node == 0 { takeTargets(of: node) }
    }
    while waiting.count > 0 {
      let node = Int(waiting[waiting.count - 1])
      waiting.truncate(to: waiting.count - 1)
      if Identity(bits: identities[node]).kind.category == .primitive { takeTargets(of: node) }
    }
    for node in 0..<nodeCount where !isPrograms[node] {
      let identity = Identity(bits: identities[node])
      guard identity.kind.category == .primitive else { continue }
      let name = UInt64(intern(identity.kind.title))
      identities[node] |= UInt64(NodeFlags.builtIn.rawValue) << 48 | name
    }
  }

  // MARK: Edges that keep nothing alive

  /// The value of a weak map's entry is held by the key; the table's own edge would only hide that.
  private func markWeakMaps() {
    var tables: [UInt32: UInt64] = [:]
    for (number, table) in strings.weakMapTables() { tables[string(UInt32(number))] = table }
    let protoNames = strings.findAll("__proto__")
    guard !tables.isEmpty || !protoNames.isEmpty else { return }
    let proto = BitColumn(count: strings.count + 1)
    for number in protoNames { _ = proto.insert(Int(string(UInt32(number)))) }
    let known = BitColumn(count: strings.count + 1)
    for name in tables.keys { _ = known.insert(Int(name)) }
    for node in 0..<nodeCount {
      for edge in edges(of: node) {
        let name = edgeNames[edge]
        if edgeKinds[edge] == EdgeKind.internalSlot.rawValue {
          if known[Int(name)], tables[name] == identities[node] & Identity.payloadMask {
            edgeKinds[edge] |= EdgeKind.disregarded
          }
        } else if edgeKinds[edge] == EdgeKind.property.rawValue, Int(name) <= strings.count, proto[Int(name)] {
          edgeKinds[edge] = EdgeKind.prototype.rawValue
        }
      }
    }
  }

  /// What a page reaches counts as held by the page alone, whatever the machine around it holds, too.
  private func markForeignHolders() {
    let page = BitColumn(count: nodeCount)
    var queue = GrowingColumn<UInt32>()
    for edge in edges(of: 0) {
      let target = Int(edgeTargets[edge])
      if isShortcut(edge) {
        edgeKinds[edge] &= ~EdgeKind.disregarded
      } else if edgeKinds[edge] != EdgeKind.element.rawValue || !isDocumentRoot(target) {
        continue
      }
      if page.insert(target) { queue.append(UInt32(target)) }
    }
    guard queue.count > 0 else { return }
    var head = 0
    while head < queue.count {
      for edge in edges(of: Int(queue[head])) where edgeKinds[edge] != EdgeKind.weak.rawValue {
        if page.insert(Int(edgeTargets[edge])) { queue.append(edgeTargets[edge]) }
      }
      head += 1
    }
    for node in 1..<max(nodeCount, 1) where !page[node] {
      for edge in edges(of: node) where edgeKinds[edge] != EdgeKind.weak.rawValue && page[Int(edgeTargets[edge])] {
        edgeKinds[edge] |= EdgeKind.disregarded
      }
    }
  }

  private func isShortcut(_ edge: Int) -> Bool {
    edgeKinds[edge] & ~EdgeKind.disregarded == EdgeKind.shortcut.rawValue
  }

  private func isDocumentRoot(_ node: Int) -> Bool {
    type(node) == .synthetic && graphText(string(names[node])) == "(Document DOM trees)"
  }

  // MARK: Sizes

  /// Counts what only one object owns, and nobody sees, to that object.
  private func moveOwnedSizes() {
    let nobody = UInt32.max
    let several = UInt32.max - 1
    let isPart = nodeTypes.map { $0 == .hidden || $0 == .array }
    guard (0..<nodeCount).contains(where: { isPart[Int(types[$0])] }) else { return }
    let owners = WorkColumn<UInt32>(count: nodeCount, filledWith: nobody)
    var waiting = GrowingColumn<UInt32>()
    for node in 0..<nodeCount where !isPart[Int(types[node])] {
      owners[node] = UInt32(node)
      waiting.append(UInt32(node))
    }
    while waiting.count > 0 {
      let node = Int(waiting[waiting.count - 1])
      waiting.truncate(to: waiting.count - 1)
      let owner = owners[node]
      for edge in edges(of: node) where edgeKinds[edge] != EdgeKind.weak.rawValue {
        let target = Int(edgeTargets[edge])
        let known = owners[target]
        if known == owner || known == UInt32(target) || known == several { continue }
        owners[target] = known == nobody ? owner : several
        waiting.append(UInt32(target))
      }
    }
    for node in 0..<nodeCount {
      let owner = owners[node]
      guard owner != nobody, owner != several, owner != UInt32(node), owner != 0,
        type(Int(owner)) != .synthetic
      else { continue }
      setSize(of: Int(owner), size(of: Int(owner)).saturatingAdd(size(of: node)))
      setSize(of: node, 0)
    }
  }

  private func size(of node: Int) -> UInt64 {
    sizes[node] == .max ? largeSizes[node] ?? UInt64(UInt32.max) : UInt64(sizes[node])
  }

  private func setSize(of node: Int, _ size: UInt64) {
    largeSizes[node] = size >= UInt64(UInt32.max) ? size : nil
    sizes[node] = UInt32(clamping: size)
  }

  // MARK: Maps and sets

  /// The tables in which maps and sets have their entries; nil where there are none.
  private func entryTables() -> (maps: BitColumn, sets: BitColumn)? {
    let names = Set(strings.findAll("table").map { string(UInt32($0)) })
    guard !names.isEmpty else { return nil }
    let (maps, sets) = (BitColumn(count: nodeCount), BitColumn(count: nodeCount))
    for node in 0..<nodeCount {
      let kind = Identity(bits: identities[node]).kind
      guard kind == .map || kind == .set else { continue }
      for edge in edges(of: node)
      where edgeKinds[edge] == EdgeKind.internalSlot.rawValue && names.contains(edgeNames[edge]) {
        _ = (kind == .map ? maps : sets).insert(Int(edgeTargets[edge]))
      }
    }
    return (maps, sets)
  }

  // MARK: Roots

  /// The edges of the first node, then what is held only weakly and so by nothing that is seen.
  private func roots() -> [HeapRoot] {
    var roots = [HeapRoot(kind: .internalRoot, name: intern("(root)"), context: 0, frame: 0, target: 0)]
    for edge in edges(of: 0) where EdgeKind.keeps(edgeKinds[edge]) && edgeTargets[edge] != 0 {
      let target = edgeTargets[edge]
      let isSynthetic = type(Int(target)) == .synthetic
      // Roots that were written from here have names of their own.
      var name = edgeKinds[edge] == EdgeKind.property.rawValue ? edgeNames[edge] : string(names[Int(target)])
      if name == 0 || graphText(name).isEmpty { name = intern("(root \(roots.count))") }
      roots.append(
        HeapRoot(
          kind: isSynthetic ? .internalRoot : .globalVariable, name: name, context: 0, frame: 0, target: target))
    }
    let isHeld = BitColumn(count: nodeCount)
    for edge in 0..<edgeTargets.count where EdgeKind.keeps(edgeKinds[edge]) {
      _ = isHeld.insert(Int(edgeTargets[edge]))
    }
    let weakly = intern("(held only weakly)")
    for node in 1..<max(nodeCount, 1) where !isHeld[node] {
      roots.append(HeapRoot(kind: .internalRoot, name: weakly, context: 0, frame: 0, target: UInt32(node)))
    }
    return roots
  }
}

extension FileStrings {
  /// The numbers of a string, which is there more than once where a writer did not look for it.
  func findAll(_ text: StaticString) -> [Int] {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    return (0..<count).filter { number in
      let raw = raw(number)
      return raw.count == wanted.count && raw.elementsEqual(wanted)
    }
  }

  /// The strings that name an entry of a weak map, each with the id of the table.
  func weakMapTables() -> [(number: Int, table: UInt64)] {
    var found: [(Int, UInt64)] = []
    let mark = Array(" pair in WeakMap (table @".utf8)
    for number in 0..<count {
      let text = raw(number)
      guard text.count > 60, text[text.count - 1] == UInt8(ascii: ")"), text[0] >= 0x30, text[0] <= 0x39 else {
        continue
      }
      var digits = text.count - 1
      var table: UInt64 = 0
      var weight: UInt64 = 1
      while digits > 0, case let digit = text[digits - 1] &- 0x30, digit < 10, weight < 1_000_000_000_000_000 {
        table += UInt64(digit) * weight
        weight *= 10
        digits -= 1
      }
      guard weight > 1, digits > mark.count, text[(digits - mark.count)..<digits].elementsEqual(mark),
        isEntry(text)
      else { continue }
      found.append((number, table))
    }
    return found
  }

  /// Whether a name begins as that of an entry does: `12 / part of key (`.
  private func isEntry(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.drop { $0 >= 0x30 && $0 <= 0x39 }.starts(with: " / part of key (".utf8)
  }
}
