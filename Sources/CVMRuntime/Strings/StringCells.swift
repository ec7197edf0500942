import CVMDispatch
import Glibc

/// The characters of a flat string: exactly one of the pointers is set. Valid until the next collection.
struct StringView {
  let latin1: UnsafePointer<UInt8>?
  let utf16: UnsafePointer<UInt16>?
  let count: Int

  @inline(__always) subscript(_ index: Int) -> UInt16 {
    if let latin1 { return UInt16(latin1[index]) }
    return utf16.unsafelyUnwrapped[index]
  }

  func units() -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: count) { target, filled in
      if let latin1 {
        for i in 0..<count { target.initializeElement(at: i, to: UInt16(latin1[i])) }
      } else if let utf16 {
        _ = target.initialize(from: UnsafeBufferPointer(start: utf16, count: count))
      }
      filled = count
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The cell a handle names.
  @inline(__always) func cell(_ handle: Handle) -> Cell {
    UnsafeMutableRawPointer(pointee.heap + Int(handle) &* 8)
  }
  @inline(__always) func cell(_ value: Value) -> Cell { cell(value.handle) }
  @inline(__always) func handle(_ cell: Cell) -> Handle {
    UInt32(truncatingIfNeeded: (cell - UnsafeMutableRawPointer(pointee.heap)) >> 3)
  }
  @inline(__always) func objectValue(_ cell: Cell) -> Value { Value(tag: Tag.object, handle: handle(cell)) }
  /// The cell as a value. A string that was still growing in place must stay as it is from now on.
  @inline(__always) func stringValue(_ cell: Cell) -> Value {
    if _slowPath(cell.flags & CellFlag.extensible != 0) { cell.set8(15, cell.flags & ~CellFlag.extensible) }
    return Value(tag: Tag.string, handle: handle(cell))
  }

  // MARK: Making strings

  /// A new Latin-1 string cell whose bytes the caller fills.
  @inline(__always) func makeLatin1(count: Int) -> Cell {
    let cell = heap.allocate(Layout.characters + count)
    cell.setHeader(shape: UInt32(count), extension: 0, kind: .latin1, flags: 0, id: 0)
    return cell
  }

  func makeUTF16(count: Int) -> Cell {
    let cell = heap.allocate(Layout.characters + count * 2)
    cell.setHeader(shape: UInt32(count), extension: 0, kind: .utf16, flags: 0, id: 0)
    return cell
  }

  /// A string of these units, in one byte each when all fit.
  func makeString(_ units: UnsafeBufferPointer<UInt16>) -> Value {
    var any: UInt16 = 0
    for unit in units { any |= unit }
    if any < 256 {
      if units.count == 1 { return singleUnitString(UInt8(units[0])) }
      let cell = makeLatin1(count: units.count)
      let bytes = latin1Bytes(cell)
      for i in 0..<units.count { bytes[i] = UInt8(truncatingIfNeeded: units[i]) }
      return stringValue(cell)
    }
    let cell = makeUTF16(count: units.count)
    if let source = units.baseAddress { utf16Units(cell).update(from: source, count: units.count) }
    return stringValue(cell)
  }

  func makeString(_ units: [UInt16]) -> Value { units.withUnsafeBufferPointer { makeString($0) } }

  func makeString(latin1 bytes: UnsafeBufferPointer<UInt8>) -> Value {
    if bytes.count == 1 { return singleUnitString(bytes[0]) }
    let cell = makeLatin1(count: bytes.count)
    if let source = bytes.baseAddress { latin1Bytes(cell).update(from: source, count: bytes.count) }
    return stringValue(cell)
  }

  public func makeString(_ text: String) -> Value {
    let ascii = text.utf8.withContiguousStorageIfAvailable { bytes -> Value? in
      bytes.allSatisfy { $0 < 0x80 } ? makeString(latin1: bytes) : nil
    }
    return (ascii ?? nil) ?? makeString(Array(text.utf16))
  }

  /// The shared one-character string of a Latin-1 unit.
  @inline(__always) func singleUnitString(_ unit: UInt8) -> Value { machine.singleUnitStrings[Int(unit)] }

  var emptyString: Value { machine.emptyString }

  @inline(__always) func latin1Bytes(_ cell: Cell) -> UnsafeMutablePointer<UInt8> {
    (cell + Layout.characters).assumingMemoryBound(to: UInt8.self)
  }
  @inline(__always) func utf16Units(_ cell: Cell) -> UnsafeMutablePointer<UInt16> {
    (cell + Layout.characters).assumingMemoryBound(to: UInt16.self)
  }

  // MARK: Reading strings

  @inline(__always) func stringLength(_ string: Value) -> Int { cell(string).length }

  /// The flat cell of a string; a rope is flattened and remembers the result.
  @inline(__always) func flat(_ string: Value) -> Cell {
    let cell = cell(string)
    if _fastPath(cell.kind != .rope) { return cell }
    return flattenRope(cell)
  }

  @inline(__always) func view(_ string: Value) -> StringView { view(flat: flat(string)) }

  @inline(__always) func view(flat cell: Cell) -> StringView {
    if cell.kind == .latin1 {
      return StringView(latin1: UnsafePointer(latin1Bytes(cell)), utf16: nil, count: cell.length)
    }
    return StringView(latin1: nil, utf16: UnsafePointer(utf16Units(cell)), count: cell.length)
  }

  /// The string as Swift sees it; lone surrogates become U+FFFD.
  public func text(_ string: Value) -> String {
    let view = view(string)
    if let latin1 = view.latin1 {
      let bytes = UnsafeBufferPointer(start: latin1, count: view.count)
      if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    }
    return String(decoding: view.units(), as: UTF16.self)
  }

  // MARK: Concatenation

  /// The longest string a program can make, as in V8.
  static var maximumStringLength: Int { (1 << 29) - 24 }

  /// The concatenation; nil when it would be too long.
  func concatenate(_ left: Value, _ right: Value) -> Value? {
    let leftCount = stringLength(left)
    let rightCount = stringLength(right)
    if leftCount == 0 { return right }
    if rightCount == 0 { return left }
    let count = leftCount + rightCount
    if count <= 24 { return concatenateFlat(left, right, count) }
    guard count <= Self.maximumStringLength else { return nil }
    let leftCell = cell(left)
    if leftCell.kind == .rope, let extended = extend(leftCell, cell(right)) { return extended }
    return makeRope(left, right, count)
  }

  /// Text with a few more characters, of which there is at least one; nil when it would be too long.
  func append(latin1 added: UnsafeBufferPointer<UInt8>, to text: Value) -> Value? {
    let left = cell(text)
    if left.kind == .rope, left.u64(Layout.Rope.right) == 0 {
      let buffer = cell(left.value(Layout.Rope.left))
      let count = left.length + added.count
      if buffer.flags & CellFlag.extensible != 0, buffer.length == left.length, count <= Int(buffer.id) {
        return append(added, to: buffer, count)
      }
    }
    return concatenate(text, makeString(latin1: added))
  }

  @inline(__always) func makeRope(_ left: Value, _ right: Value, _ count: Int) -> Value {
    let rope = heap.allocate(Layout.Rope.size)
    rope.setHeader(shape: UInt32(count), extension: 0, kind: .rope, flags: 0, id: 0)
    rope.setValue(Layout.Rope.left, left)
    rope.setValue(Layout.Rope.right, right)
    return stringValue(rope)
  }

  // MARK: Growing in place

  // A string that is built by appending would become a rope as deep as there were steps. From some length on its
  // characters are kept in a Latin-1 cell with room at the end, the buffer: the string is then a rope with that cell as
  // its left and nothing as its right part. Appending writes behind the last character and makes a new such rope; the old
  // one, being shorter than the buffer, is a prefix of it. `Layout.Rope.capacity` of the buffer says how much fits.

  private static var shortestBuffer: Int { 256 }
  private static var longestCopied: Int { 4096 }

  /// Appends in place, or moves the string to a (larger) buffer when that pays; nil when a plain rope is better.
  @inline(__always) private func extend(_ left: Cell, _ right: Cell) -> Value? {
    guard right.kind == .latin1 else { return nil }
    let count = left.length + right.length
    if left.u64(Layout.Rope.right) == 0 {
      let buffer = cell(left.value(Layout.Rope.left))
      guard buffer.flags & CellFlag.extensible != 0, buffer.length == left.length else { return nil }
      if _fastPath(count <= Int(buffer.id)) {
        return append(UnsafeBufferPointer(start: latin1Bytes(right), count: right.length), to: buffer, count)
      }
      return moveToBuffer(left, right, count)
    }
    guard count >= Self.shortestBuffer, count <= Self.longestCopied else { return nil }
    return moveToBuffer(left, right, count)
  }

  @inline(__always) private func append(
    _ added: UnsafeBufferPointer<UInt8>, to buffer: Cell, _ count: Int
  ) -> Value {
    let start = latin1Bytes(buffer) + (count - added.count)
    // Nothing is lost for shorter strings over the buffer, so an undo need not shorten it.
    markCardsDirty(self, start, added.count)
    markCardsDirty(self, buffer, 1)
    if added.count == 1 {
      start[0] = added[0]
    } else {
      start.update(from: added.baseAddress.unsafelyUnwrapped, count: added.count)
    }
    buffer.set64(0, UInt64(count))
    return makeRopeOverBuffer(buffer, count)
  }

  @inline(__always) private func makeRopeOverBuffer(_ buffer: Cell, _ count: Int) -> Value {
    let rope = heap.allocate(Layout.Rope.size)
    rope.setHeader(shape: UInt32(count), extension: 0, kind: .rope, flags: 0, id: 0)
    rope.setValue(Layout.Rope.left, Value(tag: Tag.string, handle: handle(buffer)))
    rope.set64(Layout.Rope.right, 0)
    return Value(tag: Tag.string, handle: handle(rope))
  }

  @inline(never) private func moveToBuffer(_ left: Cell, _ right: Cell, _ count: Int) -> Value? {
    let source = flat(Value(tag: Tag.string, handle: handle(left)))
    guard source.kind == .latin1 else { return nil }
    let bytes = Heap.roundedSize(Layout.characters + count * 2)
    let buffer = heap.allocate(bytes)
    buffer.setHeader(
      shape: UInt32(count), extension: 0, kind: .latin1, flags: CellFlag.extensible,
      id: UInt64(bytes - Layout.characters))
    latin1Bytes(buffer).update(from: latin1Bytes(source), count: source.length)
    (latin1Bytes(buffer) + source.length).update(from: latin1Bytes(right), count: right.length)
    return makeRopeOverBuffer(buffer, count)
  }

  /// The characters of a rope over a buffer; copied when the buffer has grown meanwhile.
  private func flatPrefix(_ rope: Cell) -> Cell {
    let buffer = cell(rope.value(Layout.Rope.left))
    if _fastPath(buffer.length == rope.length) { return buffer }
    let copy = makeLatin1(count: rope.length)
    latin1Bytes(copy).update(from: latin1Bytes(buffer), count: rope.length)
    writeBarrier(self, rope + Layout.Rope.left)
    rope.setValue(Layout.Rope.left, stringValue(copy))
    return copy
  }

  private func concatenateFlat(_ left: Value, _ right: Value, _ count: Int) -> Value {
    let a = view(left)
    let b = view(right)
    if let first = a.latin1, let second = b.latin1 {
      let cell = makeLatin1(count: count)
      let bytes = latin1Bytes(cell)
      bytes.update(from: first, count: a.count)
      (bytes + a.count).update(from: second, count: b.count)
      return stringValue(cell)
    }
    let cell = makeUTF16(count: count)
    let units = utf16Units(cell)
    for i in 0..<a.count { units[i] = a[i] }
    for i in 0..<b.count { units[a.count + i] = b[i] }
    return stringValue(cell)
  }

  /// Fills a flat cell from right to left with an explicit stack: ropes grow to the left, so it stays short.
  @inline(never) func flattenRope(_ rope: Cell) -> Cell {
    if rope.u64(Layout.Rope.right) == 0 { return flatPrefix(rope) }
    let count = rope.length
    let wide = ropeIsWide(rope)
    let result = wide ? makeUTF16(count: count) : makeLatin1(count: count)
    var end = count
    var pending: [Value] = [stringValue(rope)]
    while let part = pending.popLast() {
      var piece = cell(part)
      if piece.kind == .rope {
        if piece.u64(Layout.Rope.right) != 0 {
          pending.append(piece.value(Layout.Rope.left))
          pending.append(piece.value(Layout.Rope.right))
          continue
        }
        piece = flatPrefix(piece)
      }
      end -= piece.length
      copyCharacters(of: piece, to: result, at: end, wide: wide)
    }
    writeBarrier(self, rope + Layout.Rope.left)
    writeBarrier(self, rope + Layout.Rope.right)
    rope.setValue(Layout.Rope.left, stringValue(result))
    rope.setValue(Layout.Rope.right, Value(bits: 0))
    return result
  }

  private func ropeIsWide(_ rope: Cell) -> Bool {
    var pending: [Value] = [stringValue(rope)]
    while let part = pending.popLast() {
      let piece = cell(part)
      if piece.kind == .utf16 { return true }
      if piece.kind == .rope {
        pending.append(piece.value(Layout.Rope.left))
        let right = piece.value(Layout.Rope.right)
        if right.bits != 0 { pending.append(right) }
      }
    }
    return false
  }

  func copyCharacters(of piece: Cell, to result: Cell, at position: Int, wide: Bool) {
    let source = view(flat: piece)
    if !wide {
      (latin1Bytes(result) + position).update(from: source.latin1.unsafelyUnwrapped, count: source.count)
      return
    }
    let target = utf16Units(result) + position
    if let units = source.utf16 {
      target.update(from: units, count: source.count)
    } else {
      for i in 0..<source.count { target[i] = source[i] }
    }
  }

  /// The units from `start` up to `end`.
  func substring(_ string: Value, _ start: Int, _ end: Int) -> Value {
    let source = flat(string)
    if start == 0 && end == source.length { return string }
    if start >= end { return emptyString }
    if source.kind == .latin1 {
      return makeString(latin1: UnsafeBufferPointer(start: latin1Bytes(source) + start, count: end - start))
    }
    return makeString(UnsafeBufferPointer(start: UnsafePointer(utf16Units(source) + start), count: end - start))
  }

  // MARK: Comparison

  func stringsEqual(_ a: Value, _ b: Value) -> Bool {
    if a == b { return true }
    if stringLength(a) != stringLength(b) { return false }
    let first = flat(a)
    let second = flat(b)
    if first == second { return true }
    if first.flags & second.flags & CellFlag.atom != 0 { return false }
    return viewsEqual(view(flat: first), view(flat: second))
  }

  func viewsEqual(_ a: StringView, _ b: StringView) -> Bool {
    guard a.count == b.count else { return false }
    if let first = a.latin1, let second = b.latin1 { return memcmp(first, second, a.count) == 0 }
    for i in 0..<a.count where a[i] != b[i] { return false }
    return true
  }

  /// The first eight characters of a Latin-1 cell, such that unequal ones compare as the strings do.
  @inline(__always) func latin1Prefix(_ cell: Cell) -> UInt64 {
    let count = cell.length
    if count == 0 { return 0 }
    // A cell with characters has room for sixteen.
    let word = UInt64(bigEndian: cell.u64(Layout.characters))
    return count >= 8 ? word : word & ~(UInt64.max >> UInt64(count &* 8))
  }

  /// Whether `a` comes before `b`, by code units.
  func stringLess(_ a: Value, _ b: Value) -> Bool {
    let first = flat(a)
    let second = flat(b)
    if first.kind == .latin1, second.kind == .latin1 {
      let x = latin1Prefix(first)
      let y = latin1Prefix(second)
      if x != y { return x < y }
    }
    return viewLess(view(a), view(b))
  }

  func viewLess(_ first: StringView, _ second: StringView) -> Bool {
    if let a = first.latin1, let b = second.latin1 {
      let order = memcmp(a, b, Swift.min(first.count, second.count))
      return order == 0 ? first.count < second.count : order < 0
    }
    for i in 0..<Swift.min(first.count, second.count) where first[i] != second[i] { return first[i] < second[i] }
    return first.count < second.count
  }

  /// The hash of a flat string's content: the same for equal content in either width, in every process. Never 0.
  func hash(flat cell: Cell) -> UInt32 {
    if cell.extensionHandle != 0 { return cell.extensionHandle }
    let computed = Self.hash(view(flat: cell))
    cell.set32(4, computed)
    return computed
  }

  /// FNV-1a over code units.
  static func hash(_ view: StringView) -> UInt32 {
    var hash: UInt32 = 0x811c_9dc5
    if let latin1 = view.latin1 {
      for i in 0..<view.count { hash = (hash ^ UInt32(latin1[i])) &* 0x0100_0193 }
    } else {
      for i in 0..<view.count { hash = (hash ^ UInt32(view[i])) &* 0x0100_0193 }
    }
    hash ^= hash >> 15
    return hash == 0 ? 1 : hash
  }
}
