import CVMDispatch

enum ArrayBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction("Array", length: 1, native: arrayConstruct, "Makes an array.", isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction("isArray", length: 1, native: arrayIsArray, "Whether a value is an array."),
      BuiltinFunction("from", length: 1, selfHosted: "ArrayFrom", "Makes an array of an iterable or array-like."),
      BuiltinFunction("of", length: 0, native: arrayOf, selfHosted: "ArrayOf", "Makes an array of its arguments."),
    ]
  }

  static var methods: [BuiltinFunction] { accessMethods + changingMethods + callbackMethods }

  private static var accessMethods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "at", length: 1, native: arrayAt, selfHosted: "ArrayAt", "The element at an index, from the end when negative."),
      BuiltinFunction(
        "concat", length: 1, native: arrayConcat, selfHosted: "ArrayConcat", "A new array with more elements."),
      BuiltinFunction(
        "flat", length: 0, native: arrayFlat, selfHosted: "ArrayFlat", "A new array with nested arrays spread out."),
      BuiltinFunction(
        "includes", length: 1, native: arrayIncludes, selfHosted: "ArrayIncludes", "Whether an element is there."),
      BuiltinFunction(
        "indexOf", length: 1, native: arrayIndexOf, selfHosted: "ArrayIndexOf", "The first index of an element, or -1."),
      BuiltinFunction("join", length: 1, native: arrayJoin, selfHosted: "ArrayJoin", "The elements as one string."),
      BuiltinFunction("keys", length: 0, native: arrayKeys, "An iterator over indices."),
      BuiltinFunction("entries", length: 0, native: arrayEntries, "An iterator over [index, element] pairs."),
      BuiltinFunction(
        "lastIndexOf", length: 1, native: arrayLastIndexOf, selfHosted: "ArrayLastIndexOf",
        "The last index of an element, or -1."),
      BuiltinFunction("slice", length: 2, native: arraySlice, selfHosted: "ArraySlice", "A copy of a part."),
      BuiltinFunction(
        "toReversed", length: 0, native: arrayToReversed, selfHosted: "ArrayToReversed", "A reversed copy."),
      BuiltinFunction("toSorted", length: 1, selfHosted: "ArrayToSorted", "A sorted copy."),
      BuiltinFunction(
        "toSpliced", length: 2, native: arrayToSpliced, selfHosted: "ArrayToSpliced", "A copy with a part replaced."),
      BuiltinFunction("toLocaleString", length: 0, selfHosted: "ArrayToLocaleString", "The elements as one string."),
      BuiltinFunction(
        "toString", length: 0, native: arrayToString, selfHosted: "ArrayToString", "The elements joined by commas."),
      BuiltinFunction(
        "with", length: 2, native: arrayWith, selfHosted: "ArrayWith", "A copy with one element replaced."),
    ]
  }

  private static var changingMethods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "copyWithin", length: 2, native: arrayCopyWithin, selfHosted: "ArrayCopyWithin", "Copies a part over another."),
      BuiltinFunction("fill", length: 1, native: arrayFill, selfHosted: "ArrayFill", "Sets a range of elements."),
      BuiltinFunction("pop", length: 0, native: arrayPop, selfHosted: "ArrayPop", "Removes the last element."),
      BuiltinFunction("push", length: 1, native: arrayPush, selfHosted: "ArrayPush", "Appends elements."),
      BuiltinFunction("reverse", length: 0, native: arrayReverse, selfHosted: "ArrayReverse", "Reverses in place."),
      BuiltinFunction("shift", length: 0, native: arrayShift, selfHosted: "ArrayShift", "Removes the first element."),
      BuiltinFunction("sort", length: 1, native: arraySort, selfHosted: "ArraySort", "Sorts in place, stably."),
      BuiltinFunction(
        "splice", length: 2, native: arraySplice, selfHosted: "ArraySplice", "Removes and inserts elements."),
      BuiltinFunction(
        "unshift", length: 1, native: arrayUnshift, selfHosted: "ArrayUnshift", "Inserts elements at the start."),
    ]
  }

  private static var callbackMethods: [BuiltinFunction] {
    [
      BuiltinFunction("every", length: 1, selfHosted: "ArrayEvery", "Whether a test holds for all elements."),
      BuiltinFunction("filter", length: 1, selfHosted: "ArrayFilter", "The elements for which a test holds."),
      BuiltinFunction("find", length: 1, selfHosted: "ArrayFind", "The first element for which a test holds."),
      BuiltinFunction("findIndex", length: 1, selfHosted: "ArrayFindIndex", "The index of the first such element."),
      BuiltinFunction("findLast", length: 1, selfHosted: "ArrayFindLast", "The last element for which a test holds."),
      BuiltinFunction(
        "findLastIndex", length: 1, selfHosted: "ArrayFindLastIndex", "The index of the last such element."),
      BuiltinFunction("flatMap", length: 1, selfHosted: "ArrayFlatMap", "map, then flat by one level."),
      BuiltinFunction("forEach", length: 1, selfHosted: "ArrayForEach", "Calls a function for each element."),
      BuiltinFunction("map", length: 1, selfHosted: "ArrayMap", "What a function returns for each element."),
      BuiltinFunction("reduce", length: 1, selfHosted: "ArrayReduce", "Folds the elements from the left."),
      BuiltinFunction("reduceRight", length: 1, selfHosted: "ArrayReduceRight", "Folds the elements from the right."),
      BuiltinFunction("some", length: 1, selfHosted: "ArraySome", "Whether a test holds for an element."),
    ]
  }

  static var values: BuiltinFunction {
    BuiltinFunction("values", length: 0, native: arrayValues, "An iterator over elements.")
  }
}

private func arrayConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let result: Value
  if count == 1, frame[0].isNumber {
    let length = frame[0].asNumber
    guard length >= 0, length <= 4_294_967_295, length == length.rounded(.towardZero) else {
      return vm.throwRangeError(ErrorMessage.invalidArrayLength)
    }
    result = vm.createArray(length)
  } else {
    guard vm.canAllocate(Int(count) * 8) else { return .retry }
    result = vm.objectValue(vm.makeArray(frame, count: Int(count)))
  }
  adoptPrototype(vm, result, newTarget(frame), vm.machine.intrinsics.arrayPrototype)
  return result
}

/// Gives a new object the prototype that `new.target` asks for.
func adoptPrototype(_ vm: VM, _ object: Value, _ target: Value, _ standard: Value) {
  guard target.isObject else { return }
  let prototype = vm.prototypeForNew(target, default: standard)
  if prototype != standard.handle {
    vm.setShape(vm.cell(object), vm.shapes.rebuilt(vm.cell(object).shape, prototype: prototype))
  }
}

private func arrayIsArray(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isObject && vm.cell(value).kind == .array)
}

private func arrayOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard receiver(frame) == vm.machine.builtins.arrayConstructor else { return .callNeeded }
  return vm.objectValue(vm.makeArray(frame, count: Int(count)))
}

// MARK: Adding and removing

private func arrayPush(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.writableArray(receiver(frame)), vm.inheritsNoElements(array) else { return .callNeeded }
  let old = vm.denseLength(array)
  let new = old + Int(count)
  guard new < 4_294_967_295 else { return .callNeeded }
  if new > Int(array.u32(Layout.Array.capacity)) {
    guard vm.canAllocate(new * 12) else { return .retry }
    vm.growElements(array, new)
  }
  if count > 0 {
    let target = vm.arrayElements(array) + old
    vm.logWrites(from: target, byteCount: Int(count) * 8)
    for i in 0..<Int(count) { target[i] = frame[i] }
    vm.setArrayLengths(array, new)
  }
  return Value(new)
}

private func arrayPop(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.writableArray(receiver(frame)) else { return .callNeeded }
  let length = vm.denseLength(array)
  if length == 0 { return .undefined }
  let value = vm.arrayElements(array)[length - 1]
  if value == .hole { return .callNeeded }
  vm.setArrayLengths(array, length - 1)
  return value
}

private func arrayShift(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.writableArray(receiver(frame)) else { return .callNeeded }
  let length = vm.denseLength(array)
  if length == 0 { return .undefined }
  let elements = vm.arrayElements(array)
  let first = elements[0]
  if first == .hole && !vm.holesAreUndefined(array) { return .callNeeded }
  vm.logWrites(from: elements, byteCount: length * 8)
  elements.update(from: elements + 1, count: length - 1)
  vm.setArrayLengths(array, length - 1)
  return first == .hole ? .undefined : first
}

private func arrayUnshift(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.writableArray(receiver(frame)), vm.inheritsNoElements(array) else { return .callNeeded }
  let old = vm.denseLength(array)
  let added = Int(count)
  if added == 0 { return Value(old) }
  guard old + added < 4_294_967_295 else { return .callNeeded }
  guard vm.canAllocate((old + added) * 12) else { return .retry }
  vm.growElements(array, old + added)
  let elements = vm.arrayElements(array)
  vm.logWrites(from: elements, byteCount: (old + added) * 8)
  (elements + added).update(from: elements, count: old)
  for i in 0..<added { elements[i] = frame[i] }
  vm.setArrayLengths(array, old + added)
  return Value(old + added)
}

/// Which part of an array the arguments of `splice` and `toSpliced` replace, and by how many elements.
private func spliced(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ length: Int
) -> (start: Int, removed: Int, added: Int) {
  let start = vm.relativeIndex(argument(frame, count, 0), length)
  var removed = count == 1 ? length - start : 0
  if count > 1 { removed = Int(min(max(vm.integer(frame[1]), 0), Double(length - start))) }
  return (start, removed, max(Int(count) - 2, 0))
}

private func arraySplice(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.writableArray(receiver(frame)), vm.hasDefaultSpecies(array), vm.holesAreUndefined(array),
    count < 1 || vm.isPlainPrimitive(frame[0]), count < 2 || vm.isPlainPrimitive(frame[1])
  else { return .callNeeded }
  let length = vm.denseLength(array)
  let (start, removed, added) = spliced(vm, frame, count, length)
  let new = length - removed + added
  guard new < 4_294_967_295 else { return .callNeeded }
  guard vm.canAllocate((removed + new) * 12) else { return .retry }
  let result = vm.makeArray(capacity: removed)
  if removed > 0 {
    vm.arrayElements(result).update(from: vm.arrayElements(array) + start, count: removed)
    vm.setArrayLengths(result, removed)
  }
  if added > removed { vm.growElements(array, new) }
  if length > 0 || added > 0 {
    let elements = vm.arrayElements(array)
    vm.logWrites(from: elements + start, byteCount: (max(new, length) - start) * 8)
    if added != removed {
      (elements + start + added).update(from: elements + start + removed, count: length - start - removed)
    }
    for i in 0..<added { elements[start + i] = frame[2 + i] }
  }
  vm.setArrayLengths(array, new)
  return vm.objectValue(result)
}

private func arrayFill(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard this.isObject, vm.isPlainPrimitive(argument(frame, count, 1)), vm.isPlainPrimitive(argument(frame, count, 2))
  else { return .callNeeded }
  let array = vm.cell(this)
  let limits = CellFlag.sparse | CellFlag.notExtensible | CellFlag.lengthReadOnly
  guard array.kind == .array, array.flags & limits == 0, vm.holesAreUndefined(array) else { return .callNeeded }
  let length = vm.arrayLength(array)
  let start = vm.relativeIndex(argument(frame, count, 1), length)
  let end = vm.relativeEnd(argument(frame, count, 2), length)
  let dense = vm.denseLength(array)
  guard start < end else { return this }
  guard start <= dense, end <= 1 << 28 else { return .callNeeded }
  if end > dense {
    guard vm.canAllocate(end * 8) else { return .retry }
    vm.growElements(array, end)
    writeBarrier(vm, array + 16)
    array.set32(Layout.Array.denseLength, UInt32(end))
  }
  let elements = vm.arrayElements(array)
  vm.logWrites(from: elements + start, byteCount: (end - start) * 8)
  let value = argument(frame, count, 0)
  var position = start
  while position < end {
    let next = min(position + (1 << 16), end)
    (elements + position).update(repeating: value, count: next - position)
    position = next
    // Filling again from the start comes to the same.
    if position < end && vm.machine.mustStop { return .retry }
  }
  return this
}

private func arrayCopyWithin(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard let array = vm.writableArray(this), vm.holesAreUndefined(array),
    (0..<3).allSatisfy({ vm.isPlainPrimitive(argument(frame, count, $0)) })
  else { return .callNeeded }
  let length = vm.denseLength(array)
  let target = vm.relativeIndex(argument(frame, count, 0), length)
  let start = vm.relativeIndex(argument(frame, count, 1), length)
  let moved = min(vm.relativeEnd(argument(frame, count, 2), length) - start, length - target)
  guard moved > 0 else { return this }
  let elements = vm.arrayElements(array)
  vm.logWrites(from: elements + target, byteCount: moved * 8)
  (elements + target).update(from: elements + start, count: moved)
  return this
}

private func arrayReverse(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard let array = vm.writableArray(this), vm.holesAreUndefined(array) else { return .callNeeded }
  let length = vm.denseLength(array)
  if length < 2 { return this }
  let elements = vm.arrayElements(array)
  vm.logWrites(from: elements, byteCount: length * 8)
  for i in 0..<length / 2 {
    let value = elements[i]
    elements[i] = elements[length - 1 - i]
    elements[length - 1 - i] = value
  }
  return this
}

// MARK: Reading

private func arrayAt(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.isPlainPrimitive(argument(frame, count, 0)) else {
    return .callNeeded
  }
  let length = vm.denseLength(array)
  var index = vm.integer(argument(frame, count, 0))
  if index < 0 { index += Double(length) }
  guard index >= 0, index < Double(length) else { return .undefined }
  let value = vm.arrayElements(array)[Int(index)]
  return value == .hole ? .callNeeded : value
}

private func arraySlice(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.hasDefaultSpecies(array), vm.holesAreUndefined(array),
    vm.isPlainPrimitive(argument(frame, count, 0)), vm.isPlainPrimitive(argument(frame, count, 1))
  else { return .callNeeded }
  let length = vm.denseLength(array)
  let start = vm.relativeIndex(argument(frame, count, 0), length)
  let end = vm.relativeEnd(argument(frame, count, 1), length)
  guard start < end else { return vm.objectValue(vm.makeArray()) }
  guard vm.canAllocate((end - start) * 8) else { return .retry }
  return vm.objectValue(vm.makeArray(vm.arrayElements(array) + start, count: end - start))
}

private func arrayConcat(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let spreadable = PropertyKey(atom: vm.machine.intrinsics.symbolIsConcatSpreadable.handle)
  func isPlain(_ value: Value) -> Bool {
    guard let array = vm.denseArray(value), vm.holesAreUndefined(array) else { return false }
    if case .absent = vm.getProperty(array, spreadable) { return true }
    return false
  }
  guard isPlain(receiver(frame)), vm.hasDefaultSpecies(vm.cell(receiver(frame))) else { return .callNeeded }
  var total = vm.denseLength(vm.cell(receiver(frame)))
  for i in 0..<Int(count) {
    if isPlain(frame[i]) {
      total += vm.denseLength(vm.cell(frame[i]))
    } else if frame[i].isObject {
      guard vm.cell(frame[i]).kind != .array, case .absent = vm.getProperty(vm.cell(frame[i]), spreadable) else {
        return .callNeeded
      }
      total += 1
    } else {
      total += 1
    }
  }
  guard total < 4_294_967_295 else { return .callNeeded }
  guard vm.canAllocate(total * 8) else { return .retry }
  let result = vm.makeArray(capacity: total)
  func append(_ value: Value) {
    guard value.isObject, vm.cell(value).kind == .array else { return vm.arrayAppend(result, value) }
    let source = vm.cell(value)
    let added = vm.denseLength(source)
    guard added > 0 else { return }
    let old = vm.denseLength(result)
    (vm.arrayElements(result) + old).update(from: vm.arrayElements(source), count: added)
    vm.setArrayLengths(result, old + added)
  }
  append(receiver(frame))
  for i in 0..<Int(count) { append(frame[i]) }
  return vm.objectValue(result)
}

/// Whether elements may be compared with a value: equally long texts are made flat for that, all of them.
private func mayCompare(_ vm: VM, _ elements: UnsafePointer<Value>, _ range: Range<Int>, _ value: Value) -> Bool {
  guard value.isString, vm.stringLength(value) >= 1 << 12 else { return true }
  let start = vm.heap.allocatedSinceCollection
  for i in range where elements[i].isString && vm.stringLength(elements[i]) == vm.stringLength(value) {
    guard vm.isWithinLimit(since: start) else { return false }
    _ = vm.flat(elements[i])
  }
  return true
}

/// The first position of a value among elements, compared strictly.
private func position(_ vm: VM, _ elements: UnsafePointer<Value>, _ range: Range<Int>, _ value: Value) -> Int? {
  if value.isInt || value.isObject || value.isNullish || value.isBoolean || value.isSymbol {
    let number = value.isInt ? Double(value.asInt) : .nan
    for i in range {
      let element = elements[i]
      if element == value || (element.isDouble && element.asDouble == number) { return i }
    }
    return nil
  }
  for i in range where strictEquals(vm, elements[i], value) { return i }
  return nil
}

/// The elements of a sparse array without accessors, in ascending order; nil when the array is of another kind.
private func sparseElements(_ vm: VM, _ value: Value) -> [(index: Int, value: Value)]? {
  guard value.isObject, vm.cell(value).kind == .array else { return nil }
  let array = vm.cell(value)
  guard array.flags & CellFlag.sparse != 0, vm.holesAreUndefined(array) else { return nil }
  var result: [(index: Int, value: Value)] = []
  for index in vm.ownIndices(array) {
    guard let property = vm.ownProperty(array, PropertyKey(index: index)), !property.isAccessor else { return nil }
    result.append((Int(index), property.value))
  }
  return result
}

private func arrayIndexOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let wanted = argument(frame, count, 0)
  guard vm.isPlainPrimitive(argument(frame, count, 1)) else { return .callNeeded }
  if let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array) {
    let length = vm.denseLength(array)
    let start = vm.relativeIndex(argument(frame, count, 1), length)
    guard start < length else { return Value(-1) }
    let elements = vm.arrayElements(array)
    guard mayCompare(vm, elements, start..<length, wanted) else { return .retry }
    return Value(position(vm, elements, start..<length, wanted) ?? -1)
  }
  guard let elements = sparseElements(vm, receiver(frame)) else { return .callNeeded }
  let start = vm.relativeIndex(argument(frame, count, 1), vm.arrayLength(vm.cell(receiver(frame))))
  return Value(elements.first { $0.index >= start && strictEquals(vm, $0.value, wanted) }?.index ?? -1)
}

private func arrayLastIndexOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard count < 2 else { return .callNeeded }
  let wanted = argument(frame, count, 0)
  if let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array) {
    var i = vm.denseLength(array) - 1
    guard mayCompare(vm, vm.arrayElements(array), 0..<i + 1, wanted) else { return .retry }
    while i >= 0 {
      if strictEquals(vm, vm.arrayElements(array)[i], wanted) { return Value(i) }
      i -= 1
    }
    return Value(-1)
  }
  guard let elements = sparseElements(vm, receiver(frame)) else { return .callNeeded }
  return Value(elements.last { strictEquals(vm, $0.value, wanted) }?.index ?? -1)
}

private func arrayIncludes(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array),
    vm.isPlainPrimitive(argument(frame, count, 1))
  else { return .callNeeded }
  let length = vm.denseLength(array)
  let start = vm.relativeIndex(argument(frame, count, 1), length)
  guard start < length else { return .false }
  let elements = vm.arrayElements(array)
  let value = argument(frame, count, 0)
  if value.isUndefined || (value.isDouble && value.asDouble.isNaN) {
    for i in start..<length where elements[i] == .hole && value.isUndefined || vm.sameValueZero(elements[i], value) {
      return .true
    }
    return .false
  }
  guard mayCompare(vm, elements, start..<length, value) else { return .retry }
  return Value(position(vm, elements, start..<length, value) != nil)
}

/// A copy of a dense array whose missing elements are undefined; nil when memory must be made first.
private func copyFilled(_ vm: VM, _ array: Cell) -> Cell? {
  let length = vm.denseLength(array)
  guard vm.canAllocate(length * 8) else { return nil }
  guard length > 0 else { return vm.makeArray() }
  let copy = vm.makeArray(vm.arrayElements(array), count: length)
  let elements = vm.arrayElements(copy)
  for i in 0..<length where elements[i] == .hole { elements[i] = .undefined }
  return copy
}

private func arrayToReversed(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array) else { return .callNeeded }
  guard let copy = copyFilled(vm, array) else { return .retry }
  if vm.denseLength(copy) > 1 {
    var elements = UnsafeMutableBufferPointer(start: vm.arrayElements(copy), count: vm.denseLength(copy))
    elements.reverse()
  }
  return vm.objectValue(copy)
}

private func arrayWith(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array), argument(frame, count, 0).isInt else {
    return .callNeeded
  }
  let length = vm.denseLength(array)
  let relative = Int(frame[0].asInt)
  let index = relative < 0 ? length + relative : relative
  guard index >= 0, index < length else { return .callNeeded }
  guard let copy = copyFilled(vm, array) else { return .retry }
  vm.arrayElements(copy)[index] = argument(frame, count, 1)
  return vm.objectValue(copy)
}

private func arrayToSpliced(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array),
    count < 1 || vm.isPlainPrimitive(frame[0]), count < 2 || vm.isPlainPrimitive(frame[1])
  else { return .callNeeded }
  let length = vm.denseLength(array)
  let (start, removed, added) = spliced(vm, frame, count, length)
  let new = length - removed + added
  guard new < 4_294_967_295 else { return .callNeeded }
  guard vm.canAllocate(new * 8) else { return .retry }
  guard new > 0 else { return vm.objectValue(vm.makeArray()) }
  let result = vm.makeArray(capacity: new)
  let target = vm.arrayElements(result)
  if length > 0 {
    let source = vm.arrayElements(array)
    target.update(from: source, count: start)
    (target + start + added).update(from: source + start + removed, count: length - start - removed)
  }
  for i in 0..<added { target[start + i] = frame[2 + i] }
  for i in 0..<new where target[i] == .hole { target[i] = .undefined }
  vm.setArrayLengths(result, new)
  return vm.objectValue(result)
}

private func arrayFlat(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let depth = argument(frame, count, 0)
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array), vm.hasDefaultSpecies(array),
    depth.isUndefined || depth.isInt
  else { return .callNeeded }
  // What nests deeper, or into itself, is for the general form, which can stop half-way.
  let limit = depth.isUndefined ? 1 : Int(depth.asInt)
  guard limit <= 16 else { return .callNeeded }
  guard vm.canAllocate(vm.denseLength(array) * 8) else { return .retry }
  var values: [Value] = []
  values.reserveCapacity(vm.denseLength(array))
  var pending: [(array: Cell, next: Int)] = [(array, 0)]
  while let level = pending.popLast() {
    var i = level.next
    let length = vm.denseLength(level.array)
    while i < length {
      let element = vm.arrayElements(level.array)[i]
      i += 1
      if element == .hole { continue }
      guard pending.count < limit, element.isObject, vm.cell(element).kind == .array else {
        values.append(element)
        // The old and the new copy of what grows.
        if values.count & 0x3fff == 0, vm.machine.mustStop || !vm.canAllocate(values.count * 24) { return .retry }
        continue
      }
      guard let nested = vm.denseArray(element), vm.holesAreUndefined(nested) else { return .callNeeded }
      pending.append((level.array, i))
      pending.append((nested, 0))
      i = .max
    }
  }
  guard vm.canAllocate(values.count * 8) else { return .retry }
  return vm.objectValue(vm.makeArray(values))
}

/// The concatenation of an array's elements when all are strings of one-byte characters and so is the separator; nil
/// for others.
private func joinedStrings(_ vm: VM, _ array: Cell, _ between: StringView) -> Value? {
  let length = vm.denseLength(array)
  guard length > 1, length < 1 << 16, let separator = between.latin1 else { return nil }
  var total = between.count * (length - 1)
  let start = vm.heap.allocatedSinceCollection
  for i in 0..<length {
    let element = vm.arrayElements(array)[i]
    guard element.isString else { return nil }
    guard vm.isWithinLimit(since: start) else { return .retry }
    let cell = vm.flat(element)
    guard cell.kind == .latin1 else { return nil }
    total += cell.length
  }
  guard total <= VM.maximumStringLength, total > 1 else { return nil }
  guard vm.canAllocate(total) else { return .retry }
  let result = vm.makeLatin1(count: total)
  var target = vm.latin1Bytes(result)
  for i in 0..<length {
    if i > 0 {
      target.update(from: separator, count: between.count)
      target += between.count
    }
    let piece = vm.flat(vm.arrayElements(array)[i])
    target.update(from: vm.latin1Bytes(piece), count: piece.length)
    target += piece.length
  }
  return vm.stringValue(result)
}

private func joined(_ vm: VM, _ array: Cell, _ separator: Value) -> Value {
  let length = vm.denseLength(array)
  let between = vm.view(separator)
  if let result = joinedStrings(vm, array, between) { return result }
  var builder = StringBuilder()
  for i in 0..<length {
    let element = vm.arrayElements(array)[i]
    if !vm.isPlainPrimitive(element) { return .callNeeded }
    if i > 0 { builder.append(between) }
    let added = (element.isString ? vm.stringLength(element) : 0) + between.count
    if i & 0x1fff == 0 && vm.machine.mustStop || !builder.mayGoOn(vm, besides: added * 6) { return .retry }
    if element.isNullish || element == .hole { continue }
    builder.append(vm, primitive: element)
    if builder.count > VM.maximumStringLength { return vm.throwRangeError(ErrorMessage.invalidStringLength) }
  }
  guard vm.canAllocate(builder.byteCount) else { return .retry }
  return builder.makeString(vm)
}

private func arrayJoin(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let separator = argument(frame, count, 0)
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array), vm.isPlainPrimitive(separator) else {
    return .callNeeded
  }
  return joined(vm, array, separator.isUndefined ? vm.singleUnitString(44) : vm.primitiveToString(separator))
}

private func arrayToString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let array = vm.denseArray(receiver(frame)), vm.holesAreUndefined(array),
    case .value(let join) = vm.getProperty(array, PropertyKey(atom: vm.machine.names.join.handle)),
    join == vm.machine.builtins.arrayJoin
  else { return .callNeeded }
  return joined(vm, array, vm.singleUnitString(44))
}

// MARK: Sorting

private func arraySort(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard argument(frame, count, 0).isUndefined, let array = vm.writableArray(this), vm.holesAreUndefined(array) else {
    return .callNeeded
  }
  let length = vm.denseLength(array)
  guard length > 1 else { return this }
  guard vm.canSortByTexts(length) else { return .retry }
  let start = vm.heap.allocatedSinceCollection
  let elements = vm.arrayElements(array)
  var values: [Value] = []
  var texts: [Value] = []
  values.reserveCapacity(length)
  texts.reserveCapacity(length)
  var undefinedCount = 0
  for i in 0..<length {
    if i & 0x1fff == 0 && vm.machine.mustStop || !vm.isWithinLimit(since: start) { return .retry }
    let element = elements[i]
    if element == .hole || !vm.isPlainPrimitive(element) { return .callNeeded }
    if element.isUndefined {
      undefinedCount += 1
    } else {
      values.append(element)
      texts.append(vm.stringValue(vm.flat(vm.primitiveToString(element))))
    }
  }
  guard let order = vm.textOrder(texts) else { return .retry }
  vm.logWrites(from: elements, byteCount: length * 8)
  for (to, from) in order.enumerated() { elements[to] = values[from] }
  for i in values.count..<length { elements[i] = .undefined }
  return this
}

// MARK: Iterators

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// A new iterator object; `kind` is 0 for keys, 1 for values, 2 for entries.
  func makeIterator(_ cellKind: CellKind, _ prototype: Value, _ target: Value, _ kind: Int32) -> Value {
    let iterator = makeObject(
      kind: cellKind, prototype: prototype.handle, fieldBytes: Layout.Iterator.size - Layout.headerSize)
    makeInternal(iterator)
    iterator.setValue(Layout.Iterator.target, target)
    iterator.setValue(Layout.Iterator.position, Value(int: 0))
    iterator.setValue(Layout.Iterator.kind, Value(int: kind))
    return objectValue(iterator)
  }

  fileprivate func arrayIterator(_ frame: Registers, _ kind: Int32) -> Value {
    guard let object = toObject(receiver(frame)) else { return throwCannotConvert() }
    return makeIterator(.arrayIterator, machine.intrinsics.arrayIteratorPrototype, object, kind)
  }
}

private func arrayKeys(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { vm.arrayIterator(frame, 0) }
private func arrayValues(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { vm.arrayIterator(frame, 1) }
private func arrayEntries(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { vm.arrayIterator(frame, 2) }
