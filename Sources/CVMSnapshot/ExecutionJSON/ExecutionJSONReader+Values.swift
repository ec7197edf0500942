import CVMRuntime
import CVMText

extension ExecutionJSONReader {
  // MARK: Scalars

  func text(_ node: Int) throws(JSONError) -> String {
    guard let text = document.text(node) else { throw document.error("this is no string", at: node) }
    return text
  }

  func integer(_ node: Int, below limit: Int = 1 << 53) throws(JSONError) -> Int {
    guard let number = document.integer(node), number >= 0, number < limit else {
      throw document.error("this is no whole number from 0 to \(limit - 1)", at: node)
    }
    return number
  }

  func base64(_ node: Int) throws(JSONError) -> [UInt8] {
    guard let bytes = Base64.decode(try text(node)) else { throw document.error("this is no Base64", at: node) }
    return bytes
  }

  // MARK: Values

  mutating func value(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    switch document.kind(node) {
    case .null: constant(1, out)
    case .boolean: constant(document.boolean(node) == true ? 3 : 2, out)
    case .number: try number(node, out)
    case .string: string(document.units(node) ?? [], isOddlyWide: false, out)
    case .object: try marked(node, out)
    case .array: throw document.error("arrays are objects of the heap; a value refers to one", at: node)
    }
  }

  private func constant(_ code: UInt64, _ out: ByteBuffer) { out.number(code << 3 | ValueTag.constant) }

  private func number(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    let lexeme = document.lexeme(node) ?? ""
    if lexeme != "-0", let int = Int32(lexeme) {
      out.number(zigzag(Int64(int)) << 3 | ValueTag.int)
      return
    }
    guard let double = Double(lexeme), double.isFinite else {
      throw document.error("a number is out of range", at: node)
    }
    PortableWriter.number(double, out)
  }

  /// An object that stands for a value: it has one member, whose name says what it is.
  private mutating func marked(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    let members = document.members(of: node)
    var iterator = members
    guard let (key, content) = iterator.next(), iterator.next() == nil else {
      throw document.error("objects stand in the heap; a value refers to one", at: node)
    }
    switch document.text(key) {
    case "$ref": try reference(content, out)
    case "$inline": try inline(content, out)
    case "$builtIn": out.number(UInt64(builtIn(try text(content))) << 3 | ValueTag.builtIn)
    case "$value": try special(content, out)
    case "$wide": string(try units(content), isOddlyWide: true, out)
    case "$double":
      let digits = Array(try text(content).utf8)
      guard digits.count == 16, let bits = Hexadecimal.word(digits) else {
        throw document.error("a double has 16 hexadecimal digits", at: content)
      }
      out.number(ConstantCode.double << 3 | ValueTag.constant)
      out.fixed(bits)
    default: throw document.error("this stands for no value", at: key)
    }
  }

  private func units(_ node: Int) throws(JSONError) -> [UInt16] {
    guard let units = document.units(node) else { throw document.error("this is no string", at: node) }
    return units
  }

  func recordKey(_ node: Int) throws(JSONError) -> RecordKey {
    let name = document.kind(node) == .number ? document.lexeme(node) : document.text(node)
    guard let key = name.flatMap({ RecordKey($0) }) else {
      throw document.error("a reference is 12, \"i12\" or \"c12\"", at: node)
    }
    return key
  }

  private mutating func reference(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    write(reference: try number(of: recordKey(node), at: node), out)
  }

  private func write(reference: (number: Int, isNew: Bool), _ out: ByteBuffer) {
    if reference.isNew {
      out.byte(UInt8(ValueTag.newCell))
    } else {
      out.number(zigzag(current - Int64(reference.number)) << 3 | ValueTag.knownCell)
    }
  }

  /// A record that is written in full where it is mentioned.
  private mutating func inline(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    guard document.kind(node) == .object else { throw document.error("this is no record", at: node) }
    write(reference: try number(ofNested: node), out)
  }

  private func special(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    let name = try text(node)
    let doubles: [String: Double] = [
      "NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity, "-0": -0.0,
    ]
    if let double = doubles[name] {
      PortableWriter.number(double, out)
    } else if let code = ExecutionNames.specials.firstIndex(of: name), !(1...3).contains(code) {
      constant(UInt64(code), out)
    } else {
      throw document.error("there is no value \(name.prefix(40))", at: node)
    }
  }

  /// The number of a built-in object.
  mutating func builtIn(_ name: String) -> Int {
    if let known = builtInNumbers[name] { return known }
    buffer(.names).text(name)
    builtInNumbers[name] = builtInNumbers.count
    return builtInNumbers.count - 1
  }

  // MARK: Strings

  mutating func string(_ units: [UInt16], isOddlyWide: Bool, _ out: ByteBuffer) {
    let (index, isNew) = string(units, isOddlyWide: isOddlyWide)
    if isNew { out.byte(UInt8(ValueTag.newString)) } else { out.number(UInt64(index) << 3 | ValueTag.knownString) }
  }

  /// The number of a string's text.
  mutating func string(_ units: [UInt16], isOddlyWide: Bool) -> (index: Int, isNew: Bool) {
    let strings = buffer(.strings)
    let start = strings.count
    let isWide = isOddlyWide || units.contains { $0 > 255 }
    strings.number(units.count << 1 | (isWide ? 1 : 0))
    for unit in units {
      strings.byte(UInt8(truncatingIfNeeded: unit))
      if isWide { strings.byte(UInt8(unit >> 8)) }
    }
    let (index, isNew) = stringIndex.find(strings, start)
    if !isNew { strings.truncate(to: start) }
    return (Int(index), isNew)
  }

  // MARK: Names of properties

  func propertyName(_ key: Int) throws(JSONError) -> ExecutionProperty.Name {
    let units = document.units(key) ?? []
    guard units.first == UInt16(UInt8(ascii: "$")) else { return .string(units, isOddlyWide: false) }
    if units.count > 1, units[1] == units[0] { return .string(Array(units.dropFirst()), isOddlyWide: false) }
    func rest(after prefix: String) -> [UInt16]? {
      units.starts(with: Array(prefix.utf16)) ? Array(units.dropFirst(prefix.utf16.count)) : nil
    }
    if let rest = rest(after: "$symbol:"), let key = RecordKey(String(decoding: rest, as: UTF16.self)) {
      return .symbol(key)
    }
    if let rest = rest(after: "$builtIn:") { return .builtIn(String(decoding: rest, as: UTF16.self)) }
    if let rest = rest(after: "$wide:"), rest.allSatisfy({ $0 < 256 }) { return .string(rest, isOddlyWide: true) }
    throw document.error("a name begins with $: $$ stands for it, $symbol:, $builtIn: and $wide: for others", at: key)
  }

  /// The properties of a record, in order.
  func properties(_ node: Int?) throws(JSONError) -> [ExecutionProperty] {
    guard let node else { return [] }
    guard document.kind(node) == .object else { throw document.error("properties is no object", at: node) }
    var result: [ExecutionProperty] = []
    for (key, content) in document.members(of: node) {
      var property = try ExecutionProperty(document, content)
      property.name = try propertyName(key)
      property.nameNode = key
      result.append(property)
    }
    return result
  }

  /// A key that is written as a value.
  mutating func name(_ name: ExecutionProperty.Name, at node: Int, _ out: ByteBuffer) throws(JSONError) {
    switch name {
    case .string(let units, let isOddlyWide): string(units, isOddlyWide: isOddlyWide, out)
    case .builtIn(let symbol): out.number(UInt64(builtIn(symbol)) << 3 | ValueTag.builtIn)
    case .symbol(let key): write(reference: try number(of: key, at: node), out)
    }
  }

  mutating func write(
    _ property: ExecutionProperty, _ out: ByteBuffer, withAttributes: Bool
  ) throws(JSONError) {
    if withAttributes { out.byte(property.attributes) }
    try value(property.first, out)
    if let second = property.second { try value(second, out) }
  }

  mutating func write(_ properties: [ExecutionProperty], isDictionary: Bool) throws(JSONError) {
    let values = buffer(.values)
    if isDictionary { values.number(properties.count) }
    for property in properties {
      if isDictionary { try name(property.name, at: property.nameNode, values) }
      try write(property, values, withAttributes: isDictionary)
    }
  }
}

/// A property of an object as execution JSON has it.
struct ExecutionProperty {
  enum Name: Hashable {
    case string([UInt16], isOddlyWide: Bool)
    case symbol(RecordKey)
    case builtIn(String)
  }

  var name = Name.string([], isOddlyWide: false)
  var nameNode = 0
  var attributes = ExecutionNames.commonAttributes
  /// The value, or the getter.
  var first: Int
  /// The setter.
  var second: Int?

  init(_ document: JSONDocument, _ node: Int) throws(JSONError) {
    first = node
    guard document.kind(node) == .object, let letters = document.member("$property", of: node) else { return }
    var fields = try JSONFields(document, node)
    _ = fields.take("$property")
    attributes = 0
    for letter in (document.text(letters) ?? "?").unicodeScalars {
      guard let bit = ExecutionNames.attributes.first(where: { $0.letter.unicodeScalars.first == letter })?.bit,
        attributes & bit == 0
      else { throw document.error("attributes are some of w, e and c", at: letters) }
      attributes |= bit
    }
    if let getter = fields.take("get") {
      attributes |= ExecutionNames.accessor
      first = getter
      second = try fields.required("set")
    } else {
      first = try fields.required("value")
    }
    try fields.finish()
  }
}

/// The members of an object: each is taken once, and none may be left.
struct JSONFields {
  let document: JSONDocument
  let node: Int
  private var members: [(key: Int, value: Int)]

  init(_ document: JSONDocument, _ node: Int) throws(JSONError) {
    guard document.kind(node) == .object else { throw document.error("this is no object", at: node) }
    (self.document, self.node) = (document, node)
    members = Array(document.members(of: node))
  }

  mutating func take(_ name: String) -> Int? {
    guard let place = members.firstIndex(where: { document.isText($0.key, name) }) else { return nil }
    return members.remove(at: place).value
  }

  mutating func required(_ name: String) throws(JSONError) -> Int {
    guard let value = take(name) else { throw document.error("the member \(name) is missing", at: node) }
    return value
  }

  func finish() throws(JSONError) {
    guard let (key, _) = members.first else { return }
    throw document.error("there is no member of this name here", at: key)
  }
}
