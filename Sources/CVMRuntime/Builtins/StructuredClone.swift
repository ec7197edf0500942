import CVMDispatch

enum CloneBuiltins {
  static var function: BuiltinFunction {
    BuiltinFunction(
      "structuredClone", length: 0, selfHosted: "StructuredClone", "A deep copy, with cycles as they are.")
  }
}

extension Machine {
  func addCloneIntrinsics() {
    natives.addIntrinsic("CloneKind", .object) { vm, frame, _ in Value(vm.cloneKind(vm.cell(frame[0]))) }
    natives.addIntrinsic("CloneCreate", .object, .integer) { vm, frame, _ in
      vm.makeClone(frame[0], kind: vm.cloneKind(vm.cell(frame[0])))
    }
    natives.addIntrinsic("CloneErrorCreate", .string) { vm, frame, _ in
      let name = vm.text(frame[0])
      let kind = ErrorKind.allCases.first { "\($0.name)" == name && $0 != .aggregateError } ?? .error
      let prototype = vm.machine.intrinsics.errorPrototypes[kind.rawValue].handle
      let error = vm.makeErrorObject(prototype: prototype, message: frame[1])
      if frame[2].isString {
        vm.defineOwn(vm.cell(error), PropertyKey(atom: vm.machine.names.stack.handle), frame[2], .hidden)
      }
      return error
    }
    natives.addIntrinsic("ThrowDataClone") { vm, frame, _ in
      let value = frame[0]
      let isFunction = value.isObject && vm.isCallable(value)
      let text = isFunction ? vm.functionText(vm.cell(value)) : vm.describe(value)
      let error = vm.makeError(.error, "\(text) could not be cloned.")
      vm.addNamed(
        vm.cell(error), vm.machine.names.name.handle, vm.machine.atoms.intern("DataCloneError"), .hidden)
      vm.addNamed(vm.cell(error), vm.machine.atoms.intern("code").handle, Value(25), .hidden)
      return vm.raise(error)
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// As the self-hosted code numbers what can be cloned.
  fileprivate func cloneKind(_ object: Cell) -> Int {
    switch object.kind {
    case .object, .arguments: 0
    case .array: 1
    case .map: 2
    case .set: 3
    case .date: 4
    case .wrapper: object.value(Layout.primitive).isSymbol ? 7 : 5
    case .error: 6
    case .regExp: 8
    default: 7
    }
  }

  fileprivate func makeClone(_ original: Value, kind: Int) -> Value {
    let source = cell(original)
    switch kind {
    case 1: return createArray(Double(arrayLength(source)))
    case 2: return objectValue(makeTableObject(.map, prototype: nil))
    case 3: return objectValue(makeTableObject(.set, prototype: nil))
    case 4: return makeDate(source.value(Layout.primitive).asNumber, prototype: nil)
    case 5: return objectValue(makeWrapper(source.value(Layout.primitive)))
    case 8:
      return objectValue(makeRegExp(source: source.value(Layout.RegExp.source), flags: regExpFlags(source)))
    default: return objectValue(makeObject(prototype: machine.intrinsics.objectPrototype.handle))
    }
  }
}
