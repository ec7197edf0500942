import CVMDispatch

/// A JavaScript value in one word: a trivial type, never reference counted.
public typealias Value = CVMValue

/// A machine's hot state.
public typealias VM = UnsafeMutablePointer<CVMMachine>
/// The registers of a frame; `frame[-4 ..< 0]` is its header.
public typealias Registers = UnsafeMutablePointer<CVMValue>
typealias ProgramCounter = UnsafeMutablePointer<UInt32>
typealias HeapBase = UnsafeMutablePointer<UInt8>

/// A 32-bit reference to a heap cell: the cell is at heap base + handle * 8. 0 is no cell.
public typealias Handle = UInt32

/// The top 16 bits of values that are not doubles.
enum Tag {
  static let special: UInt64 = 0xfff9
  static let string: UInt64 = 0xfffa
  static let symbol: UInt64 = 0xfffb
  static let object: UInt64 = 0xfffc
  static let bigInt: UInt64 = 0xfffd
  /// A part of the machine's own structures in a register; a program never sees it.
  static let cell: UInt64 = 0xfffe
  static let int: UInt64 = 0xffff

  static let doubleLimit: UInt64 = special << 48
  static let firstReference: UInt64 = string << 48
  static let intBase: UInt64 = int << 48
}

extension CVMValue {
  @inline(__always) init(special number: UInt64) { self.init(bits: Tag.special << 48 | number) }
  @inline(__always) init(tag: UInt64, handle: Handle) { self.init(bits: tag << 48 | UInt64(handle)) }
  @inline(__always) public init(_ value: Bool) { self.init(bits: Tag.special << 48 | (value ? 3 : 2)) }
  @inline(__always) public init(int: Int32) { self.init(bits: Tag.intBase | UInt64(UInt32(bitPattern: int))) }
  /// A double as it is, with NaN made canonical.
  @inline(__always) init(double: Double) {
    self.init(bits: double == double ? double.bitPattern : 0x7ff8_0000_0000_0000)
  }
  /// A double that is not a NaN with a foreign bit pattern, such as the result of arithmetic.
  @inline(__always) init(rawDouble: Double) { self.init(bits: rawDouble.bitPattern) }

  public static var undefined: CVMValue { CVMValue(special: 0) }
  public static var null: CVMValue { CVMValue(special: 1) }
  public static var `false`: CVMValue { CVMValue(special: 2) }
  public static var `true`: CVMValue { CVMValue(special: 3) }
  /// An array element that does not exist.
  static var hole: CVMValue { CVMValue(special: 4) }
  /// A variable in its temporal dead zone.
  static var uninitialized: CVMValue { CVMValue(special: 5) }
  /// What self-hosted iterator steps return at the end.
  static var done: CVMValue { CVMValue(special: 6) }
  /// What a native function returns after it stored `exception`.
  static var exceptionMarker: CVMValue { CVMValue(special: 7) }
  /// What a native function returns when user code would have to run: its self-hosted twin is called instead.
  static var callNeeded: CVMValue { CVMValue(special: 8) }
  /// What a native function returns after it rearranged the call window (`call`, `apply`, bound functions).
  static var reinvoke: CVMValue { CVMValue(special: 9) }
  /// What a native function returns when it had no effect yet and memory must be collected, or an interrupt
  /// handled, first: the instruction runs again.
  static var retry: CVMValue { CVMValue(special: 10) }
  /// What the methods of a suspended generator return: `this` of the call is resumed with its first argument.
  static var resume: CVMValue { CVMValue(special: 11) }
  /// One of the answers of native functions that are no result.
  @inline(__always) var isNativeMarker: Bool {
    bits >= CVMValue.exceptionMarker.bits && bits <= CVMValue.resume.bits
  }
  /// In an iteration's state: the iterated object is a plain array, walked without an iterator object.
  static var arrayIteration: CVMValue { CVMValue(special: 12) }

  /// The number: an int where it is one (but for -0), else a double.
  @inline(__always) public init(number: Double) {
    let int = Int32(truncatingIfNeeded: number.isFinite && number.magnitude < 4e9 ? Int64(number) : 0)
    if Double(int) == number && (int != 0 || number.sign == .plus) {
      self.init(int: int)
    } else {
      self.init(double: number)
    }
  }
  @inline(__always) public init(_ number: Int) {
    if let int = Int32(exactly: number) { self.init(int: int) } else { self.init(double: Double(number)) }
  }

  @inline(__always) var tag: UInt64 { bits >> 48 }
  @inline(__always) public var isDouble: Bool { bits < Tag.doubleLimit }
  @inline(__always) public var isInt: Bool { bits >= Tag.intBase }
  @inline(__always) public var isNumber: Bool { isDouble || isInt }
  @inline(__always) public var isString: Bool { tag == Tag.string }
  @inline(__always) public var isSymbol: Bool { tag == Tag.symbol }
  @inline(__always) public var isObject: Bool { tag == Tag.object }
  @inline(__always) public var isBoolean: Bool { bits & ~1 == CVMValue.false.bits }
  @inline(__always) public var isUndefined: Bool { bits == CVMValue.undefined.bits }
  @inline(__always) public var isNull: Bool { bits == CVMValue.null.bits }
  @inline(__always) public var isNullish: Bool { bits & ~1 == CVMValue.undefined.bits }
  /// Names a heap cell.
  @inline(__always) var isReference: Bool { bits >= Tag.firstReference && bits < Tag.intBase }
  @inline(__always) var isPrimitive: Bool { !isObject }

  @inline(__always) var asInt: Int32 { Int32(truncatingIfNeeded: bits) }
  @inline(__always) var asDouble: Double { Double(bitPattern: bits) }
  /// The number as a double; only for numbers.
  @inline(__always) public var asNumber: Double { isInt ? Double(asInt) : asDouble }
  @inline(__always) public var handle: Handle { UInt32(truncatingIfNeeded: bits) }
  @inline(__always) public static func == (a: CVMValue, b: CVMValue) -> Bool { a.bits == b.bits }
  @inline(__always) public static func != (a: CVMValue, b: CVMValue) -> Bool { a.bits != b.bits }
}

@inline(__always) func bothInt(_ a: CVMValue, _ b: CVMValue) -> Bool { (a.bits & b.bits) >= Tag.intBase }
