import CVMDispatch
import CVMRegExp

enum RegExpBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "RegExp", length: 2, native: construct, selfHosted: "RegExpConstructor", "Makes a regular expression.",
      isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [BuiltinFunction("escape", length: 1, native: escape, "A text with all that patterns give a meaning escaped.")]
  }

  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("exec", length: 1, native: exec, selfHosted: "RegExpExec", "The next match, or null."),
      BuiltinFunction("test", length: 1, native: test, selfHosted: "RegExpTest", "Whether there is a match."),
      BuiltinFunction("toString", length: 0, native: text, selfHosted: "RegExpToString", "/pattern/flags"),
      BuiltinFunction("compile", length: 2, selfHosted: "RegExpCompile", "Replaces pattern and flags."),
    ]
  }

  /// The methods that String's methods call.
  static var symbolMethods: [(symbol: StaticString, builtin: BuiltinFunction)] {
    [
      (
        "match",
        BuiltinFunction("[Symbol.match]", length: 1, native: matchAllOrOne, selfHosted: "RegExpMatch", "The matches.")
      ),
      (
        "matchAll",
        BuiltinFunction("[Symbol.matchAll]", length: 1, selfHosted: "RegExpMatchAll", "An iterator over matches.")
      ),
      (
        "replace",
        BuiltinFunction(
          "[Symbol.replace]", length: 2, native: replace, selfHosted: "RegExpReplace", "The text, matches replaced.")
      ),
      (
        "search",
        BuiltinFunction(
          "[Symbol.search]", length: 1, native: search, selfHosted: "RegExpSearch", "Where a match begins, or -1.")
      ),
      (
        "split",
        BuiltinFunction(
          "[Symbol.split]", length: 2, native: split, selfHosted: "RegExpSplit", "The parts between matches.")
      ),
    ]
  }

  static var flags: BuiltinFunction {
    BuiltinFunction("get flags", length: 0, native: flagsText, selfHosted: "RegExpFlags", "The flags.")
  }

  static var source: BuiltinFunction {
    BuiltinFunction("get source", length: 0, native: sourceText, "The pattern.")
  }

  static var flagGetters: [(name: StaticString, builtin: BuiltinFunction)] {
    [
      ("dotAll", BuiltinFunction("get dotAll", length: 0, native: { v, f, _ in flag(v, f, .dotAll) }, "Flag s.")),
      ("global", BuiltinFunction("get global", length: 0, native: { v, f, _ in flag(v, f, .global) }, "Flag g.")),
      (
        "hasIndices",
        BuiltinFunction("get hasIndices", length: 0, native: { v, f, _ in flag(v, f, .hasIndices) }, "Flag d.")
      ),
      (
        "ignoreCase",
        BuiltinFunction("get ignoreCase", length: 0, native: { v, f, _ in flag(v, f, .ignoreCase) }, "Flag i.")
      ),
      (
        "multiline",
        BuiltinFunction("get multiline", length: 0, native: { v, f, _ in flag(v, f, .multiline) }, "Flag m.")
      ),
      ("sticky", BuiltinFunction("get sticky", length: 0, native: { v, f, _ in flag(v, f, .sticky) }, "Flag y.")),
      ("unicode", BuiltinFunction("get unicode", length: 0, native: { v, f, _ in flag(v, f, .unicode) }, "Flag u.")),
      (
        "unicodeSets",
        BuiltinFunction("get unicodeSets", length: 0, native: { v, f, _ in flag(v, f, .unicodeSets) }, "Flag v.")
      ),
    ]
  }

  static var iteratorNext: BuiltinFunction {
    BuiltinFunction("next", length: 0, selfHosted: "RegExpStringIteratorNext", "The next match.")
  }
}

extension Machine {
  func installRegExps() {
    let installer = BuiltinInstaller(self)
    let prototype = intrinsics.regExpPrototype
    let constructor = installer.addClass(
      RegExpBuiltins.constructor, prototype, RegExpBuiltins.statics, RegExpBuiltins.methods)
    builtins.regExpConstructor = constructor
    builtins.regExpSpecies = installer.addSpecies(constructor, "RegExp")
    for (symbol, builtin) in RegExpBuiltins.symbolMethods {
      guard let key = builtins.patternSymbols["\(symbol)"] else { continue }
      installer.add(builtin, to: prototype, key: key, "RegExp.prototype[Symbol.\(symbol)]")
    }
    var members = [names.constructor, atoms.intern("exec")].map { ($0, installer.value(prototype, $0)) }
    for (name, builtin) in RegExpBuiltins.flagGetters + [
      ("flags", RegExpBuiltins.flags), ("source", RegExpBuiltins.source),
    ] {
      let key = atoms.intern(name)
      members.append(
        (key, installer.addAccessor(prototype, key: key, "RegExp.prototype.\(name)", getter: builtin)))
    }
    builtins.regExpMembers = members
    registeredRoots += members.map(\.1) + [builtins.regExpSpecies]
    intrinsics.regExpStringIteratorNext = installer.add(
      RegExpBuiltins.iteratorNext, to: intrinsics.regExpStringIteratorPrototype, key: names.next,
      "RegExp String Iterator.prototype.next")
    installer.tag(intrinsics.regExpStringIteratorPrototype, "RegExp String Iterator")
    // The first one shows what shape they have; it is the machine's own, not garbage of the program.
    let first = vm.makeRegExp(source: emptyString, flags: [])
    builtInNames[vm.handle(first)] = "(machine)"
    builtins.regExpShape = first.shape
    regExpPrototypeState = nil
  }
}

// MARK: Construction

private func construct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let pattern = argument(frame, count, 0)
  let flags = argument(frame, count, 1)
  let target = newTarget(frame)
  guard vm.isPlainPrimitive(pattern), vm.isPlainPrimitive(flags),
    target.isUndefined || target == vm.machine.builtins.regExpConstructor
  else { return .callNeeded }
  return vm.createRegExp(
    pattern.isUndefined ? vm.emptyString : vm.primitiveToString(pattern),
    flags.isUndefined ? vm.emptyString : vm.primitiveToString(flags), prototype: nil)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// What reading and compiling a pattern takes for each of its units: its text, its tree and its program.
  private static var patternBytesPerUnit: Int { 16 }

  /// The flags in a string; nil after raising a SyntaxError.
  private func parseFlags(_ text: Value) -> RegExpFlags? {
    if stringLength(text) <= 8, let flags = RegExpFlags(letters: view(text).units()) { return flags }
    _ = raise(.syntaxError, "Invalid flags supplied to RegExp constructor '\(clippedText(text))'")
    return nil
  }

  func createRegExp(_ source: Value, _ flags: Value, prototype: Handle?) -> Value {
    guard let parsed = parseFlags(flags) else { return .exceptionMarker }
    guard canAllocate(stringLength(source) * Self.patternBytesPerUnit) else { return .retry }
    _ = flat(source)
    let standard = prototype == machine.intrinsics.regExpPrototype.handle ? nil : prototype
    let regExp = makeRegExp(source: source, flags: parsed, prototype: standard)
    return regExpProgram(regExp) == nil ? .exceptionMarker : objectValue(regExp)
  }

  /// RegExpInitialize of an object that is there.
  func reinitialize(_ regExp: Cell, _ source: Value, _ flags: Value) -> Value {
    guard let parsed = parseFlags(flags) else { return .exceptionMarker }
    guard canAllocate(stringLength(source) * Self.patternBytesPerUnit) else { return .retry }
    let units = view(source).units()
    do throws(RegExpSyntaxError) { try RegExpProgram.check(pattern: units, flags: parsed) } catch {
      return throwRegExpError(error, units, parsed)
    }
    writeBarrier(self, regExp + Layout.RegExp.source)
    regExp.setValue(Layout.RegExp.source, source)
    writeBarrier(self, regExp + Layout.RegExp.flags)
    regExp.setValue(Layout.RegExp.flags, Value(int: Int32(parsed.rawValue)))
    return setRegExpLastIndex(regExp, 0) ? objectValue(regExp) : .exceptionMarker
  }

  func throwIncompatible(_ method: String, _ receiver: Value) -> Value {
    throwTypeError("Method \(method) called on incompatible receiver \(describe(receiver))")
  }
}

// MARK: Matching

private func exec(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard vm.isRegExp(this) else { return vm.throwIncompatible("RegExp.prototype.exec", this) }
  let text = argument(frame, count, 0)
  let lastIndex = vm.regExpLastIndex(vm.cell(this))
  guard vm.isPlainPrimitive(text), lastIndex.isNumber else { return .callNeeded }
  return vm.builtinExec(vm.cell(this), vm.primitiveToString(text), lastIndex.asNumber)
}

private func test(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  let text = argument(frame, count, 0)
  guard vm.isPristine(this), vm.isPlainPrimitive(text) else { return .callNeeded }
  let regExp = vm.cell(this)
  switch vm.findNext(regExp, vm.primitiveToString(text), vm.regExpLastIndex(regExp).asNumber) {
  case .matched: return .true
  case .failed: return .false
  case .other(let answer): return answer
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The part of RegExpBuiltinExec (ECMA-262, 22.2.7.2) before the result is made.
  func findNext(_ regExp: Cell, _ text: Value, _ lastIndex: Double) -> RegExpOutcome {
    guard let program = regExpProgram(regExp) else { return .other(.exceptionMarker) }
    return findNext(program, regExp, text, lastIndex)
  }

  private func findNext(
    _ program: RegExpProgram, _ regExp: Cell, _ text: Value, _ lastIndex: Double
  ) -> RegExpOutcome {
    let flags = regExpFlags(regExp)
    let usesLastIndex = !flags.isDisjoint(with: [.global, .sticky])
    let index = usesLastIndex && lastIndex > 0 ? lastIndex : 0
    let view = view(text)
    var outcome = RegExpOutcome.failed
    if index <= Double(view.count) {
      outcome = match(program, view, at: Int(index), isSticky: flags.contains(.sticky))
    }
    switch outcome {
    case .failed:
      if usesLastIndex && !setRegExpLastIndex(regExp, 0) { return .other(.exceptionMarker) }
    case .matched:
      if usesLastIndex && !setRegExpLastIndex(regExp, Int(machine.regExps.matcher.captures[1])) {
        return .other(.exceptionMarker)
      }
    case .other: break
    }
    return outcome
  }

  /// RegExpBuiltinExec.
  func builtinExec(_ regExp: Cell, _ text: Value, _ lastIndex: Double) -> Value {
    guard let program = regExpProgram(regExp) else { return .exceptionMarker }
    switch findNext(program, regExp, text, lastIndex) {
    case .failed: return .null
    case .other(let answer): return answer
    case .matched:
      return makeMatch(program, text, hasIndices: regExpFlags(regExp).contains(.hasIndices))
    }
  }

  /// The array that `exec` gives.
  private func makeMatch(_ program: RegExpProgram, _ text: Value, hasIndices: Bool) -> Value {
    let machine = machine
    let captures = machine.regExps.matcher.captures
    let count = program.captureCount
    let result = makeArray(capacity: count)
    for group in 0..<count { arrayAppend(result, capture(captures, group, text)) }
    if machine.builtins.matchShape == 0 {
      var shape: ShapeID? = pointee.arrayShape
      for name in [machine.names.index, machine.names.input, machine.names.groups] {
        shape = shape.flatMap { shapes.adding(name.handle, .all, to: $0) }
      }
      machine.builtins.matchShape = shape ?? 0
    }
    let groups = program.namedGroups.isEmpty ? .undefined : namedGroups(program) { capture(captures, $0, text) }
    let properties = makeValues(4)
    properties.setValue(Layout.values, Value(Int(captures[0])))
    properties.setValue(Layout.values + 8, text)
    properties.setValue(Layout.values + 16, groups)
    setExtension(result, handle(properties))
    setShape(result, machine.builtins.matchShape)
    if hasIndices {
      addNamed(result, machine.atoms.intern("indices").handle, makeIndices(program, captures), .all)
    }
    return objectValue(result)
  }

  @inline(__always) func capture(_ captures: UnsafeBufferPointer<Int32>, _ group: Int, _ text: Value) -> Value {
    captures[group * 2] < 0 ? .undefined : substring(text, Int(captures[group * 2]), Int(captures[group * 2 + 1]))
  }

  /// An object without prototype with a property for each name; of groups that share one, the one that took part.
  private func namedGroups(_ program: RegExpProgram, _ value: (Int) -> Value) -> Value {
    let object = makeObject(prototype: 0, inlineCapacity: Swift.min(program.namedGroups.count, 16))
    for named in program.namedGroups {
      let values = named.groups.map(value)
      let name = machine.atoms.intern(makeString(named.name))
      addNamed(object, name.handle, values.first { !$0.isUndefined } ?? .undefined, .all)
    }
    return objectValue(object)
  }

  private func makeIndices(_ program: RegExpProgram, _ captures: UnsafeBufferPointer<Int32>) -> Value {
    let pairs = (0..<program.captureCount).map { group -> Value in
      if captures[group * 2] < 0 { return .undefined }
      return objectValue(makeArray([Value(int: captures[group * 2]), Value(int: captures[group * 2 + 1])]))
    }
    let result = makeArray(pairs)
    let groups = program.namedGroups.isEmpty ? .undefined : namedGroups(program) { pairs[$0] }
    addNamed(result, machine.names.groups.handle, groups, .all)
    return objectValue(result)
  }

  /// The object of named groups in positions from `start` of a list on.
  func namedGroups(_ program: RegExpProgram, _ text: Value, _ positions: UnsafePointer<Value>) -> Value {
    if program.namedGroups.isEmpty { return .undefined }
    return namedGroups(program) { group in
      positions[group * 2].asInt < 0
        ? .undefined : substring(text, Int(positions[group * 2].asInt), Int(positions[group * 2 + 1].asInt))
    }
  }
}

// MARK: Text

private func flag(_ vm: VM, _ frame: Registers, _ flag: RegExpFlags) -> Value {
  let this = receiver(frame)
  if vm.isRegExp(this) { return Value(vm.regExpFlags(vm.cell(this)).contains(flag)) }
  if this == vm.machine.intrinsics.regExpPrototype { return .undefined }
  return vm.throwTypeError("\(vm.calleePath(frame)) getter called on non-RegExp object")
}

private func flagsText(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard vm.isPristine(this) else { return .callNeeded }
  return vm.machine.atoms.intern(vm.regExpFlags(vm.cell(this)).text)
}

private func sourceText(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  if vm.isRegExp(this) { return vm.escapedSource(vm.cell(this)) }
  if this == vm.machine.intrinsics.regExpPrototype { return vm.makeString("(?:)") }
  return vm.throwTypeError("RegExp.prototype.source getter called on non-RegExp object")
}

private func text(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard vm.isPristine(this) else { return .callNeeded }
  return vm.makeString(vm.regExpText(vm.cell(this)))
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The regular expression as a literal.
  func regExpText(_ regExp: Cell) -> [UInt16] {
    [0x2F] + view(escapedSource(regExp)).units() + [0x2F] + Array(regExpFlags(regExp).text.utf16)
  }

  /// EscapeRegExpPattern (ECMA-262, 22.2.6.13.1).
  func escapedSource(_ regExp: Cell) -> Value {
    let source = regExp.value(Layout.RegExp.source)
    let view = view(source)
    if view.count == 0 { return makeString("(?:)") }
    var units: [UInt16] = []
    var isInClass = false
    var isEscaped = false
    for index in 0..<view.count {
      let unit = view[index]
      let name: String? =
        switch unit {
        case 0x0A: "n"
        case 0x0D: "r"
        case 0x2028: "u2028"
        case 0x2029: "u2029"
        case 0x2F where !isInClass && !isEscaped: "/"
        default: nil
        }
      if let name {
        units += (isEscaped ? "" : "\\").utf16
        units += name.utf16
      } else {
        units.append(unit)
      }
      if isEscaped {
        isEscaped = false
      } else {
        if unit == 0x5B { isInClass = true }
        if unit == 0x5D { isInClass = false }
        isEscaped = unit == 0x5C
      }
    }
    return units.count == view.count ? source : makeString(units)
  }
}

/// RegExp.escape (ECMA-262, 22.2.5.1).
private func escape(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  guard value.isString else { return vm.throwTypeError("RegExp.escape needs a string") }
  guard vm.canAllocate(vm.stringLength(value) * 16) else { return .retry }
  let units = vm.view(value).units()
  var builder = StringBuilder()
  let controls: [UInt16: StaticString] = [9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r"]
  let syntax = Set("^$\\.*+?()[]{}|/".utf16)
  let punctuators = Set(",-=<>#&!%:;@~'`\"".utf16)
  func appendHex(_ unit: UInt16) {
    let digits = String(unit, radix: 16)
    let width = unit < 256 ? 2 : 4
    builder.append(unit < 256 ? "\\x" : "\\u")
    builder.append(String(repeating: "0", count: width - digits.utf8.count) + digits)
  }
  for (index, unit) in units.enumerated() {
    let isAlphanumeric = unit < 128 && Unicode.Scalar(UInt8(unit)).properties.isAlphabetic || (48...57).contains(unit)
    let isLead = unit & 0xFC00 == 0xD800 && index + 1 < units.count && units[index + 1] & 0xFC00 == 0xDC00
    let isTrail = unit & 0xFC00 == 0xDC00 && index > 0 && units[index - 1] & 0xFC00 == 0xD800
    if index == 0 && isAlphanumeric {
      appendHex(unit)
    } else if syntax.contains(unit) {
      builder.append(ascii: 0x5C)
      builder.append(unit)
    } else if let control = controls[unit] {
      builder.append(control)
    } else if punctuators.contains(unit) || NumberParsing.isWhiteSpace(unit)
      || (unit & 0xF800 == 0xD800 && !isLead && !isTrail)
    {
      appendHex(unit)
    } else {
      builder.append(unit)
    }
  }
  return builder.makeString(vm)
}
