import CVMDispatch

// A BigInt is a cell of kind `bigInt`: the number of limbs in the header's first word, the sign in its flags, then the
// magnitude in limbs of 64 bits, least significant first and without leading zeros. Zero has no limbs and no sign. The
// cell never changes once its value was handed out.

extension CVMValue {
  @inline(__always) public var isBigInt: Bool { tag == Tag.bigInt }
  /// Number or BigInt: what arithmetic works on.
  @inline(__always) var isNumeric: Bool { isNumber || isBigInt }
}

/// What a BigInt consists of. Valid until the next collection.
struct BigIntView {
  let limbs: Limbs
  let count: Int
  let isNegative: Bool

  var isZero: Bool { count == 0 }
  var bitLength: Int { Magnitude.bitLength(limbs, count) }

  /// Whether the bits below `bit` are all zero.
  func isZero(below bit: Int) -> Bool {
    let whole = min(bit / 64, count)
    for i in 0..<whole where limbs[i] != 0 { return false }
    if whole == count || bit % 64 == 0 { return true }
    return limbs[whole] & (1 << Limb(bit % 64) - 1) == 0
  }

  func bit(_ number: Int) -> Bool { number / 64 < count && limbs[number / 64] >> Limb(number % 64) & 1 != 0 }
}

/// The biggest BigInt, as in V8.
enum BigIntLimit {
  static let bits = 1 << 30
  static let limbs = bits / 64
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  var bigIntWork: BigIntWork { BigIntWork(vm: self) }

  @inline(__always) func bigInt(_ value: Value) -> BigIntView { bigInt(cell(value)) }

  @inline(__always) func bigInt(_ cell: Cell) -> BigIntView {
    BigIntView(
      limbs: UnsafePointer(bigIntLimbs(cell)), count: Int(cell.shape), isNegative: cell.flags & CellFlag.negative != 0)
  }

  @inline(__always) func bigIntLimbs(_ cell: Cell) -> MutableLimbs {
    (cell + Layout.limbs).assumingMemoryBound(to: Limb.self)
  }

  /// A cell with room for `count` limbs, which the caller fills before it calls `finishBigInt`.
  func makeBigInt(limbCount count: Int) -> Cell {
    let cell = heap.allocate(Layout.limbs + count * 8)
    cell.setHeader(shape: UInt32(count), extension: 0, kind: .bigInt, flags: 0, id: 0)
    return cell
  }

  /// The value of a filled cell: leading zeros dropped, the sign set.
  @inline(__always) func finishBigInt(_ cell: Cell, isNegative: Bool) -> Value {
    let count = Magnitude.significant(bigIntLimbs(cell), Int(cell.shape))
    cell.set32(0, UInt32(count))
    cell.set8(15, isNegative && count > 0 ? CellFlag.negative : 0)
    return Value(tag: Tag.bigInt, handle: handle(cell))
  }

  /// A BigInt of these limbs; their number is within the limit.
  func makeBigInt(_ limbs: Limbs, _ count: Int, isNegative: Bool) -> Value {
    let cell = makeBigInt(limbCount: count)
    bigIntLimbs(cell).update(from: limbs, count: count)
    return finishBigInt(cell, isNegative: isNegative)
  }

  public func makeBigInt(_ number: Int) -> Value {
    let cell = makeBigInt(limbCount: 1)
    bigIntLimbs(cell)[0] = Limb(number.magnitude)
    return finishBigInt(cell, isNegative: number < 0)
  }

  /// A BigInt of limbs made outside the heap: the value, an exception when it is too big, or `retry`.
  func makeBigIntChecked(_ limbs: [Limb], isNegative: Bool) -> Value {
    let count = limbs.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { Magnitude.significant($0, buffer.count) } ?? 0
    }
    guard count <= BigIntLimit.limbs else { return throwBigIntTooBig() }
    guard canAllocate(count * 8) else { return .retry }
    let cell = makeBigInt(limbCount: count)
    for i in 0..<count { bigIntLimbs(cell)[i] = limbs[i] }
    return finishBigInt(cell, isNegative: isNegative)
  }

  func throwBigIntTooBig() -> Value { throwRangeError("Maximum BigInt size exceeded") }

  // MARK: Comparison

  /// BigInt::equal.
  func bigIntsEqual(_ a: Value, _ b: Value) -> Bool { a == b || bigIntCompare(a, b) == 0 }

  /// Compares two BigInts: negative, zero or positive.
  func bigIntCompare(_ a: Value, _ b: Value) -> Int {
    let (x, y) = (bigInt(a), bigInt(b))
    if x.isNegative != y.isNegative { return x.isNegative ? -1 : 1 }
    let order = Magnitude.compare(x.limbs, x.count, y.limbs, y.count)
    return x.isNegative ? -order : order
  }

  /// Compares a BigInt with a number by their mathematical values; nil for NaN.
  func bigIntCompare(_ a: Value, number: Double) -> Int? {
    if number.isNaN { return nil }
    let x = bigInt(a)
    if x.isZero { return number < 0 ? 1 : number > 0 ? -1 : 0 }
    if number == 0 || x.isNegative != (number < 0) { return x.isNegative ? -1 : 1 }
    let order = compareMagnitude(x, number.magnitude)
    return x.isNegative ? -order : order
  }

  /// Compares a magnitude, not zero, with a positive number.
  private func compareMagnitude(_ x: BigIntView, _ number: Double) -> Int {
    if number.isInfinite || number < 1 { return number < 1 ? 1 : -1 }
    let bits = x.bitLength
    let numberBits = Int(number.exponent) + 1
    if bits != numberBits { return bits < numberBits ? -1 : 1 }
    let significand = (1 << 63) | Limb(number.significandBitPattern) << 11
    let top = topLimb(x)
    if top != significand { return top < significand ? -1 : 1 }
    return bits > 64 && !x.isZero(below: bits - 64) ? 1 : 0
  }

  /// The 64 bits from the highest set one on.
  private func topLimb(_ x: BigIntView) -> Limb {
    let top = x.limbs[x.count - 1]
    let shift = top.leadingZeroBitCount
    if shift == 0 { return top }
    return top << Limb(shift) | (x.count > 1 ? x.limbs[x.count - 2] >> Limb(64 - shift) : 0)
  }

  // MARK: Numbers

  /// The nearest number, ties to even: Number(bigint).
  func bigIntToNumber(_ value: Value) -> Double {
    let x = bigInt(value)
    if x.isZero { return 0 }
    let bits = x.bitLength
    if bits > 1024 { return x.isNegative ? -.infinity : .infinity }
    var top = topLimb(x)
    // The eleven lowest bits are rounded away: a sticky bit stands for everything below.
    if bits > 64 && !x.isZero(below: bits - 64) { top |= 1 }
    let rest = top & 0x7ff
    var significand = top >> 11
    if rest > 0x400 || (rest == 0x400 && significand & 1 != 0) { significand += 1 }
    let magnitude = Double(sign: .plus, exponent: bits - 53, significand: Double(significand))
    return x.isNegative ? -magnitude : magnitude
  }

  /// The BigInt of a number that is an integer.
  func makeBigInt(integral number: Double) -> Value {
    if let small = Int(exactly: number) { return makeBigInt(small) }
    let shift = Int(number.exponent) - 52
    let significand = (1 << 52) | Limb(number.significandBitPattern)
    let cell = makeBigInt(limbCount: shift / 64 + 2)
    let limbs = bigIntLimbs(cell)
    limbs.update(repeating: 0, count: shift / 64 + 2)
    limbs[shift / 64] = significand << Limb(shift % 64)
    limbs[shift / 64 + 1] = shift % 64 == 0 ? 0 : significand >> Limb(64 - shift % 64)
    return finishBigInt(cell, isNegative: number < 0)
  }

  /// The value as an `Int` when it is one.
  func exactInt(_ value: Value) -> Int? {
    let x = bigInt(value)
    if x.isZero { return 0 }
    guard x.count == 1 else { return nil }
    if x.isNegative { return x.limbs[0] <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- x.limbs[0]) : nil }
    return Int(exactly: x.limbs[0])
  }

  /// The same for equal values.
  func hash(bigInt value: Value) -> UInt64 {
    let x = bigInt(value)
    var hash: UInt64 = x.isNegative ? 0x9e37_79b9_7f4a_7c15 : 0
    for i in 0..<x.count { hash = (hash ^ x.limbs[i]) &* 0x0000_0100_0000_01b3 &+ hash >> 29 }
    return hash
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The value of a literal, as the source has it without the `n`.
  func bigIntLiteral(_ units: [UInt16]) -> Value {
    units.withUnsafeBufferPointer { units in
      let view = StringView(latin1: nil, utf16: units.baseAddress, count: units.count)
      guard case .value(_, let magnitude) = parseBigInt(view) else { return makeBigInt(0) }
      return makeBigIntChecked(magnitude, isNegative: false)
    }
  }
}
