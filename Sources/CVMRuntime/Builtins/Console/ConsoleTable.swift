import CVMDispatch

/// `console.table`: rows and columns in boxes.
struct ConsoleTable {
  private let vm: VM
  private let options: InspectOptions
  private var columns: [Column] = []

  private struct Column {
    var heading: String
    var cells: [Int: String] = [:]
  }

  init(_ vm: VM, _ options: InspectOptions) {
    self.vm = vm
    self.options = options
  }

  /// The table of an object; only the named columns when there are `properties`.
  mutating func render(_ object: Cell, properties: [PropertyKey]?) -> String {
    let inspector = Inspector(vm, options)
    if let entries = inspector.entries(of: object) {
      columns = [numbered(entries.count)]
      if entries.contains(where: { $0.value != nil }) {
        columns.append(column("Key", entries.map(\.key)))
        columns.append(column("Values", entries.map { $0.value ?? .undefined }))
      } else {
        columns.append(column("Values", entries.map(\.key)))
      }
      return draw(rowCount: entries.count)
    }
    return renderRows(object, properties, inspector)
  }

  private func numbered(_ count: Int) -> Column {
    var column = Column(heading: "(iteration index)")
    for i in 0..<count { column.cells[i] = String(i) }
    return column
  }

  private func column(_ heading: String, _ values: [Value]) -> Column {
    var column = Column(heading: heading)
    for (i, value) in values.enumerated() { column.cells[i] = cellText(value) }
    return column
  }

  private mutating func renderRows(_ object: Cell, _ properties: [PropertyKey]?, _ inspector: Inspector) -> String {
    var index = Column(heading: "(index)")
    var values = Column(heading: "Values")
    var named: [(key: PropertyKey, column: Column)] = []
    var places: [UInt64: Int] = [:]
    let rows = rowMembers(object, inspector)
    for (i, row) in rows.enumerated() {
      index.cells[i] = keyText(row.key)
      let isAccessor = row.attributes.contains(.accessor)
      if properties == nil, isAccessor || !row.value.isObject {
        values.cells[i] =
          isAccessor ? inspector.formatMemberValue(row.value, isAccessor: true, 0) : cellText(row.value)
        continue
      }
      let isObject = row.value.isObject && !isAccessor
      let members = isObject ? rowMembers(vm.cell(row.value), inspector) : []
      for key in properties ?? members.map(\.key) {
        if places[key.bits] == nil {
          places[key.bits] = named.count
          named.append((key, Column(heading: keyText(key))))
        }
        guard isObject, let place = places[key.bits], let own = vm.ownProperty(vm.cell(row.value), key) else {
          continue
        }
        named[place].column.cells[i] =
          own.isAccessor ? inspector.formatMemberValue(own.value, isAccessor: true, 0) : cellText(own.value)
      }
    }
    let numbers = named.filter { $0.key.isIndex }.sorted { $0.key.index < $1.key.index }
    columns = [index] + numbers.map(\.column) + named.filter { !$0.key.isIndex }.map(\.column)
    if !values.cells.isEmpty { columns.append(values) }
    return draw(rowCount: rows.count)
  }

  /// The own enumerable properties with string keys, elements included.
  private func rowMembers(_ object: Cell, _ inspector: Inspector) -> [Inspector.Member] {
    var result: [Inspector.Member] = []
    if object.kind == .array {
      for index in inspector.indices(of: object) {
        let key = PropertyKey(index: index)
        guard let property = vm.ownProperty(object, key) else { continue }
        result.append(Inspector.Member(key: key, value: property.value, attributes: property.attributes))
      }
    }
    if object.kind == .wrapper, object.value(Layout.primitive).isString {
      for index in 0..<min(vm.stringLength(object.value(Layout.primitive)), options.maxArrayLength) {
        let key = PropertyKey(index: UInt32(index))
        guard let property = vm.ownProperty(object, key) else { continue }
        result.append(Inspector.Member(key: key, value: property.value, attributes: property.attributes))
      }
    }
    let members = inspector.members(of: object).filter { $0.key.isIndex || vm.cell($0.key.atom).kind != .symbol }
    return result + members
  }

  private func keyText(_ key: PropertyKey) -> String {
    key.isIndex ? String(key.index) : vm.plainText(Value(tag: Tag.string, handle: key.atom))
  }

  private func cellText(_ value: Value) -> String {
    var options = options
    options.depth = 0
    options.maxArrayLength = 3
    options.breakLength = Int.max / 2
    if value.isObject, vm.cell(value).kind != .array, !vm.isCallable(value),
      rowMembers(vm.cell(value), Inspector(vm, options)).count > 2
    {
      options.depth = -1
    }
    return Inspector(vm, options).format(value, 0)
  }

  private func draw(rowCount: Int) -> String {
    let widths = columns.map { column in
      column.cells.values.reduce(StringWidth.columns(column.heading)) { max($0, StringWidth.columns($1)) }
    }
    func line(_ left: String, _ middle: String, _ right: String) -> String {
      left + widths.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle) + right
    }
    func row(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - StringWidth.columns($0)) }
      return "│ " + padded.joined(separator: " │ ") + " │"
    }
    var lines = [line("┌", "┬", "┐"), row(columns.map(\.heading)), line("├", "┼", "┤")]
    for i in 0..<rowCount { lines.append(row(columns.map { $0.cells[i] ?? "" })) }
    lines.append(line("└", "┴", "┘"))
    return lines.joined(separator: "\n")
  }
}
