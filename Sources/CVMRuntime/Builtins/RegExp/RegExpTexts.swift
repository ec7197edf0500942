import CVMDispatch
import CVMRegExp

// The methods behind String's match, replace, search and split, for regular expressions that nobody changed. All of
// them can be run again from the start: what they change, they change when they are done.

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Calls `body` with the captures of each match; what the native function must answer when it can't go on.
  func forEachMatch(
    _ regExp: Cell, _ view: StringView, _ body: (UnsafeBufferPointer<Int32>) -> Value?
  ) -> Value? {
    guard let program = regExpProgram(regExp) else { return .exceptionMarker }
    let flags = regExpFlags(regExp)
    let isSticky = flags.contains(.sticky)
    let matcher = machine.regExps.matcher
    var index = 0
    var rounds = 0
    while index <= view.count {
      rounds += 1
      if rounds & 0x3ff == 0, machine.mustStop { return .retry }
      switch match(program, view, at: index, isSticky: isSticky) {
      case .failed: return nil
      case .other(let answer): return answer
      case .matched:
        let captures = matcher.captures
        let end = Int(captures[1])
        index = Int(captures[0]) == end ? advance(view, end, flags) : end
        if let answer = body(captures) { return answer }
      }
    }
    return nil
  }

  /// AdvanceStringIndex (ECMA-262, 22.2.7.3).
  func advance(_ view: StringView, _ index: Int, _ flags: RegExpFlags) -> Int {
    guard !flags.isDisjoint(with: [.unicode, .unicodeSets]), index + 1 < view.count,
      view[index] & 0xFC00 == 0xD800, view[index + 1] & 0xFC00 == 0xDC00
    else { return index + 1 }
    return index + 2
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The next value of an iterator that `matchAll` made: a match, the done marker, or what a native function answers;
  /// nil where the program has a say.
  func stepRegExpStringIterator(_ iterator: Cell) -> Value? {
    guard iterator.kind == .regExpStringIterator else { return nil }
    let target = iterator.value(Layout.Iterator.target)
    if target.isUndefined { return .done }
    let text = iterator.value(Layout.Iterator.position)
    guard isPristine(target), text.isString else { return nil }
    let regExp = cell(target)
    let match = builtinExec(regExp, text, regExpLastIndex(regExp).asNumber)
    if match == .retry { return match }
    let bits = iterator.value(Layout.Iterator.kind).asInt
    if match.isNull || match == .exceptionMarker || bits & 1 == 0 {
      writeBarrier(self, iterator + Layout.Iterator.target)
      iterator.setValue(Layout.Iterator.target, .undefined)
      return match.isNull ? .done : match
    }
    let captures = machine.regExps.matcher.captures
    if captures[0] == captures[1] {
      let end = Int(regExpLastIndex(regExp).asNumber)
      let next = advance(view(text), end, bits & 2 != 0 ? .unicode : [])
      if !setRegExpLastIndex(regExp, next) { return .exceptionMarker }
    }
    return match
  }
}

extension RegExpBuiltins {
  /// RegExp.prototype[Symbol.match]
  static let matchAllOrOne: NativeFunction = { vm, frame, count in
    let this = receiver(frame)
    guard vm.isPristine(this), vm.isPlainPrimitive(argument(frame, count, 0)) else { return .callNeeded }
    let regExp = vm.cell(this)
    let text = vm.primitiveToString(argument(frame, count, 0))
    guard vm.regExpFlags(regExp).contains(.global) else {
      return vm.builtinExec(regExp, text, vm.regExpLastIndex(regExp).asNumber)
    }
    let view = vm.view(text)
    var pairs: [(Int32, Int32)] = []
    if let answer = vm.forEachMatch(
      regExp, view,
      {
        pairs.append(($0[0], $0[1]))
        return pairs.count & 0x1fff != 0 || vm.canAllocate(pairs.count * 24) ? nil : .retry
      })
    {
      return answer
    }
    guard vm.canAllocate(pairs.count * 40 + view.count) else { return .retry }
    guard vm.setRegExpLastIndex(regExp, 0) else { return .exceptionMarker }
    if pairs.isEmpty { return .null }
    let result = vm.makeArray(capacity: pairs.count)
    for (start, end) in pairs {
      vm.arrayAppend(result, vm.substring(text, Int(start), Int(end)))
      if vm.denseLength(result) & 0x1fff == 0, vm.machine.mustStop { return .retry }
    }
    return vm.objectValue(result)
  }

  /// RegExp.prototype[Symbol.search]
  static let search: NativeFunction = { vm, frame, count in
    let this = receiver(frame)
    guard vm.isPristine(this), vm.isPlainPrimitive(argument(frame, count, 0)) else { return .callNeeded }
    let regExp = vm.cell(this)
    guard let program = vm.regExpProgram(regExp) else { return .exceptionMarker }
    let view = vm.view(vm.primitiveToString(argument(frame, count, 0)))
    switch vm.match(program, view, at: 0, isSticky: vm.regExpFlags(regExp).contains(.sticky)) {
    case .failed: return Value(int: -1)
    case .matched: return Value(int: vm.machine.regExps.matcher.captures[0])
    case .other(let answer): return answer
    }
  }

  /// RegExp.prototype[Symbol.replace] by a text.
  static let replace: NativeFunction = { vm, frame, count in
    let this = receiver(frame)
    let replacement = argument(frame, count, 1)
    guard vm.isPristine(this), vm.isPlainPrimitive(argument(frame, count, 0)), vm.isPlainPrimitive(replacement) else {
      return .callNeeded
    }
    let regExp = vm.cell(this)
    let text = vm.primitiveToString(argument(frame, count, 0))
    let view = vm.view(text)
    let template = vm.view(vm.primitiveToString(replacement))
    guard let program = vm.regExpProgram(regExp) else { return .exceptionMarker }
    var replacer = Replacer(text: view, substitution: Substitution(template, program))
    if vm.regExpFlags(regExp).contains(.global) {
      if let answer = vm.forEachMatch(regExp, view, { replacer.replace(vm, $0) }) { return answer }
      guard vm.canAllocate(replacer.builder.byteCount + view.count * 2) else { return .retry }
      guard vm.setRegExpLastIndex(regExp, 0) else { return .exceptionMarker }
    } else {
      switch vm.findNext(regExp, text, vm.regExpLastIndex(regExp).asNumber) {
      case .failed: return text
      case .other(let answer): return answer
      case .matched:
        if let answer = replacer.replace(vm, vm.machine.regExps.matcher.captures) { return answer }
      }
    }
    if !replacer.hasMatched { return text }
    replacer.builder.append(view, replacer.end, view.count)
    if replacer.builder.count > VM.maximumStringLength { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
    return replacer.builder.makeString(vm)
  }

  /// RegExp.prototype[Symbol.split]
  static let split: NativeFunction = { vm, frame, count in
    let this = receiver(frame)
    let bound = argument(frame, count, 1)
    guard vm.isPristine(this), vm.machine.hasDefaultRegExpSpecies, vm.isPlainPrimitive(argument(frame, count, 0)),
      vm.isPlainPrimitive(bound)
    else { return .callNeeded }
    let regExp = vm.cell(this)
    let text = vm.primitiveToString(argument(frame, count, 0))
    let limit = bound.isUndefined ? Int(UInt32.max) : Int(NumberParsing.toUInt32(vm.primitiveToNumber(bound)))
    return vm.split(regExp, text, limit)
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  fileprivate func split(_ regExp: Cell, _ text: Value, _ limit: Int) -> Value {
    guard let program = regExpProgram(regExp) else { return .exceptionMarker }
    let view = view(text)
    guard limit > 0 else { return objectValue(makeArray()) }
    var parts: [(Int32, Int32)] = []
    if view.count == 0 {
      switch match(program, view, at: 0, isSticky: true) {
      case .matched: return objectValue(makeArray())
      case .failed: return objectValue(makeArray([text]))
      case .other(let answer): return answer
      }
    }
    let captures = machine.regExps.matcher
    let flags = regExpFlags(regExp)
    var end = 0
    var index = 0
    var rounds = 0
    search: while index < view.count {
      rounds += 1
      if rounds & 0x3ff == 0, machine.mustStop { return .retry }
      switch match(program, view, at: index, isSticky: false) {
      case .failed: break search
      case .other(let answer): return answer
      case .matched: break
      }
      let found = captures.captures
      if Int(found[0]) >= view.count { break }
      if Int(found[1]) == end {
        index = advance(view, Int(found[0]), flags)
        continue
      }
      parts.append((Int32(end), found[0]))
      for group in 1..<Swift.max(program.captureCount, 1) { parts.append((found[group * 2], found[group * 2 + 1])) }
      end = Int(found[1])
      index = end
      if parts.count >= limit { break }
      if !canAllocate(parts.count * 24) { return .retry }
    }
    if parts.count < limit { parts.append((Int32(end), Int32(view.count))) }
    guard canAllocate(parts.count * 40 + view.count) else { return .retry }
    let result = makeArray(capacity: Swift.min(parts.count, limit))
    for (start, end) in parts.prefix(limit) {
      arrayAppend(result, start < 0 ? .undefined : substring(text, Int(start), Int(end)))
      if denseLength(result) & 0x1fff == 0, machine.mustStop { return .retry }
    }
    return objectValue(result)
  }
}

/// A text whose matches are being replaced from start to end.
private struct Replacer {
  let text: StringView
  let substitution: Substitution
  var builder = StringBuilder()
  var end = 0
  var hasMatched = false

  /// Replaces the next match; what the native function must answer when it can't go on.
  mutating func replace(_ vm: VM, _ captures: UnsafeBufferPointer<Int32>) -> Value? {
    builder.append(text, end, Int(captures[0]))
    end = Int(captures[1])
    hasMatched = true
    guard substitution.append(vm, to: &builder, text, captures) else { return .retry }
    return builder.count <= VM.maximumStringLength ? nil : vm.throwRangeError(ErrorMessage.invalidStringLength)
  }
}

/// A replacement text, taken apart (ECMA-262, 22.1.3.19.1 GetSubstitution).
private struct Substitution {
  private enum Part {
    case text(Int, Int)
    case before
    case after
    case group(Int)
    case named([Int])
  }

  private let template: StringView
  private var parts: [Part] = []

  init(_ template: StringView, _ program: RegExpProgram) {
    self.template = template
    var start = 0
    var index = 0
    func digit(_ place: Int) -> Int? {
      place < template.count && (48...57).contains(template[place]) ? Int(template[place]) - 48 : nil
    }
    while index < template.count {
      guard template[index] == 36, index + 1 < template.count else {
        index += 1
        continue
      }
      var part: Part?
      var length = 2
      switch template[index + 1] {
      case 36: part = .text(index, index + 1)
      case 38: part = .group(0)
      case 96: part = .before
      case 39: part = .after
      case 48...57:
        let groups = program.captureCount - 1
        let one = digit(index + 1) ?? 0
        if let second = digit(index + 2), (1...99).contains(one * 10 + second), one * 10 + second <= groups {
          part = .group(one * 10 + second)
          length = 3
        } else if one > 0, one <= groups {
          part = .group(one)
        }
      case 60 where !program.namedGroups.isEmpty:
        var close = index + 2
        while close < template.count && template[close] != 62 { close += 1 }
        if close < template.count {
          let name = (index + 2..<close).map { template[$0] }
          part = .named(program.namedGroups.first { $0.name == name }?.groups ?? [])
          length = close + 1 - index
        }
      default: break
      }
      if let part {
        if start < index { parts.append(.text(start, index)) }
        parts.append(part)
        index += length
        start = index
      } else {
        index += 1
      }
    }
    if start < template.count { parts.append(.text(start, template.count)) }
  }

  /// Appends what replaces a match; false when it may not go on.
  func append(
    _ vm: VM, to builder: inout StringBuilder, _ text: StringView, _ captures: UnsafeBufferPointer<Int32>
  ) -> Bool {
    func appendGroup(_ group: Int) {
      if captures[group * 2] >= 0 { builder.append(text, Int(captures[group * 2]), Int(captures[group * 2 + 1])) }
    }
    for part in parts where builder.count <= VM.maximumStringLength {
      guard builder.mayGoOn(vm, besides: max(text.count, template.count) * 2) else { return false }
      switch part {
      case .text(let start, let end): builder.append(template, start, end)
      case .before: builder.append(text, 0, Int(captures[0]))
      case .after: builder.append(text, Int(captures[1]), text.count)
      case .group(let group): appendGroup(group)
      case .named(let groups): if let group = groups.first(where: { captures[$0 * 2] >= 0 }) { appendGroup(group) }
      }
    }
    return true
  }
}
