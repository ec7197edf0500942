/// Finds kinds, classes and texts of V8's nodes.
struct V8ClassNames {
  struct Description {
    var kind: NodeKind
    var className: StringIndex
    /// The text that the node is.
    var text: StringIndex = 0
  }

  private let table: SnapshotTable
  /// What the names of objects mean, by the file's number.
  private var objects: [UInt32: (kind: NodeKind, className: StringIndex, isPlain: Bool)] = [:]
  private var lastName = UInt32.max
  private var lastObject = (kind: NodeKind.object, className: StringIndex(0), isPlain: false)
  private var closures: [UInt32: StringIndex] = [:]
  private var codes: [UInt32: StringIndex] = [:]
  private var hiddenParts: [UInt32: StringIndex] = [:]
  private var shapes: [UInt64: StringIndex] = [:]
  private var others: [String: StringIndex] = [:]
  private(set) var concatenatedName: StringIndex = 0
  private(set) var slicedName: StringIndex = 0
  private var arrayName: StringIndex = 0

  init(_ table: SnapshotTable) { self.table = table }

  mutating func describe(_ node: Int) -> Description {
    let name = table.names[node]
    switch table.type(node) {
    case .object:
      let known = object(name)
      return Description(kind: known.kind, className: known.isPlain ? shape(of: node) : known.className)
    case .native: return Description(kind: .object, className: object(name).className)
    case .closure: return Description(kind: .closure, className: closure(name))
    case .string: return Description(kind: .string, className: 0, text: table.string(name))
    case .concatenatedString:
      if concatenatedName == 0 { concatenatedName = other("(concatenated string)") }
      return Description(kind: .string, className: concatenatedName, text: table.string(name))
    case .slicedString:
      if slicedName == 0 { slicedName = other("(sliced string)") }
      return Description(kind: .string, className: slicedName, text: table.string(name))
    case .symbol: return Description(kind: .symbol, className: 0, text: table.string(name))
    case .bigInt: return Description(kind: .bigInt, className: 0, text: table.string(name))
    case .number: return Description(kind: .number, className: 0, text: table.string(name))
    case .regexp: return Description(kind: .regExp, className: other("RegExp"), text: table.string(name))
    case .array:
      if arrayName == 0 { arrayName = other("(array)") }
      return Description(kind: .elements, className: arrayName)
    case .objectShape: return Description(kind: .shape, className: 0)
    case .code: return Description(kind: .code, className: code(name))
    case .hidden: return Description(kind: .internalObject, className: hidden(name))
    case .synthetic: return Description(kind: .rootGroup, className: table.string(name))
    case .other(let type): return Description(kind: .internalObject, className: other("(\(type))"))
    }
  }

  private mutating func other(_ text: String) -> StringIndex {
    if let known = others[text] { return known }
    let index = table.intern(text)
    others[text] = index
    return index
  }

  private mutating func object(_ name: UInt32) -> (kind: NodeKind, className: StringIndex, isPlain: Bool) {
    // Objects of a class tend to follow each other.
    if name == lastName { return lastObject }
    lastObject = newObject(name)
    lastName = name
    return lastObject
  }

  private mutating func newObject(_ name: UInt32) -> (kind: NodeKind, className: StringIndex, isPlain: Bool) {
    if let known = objects[name] { return known }
    let text = table.graphText(table.string(name))
    let found = (
      Self.kinds[text] ?? (text.hasSuffix("Error") ? NodeKind.error : .object),
      text.isEmpty ? other("(object)") : table.string(name), text == "Object"
    )
    objects[name] = found
    return found
  }

  private mutating func closure(_ name: UInt32) -> StringIndex {
    if let known = closures[name] { return known }
    let text = table.graphText(table.string(name))
    let index = other(text.isEmpty ? "closure" : "closure \(text)")
    closures[name] = index
    return index
  }

  /// Parts of the machine are told apart, the code of functions is not.
  private mutating func code(_ name: UInt32) -> StringIndex {
    if let known = codes[name] { return known }
    let text = table.graphText(table.string(name))
    let index = text.hasPrefix("system / ") || text.hasPrefix("(") ? table.string(name) : 0
    codes[name] = index
    return index
  }

  private mutating func hidden(_ name: UInt32) -> StringIndex {
    if let known = hiddenParts[name] { return known }
    let text = table.graphText(table.string(name))
    // Maps are told apart by what they are maps of, which nobody asks for here.
    let index: StringIndex =
      text.isEmpty
      ? other("(system)") : text.hasPrefix("system / Map (") ? other("system / Map") : table.string(name)
    hiddenParts[name] = index
    return index
  }

  private static let namesInClass = 6

  /// The class of a plain object: the names of its properties.
  private mutating func shape(of node: Int) -> StringIndex {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    var count = 0
    for edge in table.edges(of: node) where table.edgeKinds[edge] & ~EdgeKind.disregarded == EdgeKind.property.rawValue
    {
      hash = (hash ^ UInt64(table.edgeNames[edge])) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      count += 1
    }
    if let known = shapes[hash] { return known }
    var names: [String] = []
    for edge in table.edges(of: node)
    where table.edgeKinds[edge] & ~EdgeKind.disregarded == EdgeKind.property.rawValue && names.count < Self.namesInClass
    {
      names.append(String(table.graphText(table.edgeNames[edge]).prefix(40)))
    }
    let text = "{" + names.joined(separator: ", ") + (count > names.count ? ", ..." : "") + "}"
    let index = other(text)
    shapes[hash] = index
    return index
  }

  private static let kinds: [String: NodeKind] = [
    "Array": .array, "Map": .map, "Set": .set, "Date": .date, "Promise": .promise, "Generator": .generator,
    "WeakRef": .weakReference, "WeakMap": .weakCollection, "WeakSet": .weakCollection, "Proxy": .proxy,
    "ArrayBuffer": .buffer, "SharedArrayBuffer": .buffer, "Int8Array": .typedArray, "Uint8Array": .typedArray,
    "Uint8ClampedArray": .typedArray, "Int16Array": .typedArray, "Uint16Array": .typedArray,
    "Int32Array": .typedArray, "Uint32Array": .typedArray, "Float32Array": .typedArray,
    "Float64Array": .typedArray, "BigInt64Array": .typedArray, "BigUint64Array": .typedArray, "Buffer": .typedArray,
    "Arguments": .arguments, "String": .boxedPrimitive, "Number": .boxedPrimitive, "Boolean": .boxedPrimitive,
    "system / Context": .scope,
  ]
}
