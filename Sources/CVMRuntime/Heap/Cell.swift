import CVMDispatch

/// The address of a heap cell. Addresses never leave native code; what is stored are handles.
public typealias Cell = UnsafeMutableRawPointer

/// The kinds of `CVMKind` as a byte; literals, since they stand on hot paths.
typealias CellKind = UInt8

extension CellKind {
  @inline(__always) static var free: UInt8 { 0 }
  @inline(__always) static var object: UInt8 { 1 }
  @inline(__always) static var array: UInt8 { 2 }
  @inline(__always) static var function: UInt8 { 3 }
  @inline(__always) static var error: UInt8 { 4 }
  @inline(__always) static var map: UInt8 { 5 }
  @inline(__always) static var set: UInt8 { 6 }
  @inline(__always) static var wrapper: UInt8 { 7 }
  @inline(__always) static var arguments: UInt8 { 8 }
  @inline(__always) static var arrayIterator: UInt8 { 9 }
  @inline(__always) static var mapIterator: UInt8 { 10 }
  @inline(__always) static var setIterator: UInt8 { 11 }
  @inline(__always) static var stringIterator: UInt8 { 12 }
  @inline(__always) static var boundFunction: UInt8 { 13 }
  @inline(__always) static var generator: UInt8 { 18 }
  @inline(__always) static var regExp: UInt8 { 14 }
  @inline(__always) static var regExpStringIterator: UInt8 { 15 }
  @inline(__always) static var date: UInt8 { 20 }
  @inline(__always) static var weakMap: UInt8 { 21 }
  @inline(__always) static var weakSet: UInt8 { 22 }
  @inline(__always) static var weakRef: UInt8 { 23 }
  @inline(__always) static var iteratorHelper: UInt8 { 24 }
  @inline(__always) static var lastObject: UInt8 { 31 }
  @inline(__always) static var latin1: UInt8 { 32 }
  @inline(__always) static var utf16: UInt8 { 33 }
  @inline(__always) static var rope: UInt8 { 34 }
  @inline(__always) static var symbol: UInt8 { 35 }
  @inline(__always) static var bigInt: UInt8 { 36 }
  @inline(__always) static var variable: UInt8 { 48 }
  @inline(__always) static var values: UInt8 { 49 }
  @inline(__always) static var accessor: UInt8 { 50 }
  @inline(__always) static var dictionary: UInt8 { 51 }
  @inline(__always) static var hashTable: UInt8 { 52 }
  @inline(__always) static var enumeration: UInt8 { 53 }
}

/// Bits of a cell's flags byte.
enum CellFlag {
  /// Objects: it is the prototype of some shape, so structural changes end what inline caches assume.
  static let isPrototype: UInt8 = 1
  /// Arrays: elements are in a dictionary (sparse, or with attributes).
  static let sparse: UInt8 = 2
  /// Arrays: no element may be added.
  static let notExtensible: UInt8 = 4
  /// Arrays: `length` can't be written.
  static let lengthReadOnly: UInt8 = 8
  /// Functions: the class constructors, which can't be called without `new`.
  static let classConstructor: UInt8 = 16
  /// Functions: can be used with `new`.
  static let constructor: UInt8 = 32
  /// Objects: its `id` counts the machine's own objects (shown as `#i7`).
  static let internalID: UInt8 = 64
  /// Strings: interned, so that equality is identity.
  static let atom: UInt8 = 1
  /// Strings: a buffer that is appended to in place; the id field is its capacity.
  static let extensible: UInt8 = 2
  /// BigInts: below zero.
  static let negative: UInt8 = 1
  /// Symbols: made by `Symbol.for`.
  static let registered: UInt8 = 1
  /// Symbols: a private name of a class, or the mark of the instances that have its private methods. Only the private
  /// instructions and the heap graph ever see such a key.
  static let privateName: UInt8 = 2
}

/// Field access by byte offset; the layouts are documented with each kind.
extension UnsafeMutableRawPointer {
  @inline(__always) func u8(_ offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }
  @inline(__always) func u16(_ offset: Int) -> UInt16 { load(fromByteOffset: offset, as: UInt16.self) }
  @inline(__always) func u32(_ offset: Int) -> UInt32 { load(fromByteOffset: offset, as: UInt32.self) }
  @inline(__always) func u64(_ offset: Int) -> UInt64 { load(fromByteOffset: offset, as: UInt64.self) }
  @inline(__always) func value(_ offset: Int) -> Value { load(fromByteOffset: offset, as: Value.self) }
  @inline(__always) func set8(_ offset: Int, _ x: UInt8) { storeBytes(of: x, toByteOffset: offset, as: UInt8.self) }
  @inline(__always) func set32(_ offset: Int, _ x: UInt32) { storeBytes(of: x, toByteOffset: offset, as: UInt32.self) }
  @inline(__always) func set64(_ offset: Int, _ x: UInt64) { storeBytes(of: x, toByteOffset: offset, as: UInt64.self) }
  @inline(__always) func setValue(_ offset: Int, _ x: Value) { storeBytes(of: x, toByteOffset: offset, as: Value.self) }

  // The header every cell starts with (CVMCellHeader).
  @inline(__always) var shape: UInt32 { u32(0) }
  @inline(__always) var extensionHandle: Handle { u32(4) }
  @inline(__always) var kind: CellKind { u8(14) }
  @inline(__always) var flags: UInt8 { u8(15) }
  /// Kind in the low, flags in the high byte.
  @inline(__always) var kindAndFlags: UInt16 { u16(14) }
  @inline(__always) var id: UInt64 { u64(8) & 0xffff_ffff_ffff }
  @inline(__always) var isObjectCell: Bool { kind <= CellKind.lastObject }
  /// Its content is a hash table.
  var hasTable: Bool { kind == .map || kind == .set || kind == .weakMap || kind == .weakSet }
  /// Strings: the length in code units.
  @inline(__always) var length: Int { Int(u32(0)) }
  @inline(__always) func setHeader(shape: UInt32, extension: Handle, kind: CellKind, flags: UInt8, id: UInt64) {
    set64(0, UInt64(shape) | UInt64(`extension`) << 32)
    set64(8, id | UInt64(kind) << 48 | UInt64(flags) << 56)
  }
}

/// Byte offsets of the fields after the header, kind by kind.
enum Layout {
  static let headerSize = 16
  /// Plain objects: inline slots.
  static let slots = 16
  enum Array {
    /// The value of `length`.
    static let length = 16
    /// How many elements the values cell holds; the others up to `length` do not exist.
    static let denseLength = 20
    /// Handle of a values cell, or of a dictionary when sparse.
    static let elements = 24
    static let capacity = 28
    static let size = 32
  }
  enum Function {
    /// Number of the code, or `noCode`.
    static let code = 16
    /// Number of the native function, or `noNative`.
    static let native = 20
    /// Handle of the object whose prototype `super` looks into, or 0.
    static let home = 24
    /// Shape of the objects that `new` makes, 0 while unknown.
    static let instanceShape = 28
    /// Captured-variable cells, as values.
    static let captures = 32
    static let none: UInt32 = 0xffff_ffff
  }
  enum BoundFunction {
    static let target = 16
    static let this = 24
    /// A values cell with the bound arguments.
    static let arguments = 32
    static let size = 48
  }
  /// Wrapper objects, dates (the time value), captured-variable cells, symbols (description).
  static let primitive = 16
  /// Weak references: the object or symbol, undefined once it is gone.
  static let target = 16
  /// Iterator helpers: the array of their state.
  static let state = 16
  enum Rope {
    static let left = 16
    /// Zero bits once the rope is flattened; `left` is then the flat string.
    static let right = 24
    static let size = 32
  }
  static let characters = 16
  /// BigInts: the limbs; how many is in the header's first word.
  static let limbs = 16
  /// Values cells: the count is in the header's first word; values follow.
  static let values = 16
  enum Accessor {
    static let getter = 16
    static let setter = 24
    static let size = 32
  }
  /// Maps and sets: the hash table, as a cell value.
  static let table = 16
  /// Array iterators: iterated value, next index, what is delivered (0 keys, 1 values, 2 entries).
  /// Map and set iterators: hash table (cell value; undefined when done), position, what is delivered.
  /// String iterators: string, position.
  /// Iterators of `matchAll`: regular expression (undefined when done), text, flags (1 global, 2 by code points).
  enum Iterator {
    static let target = 16
    static let position = 24
    static let kind = 32
    static let size = 48
  }
  /// Generator objects: a values cell with function, `this` and registers of the frame (undefined when it has ended), the
  /// offset in the code where it goes on, its state, the number of registers kept.
  enum Generator {
    static let frame = 16
    static let position = 24
    static let state = 32
    static let count = 40
    static let size = 48
    /// In the values cell: function, `this`, then the registers.
    static let registers = 2
  }
  /// Enumerations of for-in: the array of keys; position is in a register.
  static let keys = 16

  /// How many value fields follow the header, for kinds that have nothing else.
  static func fieldCount(ofKind kind: CellKind) -> Int {
    switch kind {
    case .map, .set, .wrapper, .date, .weakMap, .weakSet, .weakRef, .iteratorHelper, .variable, .symbol, .enumeration: 1
    case .arrayIterator, .mapIterator, .setIterator, .stringIterator, .regExpStringIterator: 3
    case .regExp: 2
    case .generator: 4
    default: 0
    }
  }
}
