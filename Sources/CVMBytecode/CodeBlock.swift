/// The header registers of a call window: callee (later the result), `this`, link and meta. Arguments follow.
public let callHeaderSize = 4

/// The canonical bytecode of one function, class initialiser or program: position-independent and without heap handles.
public struct CodeBlock: Sendable {
  /// What kind of function this is; decides how it is called and constructed.
  public enum Kind: UInt8, Sendable {
    case program
    case function
    case arrow
    case method
    case getter
    case setter
    case baseConstructor
    case derivedConstructor
    /// Runs the field initialisers of a class with the new instance as `this`.
    case fieldInitializer
    case generator
    case generatorMethod

    /// Whether calls make a generator object.
    public var isGenerator: Bool { self == .generator || self == .generatorMethod }
  }

  /// The name a function object gets at creation; UTF-16 code units.
  public var name: [UInt16] = []
  public var kind: Kind = .function
  /// The value of the function's `length` property.
  public var length = 0
  /// The number of registers, from 0 on, that are filled with arguments (missing ones with undefined).
  public var parameterCount = 0
  /// Whether REST or CREATE_ARGUMENTS stand in the code, so that calls must keep the argument count and extra arguments.
  public var needsArgumentCount = false
  /// Registers used, call windows included; at most 256.
  public var registerCount = 0
  public var words: [UInt32] = []
  public var constants: [Constant] = []
  public var nested: [CodeBlock] = []
  public var captures: [Capture] = []
  public var handlers: [ExceptionHandler] = []
  public var sourceMap = SourceMap()
  public var variables: [RegisterVariable] = []
  /// The names of the native intrinsics that INTRINSIC instructions refer to by index.
  public var intrinsics: [String] = []
  /// The bindings that running this program creates (program kind only), in order of declaration.
  public var globalDeclarations: [GlobalDeclaration] = []
  /// The text of the whole function in the source, for `Function.prototype.toString` and `:source`: UTF-8 byte offsets.
  public var sourceStart: UInt32 = 0
  public var sourceEnd: UInt32 = 0
  /// How many properties an instance probably gets: distinct `this.x = ...` in a constructor, and fields.
  public var instanceSlotHint = 0
  /// Part of the built-ins: hidden in stack traces.
  public var isSelfHosted = false
  /// Compiled in the dialect `cvm1`: what it calls behaves as that dialect says.
  public var isFirstDialect = false

  public init() {}
}

/// A constant of a code block.
public enum Constant: Sendable, Hashable {
  /// A string as UTF-16 code units.
  case string([UInt16])
  /// The property names of an object literal: indices of string constants of the same block.
  case nameList([UInt32])
  /// A BigInt as the source has it, without separators and without the `n`.
  case bigInt([UInt16])
}

/// Where a closure finds a captured cell when it is created.
public struct Capture: Sendable, Hashable {
  /// The variable's name, for `:disasm` and the heap graph.
  public var name: [UInt16]
  /// Whether the cell stands in a register of the creating frame; else in its function's captures.
  public var isRegister: Bool
  public var index: UInt8

  public init(name: [UInt16], isRegister: Bool, index: UInt8) {
    self.name = name
    self.isRegister = isRegister
    self.index = index
  }
}

/// A range of the code whose exceptions are caught: [start, end) in words. Inner handlers stand before outer ones.
public struct ExceptionHandler: Sendable, Hashable {
  public var start: UInt32
  public var end: UInt32
  public var target: UInt32
  /// The register that receives the exception.
  public var register: UInt8

  public init(start: UInt32, end: UInt32, target: UInt32, register: UInt8) {
    self.start = start
    self.end = end
    self.target = target
    self.register = register
  }
}

/// From which word to which (exclusive) a register holds a named variable.
public struct RegisterVariable: Sendable, Hashable {
  public var name: [UInt16]
  public var register: UInt8
  /// Whether the register holds a captured-variable cell and not the value itself.
  public var isCell: Bool
  public var start: UInt32
  public var end: UInt32

  public init(name: [UInt16], register: UInt8, isCell: Bool, start: UInt32, end: UInt32) {
    self.name = name
    self.register = register
    self.isCell = isCell
    self.start = start
    self.end = end
  }
}

/// A binding that a program creates at global level.
public struct GlobalDeclaration: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    case `var`
    case `let`
    case const
    case `class`
    case function
  }
  public var name: [UInt16]
  public var kind: Kind
  /// The name's place in the source: UTF-8 byte offsets.
  public var start: UInt32
  public var end: UInt32

  public init(name: [UInt16], kind: Kind, start: UInt32, end: UInt32) {
    self.name = name
    self.kind = kind
    self.start = start
    self.end = end
  }
}

/// From program counters to places in the source.
public struct SourceMap: Sendable, Hashable {
  /// The source range of the instruction at `pc` (its first word): UTF-8 byte offsets.
  public struct Entry: Sendable, Hashable {
    public var pc: UInt32
    /// The expression that an error message names: for a call its callee, for a variable access the name.
    public var start: UInt32
    public var end: UInt32
    /// Where line and column of an error point to, as V8 places them (`pts.mapp(f)`: the `m`).
    public var caret: UInt32

    public init(pc: UInt32, start: UInt32, end: UInt32, caret: UInt32) {
      self.pc = pc
      self.start = start
      self.end = end
      self.caret = caret
    }
  }
  /// In ascending order of `pc`.
  public var entries: [Entry] = []

  public init() {}

  /// The entry of the last mapped instruction at or before `pc`. O(log n).
  public func entry(at pc: UInt32) -> Entry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].pc <= pc { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : entries[low - 1]
  }
}
