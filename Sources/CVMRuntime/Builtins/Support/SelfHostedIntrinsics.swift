import CVMDispatch

// The natives that self-hosted code calls as `%Name(...)`. Operands are of the kinds that the JavaScript passes.

extension Machine {
  func addIntrinsics() {
    addTypeIntrinsics()
    addObjectIntrinsics()
    addListIntrinsics()
    addErrorIntrinsics()
    addIterationIntrinsics()
    addTextIntrinsics()
    addSymbolIntrinsics()
    addRegExpIntrinsics()
    addDateIntrinsics()
    addCloneIntrinsics()
    addFileIntrinsics()
    addWeakIntrinsics()
    addCollectionIntrinsics()
    addNumberIntrinsics()
    addIteratorIntrinsics()
    addSortIntrinsics()
  }

  private func addTypeIntrinsics() {
    natives.addIntrinsic("IsObject") { _, frame, _ in Value(frame[0].isObject) }
    natives.addIntrinsic("IsCallable") { vm, frame, _ in Value(vm.isCallable(frame[0])) }
    natives.addIntrinsic("IsConstructor") { vm, frame, _ in Value(vm.isConstructor(frame[0])) }
    natives.addIntrinsic("IsArray") { vm, frame, _ in Value(frame[0].isObject && vm.cell(frame[0]).kind == .array) }
    natives.addIntrinsic("IsArrayConstructor") { vm, frame, _ in Value(frame[0] == vm.machine.builtins.arrayConstructor)
    }
    natives.addIntrinsic("IsFinite") { _, frame, _ in Value(frame[0].isNumber && frame[0].asNumber.isFinite) }
    natives.addIntrinsic("ToObject") { vm, frame, _ in
      if let object = vm.toObject(frame[0]) { return object }
      let path = vm.calleePath(vm.pointee.frame)
      return path.hasPrefix("Array.prototype.")
        ? vm.throwTypeError("\(path) called on null or undefined") : vm.throwCannotConvert()
    }
    natives.addIntrinsic("ToIntegerOrInfinity") { vm, frame, _ in Value(number: vm.integer(frame[0])) }
    natives.addIntrinsic("ToLength") { vm, frame, _ in
      Value(number: min(max(vm.integer(frame[0]), 0), 9_007_199_254_740_991))
    }
    natives.addIntrinsic("RelativeIndex", .any, .number) { vm, frame, _ in
      let length = frame[1].asNumber
      let index = vm.integer(frame[0])
      return Value(number: index < 0 ? max(index + length, 0) : min(index, length))
    }
    natives.addIntrinsic("ToPropertyKey") { vm, frame, _ in
      frame[0].isSymbol ? frame[0] : vm.primitiveToString(frame[0])
    }
    natives.addIntrinsic("SameValueZero") { vm, frame, _ in Value(vm.sameValueZero(frame[0], frame[1])) }
    natives.addIntrinsic("ArgumentCount") { vm, _, _ in Value(vm.argumentCount(of: vm.pointee.frame)) }
    natives.addIntrinsic("Callee") { vm, _, _ in vm.pointee.frame[FrameHeader.callee] }
    natives.addIntrinsic("BoundTarget", .object) { vm, frame, _ in
      let cell = vm.cell(frame[0])
      return cell.kind == .boundFunction ? cell.value(Layout.BoundFunction.target) : .undefined
    }
    natives.addIntrinsic("WrapperTag", .object) { vm, frame, _ in
      let cell = vm.cell(frame[0])
      return cell.kind == .wrapper ? vm.machine.atoms.intern(vm.wrapperTag(cell)) : .undefined
    }
    natives.addIntrinsic("IsStringOrNumberObject") { vm, frame, _ in
      guard frame[0].isObject, vm.cell(frame[0]).kind == .wrapper else { return .false }
      let primitive = vm.cell(frame[0]).value(Layout.primitive)
      return Value(primitive.isString || primitive.isNumber)
    }
    natives.addIntrinsic("BuiltinTag", .object) { vm, frame, _ in
      vm.machine.atoms.intern(vm.builtinTag(vm.cell(frame[0])))
    }
    natives.addIntrinsic("ReflectConstruct") { vm, _, _ in vm.machine.intrinsics.reflectConstruct }
    natives.addIntrinsic("ThisBigInt") { vm, frame, _ in vm.thisPrimitive(frame[0]) { $0.isBigInt } ?? .undefined }
    natives.addIntrinsic("IsBigInt") { _, frame, _ in Value(frame[0].isBigInt) }
    natives.addIntrinsic("ToBigInt") { vm, frame, _ in vm.toBigInt(frame[0]) }
    natives.addIntrinsic("BigIntToNumber") { vm, frame, _ in Value(number: vm.bigIntToNumber(frame[0])) }
    natives.addIntrinsic("ThisNumber") { vm, frame, _ in
      vm.thisPrimitive(frame[0]) { $0.isNumber } ?? vm.throwTypeError("\(vm.describe(frame[0])) is not a number")
    }
    natives.addIntrinsic("ThisBoolean") { vm, frame, _ in
      vm.thisPrimitive(frame[0]) { $0.isBoolean } ?? vm.throwTypeError("\(vm.describe(frame[0])) is not a boolean")
    }
    natives.addIntrinsic("ThisSymbol") { vm, frame, _ in
      vm.thisPrimitive(frame[0]) { $0.isSymbol } ?? vm.throwTypeError("\(vm.describe(frame[0])) is not a symbol")
    }
  }

  private func addObjectIntrinsics() {
    natives.addIntrinsic("ObjectCreate") { vm, _, _ in
      vm.objectValue(vm.makeObject(prototype: vm.machine.intrinsics.objectPrototype.handle))
    }
    natives.addIntrinsic("ObjectCreateInternal") { vm, _, _ in
      vm.objectValue(vm.makeInternalObject(prototype: vm.machine.intrinsics.objectPrototype.handle))
    }
    natives.addIntrinsic("ObjectCreateNull") { vm, _, _ in vm.objectValue(vm.makeObject(prototype: 0)) }
    natives.addIntrinsic("ObjectCreateWith") { vm, frame, _ in
      vm.objectValue(vm.makeObject(prototype: frame[0].isObject ? frame[0].handle : 0))
    }
    natives.addIntrinsic("RecordCreate") { vm, _, _ in
      vm.objectValue(vm.makeInternalObject(prototype: 0, inlineCapacity: 6))
    }
    natives.addIntrinsic("WrapperCreate") { vm, frame, _ in
      vm.objectValue(vm.makeWrapper(frame[0], prototype: frame[1].isObject ? frame[1].handle : nil))
    }
    natives.addIntrinsic("ArrayCreate", .number) { vm, frame, _ in vm.createArray(frame[0].asNumber) }
    natives.addIntrinsic("ArrayPair") { vm, frame, _ in vm.objectValue(vm.makeArray(frame, count: 2)) }
    natives.addIntrinsic("HasDefaultSpecies", .object) { vm, frame, _ in
      let cell = vm.cell(frame[0])
      return Value(cell.kind != .array || vm.hasDefaultSpecies(cell))
    }
    natives.addIntrinsic("CreateDataProperty", .object) { vm, frame, _ in
      Value(vm.createDataProperty(frame[0], frame[1], frame[2]))
    }
    natives.addIntrinsic("CreateDataPropertyOrThrow", .object) { vm, frame, _ in
      if vm.createDataProperty(frame[0], frame[1], frame[2]) { return .undefined }
      return vm.throwTypeError(
        ErrorMessage.cannotRedefine(vm.describe(key: vm.propertyKey(frame[1]) ?? PropertyKey(index: 0))))
    }
    natives.addIntrinsic("DefineHidden", .object) { vm, frame, _ in
      if let key = vm.propertyKey(frame[1]) { vm.defineOwn(vm.cell(frame[0]), key, frame[2], .hidden) }
      return .undefined
    }
    natives.addIntrinsic("HasOwn", .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]) else { return .false }
      return Value(vm.ownProperty(vm.cell(frame[0]), key) != nil)
    }
    natives.addIntrinsic("IsEnumerableOwn", .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]), let property = vm.ownProperty(vm.cell(frame[0]), key) else {
        return .false
      }
      return Value(property.attributes.contains(.enumerable))
    }
    natives.addIntrinsic("AddPlainEntry", .object) { vm, frame, _ in
      guard let entry = vm.denseArray(frame[1]), vm.denseLength(entry) >= 2 else { return .false }
      let name = vm.arrayElements(entry)[0]
      let value = vm.arrayElements(entry)[1]
      guard name != .hole, value != .hole, let key = vm.propertyKey(name) else { return .false }
      return Value(vm.createDataProperty(vm.cell(frame[0]), key, value))
    }
    natives.addIntrinsic("DeleteProperty", .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]) else { return .false }
      return Value(vm.deleteProperty(vm.cell(frame[0]), key))
    }
    natives.addIntrinsic("GetPrototypeOf", .object) { vm, frame, _ in
      vm.prototype(vm.cell(frame[0])).map { vm.objectValue($0) } ?? .null
    }
    natives.addIntrinsic("HasInPrototypeChain", .object) { vm, frame, _ in
      var current = vm.prototype(vm.cell(frame[0]))
      while let object = current {
        if vm.handle(object) == frame[1].handle { return .true }
        current = vm.prototype(object)
      }
      return .false
    }
    natives.addIntrinsic("GetOwnPropertyDescriptor", .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]), let property = vm.ownProperty(vm.cell(frame[0]), key) else {
        return .undefined
      }
      return vm.makeDescriptor(property)
    }
    natives.addIntrinsic("CheckDescriptor", .object) { vm, frame, _ in
      guard case .record(let fields) = vm.readDescriptor(frame[0]) else { return .undefined }
      return fields.error(vm).map { vm.throwTypeError($0) } ?? .undefined
    }
    natives.addIntrinsic("DefineOwnProperty", .object, .any, .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]), case .record(let fields) = vm.readDescriptor(frame[2]) else {
        return .false
      }
      return Value(vm.defineOwnProperty(vm.cell(frame[0]), key, fields) == nil)
    }
    natives.addIntrinsic("DefineOwnPropertyOrThrow", .object, .any, .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]), case .record(let fields) = vm.readDescriptor(frame[2]) else {
        return .undefined
      }
      guard let error = vm.defineOwnProperty(vm.cell(frame[0]), key, fields) else { return .undefined }
      return error.raise(vm)
    }
    natives.addIntrinsic("BoundFunctionCreate", .object, .any, .list) { vm, frame, _ in
      let bound = vm.cell(frame[2])
      let count = vm.denseLength(bound)
      let arguments = count == 0 ? [] : Array(UnsafeBufferPointer(start: vm.arrayElements(bound), count: count))
      return vm.makeBoundFunction(frame[0], this: frame[1], arguments, length: frame[3], name: frame[4])
    }
    natives.addIntrinsic("MapCreate") { vm, frame, _ in
      let map = vm.makeTableObject(.map, prototype: frame[0].isObject ? frame[0].handle : nil)
      // One that the program never sees.
      if frame[0].isNull { vm.makeInternal(map) }
      return vm.objectValue(map)
    }
    natives.addIntrinsic("SetCreate") { vm, frame, _ in
      vm.objectValue(vm.makeTableObject(.set, prototype: frame[0].isObject ? frame[0].handle : nil))
    }
    natives.addIntrinsic("ErrorCreate") { vm, frame, _ in
      let kind = vm.errorKind(ofConstructor: frame[0])
      let prototype = frame[1].isObject ? frame[1].handle : vm.machine.intrinsics.errorPrototypes[kind.rawValue].handle
      guard vm.canMakeError(prototype: prototype, message: frame[2]) else { return .retry }
      return vm.makeErrorObject(prototype: prototype, message: frame[2])
    }
  }

  private func addListIntrinsics() {
    natives.addIntrinsic("ListCreate") { vm, _, _ in vm.makeList([]) }
    natives.addIntrinsic("ListAppend", .array) { vm, frame, _ in
      let list = vm.cell(frame[0])
      if list.flags & CellFlag.sparse != 0 || vm.denseLength(list) != vm.arrayLength(list) {
        _ = vm.createDataProperty(frame[0], Value(vm.arrayLength(list)), frame[1])
        return .undefined
      }
      guard vm.roomToGrow(list) else { return .retry }
      vm.arrayAppend(list, frame[1])
      return .undefined
    }
    natives.addIntrinsic("ListPush", .list) { vm, frame, count in
      let list = vm.cell(frame[0])
      let length = vm.denseLength(list) + Int(count) - 1
      guard length <= Int(list.u32(Layout.Array.capacity)) || vm.canAllocate(length * 12) else { return .retry }
      for i in 1..<Int(count) { vm.arrayAppend(list, frame[i]) }
      return .undefined
    }
    natives.addIntrinsic("ListCut", .list, .integer) { vm, frame, _ in
      let list = vm.cell(frame[0])
      let length = Int(frame[1].asNumber)
      if length >= 0, length < vm.denseLength(list) { vm.setArrayLengths(list, length) }
      return .undefined
    }
    natives.addIntrinsic("ListPop", .list) { vm, frame, _ in
      let list = vm.cell(frame[0])
      let count = vm.denseLength(list)
      guard count > 0 else { return .undefined }
      let value = vm.arrayElements(list)[count - 1]
      vm.setArrayLengths(list, count - 1)
      return value
    }
    natives.addIntrinsic("ListIncludes", .list) { vm, frame, _ in
      let list = vm.cell(frame[0])
      for i in 0..<vm.denseLength(list) where strictEquals(vm, vm.arrayElements(list)[i], frame[1]) { return .true }
      return .false
    }
    natives.addIntrinsic("OwnKeys", .object) { vm, frame, _ in
      guard vm.canListKeys(frame[0]) else { return .retry }
      return vm.makeList(vm.ownKeys(vm.cell(frame[0])).map { vm.keyValue($0) })
    }
    natives.addIntrinsic("OwnStringKeys", .object) { vm, frame, _ in
      guard vm.canListKeys(frame[0]) else { return .retry }
      return vm.makeList(vm.ownKeys(vm.cell(frame[0])).map { vm.keyValue($0) }.filter { $0.isString })
    }
    natives.addIntrinsic("EnumerableNames", .object) { vm, frame, _ in
      vm.canListKeys(frame[0]) ? vm.enumerableNames(vm.cell(frame[0])) : .retry
    }
    natives.addIntrinsic("StoreRevived", .object) { vm, frame, _ in
      if !frame[2].isUndefined {
        _ = vm.createDataProperty(frame[0], frame[1], frame[2])
      } else if let key = vm.propertyKey(frame[1]) {
        _ = vm.deleteProperty(vm.cell(frame[0]), key)
      }
      return .undefined
    }
    natives.addIntrinsic("SortByKeys", .list, .list) { vm, frame, _ in
      vm.sort(vm.cell(frame[0]), byTexts: vm.cell(frame[1])) ? .undefined : .retry
    }
    natives.addIntrinsic("ObjectSetCreate") { vm, _, _ in
      let set = vm.makeTableObject(.set, prototype: nil)
      vm.makeInternal(set)
      return vm.objectValue(set)
    }
    natives.addIntrinsic("ObjectSetAdd", .table) { vm, frame, _ in
      vm.tableSet(vm.cell(frame[0]), frame[1], .undefined)
      return .undefined
    }
    natives.addIntrinsic("ObjectSetHas", .table) { vm, frame, _ in
      Value(vm.table(vm.cell(frame[0])).find(HashTable.normalized(vm, frame[1])) != nil)
    }
    natives.addIntrinsic("ObjectSetRemove", .table) { vm, frame, _ in Value(vm.tableRemove(vm.cell(frame[0]), frame[1]))
    }
    natives.addIntrinsic("MapGet", .map) { vm, frame, _ in
      let table = vm.table(vm.cell(frame[0]))
      return table.find(HashTable.normalized(vm, frame[1])).map { table.value($0) } ?? .undefined
    }
    natives.addIntrinsic("MapSet", .map) { vm, frame, _ in
      vm.tableSet(vm.cell(frame[0]), frame[1], frame[2])
      return .undefined
    }
    natives.addIntrinsic("GroupAppend", .object) { vm, frame, _ in
      guard let key = vm.propertyKey(frame[1]) else { return .undefined }
      let groups = vm.cell(frame[0])
      if let known = vm.ownProperty(groups, key) {
        guard let group = vm.denseArray(known.value) else { return .undefined }
        guard vm.roomToGrow(group) else { return .retry }
        vm.arrayAppend(group, frame[2])
      } else {
        _ = vm.addProperty(groups, key, vm.objectValue(vm.makeArray(frame + 2, count: 1)), .all)
      }
      return .undefined
    }
    natives.addIntrinsic("MapGroupAppend", .map) { vm, frame, _ in
      let table = vm.table(vm.cell(frame[0]))
      if let entry = table.find(HashTable.normalized(vm, frame[1])) {
        guard let group = vm.denseArray(table.value(entry)) else { return .undefined }
        guard vm.roomToGrow(group) else { return .retry }
        vm.arrayAppend(group, frame[2])
      } else {
        vm.tableSet(vm.cell(frame[0]), frame[1], vm.objectValue(vm.makeArray(frame + 2, count: 1)))
      }
      return .undefined
    }
    natives.addIntrinsic("EnterJoin") { vm, frame, _ in
      let joining = vm.cell(vm.machine.builtins.joining)
      for i in 0..<vm.denseLength(joining) where vm.arrayElements(joining)[i] == frame[0] { return .false }
      vm.arrayAppend(joining, frame[0])
      return .true
    }
    natives.addIntrinsic("LeaveJoin") { vm, frame, _ in
      let joining = vm.cell(vm.machine.builtins.joining)
      let count = vm.denseLength(joining)
      if count > 0 { vm.setArrayLengths(joining, count - 1) }
      return .undefined
    }
  }

  private func addErrorIntrinsics() {
    natives.addIntrinsic("ThrowTypeError", .string) { vm, frame, _ in vm.throwTypeError(vm.text(frame[0])) }
    natives.addIntrinsic("ThrowRangeError", .string) { vm, frame, _ in vm.throwRangeError(vm.text(frame[0])) }
    natives.addIntrinsic("ThrowDivisionByZero") { vm, _, _ in vm.raise(.error, ErrorMessage.divisionByZero) }
    natives.addIntrinsic("ThrowNotAFunction") { vm, frame, _ in vm.throwNotAFunction(frame[0]) }
    natives.addIntrinsic("ThrowNotIterable") { vm, frame, _ in
      vm.throwTypeError("\(vm.typeAndValue(frame[0])) is not iterable (cannot read property Symbol(Symbol.iterator))")
    }
    natives.addIntrinsic("ThrowCannotRead") { vm, frame, _ in
      vm.throwTypeError(ErrorMessage.cannotRead(vm.describe(frame[0]), vm.describeKey(frame[1])))
    }
    natives.addIntrinsic("ThrowCannotSet") { vm, frame, _ in
      vm.throwTypeError(ErrorMessage.cannotSet(vm.describe(frame[0]), vm.describeKey(frame[1])))
    }
    natives.addIntrinsic("ThrowInOnPrimitive") { vm, frame, _ in
      vm.throwTypeError(ErrorMessage.inOnPrimitive(vm.describeKey(frame[0]), vm.wordsFor(frame[1])))
    }
    natives.addIntrinsic("ThrowNullReceiver") { vm, _, _ in
      vm.throwTypeError("\(vm.calleePath(vm.pointee.frame)) called on null or undefined")
    }
    natives.addIntrinsic("ThrowCircularJSON", .list, .list) { vm, frame, _ in
      vm.throwTypeError(vm.circularMessage(open: frame[0], path: frame[1], value: frame[2], key: frame[3]))
    }
    natives.addIntrinsic("RequireIterable") { vm, frame, _ in
      if !frame[0].isNullish && vm.hasIteratorMethod(frame[0]) { return .undefined }
      return vm.throwTypeError(
        "\(vm.typeAndValue(frame[0])) is not iterable (cannot read property Symbol(Symbol.iterator))")
    }
    natives.addIntrinsic("Describe") { vm, frame, _ in vm.makeString(vm.wordsFor(frame[0])) }
    natives.addIntrinsic("TypeAndValue") { vm, frame, _ in vm.makeString(vm.typeAndValue(frame[0])) }
  }

  private func addIterationIntrinsics() {
    natives.addIntrinsic("IteratorRecord") { vm, frame, _ in
      let record = vm.makeValues(2)
      record.setValue(Layout.values, frame[0])
      record.setValue(Layout.values + 8, frame[1])
      return vm.cellValue(record)
    }
    natives.addIntrinsic("IteratorResult") { vm, frame, _ in vm.makeIteratorResult(frame[0], done: frame[1] == .true) }
    natives.addIntrinsic("ArrayIteratorTarget") { vm, frame, _ in
      guard frame[0].isObject, vm.cell(frame[0]).kind == .arrayIterator else {
        return vm.throwTypeError("next method called on incompatible receiver \(vm.describe(frame[0]))")
      }
      return vm.cell(frame[0]).value(Layout.Iterator.target)
    }
    // An iterator over a map, set or string, when nothing of the program would see that it is gone through.
    natives.addIntrinsic("OpenUnobserved") { vm, frame, _ in
      let iterable = frame[0]
      guard iterable.isString || IntrinsicArgument.table.accepts(vm, iterable) else { return .undefined }
      return withUnsafeTemporaryAllocation(of: Value.self, capacity: 3) { state in
        let start = state.baseAddress.unsafelyUnwrapped
        start.initialize(repeating: .undefined, count: 3)
        guard openDirectly(vm, iterable, start), vm.hasBuiltInNext(start[0], start[1]) else { return .undefined }
        return start[0]
      }
    }
    natives.addIntrinsic("AppendSteps", .array, .tableOrStringIterator) { vm, frame, _ in
      let array = vm.cell(frame[0])
      let iterator = vm.cell(frame[1])
      guard vm.denseArray(frame[0]) != nil else { return .true }
      for _ in 0..<1000 {
        guard vm.roomToGrow(array) else { return .retry }
        let value =
          iterator.kind == .stringIterator
          ? vm.stepStringIterator(iterator)
          : vm.stepTableIterator(iterator, isMap: iterator.kind == .mapIterator)
        if value == .done { return .true }
        vm.arrayAppend(array, value)
      }
      return .false
    }
    natives.addIntrinsic("IteratorPosition", .iterator) { vm, frame, _ in
      vm.cell(frame[0]).value(Layout.Iterator.position)
    }
    natives.addIntrinsic("IteratorKind", .iterator) { vm, frame, _ in vm.cell(frame[0]).value(Layout.Iterator.kind) }
    natives.addIntrinsic("IteratorAdvance", .iterator) { vm, frame, _ in
      let cell = vm.cell(frame[0])
      writeBarrier(vm, cell + Layout.Iterator.position)
      cell.setValue(Layout.Iterator.position, Value(number: cell.value(Layout.Iterator.position).asNumber + 1))
      return .undefined
    }
    natives.addIntrinsic("IteratorFinish", .iterator) { vm, frame, _ in
      let cell = vm.cell(frame[0])
      writeBarrier(vm, cell + Layout.Iterator.target)
      cell.setValue(Layout.Iterator.target, .undefined)
      return .undefined
    }
    natives.addIntrinsic("MapCursor") { vm, frame, _ in vm.makeCursor(frame[0], .map, "Map.prototype.forEach") }
    natives.addIntrinsic("SetCursor") { vm, frame, _ in vm.makeCursor(frame[0], .set, "Set.prototype.forEach") }
  }

  private func addTextIntrinsics() {
    natives.addIntrinsic("SymbolText", .symbol) { vm, frame, _ in vm.symbolText(frame[0]) }
    natives.addIntrinsic("StringIndexOf", .string, .string, .integer) { vm, frame, _ in
      Value(vm.view(frame[0]).firstIndex(of: vm.view(frame[1]), from: Int(frame[2].asNumber)) ?? -1)
    }
    natives.addIntrinsic("Substring", .string, .integer, .integer) { vm, frame, _ in
      let length = vm.stringLength(frame[0])
      return vm.substring(frame[0], Int(frame[1].asNumber), min(Int(frame[2].asNumber), length))
    }
    natives.addIntrinsic("JSONForm") { vm, frame, _ in Value(int: vm.jsonForm(frame[0]).rawValue) }
    natives.addIntrinsic("JSONAppend", .string, .any, .string) { vm, frame, _ in
      vm.appendJSONMember(to: frame[0], follows: frame[1] == .true, lead: frame[2], key: frame[3], frame[4])
    }
    natives.addIntrinsic("JSONParseText", .string) { vm, frame, _ in vm.parseJSON(frame[0]) }
    natives.addIntrinsic("NumberWithGroups", .number) { vm, frame, _ in vm.makeString(groupedNumber(frame[0].asNumber))
    }
  }

  private func addSymbolIntrinsics() {
    natives.addIntrinsic("SymbolIterator") { vm, _, _ in vm.machine.intrinsics.symbolIterator }
    natives.addIntrinsic("SymbolToPrimitive") { vm, _, _ in vm.machine.intrinsics.symbolToPrimitive }
    natives.addIntrinsic("SymbolHasInstance") { vm, _, _ in vm.machine.intrinsics.symbolHasInstance }
    natives.addIntrinsic("SymbolToStringTag") { vm, _, _ in vm.machine.intrinsics.symbolToStringTag }
    natives.addIntrinsic("SymbolSpecies") { vm, _, _ in vm.machine.intrinsics.symbolSpecies }
    natives.addIntrinsic("SymbolIsConcatSpreadable") { vm, _, _ in vm.machine.intrinsics.symbolIsConcatSpreadable }
    natives.addIntrinsic("SymbolSplit") { vm, _, _ in vm.machine.builtins.symbolSplit }
    natives.addIntrinsic("SymbolReplace") { vm, _, _ in vm.machine.builtins.symbolReplace }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// A list of self-hosted code: an array with an id of the second count.
  func makeList(_ values: [Value]) -> Value {
    let list = makeArray(values)
    makeInternal(list)
    return objectValue(list)
  }

  /// The own enumerable names of an object as a list.
  func enumerableNames(_ object: Cell) -> Value {
    let list: Cell
    if let plan = machine.plans.plan(self, object) {
      list = makeArray(capacity: plan.stringCount)
      for i in 0..<plan.stringCount { arrayAppend(list, Value(tag: Tag.string, handle: plan.members[i].key)) }
    } else {
      list = makeArray()
      for key in ownKeys(object) {
        if let property = ownProperty(object, key), property.attributes.contains(.enumerable) {
          let name = keyValue(key)
          if name.isString { arrayAppend(list, name) }
        }
      }
    }
    makeInternal(list)
    return objectValue(list)
  }

  /// ArrayCreate.
  func createArray(_ length: Double) -> Value {
    guard length >= 0, length <= 4_294_967_295 else { return throwRangeError(ErrorMessage.invalidArrayLength) }
    let count = Int(length)
    let reserved = count <= 1 << 16 ? count : 0
    let array = makeArray(capacity: reserved)
    array.set32(Layout.Array.length, UInt32(count))
    return objectValue(array)
  }

  /// CreateDataProperty with a primitive key.
  func createDataProperty(_ target: Value, _ name: Value, _ value: Value) -> Bool {
    let object = cell(target)
    if name.isInt, name.asInt >= 0, object.kindAndFlags & 0xbfff == UInt16(CellKind.array),
      Int(name.asInt) == denseLength(object), Int(name.asInt) < Int(object.u32(Layout.Array.capacity))
    {
      let position = Int(name.asInt)
      storeSlot(arrayElements(object) + position, value)
      writeBarrier(self, object + 16)
      object.set32(Layout.Array.denseLength, UInt32(position + 1))
      if position >= arrayLength(object) { object.set32(Layout.Array.length, UInt32(position + 1)) }
      return true
    }
    guard let key = propertyKey(name) else { return false }
    return createDataProperty(object, key, value)
  }

  fileprivate func createDataProperty(_ object: Cell, _ key: PropertyKey, _ value: Value) -> Bool {
    if let old = ownProperty(object, key) {
      guard old.attributes.contains(.configurable) else { return false }
      defineOwn(object, key, value, .all)
      return true
    }
    return addProperty(object, key, value, .all)
  }

  /// The primitive that a method of a wrapper's prototype works on.
  func thisPrimitive(_ value: Value, _ isRight: (Value) -> Bool) -> Value? {
    if isRight(value) { return value }
    // The prototype of strings is a plain object, for the sake of its inline slots, and has the text of an empty string.
    if value == machine.intrinsics.stringPrototypeValue, isRight(emptyString) { return emptyString }
    guard value.isObject, cell(value).kind == .wrapper else { return nil }
    let primitive = cell(value).value(Layout.primitive)
    return isRight(primitive) ? primitive : nil
  }

  func wrapperTag(_ wrapper: Cell) -> StaticString {
    let primitive = wrapper.value(Layout.primitive)
    if primitive.isString { return "String" }
    if primitive.isNumber { return "Number" }
    if primitive.isBigInt { return "BigInt" }
    return primitive.isBoolean ? "Boolean" : "Symbol"
  }

  /// The tag that Object.prototype.toString uses in absence of Symbol.toStringTag.
  func builtinTag(_ object: Cell) -> StaticString {
    switch object.kind {
    case .array: return "Array"
    case .function, .boundFunction: return "Function"
    case .error: return "Error"
    case .date: return "Date"
    case .arguments: return "Arguments"
    case .regExp: return "RegExp"
    case .wrapper:
      let tag = wrapperTag(object)
      let primitive = object.value(Layout.primitive)
      return primitive.isSymbol || primitive.isBigInt ? "Object" : tag
    default: return handle(object) == pointee.stringPrototype ? "String" : "Object"
    }
  }

  /// A key of any kind in words, without running code.
  func describeKey(_ value: Value) -> String {
    guard let key = propertyKey(value) else { return wordsFor(value) }
    return describe(key: key)
  }

  /// A value in words with its type, as V8 names what can't be iterated.
  func typeAndValue(_ value: Value) -> String {
    if value.isUndefined { return "undefined" }
    if value.isNull { return "object null" }
    if value.isString { return "string \(describe(value))" }
    if value.isNumber { return "number \(describe(value))" }
    if value.isBoolean { return "boolean \(describe(value))" }
    if value.isSymbol { return "symbol" }
    if value.isBigInt { return "bigint" }
    return isCallable(value) ? "function" : "object"
  }

  /// A value in words: strings as they are.
  func wordsFor(_ value: Value) -> String { value.isString ? clippedText(value) : describe(value) }
}
