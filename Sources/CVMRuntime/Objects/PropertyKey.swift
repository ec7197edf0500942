import CVMDispatch

/// A property key: an array index, or the handle of an interned string or a symbol.
struct PropertyKey: Equatable {
  /// Atoms and symbols: the handle. Indices: the index with bit 32 set. 0 is no key.
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }
  @inline(__always) init(atom handle: Handle) { bits = UInt64(handle) }
  @inline(__always) init(index: UInt32) { bits = 1 << 32 | UInt64(index) }

  @inline(__always) var isIndex: Bool { bits >> 32 != 0 }
  @inline(__always) var index: UInt32 { UInt32(truncatingIfNeeded: bits) }
  @inline(__always) var atom: Handle { UInt32(truncatingIfNeeded: bits) }
}

/// The attributes of a property.
struct Attributes: OptionSet {
  let rawValue: UInt8
  static let writable = Attributes(rawValue: 1)
  static let enumerable = Attributes(rawValue: 2)
  static let configurable = Attributes(rawValue: 4)
  /// The slot holds an accessor cell.
  static let accessor = Attributes(rawValue: 8)

  /// Of properties made by assignment.
  static let all: Attributes = [.writable, .enumerable, .configurable]
  /// Of methods of built-ins and classes.
  static let hidden: Attributes = [.writable, .configurable]

  /// Of a property of an object that is sealed or frozen.
  func restricted(frozen: Bool) -> Attributes {
    let result = subtracting(.configurable)
    return frozen && !contains(.accessor) ? result.subtracting(.writable) : result
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The key that a primitive names; nil for objects, whose conversion runs user code.
  func propertyKey(_ value: Value) -> PropertyKey? {
    if value.isInt && value.asInt >= 0 { return PropertyKey(index: UInt32(value.asInt)) }
    if value.isString { return propertyKey(string: value) }
    if value.isSymbol { return PropertyKey(atom: value.handle) }
    if value.isObject { return nil }
    let text = primitiveToString(value)
    return text.isString ? propertyKey(string: text) : nil
  }

  func propertyKey(string: Value) -> PropertyKey {
    let cell = flat(string)
    if cell.flags & CellFlag.atom != 0 { return PropertyKey(atom: handle(cell)) }
    if let index = arrayIndex(view(flat: cell)) { return PropertyKey(index: index) }
    return PropertyKey(atom: machine.unmanagedAtoms._withUnsafeGuaranteedRef { $0.intern(string) }.handle)
  }

  /// The array index that these characters spell canonically: 0 to 2^32 - 2.
  func arrayIndex(_ view: StringView) -> UInt32? {
    guard view.count > 0, view.count <= 10 else { return nil }
    if view[0] == 0x30 { return view.count == 1 ? 0 : nil }
    var number: UInt64 = 0
    for i in 0..<view.count {
      guard view[i] >= 0x30, view[i] <= 0x39 else { return nil }
      number = number * 10 + UInt64(view[i] - 0x30)
    }
    return number < 0xffff_ffff ? UInt32(number) : nil
  }

  /// The index that an interned string spells, which then is no name.
  func arrayIndexNamed(_ key: Handle) -> UInt32? {
    let cell = cell(key)
    return cell.kind == .symbol ? nil : arrayIndex(view(flat: cell))
  }

  /// The key as a program sees it: a string or a symbol.
  func keyValue(_ key: PropertyKey) -> Value {
    if key.isIndex { return primitiveToString(Value(Int(key.index))) }
    let kind = cell(key.atom).kind
    return Value(tag: kind == .symbol ? Tag.symbol : Tag.string, handle: key.atom)
  }
}
