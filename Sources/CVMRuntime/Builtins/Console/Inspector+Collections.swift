import CVMDispatch

/// Arrays, sets, maps, their iterators, and boxed primitives.
extension Inspector {
  // MARK: Headings

  func describeArray(_ array: Cell, _ constructor: String?, _ tag: String, _ isBare: Bool) -> Parts {
    let length = vm.arrayLength(array)
    let isPlain = constructor == "Array" && tag.isEmpty
    let prefix = isPlain ? "" : prefix(constructor, tag, "Array", size: "(\(length))")
    var parts = Parts(open: prefix + "[", close: "]", members: members(of: array))
    parts.content = .array
    if length == 0, parts.members.isEmpty, isBare { parts.text = parts.open + "]" }
    return parts
  }

  func describeCollection(_ object: Cell, _ constructor: String?, _ tag: String, _ isBare: Bool) -> Parts {
    let isMap = object.kind == .map
    let size = table(object)?.count ?? 0
    let prefix = prefix(constructor, tag, isMap ? "Map" : "Set", size: "(\(size))")
    var parts = Parts(open: prefix + "{", members: members(of: object))
    parts.content = isMap ? .map : .set
    if size == 0, parts.members.isEmpty, isBare { parts.text = prefix + "{}" }
    return parts
  }

  func describeIterator(_ iterator: Cell, _ tag: String) -> Parts {
    let type = iterator.kind == .mapIterator ? "Map" : "Set"
    let kind = deliversEntries(iterator) ? "Entries" : "Iterator"
    let first = tag.isEmpty || tag == "\(type) Iterator" ? "" : "\(tag)] ["
    var parts = Parts(open: "[\(first)\(type) \(kind)] {", members: members(of: iterator))
    parts.content = .iterator
    return parts
  }

  // MARK: Content

  func formatContent(_ content: Content, _ object: Cell, _ level: Int) -> [String] {
    switch content {
    case .none: []
    case .array: formatElements(object, level)
    case .set: formatSet(object, level)
    case .map: formatMap(object, level)
    case .iterator: formatIterator(object, level)
    case .unknown: [styled("<items unknown>", .special)]
    }
  }

  private func moreItems(_ count: Int) -> String {
    "... \(options.isForPrompt ? Self.grouped(count) : "\(count)") more item\(count > 1 ? "s" : "")"
  }

  /// `99,900`
  private static func grouped(_ count: Int) -> String {
    var digits = Array("\(count)")
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }

  private func formatElements(_ array: Cell, _ level: Int) -> [String] {
    let length = vm.arrayLength(array)
    let limit = min(max(options.maxArrayLength, 0), length)
    if array.flags & CellFlag.sparse != 0 { return formatSparse(array, limit, level) }
    var output: [String] = []
    output.reserveCapacity(limit + 1)
    var index = 0
    let dense = vm.denseLength(array)
    while index < length, output.count < limit {
      if index < dense, vm.arrayElements(array)[index] != .hole {
        output.append(formatMemberValue(vm.arrayElements(array)[index], isAccessor: false, level))
        index += 1
        continue
      }
      var end = index + 1
      while end < dense, vm.arrayElements(array)[end] == .hole { end += 1 }
      if end >= dense { end = length }
      output.append(emptyItems(end - index))
      index = end
    }
    if index < length { output.append(moreItems(length - index)) }
    return output
  }

  private func emptyItems(_ count: Int) -> String {
    styled("<\(count) empty item\(count > 1 ? "s" : "")>", .undefined)
  }

  private func formatSparse(_ array: Cell, _ limit: Int, _ level: Int) -> [String] {
    let length = vm.arrayLength(array)
    let elements = vm.sparseElements(array)
    var output: [String] = []
    var index = 0
    var hasGap = false
    let entries = elements.entries.sorted { elements.key($0).index < elements.key($1).index }
    for number in entries {
      guard output.count < limit else { break }
      let position = Int(elements.key(number).index)
      // As in Node, what is not enumerable counts as empty behind the first empty element.
      if position > index { hasGap = true }
      if hasGap, !elements.attributes(number).contains(.enumerable) { continue }
      if position > index {
        output.append(emptyItems(position - index))
        index = position
        if output.count == limit { break }
      }
      let isAccessor = elements.attributes(number).contains(.accessor)
      output.append(formatMemberValue(elements.value(number), isAccessor: isAccessor, level))
      index += 1
    }
    if index < length { output.append(output.count == limit ? moreItems(length - index) : emptyItems(length - index)) }
    return output
  }

  func table(_ collection: Cell) -> HashTable? {
    let table = collection.value(Layout.table)
    return table.isReference ? HashTable(vm, vm.cell(table)) : nil
  }

  /// Calls `body` with the entries up to the limit; returns how many there are.
  private func forEachEntry(_ table: HashTable, _ body: (Value, Value) -> Void) -> Int {
    var shown = 0
    for number in 0..<table.used where table.key(number) != .hole && shown < options.maxArrayLength {
      body(table.key(number), table.value(number))
      shown += 1
    }
    return table.count
  }

  private func formatSet(_ set: Cell, _ level: Int) -> [String] {
    guard let table = table(set) else { return [] }
    var output: [String] = []
    indentation += 2
    let count = forEachEntry(table) { key, _ in output.append(format(key, level)) }
    indentation -= 2
    if count > output.count { output.append(moreItems(count - output.count)) }
    return output
  }

  private func formatMap(_ map: Cell, _ level: Int) -> [String] {
    guard let table = table(map) else { return [] }
    var output: [String] = []
    indentation += 2
    let count = forEachEntry(table) { output.append("\(format($0, level)) => \(format($1, level))") }
    indentation -= 2
    if count > output.count { output.append(moreItems(count - output.count)) }
    return output
  }

  private func deliversEntries(_ iterator: Cell) -> Bool {
    let kind = iterator.value(Layout.Iterator.kind)
    return kind.isInt && kind.asInt == 2
  }

  /// What a map, a set or an iterator of one would deliver: keys with values where it delivers pairs. Nil for others.
  func entries(of object: Cell) -> [(key: Value, value: Value?)]? {
    let isIterator = object.kind == .mapIterator || object.kind == .setIterator
    guard isIterator || object.kind == .map || object.kind == .set else { return nil }
    guard isIterator else {
      return table(object).map { entries(of: $0, from: 0, isMap: object.kind == .map, pairs: object.kind == .map) }
        ?? []
    }
    let start = object.value(Layout.Iterator.target)
    guard start.isReference else { return [] }
    let position = Int(object.value(Layout.Iterator.position).asInt)
    let (table, first) = HashTable(vm, vm.cell(start)).following(position)
    let isMap = object.kind == .mapIterator
    let pairs = entries(of: table, from: first, isMap: isMap, pairs: true)
    if deliversEntries(object) { return pairs }
    let showsValues = isMap && object.value(Layout.Iterator.kind).asInt == 1
    return pairs.map { (showsValues ? $0.value ?? .undefined : $0.key, nil) }
  }

  private func entries(
    of table: HashTable, from start: Int, isMap: Bool, pairs: Bool
  ) -> [(key: Value, value: Value?)] {
    (start..<max(table.used, start)).filter { table.key($0) != .hole }.map { number in
      (table.key(number), pairs ? (isMap ? table.value(number) : table.key(number)) : nil)
    }
  }

  private func formatIterator(_ iterator: Cell, _ level: Int) -> [String] {
    let entries = entries(of: iterator) ?? []
    let limit = max(options.maxArrayLength, 0)
    indentation += 2
    var output = entries.prefix(limit).map { key, value in
      guard let value else { return format(key, level) }
      return layOut([format(key, level), format(value, level)], base: "", open: "[", close: "]", level: level)
    }
    indentation -= 2
    if entries.count > limit { output.append(moreItems(entries.count - limit)) }
    return output
  }

  // MARK: Boxed primitives and dates

  func dateText(_ date: Cell) -> String { DateText.preview(date.value(Layout.primitive).asNumber) }

  func wrapperType(_ wrapper: Cell) -> String {
    let primitive = wrapper.value(Layout.primitive)
    if primitive.isString { return "String" }
    if primitive.isNumber { return "Number" }
    if primitive.isBigInt { return "BigInt" }
    return primitive.isBoolean ? "Boolean" : "Symbol"
  }

  func wrapperBase(_ wrapper: Cell, _ constructor: String?, _ tag: String, _ isWhole: Bool) -> String {
    let primitive = wrapper.value(Layout.primitive)
    let type = wrapperType(wrapper)
    var base = "[\(type)"
    if type != constructor { base += constructor.map { " (\($0))" } ?? " (null prototype)" }
    base += ": \(uncolored { formatPrimitive(primitive) })]"
    if !tag.isEmpty, tag != constructor { base += " [\(tag)]" }
    guard isWhole else { return base }
    return styled(
      base, primitive.isString ? .string : primitive.isNumeric ? .number : primitive.isBoolean ? .boolean : .symbol)
  }
}
