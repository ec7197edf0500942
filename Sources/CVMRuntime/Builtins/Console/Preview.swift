import CVMDispatch

/// Values on one line of limited width, as the prompt shows results: `{x: 1, y: [2, 3]}`.
final class Preview {
  private let vm: VM
  private let inspector: Inspector
  private let ellipsis: String
  private var seen: [Handle] = []
  /// Whether something of the value is missing in the text.
  private(set) var isCut = false
  private static let depth = 2

  init(_ vm: VM, ascii: Bool) {
    self.vm = vm
    inspector = Inspector(vm, InspectOptions())
    ellipsis = ascii ? "..." : "…"
  }

  private var ellipsisWidth: Int { ellipsis.unicodeScalars.count }

  /// The value in at most `room` columns.
  func render(_ value: Value, room: Int) -> String {
    if value.isString { return renderString(value, room) }
    guard value.isObject else { return cut(inspector.formatPrimitive(value), room) }
    let object = vm.cell(value)
    if seen.contains(value.handle) { return cut("[Circular \(name(object))]", room) }
    let constructor = inspector.constructorName(object, 0)
    let tag = inspector.stringTag(object)
    switch object.kind {
    case .function, .boundFunction:
      let base = inspector.functionBase(object, constructor, tag)
      if inspector.members(of: object).isEmpty { return cut(base, room) }
      seen.append(value.handle)
      defer { seen.removeLast() }
      return renderObject(object, opening: base + " {", room)
    case .regExp: return cut(inspector.regExpBase(object, constructor, tag), room)
    case .wrapper: return cut(inspector.wrapperBase(object, constructor, tag, false), room)
    case .error: return renderError(object, room)
    case .date: return cut(inspector.dateText(object), room)
    default: break
    }
    seen.append(value.handle)
    defer { seen.removeLast() }
    return renderObject(object, constructor, tag, room)
  }

  private func name(_ object: Cell) -> String {
    if object.id == 0 { return vm.machine.builtInNames[vm.handle(object)] ?? "object" }
    return object.flags & CellFlag.internalID != 0 ? "#i\(object.id)" : "#\(object.id)"
  }

  private func renderError(_ error: Cell, _ room: Int) -> String {
    let text = ByteSearch.lines(vm.displayString(vm.objectValue(error)))[0]
    return "[" + cut(text, room - 2) + "]"
  }

  // MARK: Objects

  /// One entry: its key, and the value or what stands for it.
  private struct Entry {
    var key = ""
    var value = Value.undefined
    /// Instead of the value.
    var text: String?
    /// Map entries: the key as a value.
    var mapKey: Value?
  }

  private func renderObject(_ object: Cell, _ constructor: String?, _ tag: String, _ room: Int) -> String {
    var open = "{"
    if object.kind == .array || object.kind == .arguments {
      open = constructor == "Array" ? "[" : inspector.prefix(constructor, tag, "Array") + "["
      if object.kind == .arguments { open = "[Arguments] [" }
    } else if object.kind == .map || object.kind == .set {
      let size = inspector.table(object)?.count ?? 0
      open = inspector.prefix(constructor, tag, object.kind == .map ? "Map" : "Set", size: "(\(size))") + "{"
    } else if constructor != "Object" || !tag.isEmpty {
      open = inspector.prefix(object, constructor, tag) + "{"
    }
    return renderObject(object, opening: open, room)
  }

  private func renderObject(_ object: Cell, opening open: String, _ room: Int) -> String {
    let close = open.hasSuffix("[") ? "]" : "}"
    // More entries than columns never fit.
    let (entries, total) = entries(of: object, limit: max(room, 1))
    if total == 0 { return cut(open + close, room) }
    if seen.count > Preview.depth + 1 {
      isCut = true
      return cut(open + ellipsis + close, room)
    }
    var text = open
    let available = room - StringWidth.columns(close)
    let more = 2 + ellipsisWidth + (total > 10 ? " \(total) more".utf8.count : 0)
    for (i, entry) in entries.enumerated() {
      let isLast = i == total - 1
      let separator = i == 0 ? "" : ", "
      let reserve = isLast ? 0 : more
      let start = text + separator + keyText(entry, available)
      let left = available - StringWidth.columns(start) - reserve
      let shown = entry.text ?? (left >= 2 ? render(entry.value, room: left) : nil)
      guard let shown, StringWidth.columns(shown) <= left else {
        isCut = true
        text += (i == 0 ? "" : separator) + ellipsis
        return cut(text + moreText(total - i, available - StringWidth.columns(text)) + close, room)
      }
      text = start + shown
    }
    if entries.count < total {
      isCut = true
      text += ", " + ellipsis
      text += moreText(total - entries.count, available - StringWidth.columns(text))
    }
    return cut(text + close, room)
  }

  private func moreText(_ count: Int, _ room: Int) -> String {
    let text = " \(count) more"
    return count > 1 && StringWidth.columns(text) <= room ? text : ""
  }

  private func keyText(_ entry: Entry, _ room: Int) -> String {
    if let key = entry.mapKey { return render(key, room: max(room / 2, 4)) + " => " }
    return entry.key.isEmpty ? "" : entry.key + ": "
  }

  /// The first entries, and how many there are.
  private func entries(of object: Cell, limit: Int) -> (entries: [Entry], total: Int) {
    var result: [Entry] = []
    var total = 0
    switch object.kind {
    case .array: total = addElements(object, limit, &result)
    case .map, .set:
      if let table = inspector.table(object) {
        total = table.count
        for number in 0..<table.used where table.key(number) != .hole && result.count < limit {
          let isMap = object.kind == .map
          result.append(
            Entry(value: isMap ? table.value(number) : table.key(number), mapKey: isMap ? table.key(number) : nil))
        }
      }
    case .weakMap, .weakSet:
      result.append(Entry(text: "<items unknown>"))
      total = 1
    default: break
    }
    let members = inspector.members(of: object)
    total += members.count
    for member in members.prefix(max(limit - result.count, 0)) {
      let isAccessor = member.attributes.contains(.accessor)
      let isElement = object.kind == .arguments && member.key.isIndex
      let key = isElement ? "" : keyName(member.key)
      let text = isAccessor ? inspector.formatMemberValue(member.value, isAccessor: true, 0) : nil
      result.append(Entry(key: key, value: member.value, text: text))
    }
    return (result, total)
  }

  private func keyName(_ key: PropertyKey) -> String {
    if key.isIndex { return String(key.index) }
    if vm.cell(key.atom).kind == .symbol { return inspector.memberName(key, isHidden: false) }
    let name = Value(tag: Tag.string, handle: key.atom)
    if name == vm.machine.names.proto { return "['__proto__']" }
    let units = vm.units(name)
    return isIdentifierName(String(decoding: units, as: UTF16.self))
      ? String(decoding: units, as: UTF16.self) : inspector.quoted(units)
  }

  private func addElements(_ array: Cell, _ limit: Int, _ result: inout [Entry]) -> Int {
    let length = vm.arrayLength(array)
    var empty = 0
    var index = 0
    func flush() {
      if empty > 0 { result.append(Entry(text: "<\(empty) empty item\(empty > 1 ? "s" : "")>")) }
      empty = 0
    }
    let indices = array.flags & CellFlag.sparse != 0 ? inspector.indices(of: array) : nil
    var nextIndex = 0
    while index < length, result.count < limit {
      if let element = vm.ownProperty(array, PropertyKey(index: UInt32(index))) {
        flush()
        let text = element.isAccessor ? inspector.formatMemberValue(element.value, isAccessor: true, 0) : nil
        result.append(Entry(value: element.value, text: text))
        index += 1
        continue
      }
      var end = min(index + 1, length)
      if let indices {
        while nextIndex < indices.count, Int(indices[nextIndex]) < index { nextIndex += 1 }
        end = nextIndex < indices.count ? Int(indices[nextIndex]) : length
      } else if index >= vm.denseLength(array) {
        end = length
      }
      empty += end - index
      index = end
    }
    flush()
    return result.count + length - index
  }

  // MARK: Text

  private func renderString(_ string: Value, _ room: Int) -> String {
    let length = vm.stringLength(string)
    let units = vm.units(string, limit: max(room, 1))
    let whole = inspector.quoted(units)
    if units.count == length, StringWidth.columns(whole) <= room { return whole }
    isCut = true
    if room < ellipsisWidth + 2 { return ellipsis }
    let quote = String(whole.first ?? "'")
    return quote + cut(String(whole.dropFirst().dropLast()) + ellipsis, room - 2) + quote
  }

  /// The text, cut off with an ellipsis when it is too wide; on one line.
  private func cut(_ text: String, _ room: Int) -> String {
    let line = text.utf8.contains(0x0a) ? ByteSearch.lines(text).joined(separator: " ") : text
    if StringWidth.columns(line) <= room { return line }
    isCut = true
    var result = String.UnicodeScalarView()
    var width = 0
    for scalar in line.unicodeScalars {
      let columns = StringWidth.columns(scalar)
      if width + columns > room - ellipsisWidth { break }
      result.append(scalar)
      width += columns
    }
    return String(result) + ellipsis
  }
}

extension Machine {
  /// The value on one line of at most `width` columns, for prompts and tables; no code of the program runs.
  public func preview(_ value: Value, width: Int, ascii: Bool = false) -> String {
    Preview(vm, ascii: ascii).render(value, room: width)
  }

  /// As `preview`; nil when the value does not fit as a whole.
  public func wholePreview(_ value: Value, width: Int) -> String? {
    let preview = Preview(vm, ascii: true)
    let text = preview.render(value, room: width)
    return preview.isCut ? nil : text
  }
}
