import CVMDispatch
import Glibc

enum StringBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "String", length: 1, native: stringConstruct, selfHosted: "StringConstructor", "Converts to a string.",
      isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction(
        "fromCharCode", length: 1, native: fromCharCode, selfHosted: "WithNumbers", "A string of code units."),
      BuiltinFunction(
        "fromCodePoint", length: 1, native: fromCodePoint, selfHosted: "WithNumbers", "A string of code points."),
      BuiltinFunction("raw", length: 1, selfHosted: "StringRaw", "A template's text without escapes."),
    ]
  }

  static var methods: [BuiltinFunction] {
    unitMethods + searchMethods + changeMethods + StringCaseBuiltins.methods + StringMarkupBuiltins.methods
  }

  private static var unitMethods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "at", length: 1, native: at, selfHosted: "TextWithNumber",
        "The code unit at an index, from the end when negative."),
      BuiltinFunction(
        "charAt", length: 1, native: charAt, selfHosted: "TextWithNumber", "The code unit at an index, as a string."),
      BuiltinFunction(
        "charCodeAt", length: 1, native: charCodeAt, selfHosted: "TextWithNumber",
        "The code unit at an index, as a number."),
      BuiltinFunction(
        "codePointAt", length: 1, native: codePointAt, selfHosted: "TextWithNumber", "The code point at an index."),
      BuiltinFunction(
        "slice", length: 2, native: slice, selfHosted: "TextWithNumbers", "A part; negative indices count from the end."
      ),
      BuiltinFunction(
        "substring", length: 2, native: substring, selfHosted: "TextWithNumbers", "A part between two indices."),
      BuiltinFunction(
        "substr", length: 2, native: substr, selfHosted: "TextWithNumbers", "A part by start and length."),
      BuiltinFunction("toString", length: 0, native: stringValue, "The string."),
      BuiltinFunction("valueOf", length: 0, native: stringValue, "The string."),
    ]
  }

  private static var searchMethods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "endsWith", length: 1, native: endsWith, selfHosted: "TextWithPlainTextAndNumber",
        "Whether it ends with a text."),
      BuiltinFunction(
        "includes", length: 1, native: includes, selfHosted: "TextWithPlainTextAndNumber", "Whether it contains a text."
      ),
      BuiltinFunction(
        "indexOf", length: 1, native: indexOf, selfHosted: "TextWithTextAndNumber",
        "Where a text is first found, or -1."),
      BuiltinFunction(
        "lastIndexOf", length: 1, native: lastIndexOf, selfHosted: "TextWithTextAndNumber",
        "Where a text is last found, or -1."),
      BuiltinFunction(
        "localeCompare", length: 1, native: localeCompare, selfHosted: "LocaleCompare", "Compares two texts."),
      BuiltinFunction("match", length: 1, selfHosted: "StringMatch", "The matches of a pattern."),
      BuiltinFunction("matchAll", length: 1, selfHosted: "StringMatchAll", "An iterator over matches."),
      BuiltinFunction("search", length: 1, selfHosted: "StringSearch", "Where a match begins, or -1."),
      BuiltinFunction(
        "startsWith", length: 1, native: startsWith, selfHosted: "TextWithPlainTextAndNumber",
        "Whether it starts with a text."),
    ]
  }

  private static var changeMethods: [BuiltinFunction] {
    [
      BuiltinFunction("concat", length: 1, native: concat, selfHosted: "TextWithTexts", "The texts after each other."),
      BuiltinFunction(
        "padEnd", length: 1, native: padEnd, selfHosted: "TextPadded", "Filled up at the end."),
      BuiltinFunction(
        "padStart", length: 1, native: padStart, selfHosted: "TextPadded", "Filled up at the start."),
      BuiltinFunction("repeat", length: 1, native: repeated, selfHosted: "TextWithNumber", "The text several times."),
      BuiltinFunction(
        "replace", length: 2, native: replace, selfHosted: "StringReplace", "The first occurrence replaced."),
      BuiltinFunction(
        "replaceAll", length: 2, native: replaceAll, selfHosted: "StringReplaceAll", "All occurrences replaced."),
      BuiltinFunction("split", length: 2, native: split, selfHosted: "StringSplit", "The parts between separators."),
      BuiltinFunction("trim", length: 0, native: trim, selfHosted: "TextAlone", "Without white space around."),
      BuiltinFunction(
        "trimEnd", length: 0, native: trimEnd, selfHosted: "TextAlone", "Without white space at the end."),
      BuiltinFunction(
        "trimStart", length: 0, native: trimStart, selfHosted: "TextAlone", "Without white space at the start."),
    ]
  }

  static var iterator: BuiltinFunction {
    BuiltinFunction(
      "[Symbol.iterator]", length: 0, native: iterate, selfHosted: "TextAlone", "An iterator over code points.")
  }
}

/// What `this` of a String method comes to without user code.
enum TextReceiver {
  case text(Value)
  case other(Value)
}

/// The text of `this`; or what the native must answer.
@inline(__always) func thisText(_ vm: VM, _ frame: Registers) -> TextReceiver {
  let this = receiver(frame)
  if _fastPath(this.isString) { return .text(this) }
  if this.isNullish { return .other(vm.throwTypeError("\(vm.calleePath(frame)) called on null or undefined")) }
  if this.isObject { return .other(.callNeeded) }
  if this.isSymbol { return .other(vm.throwTypeError(ErrorMessage.symbolToString)) }
  return .text(vm.primitiveToString(this))
}

private func stringConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if newTarget(frame).isObject || !vm.isPlainPrimitive(value) { return .callNeeded }
  return count == 0 ? vm.emptyString : vm.primitiveToString(value)
}

private func stringValue(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.thisPrimitive(receiver(frame)) { $0.isString }
    ?? vm.throwTypeError("\(vm.calleePath(frame)) requires that 'this' be a String")
}

/// Whether the arguments can be used without user code.
@inline(__always) private func arePlain(_ vm: VM, _ frame: Registers, _ count: Int32) -> Bool {
  for i in 0..<Int(count) where !vm.isPlainPrimitive(frame[i]) { return false }
  return true
}

private func fromCharCode(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard arePlain(vm, frame, count) else { return .callNeeded }
  if count == 1, frame[0].isInt, frame[0].asInt >= 0, frame[0].asInt < 256 {
    return vm.singleUnitString(UInt8(truncatingIfNeeded: frame[0].asInt))
  }
  var builder = StringBuilder()
  for i in 0..<Int(count) {
    builder.append(UInt16(truncatingIfNeeded: NumberParsing.toInt32(vm.primitiveToNumber(frame[i]))))
  }
  return builder.makeString(vm)
}

private func fromCodePoint(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard arePlain(vm, frame, count) else { return .callNeeded }
  var builder = StringBuilder()
  for i in 0..<Int(count) {
    let number = vm.primitiveToNumber(frame[i])
    guard number >= 0, number <= 0x10ffff, number == number.rounded(.towardZero) else {
      return vm.throwRangeError("Invalid code point \(vm.wordsFor(vm.primitiveToString(frame[i])))")
    }
    let point = UInt32(number)
    if point < 0x10000 {
      builder.append(UInt16(point))
    } else {
      builder.append(UInt16(0xd800 + (point - 0x10000) >> 10))
      builder.append(UInt16(0xdc00 + (point - 0x10000) & 0x3ff))
    }
  }
  return builder.makeString(vm)
}

// MARK: Code units

private func charCodeAt(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  if _fastPath(this.isString), _fastPath(count > 0), _fastPath(frame[0].isInt) {
    let cell = vm.flat(this)
    let index = Int(frame[0].asInt)
    guard index >= 0, index < cell.length else { return Value(double: .nan) }
    return Value(int: Int32(cell.kind == .latin1 ? UInt16(vm.latin1Bytes(cell)[index]) : vm.utf16Units(cell)[index]))
  }
  return unit(vm, frame, count) { $0 < 0 ? Value(double: .nan) : Value(int: Int32($1[$0])) }
}

/// Finds the unit that the first argument names: `body` gets its index, -1 when there is none.
@inline(__always) private func unit(
  _ vm: VM, _ frame: Registers, _ count: Int32, fromEnd: Bool = false, _ body: (Int, StringView) -> Value
) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard vm.isPlainPrimitive(argument(frame, count, 0)) else { return .callNeeded }
    let view = vm.view(text)
    var index = vm.integer(argument(frame, count, 0))
    if fromEnd && index < 0 { index += Double(view.count) }
    return body(index >= 0 && index < Double(view.count) ? Int(index) : -1, view)
  }
}

private func character(_ vm: VM, _ unit: UInt16) -> Value {
  unit < 256 ? vm.singleUnitString(UInt8(truncatingIfNeeded: unit)) : vm.makeString([unit])
}

private func charAt(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  unit(vm, frame, count) { $0 < 0 ? vm.emptyString : character(vm, $1[$0]) }
}

private func at(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  unit(vm, frame, count, fromEnd: true) { $0 < 0 ? .undefined : character(vm, $1[$0]) }
}

private func codePointAt(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  unit(vm, frame, count) { index, view in
    if index < 0 { return .undefined }
    let first = view[index]
    guard first & 0xfc00 == 0xd800, index + 1 < view.count, view[index + 1] & 0xfc00 == 0xdc00 else {
      return Value(int: Int32(first))
    }
    return Value(int: 0x10000 + Int32(first & 0x3ff) << 10 + Int32(view[index + 1] & 0x3ff))
  }
}

/// Calls `body` with the text and two integers once they are known without user code.
@inline(__always) private func part(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Value, Int) -> (Int, Int)
) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard arePlain(vm, frame, min(count, 2)) else { return .callNeeded }
    let (start, end) = body(text, vm.stringLength(text))
    return start < end ? vm.substringWithRoom(text, start, end) : vm.emptyString
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The units from `start` up to `end`, or `retry`.
  fileprivate func substringWithRoom(_ text: Value, _ start: Int, _ end: Int) -> Value {
    canAllocate((end - start) * 2) ? substring(text, start, end) : .retry
  }
}

private func slice(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  part(vm, frame, count) { _, length in
    (vm.relativeIndex(argument(frame, count, 0), length), vm.relativeEnd(argument(frame, count, 1), length))
  }
}

private func substring(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  part(vm, frame, count) { _, length in
    func index(_ value: Value) -> Int {
      let number = vm.integer(value)
      if number < 0 { return vm.isCalledFromFirstDialect ? vm.relativeIndex(number, length) : 0 }
      return Int(min(number, Double(length)))
    }
    let first = index(argument(frame, count, 0))
    let end = argument(frame, count, 1)
    let second = end.isUndefined ? length : index(end)
    return (min(first, second), max(first, second))
  }
}

private func substr(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  part(vm, frame, count) { _, length in
    let start = vm.relativeIndex(argument(frame, count, 0), length)
    let wanted = argument(frame, count, 1)
    let size = wanted.isUndefined ? Double(length) : vm.integer(wanted)
    return (start, start + Int(min(max(size, 0), Double(length - start))))
  }
}

// MARK: Searching

extension StringView {
  /// Where `wanted` first stands at or after `start`.
  func firstIndex(of wanted: StringView, from start: Int) -> Int? {
    guard wanted.count > 0 else { return start <= count ? start : nil }
    if wanted.count > Self.longestPlain { return TextSearch(wanted).first(in: self, from: start) }
    if let text = latin1, let pattern = wanted.latin1 {
      var position = start
      while position + wanted.count <= count {
        let room = count - wanted.count + 1 - position
        guard let found = memchr(text + position, Int32(pattern[0]), room) else { return nil }
        position = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - text
        if memcmp(text + position, pattern, wanted.count) == 0 { return position }
        position += 1
      }
      return nil
    }
    let first = wanted[0]
    var index = start
    while index + wanted.count <= count {
      if self[index] == first && matches(wanted, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// Longer texts are looked for in linear time.
  private static var longestPlain: Int { 32 }

  func lastIndex(of wanted: StringView, from start: Int) -> Int? {
    if wanted.count > Self.longestPlain { return TextSearch(wanted).last(in: self, from: start) }
    var index = Swift.min(start, count - wanted.count)
    while index >= 0 {
      if matches(wanted, at: index) { return index }
      index -= 1
    }
    return nil
  }

  func matches(_ wanted: StringView, at position: Int) -> Bool {
    guard position >= 0, position + wanted.count <= count else { return false }
    if let text = latin1, let pattern = wanted.latin1 { return memcmp(text + position, pattern, wanted.count) == 0 }
    for i in 0..<wanted.count where self[position + i] != wanted[i] { return false }
    return true
  }
}

/// Calls `body` with the text, the searched text and the second argument.
@inline(__always) private func search(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ body: (StringView, StringView, Value) -> Value
) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    let wanted = argument(frame, count, 0)
    guard arePlain(vm, frame, min(count, 2)) else { return .callNeeded }
    let view = vm.view(text)
    let answer = body(view, vm.view(vm.primitiveToString(wanted)), argument(frame, count, 1))
    return view.count > 1 << 16 && vm.machine.mustStop ? .retry : answer
  }
}

private func clamp(_ vm: VM, _ value: Value, _ length: Int) -> Int {
  Int(min(max(vm.integer(value), 0), Double(length)))
}

private func indexOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { Value($0.firstIndex(of: $1, from: clamp(vm, $2, $0.count)) ?? -1) }
}

private func lastIndexOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { text, wanted, position in
    let number = vm.primitiveToNumber(position)
    let start = number.isNaN ? text.count : clamp(vm, position, text.count)
    return Value(text.lastIndex(of: wanted, from: start) ?? -1)
  }
}

private func includes(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { Value($0.firstIndex(of: $1, from: clamp(vm, $2, $0.count)) != nil) }
}

private func startsWith(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { Value($0.matches($1, at: clamp(vm, $2, $0.count))) }
}

private func endsWith(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { text, wanted, position in
    let end = position.isUndefined ? text.count : clamp(vm, position, text.count)
    return Value(end >= wanted.count && text.matches(wanted, at: end - wanted.count))
  }
}

/// Letters by their place in the alphabet first, then lower before upper case: near to what a locale gives for ASCII.
private func localeCompare(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  search(vm, frame, count) { a, b, _ in vm.collationOrder(a, b).map { Value(int: $0) } ?? .retry }
}

// MARK: Making others

private func concat(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard arePlain(vm, frame, count) else { return .callNeeded }
    var result = text
    for i in 0..<Int(count) {
      let more = vm.primitiveToString(frame[i])
      guard vm.canConcatenate(result, more) else { return .retry }
      guard let longer = vm.concatenate(result, more) else {
        return vm.throwRangeError(ErrorMessage.invalidStringLength)
      }
      result = longer
    }
    return result
  }
}

private func repeated(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard arePlain(vm, frame, min(count, 1)) else { return .callNeeded }
    let times = vm.integer(argument(frame, count, 0))
    guard times >= 0, times.isFinite else {
      return vm.throwRangeError("Invalid count value: \(vm.wordsFor(vm.primitiveToString(argument(frame, count, 0))))")
    }
    let length = vm.stringLength(text)
    if length == 0 || times == 0 { return vm.emptyString }
    guard times * Double(length) <= Double(VM.maximumStringLength) else {
      return vm.throwRangeError(ErrorMessage.invalidStringLength)
    }
    return fill(vm, text, length * Int(times), before: vm.emptyString, after: vm.emptyString)
  }
}

/// `before`, then as many units of repeated `pattern`, then `after`.
private func fill(_ vm: VM, _ pattern: Value, _ count: Int, before: Value, after: Value) -> Value {
  let total = vm.stringLength(before) + count + vm.stringLength(after)
  guard vm.canAllocate(total * 2) else { return .retry }
  let parts = [vm.flat(before), vm.flat(pattern), vm.flat(after)]
  let wide = parts.contains { $0.kind == .utf16 }
  let result = wide ? vm.makeUTF16(count: total) : vm.makeLatin1(count: total)
  let view = vm.view(flat: parts[1])
  if vm.stringLength(before) > 0 { vm.copyCharacters(of: parts[0], to: result, at: 0, wide: wide) }
  let start = vm.stringLength(before)
  if wide {
    repeatUnits(vm.utf16Units(result) + start, count, min(view.count, count)) { view[$0] }
  } else {
    repeatUnits(vm.latin1Bytes(result) + start, count, min(view.count, count)) { UInt8(truncatingIfNeeded: view[$0]) }
  }
  if vm.stringLength(after) > 0 { vm.copyCharacters(of: parts[2], to: result, at: start + count, wide: wide) }
  return vm.stringValue(result)
}

/// Writes the first units one by one, then copies what is there, twice as much each time.
private func repeatUnits<Unit>(
  _ target: UnsafeMutablePointer<Unit>, _ count: Int, _ first: Int, _ unit: (Int) -> Unit
) {
  for i in 0..<first { target[i] = unit(i) }
  var done = first
  while done < count {
    let more = min(done, count - done)
    (target + done).update(from: target, count: more)
    done += more
  }
}

private func pad(_ vm: VM, _ frame: Registers, _ count: Int32, atStart: Bool) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard arePlain(vm, frame, min(count, 2)) else { return .callNeeded }
    let wanted = vm.integer(argument(frame, count, 0))
    let length = vm.stringLength(text)
    let filler = argument(frame, count, 1)
    let pattern = filler.isUndefined ? vm.singleUnitString(32) : vm.primitiveToString(filler)
    guard wanted > Double(length), vm.stringLength(pattern) > 0 else { return text }
    guard wanted <= Double(VM.maximumStringLength) else { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
    let missing = Int(wanted) - length
    return atStart
      ? fill(vm, pattern, missing, before: vm.emptyString, after: text)
      : fill(vm, pattern, missing, before: text, after: vm.emptyString)
  }
}

private func padStart(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { pad(vm, frame, count, atStart: true) }
private func padEnd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { pad(vm, frame, count, atStart: false) }

private func trimmed(_ vm: VM, _ frame: Registers, start: Bool, end: Bool) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    let view = vm.view(text)
    var first = 0
    var last = view.count
    while start, first < last, NumberParsing.isWhiteSpace(view[first]) { first += 1 }
    while end, first < last, NumberParsing.isWhiteSpace(view[last - 1]) { last -= 1 }
    return vm.substringWithRoom(text, first, last)
  }
}

private func trim(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { trimmed(vm, frame, start: true, end: true) }
private func trimStart(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  trimmed(vm, frame, start: true, end: false)
}
private func trimEnd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  trimmed(vm, frame, start: false, end: true)
}

private func split(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard arePlain(vm, frame, min(count, 2)) else { return .callNeeded }
    let bound = argument(frame, count, 1)
    let limit = bound.isUndefined ? Int(UInt32.max) : Int(NumberParsing.toUInt32(vm.primitiveToNumber(bound)))
    let separator = argument(frame, count, 0)
    guard vm.canAllocate(vm.stringLength(text) * 16) else { return .retry }
    let result = vm.makeArray()
    if limit == 0 { return vm.objectValue(result) }
    if separator.isUndefined {
      vm.arrayAppend(result, text)
      return vm.objectValue(result)
    }
    let view = vm.view(text)
    let between = vm.view(vm.primitiveToString(separator))
    if between.count == 0 {
      for i in 0..<min(view.count, limit) {
        if i & 0x1fff == 0x1fff && vm.machine.mustStop { return .retry }
        vm.arrayAppend(result, character(vm, view[i]))
      }
      return vm.objectValue(result)
    }
    var start = 0
    while let found = view.firstIndex(of: between, from: start) {
      vm.arrayAppend(result, vm.substring(text, start, found))
      let pieces = vm.denseLength(result)
      if pieces == limit { return vm.objectValue(result) }
      if pieces & 0x1fff == 0 && vm.machine.mustStop { return .retry }
      start = found + between.count
    }
    vm.arrayAppend(result, start == 0 ? text : vm.substring(text, start, view.count))
    return vm.objectValue(result)
  }
}

/// Appends a replacement with its `$` patterns expanded; false when it may not go on.
private func expand(
  _ vm: VM, _ builder: inout StringBuilder, _ pattern: StringView, _ text: StringView, _ start: Int, _ end: Int
) -> Bool {
  var i = 0
  while i < pattern.count {
    if builder.count > VM.maximumStringLength { return true }
    let next = i + 1 < pattern.count ? pattern[i + 1] : 0
    guard pattern[i] == 36, next == 36 || next == 38 || next == 96 || next == 39 else {
      builder.append(pattern[i])
      i += 1
      continue
    }
    guard builder.mayGoOn(vm, besides: text.count * 2) else { return false }
    switch next {
    case 36: builder.append(ascii: 36)
    case 38: builder.append(text, start, end)
    case 96: builder.append(text, 0, start)
    default: builder.append(text, end, text.count)
    }
    i += 2
  }
  return true
}

private func replaced(_ vm: VM, _ frame: Registers, _ count: Int32, all: Bool) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    guard vm.isPlainPrimitive(argument(frame, count, 0)), vm.isPlainPrimitive(argument(frame, count, 1)) else {
      return .callNeeded
    }
    let view = vm.view(text)
    let wanted = vm.view(vm.primitiveToString(argument(frame, count, 0)))
    let replacement = vm.view(vm.primitiveToString(argument(frame, count, 1)))
    var builder = StringBuilder()
    var end = 0
    var search = 0
    var rounds = 0
    while let found = view.firstIndex(of: wanted, from: search) {
      rounds += 1
      if rounds & 0x1fff == 0 && vm.machine.mustStop || !builder.mayGoOn(vm) { return .retry }
      builder.append(view, end, found)
      guard expand(vm, &builder, replacement, view, found, found + wanted.count) else { return .retry }
      end = found + wanted.count
      search = found + max(wanted.count, 1)
      if builder.count > VM.maximumStringLength { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
      if !all || search > view.count { break }
    }
    if end == 0 && search == 0 { return text }
    builder.append(view, end, view.count)
    guard vm.canAllocate(builder.byteCount) else { return .retry }
    return builder.makeString(vm)
  }
}

private func replace(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { replaced(vm, frame, count, all: false) }
private func replaceAll(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { replaced(vm, frame, count, all: true) }

private func iterate(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  switch thisText(vm, frame) {
  case .other(let answer): return answer
  case .text(let text):
    return vm.makeIterator(.stringIterator, vm.machine.intrinsics.stringIteratorPrototype, text, 0)
  }
}
