import CVMRuntime
import CVMText

extension ExecutionJSONReader {
  mutating func variables(_ node: Int) throws(JSONError) {
    let out = buffer(.globals)
    guard document.kind(node) == .object else { throw document.error("variables is no object", at: node) }
    var count = 0
    for _ in document.members(of: node) { count += 1 }
    out.number(count)
    for (key, content) in document.members(of: node) {
      var fields = try JSONFields(document, content)
      let kindNode = try fields.required("kind")
      guard let kind = ExecutionNames.declarations.firstIndex(of: try text(kindNode)) else {
        throw document.error("a variable is declared by var, let, const, class or function", at: kindNode)
      }
      out.byte(UInt8(kind))
      try name(propertyName(key), at: key, out)
      try value(fields.required("value"), out)
      try fields.finish()
    }
  }

  mutating func builtIns(_ node: Int) throws(JSONError) {
    let out = buffer(.builtIns)
    guard document.kind(node) == .array else { throw document.error("this is no array", at: node) }
    for change in document.elements(of: node) { try builtInChange(change, out) }
    out.number(0)
  }

  private mutating func builtInChange(_ node: Int, _ out: ByteBuffer) throws(JSONError) {
    var fields = try JSONFields(document, node)
    out.number(builtIn(try text(fields.required("object"))) + 1)
    let prototype = fields.take("prototype")
    let notExtensible = fields.take("notExtensible")
    let removed = try properties(fields.take("removed"))
    let set = try properties(fields.take("properties"))
    let length = fields.take("length")
    let entries = fields.take("entries")
    let flagsNode = fields.take(ExecutionNames.flagsMember)
    var flags: UInt8 = 0
    if prototype != nil { flags |= BuiltInFlag.prototype }
    if let notExtensible, document.boolean(notExtensible) == true { flags |= BuiltInFlag.notExtensible }
    if length != nil { flags |= BuiltInFlag.elements }
    if entries != nil { flags |= BuiltInFlag.table }
    if flagsNode != nil { flags |= BuiltInFlag.flags }
    out.byte(flags)
    if let prototype { try value(prototype, out) }
    out.number(removed.count)
    for property in removed { try name(property.name, at: property.nameNode, out) }
    out.number(set.count)
    for property in set {
      try name(property.name, at: property.nameNode, out)
      try write(property, out, withAttributes: true)
    }
    if let length {
      out.number(try integer(length, below: 1 << 32))
      let elements = try fields.required("sparse")
      out.number(try elementCount(elements))
      try sparse(elements, out)
    }
    if let entries {
      out.number(try elementCount(entries))
      try pairs(entries, out)
    }
    if let flagsNode {
      var bits: UInt8 = 0
      for element in document.elements(of: flagsNode) {
        let word = try text(element)
        guard let flag = ExecutionNames.flags(.array).first(where: { $0.name == word }) else {
          throw document.error("an array is not \(word.prefix(40))", at: element)
        }
        bits |= flag.bit
      }
      out.byte(bits)
    }
    try fields.finish()
  }

  mutating func machine(
    _ node: Int, _ activity: Int, _ question: Int?
  ) throws(JSONError) {
    let out = buffer(.machine)
    var fields = try JSONFields(document, node)
    let random = try fields.required("random")
    let digits = Array(try text(random).utf8)
    guard digits.count == 32 else {
      throw document.error("the generator's state has 32 hexadecimal digits", at: random)
    }
    for place in stride(from: 0, to: 32, by: 2) {
      guard let byte = Hexadecimal.word(digits[place..<place + 2]) else {
        throw document.error("the generator's state has 32 hexadecimal digits", at: random)
      }
      out.byte(UInt8(byte))
    }
    out.number(try integer(fields.required("consoleGroups")))
    let counts = try fields.required("consoleCounts")
    try eachMember(counts, out) { (label, content) throws(JSONError) in
      out.text(label)
      out.number(try integer(content))
    }
    switch activity {
    case 0: try value(fields.required("result"), out)
    case 3: try value(fields.required("exception"), out)
    case 1:
      if let question { try value(question, out) }
      out.number(try integer(fields.required("outputBytes")))
    default: out.number(try integer(fields.required("outputBytes")))
    }
    try named(fields.required("named"), .machine)
    try fields.finish()
  }

  /// Puts in front what is known only after all records: copies of objects take new ids.
  mutating func finishMachine(_ activity: Int, _ nextInternalID: Int) {
    let rest = buffer(.machine)
    let out = ByteBuffer()
    out.byte(UInt8(activity))
    out.number(nextID)
    out.number(nextInternalID)
    out.append(rest.bytes)
    rest.free()
    buffers[.machine] = out
  }

  /// A count, then the members of an object.
  private func eachMember(
    _ node: Int, _ out: ByteBuffer, _ body: (String, Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard document.kind(node) == .object else { throw document.error("this is no object", at: node) }
    var count = 0
    for _ in document.members(of: node) { count += 1 }
    out.number(count)
    for (key, content) in document.members(of: node) { try body(document.text(key) ?? "", content) }
  }

  mutating func named(_ node: Int, _ section: PortableSection) throws(JSONError) {
    let out = buffer(section)
    out.number(try elementCount(node))
    for element in document.elements(of: node) {
      let (name, content) = try pair(element)
      out.text(try text(name))
      try value(content, out)
    }
  }

  mutating func functions(_ node: Int, isLast: Bool) throws(JSONError) {
    let out = buffer(.functions)
    out.number(try elementCount(node))
    for element in document.elements(of: node) {
      let (name, function) = try pair(element)
      out.text(try text(name))
      if document.kind(function) == .number {
        out.number(0)
        out.number(try integer(function, below: 1 << 47))
        continue
      }
      guard let reference = document.member("$ref", of: function) else {
        throw document.error("a function is a reference, or the id of one that nothing refers to", at: function)
      }
      let (number, isNew) = try number(of: recordKey(reference), at: reference)
      if isNew { throw document.error("nothing else refers to this function", at: reference) }
      out.number(number + 1)
    }
  }

  mutating func timers(_ node: Int) throws(JSONError) {
    let out = buffer(.timers)
    try eachMember(node, out) { (label, content) throws(JSONError) in
      guard let seconds = document.double(content), seconds.isFinite else {
        throw document.error("this is no number of seconds", at: content)
      }
      out.text(label)
      out.fixed(seconds.bitPattern)
    }
  }

  mutating func sources(_ node: Int) throws(JSONError) {
    let out = buffer(.sources)
    out.number(try elementCount(node))
    for source in document.elements(of: node) {
      var fields = try JSONFields(document, source)
      out.text(try text(fields.required("name")))
      let bytes: [UInt8]
      if let encoded = fields.take("bytes") {
        bytes = try base64(encoded)
      } else {
        bytes = Array(try text(fields.required("text")).utf8)
      }
      out.number(bytes.count)
      out.append(bytes)
      try fields.finish()
    }
  }

  mutating func code(_ node: Int) throws(JSONError) {
    let out = buffer(.code)
    out.number(try elementCount(node))
    for code in document.elements(of: node) {
      var fields = try JSONFields(document, code)
      _ = fields.take("name")
      let source = fields.take("source")
      out.number(try source.map { (source) throws(JSONError) in try integer(source, below: 1 << 32) + 1 } ?? 0)
      let bytes = try base64(fields.required("bytes"))
      out.number(bytes.count)
      out.append(bytes)
      if let nested = fields.take("nested") {
        out.number(try elementCount(nested))
        for number in document.elements(of: nested) { out.number(try integer(number, below: 1 << 32)) }
      } else {
        out.number(0)
      }
      try fields.finish()
    }
  }
}
