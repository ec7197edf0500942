import CVMDispatch
import Glibc

enum ErrorBuiltins {
  static func constructor(_ kind: ErrorKind) -> BuiltinFunction {
    if kind == .aggregateError {
      return BuiltinFunction(
        kind.name, length: 2, selfHosted: "AggregateErrorConstructor", "Makes an error of several errors.",
        isConstructor: true)
    }
    return BuiltinFunction(
      kind.name, length: 1, native: errorConstruct, selfHosted: "ErrorConstructor", "Makes an error.",
      isConstructor: true)
  }
  static var methods: [BuiltinFunction] {
    [BuiltinFunction("toString", length: 0, selfHosted: "ErrorToString", "name: message")]
  }
  static var isError: BuiltinFunction {
    BuiltinFunction(
      "isError", length: 1,
      native: { vm, frame, count in
        let value = argument(frame, count, 0)
        return Value(value.isObject && vm.cell(value).kind == .error)
      }, "Whether a value is an error object.")
  }
  static var stackCapture: BuiltinFunction {
    BuiltinFunction("captureStackTrace", length: 2, native: captureStackTrace, "Gives an object a stack property.")
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func errorKind(ofConstructor constructor: Value) -> ErrorKind {
    guard constructor.isObject, cell(constructor).kind == .function, let builtin = builtin(cell(constructor)) else {
      return .error
    }
    let name = builtin.name
    return ErrorKind.allCases.first {
      $0.name.utf8CodeUnitCount == name.utf8CodeUnitCount
        && memcmp($0.name.utf8Start, name.utf8Start, name.utf8CodeUnitCount) == 0
    } ?? .error
  }

  /// Asks for room for an error whose stack begins with its name and message, as `canAllocate` does.
  func canMakeError(prototype: Handle, message: Value) -> Bool {
    var length = message.isString ? stringLength(message) : 0
    if case .value(let name) = getProperty(cell(prototype), PropertyKey(atom: machine.names.name.handle)),
      name.isString
    {
      length += stringLength(name)
    }
    return canAllocate(length * 8)
  }

  /// A new error with a stack taken from the running frames; `message` is a string or undefined.
  func makeErrorObject(prototype: Handle, message: Value) -> Value {
    let error = makeObject(kind: .error, prototype: prototype, fieldBytes: 0)
    // As in V8, `stack` stands first.
    var stack = StringBuilder()
    appendHeading(error, message, to: &stack)
    setStack(of: error, &stack)
    if !message.isUndefined { addNamed(error, machine.names.message.handle, message, .hidden) }
    return objectValue(error)
  }

  private func appendHeading(_ error: Cell, _ message: Value, to stack: inout StringBuilder) {
    var hasName = true
    if case .value(let value) = getProperty(error, PropertyKey(atom: machine.names.name.handle)), value.isString {
      stack.append(view(value))
      hasName = stringLength(value) > 0
    } else {
      stack.append("Error" as StaticString)
    }
    guard message.isString, stringLength(message) > 0 else { return }
    if hasName { stack.append(": " as StaticString) }
    stack.append(view(message))
  }
}

private func errorConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let message = argument(frame, count, 0)
  guard vm.isPlainPrimitive(message) else { return .callNeeded }
  let options = argument(frame, count, 1)
  var cause: Value?
  if options.isObject {
    switch vm.getProperty(vm.cell(options), PropertyKey(atom: vm.machine.names.cause.handle)) {
    case .getter: return .callNeeded
    case .value(let value): cause = value
    case .absent: break
    }
  }
  let callee = frame[FrameHeader.callee]
  let standard = vm.machine.intrinsics.errorPrototypes[vm.errorKind(ofConstructor: callee).rawValue]
  guard let prototype = vm.plainPrototype(newTarget(frame), default: standard) else { return .callNeeded }
  let text = message.isUndefined ? message : vm.primitiveToString(message)
  guard vm.canMakeError(prototype: prototype, message: text) else { return .retry }
  let error = vm.makeErrorObject(prototype: prototype, message: text)
  if let cause { vm.addNamed(vm.cell(error), vm.machine.names.cause.handle, cause, .hidden) }
  return error
}

private func captureStackTrace(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard target.isObject else { return vm.throwTypeError("Invalid argument") }
  var stack = StringBuilder()
  stack.append(vm.describeObject(vm.cell(target)))
  vm.appendStack(to: &stack)
  let key = PropertyKey(atom: vm.machine.names.stack.handle)
  vm.defineOwn(vm.cell(target), key, stack.makeString(vm), .hidden)
  return .undefined
}
