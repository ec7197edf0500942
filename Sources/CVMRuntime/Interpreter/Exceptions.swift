import CVMBytecode
import CVMDispatch

/// The kinds of errors that native code raises.
enum ErrorKind: Int, CaseIterable {
  case error, typeError, rangeError, referenceError, syntaxError, evalError, uriError, aggregateError

  var name: StaticString {
    switch self {
    case .error: "Error"
    case .typeError: "TypeError"
    case .rangeError: "RangeError"
    case .referenceError: "ReferenceError"
    case .syntaxError: "SyntaxError"
    case .evalError: "EvalError"
    case .uriError: "URIError"
    case .aggregateError: "AggregateError"
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  // MARK: Making errors

  /// A new error object; `frame` and `pc` must be stored, since its stack is taken from them.
  func makeError(_ kind: ErrorKind, _ message: String) -> Value {
    let error = makeObject(
      kind: .error, prototype: machine.intrinsics.errorPrototypes[kind.rawValue].handle, fieldBytes: 0)
    let text = makeString(message)
    setStack(of: error, heading: "\(kind.name): \(message)")
    addNamed(error, machine.names.message.handle, text, .hidden)
    return objectValue(error)
  }

  /// Gives an error its `stack` property: the heading and the call stack as V8 writes it.
  func setStack(of error: Cell, heading: String) {
    addNamed(error, machine.names.stack.handle, makeString(heading + stackText()), .hidden)
  }

  /// The lines `    at f (file:line:column)` of the running frames, self-hosted ones hidden; ten at most.
  func stackText() -> String {
    var text = ""
    var count = 0
    for entry in FrameWalker(self, frame: pointee.frame, pc: pointee.pc) {
      guard let code = loadedCode(cell(entry.frame[FrameHeader.callee])), !code.block.isSelfHosted else { continue }
      text += "\n    at " + frameDescription(code, entry)
      count += 1
      if count == 10 { break }
    }
    return text
  }

  private func frameDescription(_ code: LoadedCode, _ entry: FrameWalker.Entry) -> String {
    let place = placeText(code, entry.pc)
    var name = String(decoding: code.block.name, as: UTF16.self)
    if entry.frame[FrameHeader.link].returnKind == UInt64(ReturnKind.construct.rawValue) {
      name = "new " + (name.isEmpty ? "<anonymous>" : name)
    } else if code.block.kind == .method || code.block.kind == .getter || code.block.kind == .setter {
      let receiver = entry.frame[FrameHeader.this]
      if receiver.isObject, let holder = constructorName(cell(receiver)) { name = holder + "." + name }
    }
    return name.isEmpty ? place : "\(name) (\(place))"
  }

  private func placeText(_ code: LoadedCode, _ pc: ProgramCounter) -> String {
    guard let source = code.source else { return "<anonymous>" }
    let offset = machine.code.offset(of: pc, in: code)
    guard let entry = code.block.sourceMap.entry(at: UInt32(max(offset - 1, 0))) else { return source.displayName }
    let position = source.position(at: Int(entry.caret))
    return "\(source.displayName):\(position.line):\(position.column)"
  }

  /// The name of the constructor that an object's prototype chain names, read without running code.
  func constructorName(_ object: Cell) -> String? {
    var current: Cell? = object
    while let holder = current {
      if let property = ownProperty(holder, PropertyKey(atom: machine.names.constructor.handle)) {
        guard !property.isAccessor, property.value.isObject else { return nil }
        return functionName(cell(property.value))
      }
      current = prototype(holder)
    }
    return nil
  }

  /// The function's own `name` when it is a string, read without running code.
  func functionName(_ function: Cell) -> String? {
    guard function.kind == .function || function.kind == .boundFunction,
      let property = ownProperty(function, PropertyKey(atom: machine.names.name.handle)), property.value.isString
    else { return nil }
    let name = text(property.value)
    return name.isEmpty ? nil : name
  }

  // MARK: Throwing from native functions

  /// Stores the exception; natives return the marker.
  func raise(_ value: Value) -> Value {
    pointee.exception = value
    return .exceptionMarker
  }

  func raise(_ kind: ErrorKind, _ message: String) -> Value { raise(makeError(kind, message)) }

  func throwTypeError(_ message: String) -> Value { raise(.typeError, message) }
  func throwRangeError(_ message: String) -> Value { raise(.rangeError, message) }

  // MARK: Unwinding

  /// Raises from an instruction: `frame` and `pc` are stored and point at it.
  func throwError(_ kind: ErrorKind, _ message: String) {
    throwValue(makeError(kind, message))
  }

  /// Continues at the innermost handler, or stops the machine when there is none.
  func throwValue(_ exception: Value) {
    let machine = machine
    pointee.exception = exception
    var isFirst = true
    var frame = pointee.frame
    var pc = pointee.pc
    while true {
      if let code = loadedCode(cell(frame[FrameHeader.callee])) {
        let offset = UInt32(Swift.max(machine.code.offset(of: pc, in: code) - 1, 0))
        if isFirst, !code.block.isSelfHosted {
          machine.throwSite = code.block.sourceMap.entry(at: offset).map { (code, $0) }
          isFirst = false
        }
        for handler in code.block.handlers where handler.start <= offset && offset < handler.end {
          frame[Int(handler.register)] = exception
          pointee.frame = frame
          pointee.pc = pointee.code + Int(pointee.codes[code.number].entry + handler.target)
          return
        }
      }
      if let generator = generator(of: frame) { endGenerator(generator) }
      let link = frame[FrameHeader.link]
      let kind = link.returnKind
      pc = returnPC(link)
      frame = callerFrame(frame, link)
      if kind == UInt64(ReturnKind.host.rawValue) {
        pointee.frame = frame
        pointee.pc = pc
        machine.halt(.threw)
        return
      }
      if kind == UInt64(ReturnKind.iteratorStep.rawValue) { disarmIterator(frame, pc) }
    }
  }

  /// An iterator whose `next` threw must not be closed.
  func disarmIterator(_ frame: Registers, _ returnPC: ProgramCounter) {
    let word = returnPC[-2]
    frame[Int(word >> 8 & 0xff)] = .undefined
  }
}
