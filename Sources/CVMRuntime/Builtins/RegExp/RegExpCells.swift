import CVMDispatch
import CVMRegExp
import Glibc

/// Programs of the patterns in use: derived from source and flags, which the cells hold, and made again when missing.
final class RegExpCache {
  final class Entry {
    let units: [UInt16]
    /// The pattern in bytes, when it fits.
    let bytes: [UInt8]?
    let flags: UInt8
    let program: RegExpProgram

    init(_ units: [UInt16], _ flags: UInt8, _ program: RegExpProgram) {
      self.units = units
      bytes = units.allSatisfy { $0 < 256 } ? units.map { UInt8($0) } : nil
      self.flags = flags
      self.program = program
    }

    func matches(_ view: StringView, _ flags: UInt8) -> Bool {
      guard flags == self.flags, view.count == units.count else { return false }
      if let latin1 = view.latin1 { return bytes.map { memcmp($0, latin1, view.count) == 0 } ?? false }
      return memcmp(units, view.utf16.unsafelyUnwrapped, view.count * 2) == 0
    }
  }

  private struct Key: Hashable {
    let units: [UInt16]
    let flags: UInt8
  }

  private static let slots = 64
  private static let largestSize = 4 << 20
  private var entries: [Key: Entry] = [:]
  private var size = 0
  /// The last used by the string of the pattern; each is compared with the pattern before use.
  @exclusivity(unchecked) private var recent = [Entry?](repeating: nil, count: slots)
  let matcher = RegExpMatcher()

  /// The program of a pattern, which is the text of the string `source`.
  func program(_ source: Handle, _ view: StringView, _ flags: UInt8) throws(RegExpSyntaxError) -> RegExpProgram {
    let slot = Int(source >> 1) & (Self.slots - 1)
    if let entry = recent[slot], entry.matches(view, flags) { return entry.program }
    let key = Key(units: view.units(), flags: flags)
    let entry: Entry
    if let known = entries[key] {
      entry = known
    } else {
      let program = try RegExpProgram(pattern: key.units, flags: RegExpFlags(rawValue: flags))
      entry = Entry(key.units, flags, program)
      size += program.byteCount + key.units.count * 4
      if size > Self.largestSize {
        entries = [:]
        size = 0
      }
      entries[key] = entry
    }
    recent[slot] = entry
    return entry.program
  }
}

extension Layout {
  /// Regular expressions: the pattern as a string, the flags as an integer. `lastIndex` is a property.
  enum RegExp {
    static let source = 16
    static let flags = 24
    static let size = 32
  }
}

/// What looking for a match came to.
enum RegExpOutcome {
  case matched
  case failed
  /// What the native function must answer.
  case other(Value)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  @inline(__always) func isRegExp(_ value: Value) -> Bool { value.isObject && cell(value).kind == .regExp }

  /// RegExpAlloc and RegExpInitialize (ECMA-262, 22.2.3) of a pattern that is known to be valid.
  func makeRegExp(source: Value, flags: RegExpFlags, prototype: Handle? = nil) -> Cell {
    let machine = machine
    if prototype == nil, machine.builtins.regExpShape != 0 {
      let properties = makeValues(1)
      properties.setValue(Layout.values, Value(0))
      let object = heap.allocate(Layout.RegExp.size)
      object.setHeader(
        shape: machine.builtins.regExpShape, extension: handle(properties), kind: .regExp, flags: 0, id: takeID())
      object.setValue(Layout.RegExp.source, source)
      object.setValue(Layout.RegExp.flags, Value(int: Int32(flags.rawValue)))
      return object
    }
    let standard = machine.intrinsics.regExpPrototype.handle
    let object = makeObject(
      kind: .regExp, prototype: prototype ?? standard, fieldBytes: Layout.RegExp.size - Layout.headerSize)
    object.setValue(Layout.RegExp.source, source)
    object.setValue(Layout.RegExp.flags, Value(int: Int32(flags.rawValue)))
    addNamed(object, machine.names.lastIndex.handle, Value(0), .writable)
    return object
  }

  func regExpFlags(_ regExp: Cell) -> RegExpFlags {
    RegExpFlags(rawValue: UInt8(truncatingIfNeeded: regExp.value(Layout.RegExp.flags).asInt))
  }

  /// The compiled pattern; nil after raising a SyntaxError.
  func regExpProgram(_ regExp: Cell) -> RegExpProgram? {
    let source = regExp.value(Layout.RegExp.source)
    let view = view(source)
    do throws(RegExpSyntaxError) {
      return try machine.regExps.program(source.handle, view, regExpFlags(regExp).rawValue)
    } catch {
      _ = throwRegExpError(error, view.units(), regExpFlags(regExp))
      return nil
    }
  }

  func throwRegExpError(_ error: RegExpSyntaxError, _ units: [UInt16], _ flags: RegExpFlags) -> Value {
    let pattern = String(decoding: units, as: UTF16.self)
    return raise(.syntaxError, "Invalid regular expression: /\(pattern)/\(flags.text): \(error.message)")
  }

  // MARK: lastIndex

  /// Whether only `lastIndex` is on the object, as it was made.
  @inline(__always) func hasPlainLastIndex(_ regExp: Cell) -> Bool {
    regExp.shape == machine.builtins.regExpShape && regExp.kind == .regExp
  }

  func regExpLastIndex(_ regExp: Cell) -> Value {
    if hasPlainLastIndex(regExp) { return slotAddress(regExp, 0).pointee }
    return ownProperty(regExp, PropertyKey(atom: machine.names.lastIndex.handle))?.value ?? Value(0)
  }

  /// Sets `lastIndex`; false after raising an error.
  func setRegExpLastIndex(_ regExp: Cell, _ index: Int) -> Bool {
    if hasPlainLastIndex(regExp) {
      storeSlot(slotAddress(regExp, 0), Value(index))
      return true
    }
    let key = PropertyKey(atom: machine.names.lastIndex.handle)
    if case .done = setProperty(regExp, key, Value(index)) { return true }
    _ = throwTypeError("Cannot assign to read only property 'lastIndex' of object '[object RegExp]'")
    return false
  }

  /// Whether an object and `RegExp.prototype` are as they were made, so that the protocols need not be followed.
  func isPristine(_ value: Value) -> Bool {
    guard value.isObject, hasPlainLastIndex(cell(value)), slotAddress(cell(value), 0).pointee.isInt else {
      return false
    }
    return machine.isRegExpPrototypePristine
  }

  // MARK: Matching

  /// Looks for a match from `index` on, only there when `isSticky`. The captures are then in the matcher.
  func match(_ program: RegExpProgram, _ view: StringView, at index: Int, isSticky: Bool) -> RegExpOutcome {
    let machine = machine
    let matcher = machine.regExps.matcher
    let text: RegExpText =
      view.latin1.map { .latin1($0, count: view.count) } ?? .utf16(view.utf16.unsafelyUnwrapped, count: view.count)
    matcher.start(program, in: text, at: index, isSticky: isSticky)
    while true {
      var budget = 20_000
      let outcome = matcher.resume(budget: &budget)
      machine.countNativeSteps(20_000 - budget)
      switch outcome {
      case .matched: return .matched
      case .failed: return .failed
      case .stackExhausted: return .other(throwRangeError("Regular expression needs too much memory"))
      case .notFinished: if machine.mustStop { return .other(.retry) }
      }
    }
  }
}

extension Machine {
  /// Counts work of native code as steps of the program.
  func countNativeSteps(_ steps: Int) {
    foldEvents()
    defer { sliceStart = Int(vm.pointee.budget) }
    eventBase += steps
    let budget = Int(vm.pointee.budget)
    if steps < budget {
      vm.pointee.budget = Int64(budget - steps)
      return
    }
    let beyond = steps - max(budget, 0)
    vm.pointee.budget = 0
    if stepsLeft != Int.max { stepsLeft -= beyond }
    countedSteps += beyond
  }

  /// Whether the properties of `RegExp.prototype` that the protocols look at are the built-in ones.
  var isRegExpPrototypePristine: Bool {
    if let known = regExpPrototypeState { return known }
    let prototype = vm.cell(intrinsics.regExpPrototype)
    let isPristine = builtins.regExpMembers.allSatisfy { key, value in
      vm.ownProperty(prototype, PropertyKey(atom: key.handle)).map { $0.value == value } ?? false
    }
    regExpPrototypeState = isPristine
    return isPristine
  }

  /// Whether `RegExp[Symbol.species]` is the built-in one.
  var hasDefaultRegExpSpecies: Bool {
    let constructor = vm.cell(builtins.regExpConstructor)
    let species = vm.ownProperty(constructor, PropertyKey(atom: intrinsics.symbolSpecies.handle))
    return species.map { $0.value == builtins.regExpSpecies } ?? false
  }
}
