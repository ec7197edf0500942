import CVMRuntime
import CVMText

/// Transcribes the sections of a state, which the same program wrote, into JSON. ExecutionJSONFormat.md has every member.
struct ExecutionJSONWriter {
  private let state: PortableState
  private let notes: PortableNotes

  private var names: [String] = []
  /// Where each string stands.
  private var strings: [(bytes: UnsafeBufferPointer<UInt8>, isWide: Bool)] = []
  private var shapes: [Shape] = []
  private var keys: [RecordKey] = []

  private var mentionedCells = 0
  private var mentionedStrings = 0
  private var current: Int64 = 0

  private struct Shape {
    var inlineCapacity = 0
    var flags: UInt8 = 0
    /// As in the encoding.
    var prototype: UInt64 = 0
    var properties: [(key: UInt64, attributes: UInt8)] = []
    var cellEnd = 0
    var stringEnd = 0
    var isUsed = false
  }

  init(_ state: PortableState, _ notes: PortableNotes) {
    (self.state, self.notes) = (state, notes)
  }

  private func section(_ section: PortableSection) -> ByteReader { ByteReader(state.bytes(of: section), section) }

  /// Writes all members that hold the state into the object that is open.
  mutating func write(to json: inout JSONWriter) throws(PortableError) {
    try readNames()
    try readStrings()
    try readShapes()
    try readKeys()
    let activity = Int(state.bytes(of: .machine).first ?? 0)
    // The order in which things are mentioned is the encoding's; that of the members is for people.
    var variables = JSONWriter()
    try writeVariables(&variables)
    var builtIns = JSONWriter()
    try writeBuiltIns(&builtIns)
    var stack = JSONWriter()
    let pc = try writeStack(&stack, isPaused: activity == 1)
    var machine = JSONWriter()
    let (nextID, nextInternalID, question) = try writeMachine(&machine)
    var host = JSONWriter()
    try writeHost(&host)

    json.breakLine()
    json.member("state", ExecutionNames.activities[activity])
    if let question {
      json.key("question")
      json.fragment(question)
    }
    if let pc { json.member("pc", pc) }
    for (name, content) in [("stack", stack), ("variables", variables)] {
      json.breakLine()
      json.key(name)
      json.fragment(content)
    }
    json.breakLine()
    json.key("heap")
    try json.tryObject { (json) throws(PortableError) in
      json.key("objects")
      try writeRecords(&json)
      json.breakLine()
      json.member("nextId", nextID)
      json.member("nextInternalId", nextInternalID)
    }
    for (name, content) in [("builtIns", builtIns), ("host", host), ("machine", machine)] {
      json.breakLine()
      json.key(name)
      json.fragment(content)
    }
    try writeFunctions(&json)
    try writeTimers(&json)
    try writeSources(&json)
    try writeCode(&json)
    json.breakLine()
    json.member("instructions", Base64.encode(state.bytes(of: .opcodes)))
  }

  // MARK: Columns

  private mutating func readNames() throws(PortableError) {
    var reader = section(.names)
    while !reader.isAtEnd { names.append(try reader.text()) }
  }

  private mutating func readStrings() throws(PortableError) {
    var reader = section(.strings)
    while !reader.isAtEnd {
      let header = try reader.number()
      let isWide = header & 1 != 0
      strings.append((try reader.bytes(Int(header >> 1) * (isWide ? 2 : 1)), isWide))
    }
  }

  private mutating func readShapes() throws(PortableError) {
    var reader = section(.shapes)
    while !reader.isAtEnd {
      let parent = try reader.number(below: shapes.count + 1)
      var shape = parent == 0 ? Shape() : shapes[parent - 1]
      (shape.cellEnd, shape.stringEnd) = (0, 0)
      if parent == 0 {
        shape.prototype = try reader.number()
        if shape.prototype & 1 == 1 { shape.cellEnd = Int(shape.prototype >> 1) + 1 }
        shape.inlineCapacity = Int(try reader.byte())
        shape.flags = try reader.byte()
      }
      for _ in 0..<(try reader.count(of: 1)) {
        let header = try reader.number()
        let key = header >> 1
        let attributes = header & 1 == 0 ? ExecutionNames.commonAttributes : try reader.byte()
        shape.properties.append((key, attributes))
        if key & 3 == 0 { shape.stringEnd = max(shape.stringEnd, Int(key >> 2) + 1) }
        if key & 3 == 1 { shape.cellEnd = max(shape.cellEnd, Int(key >> 2) + 1) }
      }
      shapes.append(shape)
    }
  }

  /// What each record is called.
  private mutating func readKeys() throws(PortableError) {
    var reader = section(.cells)
    var last = (program: UInt64(0), machine: UInt64(0))
    while !reader.isAtEnd {
      let number = UInt64(keys.count)
      let header = try Header(&reader, &last)
      switch header.id {
      case .some(let id) where id > 0: keys.append(RecordKey(header.isInternal ? .machine : .program, id))
      default: keys.append(RecordKey(.record, number))
      }
    }
  }

  /// What stands of a record in the section of cells.
  private struct Header {
    let kind: RecordKind
    var flags: UInt8 = 0
    var isInternal = false
    var keysOnly = false
    var hasElements = false
    /// Of objects.
    var id: UInt64?
    var shape = 0
    var length = 0
    var count = 0
    var isSparse = false
    /// The code of a function, or how many arguments a bound one has.
    var detail = 0

    init(_ reader: inout ByteReader, _ last: inout (program: UInt64, machine: UInt64)) throws(PortableError) {
      let first = try reader.byte()
      guard let kind = RecordKind(rawValue: first & RecordFlag.kindMask) else { throw reader.error("unknown kind") }
      self.kind = kind
      if first & RecordFlag.hasFlags != 0 { flags = try reader.byte() }
      if kind.isObject {
        isInternal = first & RecordFlag.isInternal != 0
        let delta = UInt64(bitPattern: try reader.signed())
        if isInternal { last.machine &+= delta } else { last.program &+= delta }
        id = isInternal ? last.machine : last.program
        shape = Int(try reader.number())
        hasElements = kind == .array || first & RecordFlag.hasElements != 0
        if hasElements {
          length = Int(try reader.number())
          let header = try reader.number()
          (count, isSparse) = (Int(header >> 1), header & 1 != 0)
        }
        if kind == .function || kind == .boundFunction { detail = Int(try reader.number()) }
      } else {
        keysOnly = kind == .table && first & RecordFlag.keysOnly != 0
        if kind == .bigInt || kind == .values || kind == .table { count = Int(try reader.number()) }
      }
    }
  }

  // MARK: Values

  /// A value, as JSON.
  private mutating func value(_ reader: inout ByteReader, _ json: inout JSONWriter) throws(PortableError) {
    let number = try reader.number()
    let rest = number >> 3
    switch number & 7 {
    case ValueTag.int: json.integer(unzigzag(rest))
    case ValueTag.constant:
      switch rest {
      case 1: json.null()
      case 2, 3: json.boolean(rest == 3)
      case ConstantCode.double: double(Double(bitPattern: try reader.fixed()), &json)
      default: json.object { $0.member("$value", ExecutionNames.specials[Int(rest)]) }
      }
    case ValueTag.decimal: double(Double(unzigzag(try reader.number())) / powersOfTen[Int(rest)], &json)
    case ValueTag.builtIn: json.object { $0.member("$builtIn", names[Int(rest)]) }
    case ValueTag.newString:
      mentionedStrings += 1
      string(mentionedStrings - 1, &json)
    case ValueTag.knownString: string(Int(rest), &json)
    case ValueTag.newCell:
      mentionedCells += 1
      reference(mentionedCells - 1, &json)
    default: reference(Int(current - unzigzag(rest)), &json)
    }
  }

  private func double(_ double: Double, _ json: inout JSONWriter) {
    switch double {
    case _ where double.isNaN && double.bitPattern == Double.nan.bitPattern:
      json.object { $0.member("$value", "NaN") }
    case _ where double.isNaN: json.object { $0.member("$double", Hexadecimal.text(double.bitPattern)) }
    case .infinity: json.object { $0.member("$value", "Infinity") }
    case -.infinity: json.object { $0.member("$value", "-Infinity") }
    case 0 where double.sign == .minus: json.object { $0.member("$value", "-0") }
    // With a point or an exponent: what has neither is an integer of 32 bits for the machine.
    default: json.literal(double.description)
    }
  }

  private func reference(_ number: Int, _ json: inout JSONWriter) {
    let key = keys[number]
    json.object { json in
      if key.space == .program { json.member("$ref", key.number) } else { json.member("$ref", key.text) }
    }
  }

  /// Text that would need less than its string has is marked: how wide it is stored is part of the state.
  private func string(_ number: Int, _ json: inout JSONWriter) {
    let (units, isOddlyWide) = units(of: number)
    if isOddlyWide {
      json.object { json in
        json.key("$wide")
        json.string(utf16: units)
      }
    } else {
      json.string(utf16: units)
    }
  }

  private func units(of number: Int) -> (units: [UInt16], isOddlyWide: Bool) {
    let (bytes, isWide) = strings[number]
    guard isWide else { return (bytes.map { UInt16($0) }, false) }
    var units: [UInt16] = []
    for place in stride(from: 0, to: bytes.count, by: 2) {
      units.append(UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
    }
    return (units, units.allSatisfy { $0 < 256 })
  }

  // MARK: Names of properties

  /// The name of a member for a property key, so that none can be taken for something else.
  private func name(ofString number: Int, _ json: inout JSONWriter) {
    let (units, isOddlyWide) = units(of: number)
    if isOddlyWide {
      json.key(utf16: Array("$wide:".utf16) + units)
    } else if units.first == UInt16(UInt8(ascii: "$")) {
      json.key(utf16: [UInt16(UInt8(ascii: "$"))] + units)
    } else {
      json.key(utf16: units)
    }
  }

  private func name(ofKey key: UInt64, _ json: inout JSONWriter) {
    switch key & 3 {
    case 0: name(ofString: Int(key >> 2), &json)
    case 1: json.key("$symbol:" + keys[Int(key >> 2)].text)
    default: json.key("$builtIn:" + names[Int(key >> 2)])
    }
  }

  /// A key that is written as a value: a string or a symbol.
  private mutating func nameValue(_ reader: inout ByteReader, _ json: inout JSONWriter) throws(PortableError) {
    let number = try reader.number()
    let rest = number >> 3
    switch number & 7 {
    case ValueTag.newString:
      mentionedStrings += 1
      name(ofString: mentionedStrings - 1, &json)
    case ValueTag.knownString: name(ofString: Int(rest), &json)
    case ValueTag.newCell:
      mentionedCells += 1
      json.key("$symbol:" + keys[mentionedCells - 1].text)
    case ValueTag.builtIn: json.key("$builtIn:" + names[Int(rest)])
    default: json.key("$symbol:" + keys[Int(current - unzigzag(rest))].text)
    }
  }

  /// A property: its value where its attributes are the common ones.
  private mutating func property(
    _ attributes: UInt8, _ reader: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    if attributes == ExecutionNames.commonAttributes { return try value(&reader, &json) }
    let letters = ExecutionNames.attributes.filter { attributes & $0.bit != 0 }.map(\.letter).joined()
    try json.tryObject { (json) throws(PortableError) in
      json.member("$property", letters)
      if attributes & ExecutionNames.accessor != 0 {
        json.key("get")
        try value(&reader, &json)
        json.key("set")
      } else {
        json.key("value")
      }
      try value(&reader, &json)
    }
  }

  private mutating func property(_ reader: inout ByteReader, _ json: inout JSONWriter) throws(PortableError) {
    try property(try reader.byte(), &reader, &json)
  }

  // MARK: Records

  private mutating func writeRecords(_ json: inout JSONWriter) throws(PortableError) {
    var cells = section(.cells)
    var values = section(.values)
    var last = (program: UInt64(0), machine: UInt64(0))
    try json.tryObject { (json) throws(PortableError) in
      for number in keys.indices {
        current = Int64(number)
        let header = try Header(&cells, &last)
        json.breakLine(indent: 1)
        json.key(keys[number].text)
        try json.tryObject { (json) throws(PortableError) in try record(header, number, &values, &json) }
      }
    }
  }

  private mutating func record(
    _ header: Header, _ number: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    json.member("kind", ExecutionNames.kind(header.kind))
    if header.id == 0 { json.member("id", header.isInternal ? "i0" : "0") }
    var flags = ExecutionNames.flags(header.kind).filter { header.flags & $0.bit != 0 }.map(\.name)
    if header.kind.isObject {
      useShape(header.shape)
      flags += ExecutionNames.shapeFlags.filter { shapes[header.shape].flags & $0.bit != 0 }.map(\.name)
    }
    if !flags.isEmpty { json.list(ExecutionNames.flagsMember) { json in for flag in flags { json.string(flag) } } }
    if header.kind.isObject {
      json.key("prototype")
      prototype(shapes[header.shape].prototype, &json)
      if shapes[header.shape].inlineCapacity > 0 { json.member("slots", shapes[header.shape].inlineCapacity) }
    }
    if header.hasElements { json.member("length", header.length) }
    if header.kind == .function { json.member("code", header.detail) }
    for field in ExecutionNames.fields(header.kind) { try self.field(field, header, number, &values, &json) }
    guard header.kind.isObject else { return }
    if header.kind != .array, header.hasElements { try elements(header, &values, &json) }
    try properties(header.shape, &values, &json)
  }

  /// The first use of a shape mentions what the shape mentions.
  private mutating func useShape(_ number: Int) {
    if shapes[number].isUsed { return }
    shapes[number].isUsed = true
    mentionedCells = max(mentionedCells, shapes[number].cellEnd)
    mentionedStrings = max(mentionedStrings, shapes[number].stringEnd)
  }

  private func prototype(_ number: UInt64, _ json: inout JSONWriter) {
    if number == 0 {
      json.null()
    } else if number & 1 == 1 {
      reference(Int(number >> 1), &json)
    } else {
      json.object { $0.member("$builtIn", names[Int(number >> 1) - 1]) }
    }
  }

  private mutating func field(
    _ field: ExecutionNames.Field, _ header: Header, _ number: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    switch field {
    case .value(let name):
      json.key(name)
      try value(&values, &json)
    case .captures:
      let code = notes.codes[header.detail]
      if !code.name.isEmpty { json.member("name", code.name) }
      if code.captures > 0 { try list("captures", code.captures, &values, &json) }
    case .arguments: try list("arguments", header.detail, &values, &json)
    case .list: try list("values", header.count, &values, &json)
    case .elements: try elements(header, &values, &json)
    case .entries: try entries(header, &values, &json)
    case .limbs:
      var limbs: [UInt64] = []
      for _ in 0..<header.count { limbs.append(try values.fixed()) }
      json.member("value", Hexadecimal.text(limbs: limbs, isNegative: header.flags != 0))
    case .generator: try generator(number, &values, &json)
    }
  }

  private mutating func list(
    _ name: String, _ count: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    json.key(name)
    try json.tryArray { (json) throws(PortableError) in for _ in 0..<count { try value(&values, &json) } }
  }

  private mutating func elements(
    _ header: Header, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    guard header.isSparse else { return try list("elements", header.count, &values, &json) }
    json.key("sparse")
    try json.tryArray { (json) throws(PortableError) in
      for _ in 0..<header.count {
        try json.tryArray { (json) throws(PortableError) in
          json.integer(try values.number())
          try property(&values, &json)
        }
      }
    }
  }

  private mutating func entries(
    _ header: Header, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    if header.keysOnly { return try list("keys", header.count, &values, &json) }
    try pairs("entries", header.count, &values, &json)
  }

  private mutating func pairs(
    _ name: String, _ count: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    json.key(name)
    try json.tryArray { (json) throws(PortableError) in
      for _ in 0..<count {
        try json.tryArray { (json) throws(PortableError) in
          try value(&values, &json)
          try value(&values, &json)
        }
      }
    }
  }

  private mutating func generator(
    _ number: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    let state = Int(try values.byte())
    json.member("state", ExecutionNames.generatorStates[state])
    if state == 3 { return }
    json.key("function")
    try value(&values, &json)
    json.key("this")
    try value(&values, &json)
    if state == 2 { return }
    json.member("pc", try values.number())
    try registers(notes.generators[number] ?? [], &values, &json)
  }

  private mutating func registers(
    _ registers: [Int], _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    json.key("registers")
    try json.tryObject { (json) throws(PortableError) in
      for register in registers {
        json.key("\(register)")
        try value(&values, &json)
      }
    }
  }

  private mutating func properties(
    _ shape: Int, _ values: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    let isDictionary = shapes[shape].flags & 1 != 0
    let list = shapes[shape].properties
    if !isDictionary, list.isEmpty { return }
    json.key("properties")
    try json.tryObject { (json) throws(PortableError) in
      if isDictionary {
        for _ in 0..<(try values.number()) {
          try nameValue(&values, &json)
          try property(&values, &json)
        }
        return
      }
      for (key, attributes) in list {
        name(ofKey: key, &json)
        try property(attributes, &values, &json)
      }
    }
  }

  // MARK: Roots

  private mutating func writeVariables(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.globals)
    try json.tryObject { (json) throws(PortableError) in
      for _ in 0..<(try reader.number()) {
        let kind = Int(try reader.byte())
        json.breakLine(indent: 1)
        try nameValue(&reader, &json)
        try json.tryObject { (json) throws(PortableError) in
          json.member("kind", ExecutionNames.declarations[kind])
          json.key("value")
          try value(&reader, &json)
        }
      }
    }
  }

  private mutating func writeBuiltIns(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.builtIns)
    try json.tryArray { (json) throws(PortableError) in
      while true {
        let number = reader.isAtEnd ? 0 : Int(try reader.number())
        if number == 0 { return }
        json.breakLine(indent: 1)
        try json.tryObject { (json) throws(PortableError) in try builtIn(names[number - 1], &reader, &json) }
      }
    }
  }

  private mutating func builtIn(
    _ name: String, _ reader: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) {
    json.member("object", name)
    let flags = try reader.byte()
    if flags & BuiltInFlag.prototype != 0 {
      json.key("prototype")
      try value(&reader, &json)
    }
    if flags & BuiltInFlag.notExtensible != 0 { json.member("notExtensible", true) }
    let removed = Int(try reader.number())
    if removed > 0 {
      json.key("removed")
      // Names as members, so that they are spelled as everywhere.
      try json.tryObject { (json) throws(PortableError) in
        for _ in 0..<removed {
          try nameValue(&reader, &json)
          json.boolean(true)
        }
      }
    }
    let set = Int(try reader.number())
    if set > 0 {
      json.key("properties")
      try json.tryObject { (json) throws(PortableError) in
        for _ in 0..<set {
          try nameValue(&reader, &json)
          try property(&reader, &json)
        }
      }
    }
    if flags & BuiltInFlag.elements != 0 {
      json.member("length", try reader.number())
      json.key("sparse")
      try json.tryArray { (json) throws(PortableError) in
        for _ in 0..<(try reader.number()) {
          try json.tryArray { (json) throws(PortableError) in
            json.integer(try reader.number())
            try property(&reader, &json)
          }
        }
      }
    }
    if flags & BuiltInFlag.table != 0 { try pairs("entries", Int(try reader.number()), &reader, &json) }
    if flags & BuiltInFlag.flags != 0 {
      let flags = try reader.byte()
      json.list(ExecutionNames.flagsMember) { json in
        for flag in ExecutionNames.flags(.array) where flags & flag.bit != 0 { json.string(flag.name) }
      }
    }
  }

  /// The place of the innermost frame.
  private mutating func writeStack(_ json: inout JSONWriter, isPaused: Bool) throws(PortableError) -> UInt64? {
    var reader = section(.frames)
    let count = Int(try reader.number())
    var innermost: UInt64?
    try json.tryArray { (json) throws(PortableError) in
      for number in 0..<count {
        let note = notes.frames[number]
        json.breakLine(indent: 1)
        try json.tryObject { (json) throws(PortableError) in
          json.member("name", note.function)
          json.member("place", note.place)
          // How the frame returns is told with the frame before it.
          json.member("returns", ReturnNames.name(note.returns) ?? "")
          let isLast = number + 1 == count
          if !isLast { _ = try reader.byte() }
          if isLast, isPaused { json.member("answerRegister", try reader.byte()) }
          innermost = try frame(note, &reader, &json)
        }
      }
    }
    return innermost
  }

  private mutating func frame(
    _ note: PortableNotes.Frame, _ reader: inout ByteReader, _ json: inout JSONWriter
  ) throws(PortableError) -> UInt64 {
    for name in ["function", "this"] {
      json.key(name)
      try value(&reader, &json)
    }
    let pc = try reader.number()
    json.member("pc", pc)
    if note.hasGenerator {
      json.key("generator")
      try value(&reader, &json)
    }
    if note.hasArgumentCount { json.member("argumentCount", try reader.number()) }
    if note.hasDestination { json.member("destination", try reader.byte()) }
    if note.hasNewTarget {
      json.key("newTarget")
      try value(&reader, &json)
    }
    if !note.locals.isEmpty {
      json.list("locals") { json in
        for (name, register) in note.locals {
          json.array { json in
            json.string(utf16: name)
            json.integer(register)
          }
        }
      }
    }
    try registers(note.registers, &reader, &json)
    if note.extraArguments > 0 { try list("extraArguments", note.extraArguments, &reader, &json) }
    return pc
  }

  private mutating func writeMachine(
    _ json: inout JSONWriter
  ) throws(PortableError) -> (nextID: UInt64, nextInternalID: UInt64, question: JSONWriter?) {
    var reader = section(.machine)
    let activity = PortableActivity(rawValue: try reader.byte()) ?? .idle
    let nextID = try reader.number()
    let nextInternalID = try reader.number()
    var question: JSONWriter?
    try json.tryObject { (json) throws(PortableError) in
      json.member("random", (try reader.bytes(16)).map { Hexadecimal.text(UInt64($0), digits: 2) }.joined())
      json.member("consoleGroups", try reader.number())
      json.key("consoleCounts")
      try json.tryObject { (json) throws(PortableError) in
        for _ in 0..<(try reader.number()) {
          json.key(try reader.text())
          json.integer(try reader.number())
        }
      }
      switch activity {
      case .idle, .threw:
        json.key(activity == .idle ? "result" : "exception")
        try value(&reader, &json)
      case .paused:
        var text = JSONWriter()
        try value(&reader, &text)
        question = text
        json.member("outputBytes", try reader.number())
      case .stopped: json.member("outputBytes", try reader.number())
      }
      json.key("named")
      try named(&reader, &json)
    }
    return (nextID, nextInternalID, question)
  }

  private mutating func writeHost(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.host)
    try named(&reader, &json)
  }

  /// Names and values in pairs: a name may be there twice.
  private mutating func named(_ reader: inout ByteReader, _ json: inout JSONWriter) throws(PortableError) {
    try json.tryArray { (json) throws(PortableError) in
      for _ in 0..<(try reader.number()) {
        try json.tryArray { (json) throws(PortableError) in
          json.string(try reader.text())
          try value(&reader, &json)
        }
      }
    }
  }

  // MARK: The rest

  private func writeFunctions(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.functions)
    for name in ["twins", "selfHosted"] {
      json.breakLine()
      json.key(name)
      try json.tryArray { (json) throws(PortableError) in
        for _ in 0..<(try reader.number()) {
          try json.tryArray { (json) throws(PortableError) in
            json.string(try reader.text())
            let number = Int(try reader.number())
            if number == 0 { json.integer(try reader.number()) } else { reference(number - 1, &json) }
          }
        }
      }
    }
  }

  private func writeTimers(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.timers)
    json.breakLine()
    json.key("timers")
    try json.tryObject { (json) throws(PortableError) in
      for _ in 0..<(try reader.number()) {
        json.key(try reader.text())
        json.literal(Double(bitPattern: try reader.fixed()).description)
      }
    }
  }

  private func writeSources(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.sources)
    json.breakLine()
    json.key("sources")
    try json.tryArray { (json) throws(PortableError) in
      for _ in 0..<(try reader.number()) {
        json.breakLine(indent: 1)
        try json.tryObject { (json) throws(PortableError) in
          json.member("name", try reader.text())
          let bytes = try reader.bytes(Int(try reader.number()))
          if let text = String(validating: bytes, as: UTF8.self) {
            json.member("text", text)
          } else {
            json.member("bytes", Base64.encode(bytes))
          }
        }
      }
    }
  }

  private func writeCode(_ json: inout JSONWriter) throws(PortableError) {
    var reader = section(.code)
    json.breakLine()
    json.key("code")
    try json.tryArray { (json) throws(PortableError) in
      let count = Int(try reader.number())
      for number in 0..<count {
        json.breakLine(indent: 1)
        try json.tryObject { (json) throws(PortableError) in
          json.member("name", notes.codes[number].name)
          let source = Int(try reader.number())
          if source > 0 { json.member("source", source - 1) }
          json.member("bytes", Base64.encode(try reader.bytes(Int(try reader.number()))))
          let nested = Int(try reader.number())
          if nested == 0 { return }
          json.key("nested")
          try json.tryArray { (json) throws(PortableError) in
            for _ in 0..<nested { json.integer(try reader.number()) }
          }
        }
      }
    }
  }
}
