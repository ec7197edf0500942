import CVMDispatch

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The value that a JSON text stands for, or the exception marker.
  func parseJSON(_ text: Value) -> Value {
    guard canAllocate(stringLength(text) * 8) else { return .retry }
    let firstID = pointee.nextID
    let view = view(text)
    let result: Result<Value, JSONFailure>
    if let latin1 = view.latin1 {
      var parser = JSONParser(self, text, latin1, view.count)
      result = parser.parse()
    } else {
      var parser = JSONParser(self, text, view.utf16.unsafelyUnwrapped, view.count)
      result = parser.parse()
    }
    switch result {
    case .success(let value): return value
    case .failure(.interrupted):
      // Nothing has seen the objects made so far.
      pointee.nextID = firstID
      return .retry
    case .failure(.invalid(let message)):
      guard isCalledFromFirstDialect else { return raise(.syntaxError, message) }
      pointee.nextID = firstID
      return .undefined
    }
  }
}

private enum JSONFailure: Error {
  case invalid(String)
  case interrupted
}

/// Reads JSON with a stack of its own: nesting is bounded by memory only.
private struct JSONParser<Unit: FixedWidthInteger & UnsignedInteger> {
  typealias Failure = JSONFailure

  /// An object or array that is being read.
  private struct Level {
    var cell: Cell
    var key = PropertyKey(bits: 0)
  }

  private let vm: VM
  private let text: Value
  private let units: UnsafePointer<Unit>
  private let count: Int
  private var position = 0
  private var levels: [Level] = []
  private var steps = 0
  private let allocatedBefore: Int

  init(_ vm: VM, _ text: Value, _ units: UnsafePointer<Unit>, _ count: Int) {
    self.vm = vm
    self.text = text
    self.units = units
    self.count = count
    allocatedBefore = vm.heap.allocatedSinceCollection
  }

  mutating func parse() -> Result<Value, Failure> {
    do throws(Failure) {
      return .success(try parseDocument())
    } catch {
      return .failure(error)
    }
  }

  private mutating func parseDocument() throws(Failure) -> Value {
    while true {
      steps += 1
      if steps & 0xfff == 0, vm.machine.mustStop || !hasRoom { throw .interrupted }
      guard var value = try parseStart() else { continue }
      // A whole value: put it where it belongs, and close what ends with it.
      while true {
        guard let level = levels.last else {
          skipWhiteSpace()
          if position < count { throw invalid("Unexpected non-whitespace character after JSON", at: position) }
          return value
        }
        store(value, level)
        skipWhiteSpace()
        let isArray = level.cell.kind == .array
        if peek == 44 {
          position += 1
          if !isArray { try parseKey(afterComma: true) }
          break
        }
        guard peek == (isArray ? 93 : 125) else {
          let expected =
            isArray ? "Expected ',' or ']' after array element" : "Expected ',' or '}' after property value"
          throw invalid(expected + " in JSON", at: position)
        }
        position += 1
        levels.removeLast()
        value = vm.objectValue(level.cell)
      }
    }
  }

  /// Whether what was made so far fits into the heap's limit: nothing is collected meanwhile.
  private var hasRoom: Bool {
    let bytes = levels.capacity * MemoryLayout<Level>.stride
    if vm.heap.fits(bytes) { return true }
    vm.machine.requestedBytes = vm.heap.allocatedSinceCollection - allocatedBefore + bytes
    return false
  }

  private func store(_ value: Value, _ level: Level) {
    if level.cell.kind == .array {
      vm.arrayAppend(level.cell, value)
    } else if level.key.isIndex {
      vm.defineOwn(level.cell, level.key, value, .all)
    } else {
      vm.defineFresh(level.cell, level.key.atom, value)
    }
  }

  /// Reads a primitive, or the start of an object or array: nil when its first element follows.
  private mutating func parseStart() throws(Failure) -> Value? {
    skipWhiteSpace()
    switch peek {
    case 123:
      position += 1
      let object = vm.makeObject(prototype: vm.machine.intrinsics.objectPrototype.handle)
      skipWhiteSpace()
      if peek == 125 {
        position += 1
        return vm.objectValue(object)
      }
      levels.append(Level(cell: object))
      try parseKey(afterComma: false)
      return nil
    case 91:
      position += 1
      let array = vm.makeArray()
      skipWhiteSpace()
      if peek == 93 {
        position += 1
        return vm.objectValue(array)
      }
      levels.append(Level(cell: array))
      return nil
    case 34: return try parseString()
    case 45, 48...57: return try parseNumber()
    case 116: return try parseWord("true", .true)
    case 102: return try parseWord("false", .false)
    case 110: return try parseWord("null", .null)
    default: throw unexpected()
    }
  }

  private mutating func parseKey(afterComma: Bool) throws(Failure) {
    skipWhiteSpace()
    guard peek == 34 else {
      let expected = afterComma ? "Expected double-quoted property name" : "Expected property name or '}'"
      throw invalid(expected + " in JSON", at: position)
    }
    levels[levels.count - 1].key = try parseKeyName()
    skipWhiteSpace()
    guard peek == 58 else { throw invalid("Expected ':' after property name in JSON", at: position) }
    position += 1
  }

  /// The key in quotes at the position; plain ones are interned without a string in between.
  private mutating func parseKeyName() throws(Failure) -> PropertyKey {
    var end = position + 1
    while end < count {
      let unit = units[end]
      if unit == 34 || unit == 92 || unit < 32 { break }
      end += 1
    }
    guard Unit.self == UInt8.self, end < count, units[end] == 34, end > position + 1,
      units[position + 1] < 48 || units[position + 1] > 57
    else { return vm.propertyKey(string: try parseString()) }
    let start = UnsafeRawPointer(units + position + 1).assumingMemoryBound(to: UInt8.self)
    let name = UnsafeBufferPointer(start: start, count: end - position - 1)
    position = end + 1
    return PropertyKey(atom: vm.machine.atoms.intern(latin1: name).handle)
  }

  /// A new string of the units from `start` up to `end`.
  @inline(__always) private func string(_ start: Int, _ end: Int) -> Value {
    if start >= end { return vm.emptyString }
    if Unit.self == UInt8.self {
      let bytes = UnsafeRawPointer(units + start).assumingMemoryBound(to: UInt8.self)
      return vm.makeString(latin1: UnsafeBufferPointer(start: bytes, count: end - start))
    }
    return vm.substring(text, start, end)
  }

  private mutating func parseWord(_ word: StaticString, _ value: Value) throws(Failure) -> Value {
    for i in 0..<word.utf8CodeUnitCount {
      guard peek == UInt16(word.utf8Start[i]) else { throw unexpected() }
      position += 1
    }
    return value
  }

  // MARK: Numbers

  private var isAtDigit: Bool { peek >= 48 && peek <= 57 }

  private mutating func skipDigits() { while isAtDigit { position += 1 } }

  private mutating func parseNumber() throws(Failure) -> Value {
    let start = position
    if let small = parseSmallInteger() { return small }
    if peek == 45 {
      position += 1
      if !isAtDigit { throw invalid("No number after minus sign in JSON", at: position) }
    }
    if peek == 48 {
      position += 1
      if isAtDigit { throw invalid("Unexpected number in JSON", at: position) }
    } else {
      skipDigits()
    }
    if peek == 46 {
      position += 1
      if !isAtDigit { throw invalid("Unterminated fractional number in JSON", at: position) }
      skipDigits()
    }
    if peek | 32 == 101 {
      position += 1
      if peek == 43 || peek == 45 { position += 1 }
      if !isAtDigit { throw invalid("Exponent part is missing a number in JSON", at: position) }
      skipDigits()
    }
    return Value(number: NumberParsing.number(UnsafeBufferPointer(start: units + start, count: position - start)))
  }

  /// An integer of at most nine digits with nothing after it that belongs to a number; nil, with the position as it was,
  /// for others.
  @inline(__always) private mutating func parseSmallInteger() -> Value? {
    var end = position
    var number: Int32 = 0
    while end < count, end - position < 9, units[end] &- 48 < 10 {
      number = number &* 10 &+ Int32(truncatingIfNeeded: units[end] &- 48)
      end += 1
    }
    guard end > position, units[position] != 48 || end == position + 1 else { return nil }
    if end < count {
      let next = units[end]
      if next &- 48 < 10 || next == 46 || next | 32 == 101 { return nil }
    }
    position = end
    return Value(int: number)
  }

  // MARK: Strings

  private mutating func parseString() throws(Failure) -> Value {
    position += 1
    let start = position
    while position < count {
      let unit = UInt16(truncatingIfNeeded: units[position])
      if unit == 34 {
        position += 1
        return string(start, position - 1)
      }
      if unit == 92 { return try parseEscapedString(start) }
      if unit < 32 { throw badControlCharacter() }
      position += 1
    }
    throw invalid("Unterminated string in JSON", at: position)
  }

  private func badControlCharacter() -> Failure {
    invalid("Bad control character in string literal in JSON", at: position)
  }

  private mutating func parseEscapedString(_ start: Int) throws(Failure) -> Value {
    var builder = StringBuilder()
    for i in start..<position { builder.append(UInt16(truncatingIfNeeded: units[i])) }
    while position < count {
      let unit = UInt16(truncatingIfNeeded: units[position])
      if unit == 34 {
        position += 1
        return builder.makeString(vm)
      }
      if unit < 32 { throw badControlCharacter() }
      position += 1
      if unit == 92 { try parseEscape(&builder) } else { builder.append(unit) }
    }
    throw invalid("Unterminated string in JSON", at: position)
  }

  private mutating func parseEscape(_ builder: inout StringBuilder) throws(Failure) {
    guard position < count else { throw .invalid("Unexpected end of JSON input") }
    let unit = UInt16(truncatingIfNeeded: units[position])
    position += 1
    switch unit {
    case 34, 92, 47: builder.append(unit)
    case 98: builder.append(ascii: 8)
    case 102: builder.append(ascii: 12)
    case 110: builder.append(ascii: 10)
    case 114: builder.append(ascii: 13)
    case 116: builder.append(ascii: 9)
    case 117:
      var code: UInt16 = 0
      for _ in 0..<4 {
        guard let digit = position < count ? hexValue(UInt16(truncatingIfNeeded: units[position])) : nil else {
          throw invalid("Bad Unicode escape in JSON", at: position)
        }
        code = code << 4 | digit
        position += 1
      }
      builder.append(code)
    default: throw invalid("Bad escaped character in JSON", at: position - 1)
    }
  }

  private func hexValue(_ unit: UInt16) -> UInt16? {
    switch unit {
    case 48...57: unit - 48
    case 65...70: unit - 55
    case 97...102: unit - 87
    default: nil
    }
  }

  // MARK: Scanning, errors

  /// The unit at the position; 0 at the end (which is no valid unit outside strings).
  @inline(__always) private var peek: UInt16 {
    position < count ? UInt16(truncatingIfNeeded: units[position]) : 0
  }

  private mutating func skipWhiteSpace() {
    while position < count {
      let unit = UInt16(truncatingIfNeeded: units[position])
      guard unit == 32 || unit == 10 || unit == 13 || unit == 9 else { return }
      position += 1
    }
  }

  private func invalid(_ message: String, at position: Int) -> Failure {
    .invalid("\(message) at position \(position)")
  }

  private func unexpected() -> Failure {
    if position >= count { return .invalid("Unexpected end of JSON input") }
    let whole = vm.text(text)
    if ["NaN", "Infinity", "undefined", "[object Object]"].contains(whole) {
      return .invalid("\"\(whole)\" is not valid JSON")
    }
    let token = String(decoding: [UInt16(truncatingIfNeeded: units[position])], as: UTF16.self)
    func part(_ start: Int, _ end: Int) -> String { vm.text(vm.substring(text, start, end)) }
    let context = 10
    let shown: String
    if count <= context * 2 {
      shown = "\"\(whole)\""
    } else if position < context {
      shown = "\"\(part(0, position + context))\"..."
    } else if position < count - context {
      shown = "...\"\(part(position - context, position + context))\"..."
    } else {
      shown = "...\"\(part(position - context, count))\""
    }
    return .invalid("Unexpected token '\(token)', \(shown) is not valid JSON")
  }
}
