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

/// What stack traces say of a place in the code.
struct FrameText {
  let name: TextPiece
  let place: TextPiece
  let isNamed: Bool
  let isMethod: Bool
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  // MARK: Making errors

  /// A new error object; `frame` and `pc` must be stored, since its stack is taken from them.
  func makeError(_ kind: ErrorKind, _ message: String) -> Value {
    let error = makeObject(
      kind: .error, prototype: machine.intrinsics.errorPrototypes[kind.rawValue].handle, fieldBytes: 0)
    let text = makeString(message)
    var stack = StringBuilder()
    stack.append(kind.name)
    stack.append(": " as StaticString)
    stack.append(view(text))
    setStack(of: error, &stack)
    addNamed(error, machine.names.message.handle, text, .hidden)
    return objectValue(error)
  }

  /// Gives an error its `stack` property: the heading and the call stack as V8 writes it.
  func setStack(of error: Cell, _ heading: inout StringBuilder) {
    appendStack(to: &heading)
    addNamed(error, machine.names.stack.handle, heading.makeString(self), .hidden)
  }

  func stackText() -> String {
    var builder = StringBuilder()
    appendStack(to: &builder)
    return builder.text
  }

  /// The lines `    at f (file:line:column)` of the running frames, self-hosted ones hidden; ten at most.
  func appendStack(to text: inout StringBuilder) {
    var count = 0
    let codes = machine.code
    for entry in FrameWalker(self, frame: pointee.frame, pc: pointee.pc) {
      let function = cell(entry.frame[FrameHeader.callee])
      guard function.kind == .function else { continue }
      let number = function.u32(Layout.Function.code)
      guard number != Layout.Function.none, !codes.parts[Int(number)].isSelfHosted else { continue }
      appendFrame(Int(number), entry, to: &text)
      count += 1
      if count == 10 { break }
    }
  }

  /// Longer names than this are in no stack.
  private static var longestName: Int { 1000 }

  private func appendFrame(_ number: Int, _ entry: FrameWalker.Entry, to text: inout StringBuilder) {
    let key = UInt32(entry.pc - pointee.code)
    let known = machine.code.frameTexts[key] ?? makeFrameText(number, entry, key)
    text.append("\n    at " as StaticString)
    if entry.frame[FrameHeader.link].returnKind == UInt64(ReturnKind.construct.rawValue) {
      text.append("new " as StaticString)
      if known.isNamed { text.append(known.name) } else { text.append("<anonymous>" as StaticString) }
    } else {
      let receiver = entry.frame[FrameHeader.this]
      var isNamed = known.isNamed
      if known.isMethod, receiver.isObject, let holder = constructorNameValue(cell(receiver)),
        stringLength(holder) <= Self.longestName
      {
        text.append(view(holder))
        text.append(ascii: 46)
        isNamed = true
      }
      guard isNamed else { return text.append(known.place) }
      text.append(known.name)
    }
    text.append(" (" as StaticString)
    text.append(known.place)
    text.append(ascii: 41)
  }

  private func makeFrameText(_ number: Int, _ entry: FrameWalker.Entry, _ key: UInt32) -> FrameText {
    let code = machine.code.loaded[number]
    let kind = code.block.kind
    let name = String(decoding: code.block.name, as: UTF16.self)
    let text = FrameText(
      name: TextPiece(name), place: TextPiece(placeText(code, entry.pc)), isNamed: !name.isEmpty,
      isMethod: kind == .method || kind == .getter || kind == .setter)
    machine.code.remember(text, at: key)
    return text
  }

  private func placeText(_ code: LoadedCode, _ pc: ProgramCounter) -> String {
    guard let source = code.source else { return "<anonymous>" }
    let offset = machine.code.offset(of: pc, in: code)
    guard let entry = code.block.sourceMap.entry(at: UInt32(max(offset - 1, 0))) else { return source.displayName }
    let position = source.position(at: Int(entry.caret))
    return "\(source.displayName):\(position.line):\(position.column)"
  }

  /// The name of the constructor that an object's prototype chain names, read without running code.
  func constructorName(_ object: Cell) -> String? { constructorNameValue(object).map { text($0) } }

  private func constructorNameValue(_ object: Cell) -> Value? {
    var current: Cell? = object
    while let holder = current {
      if let property = ownProperty(holder, PropertyKey(atom: machine.names.constructor.handle)) {
        guard !property.isAccessor, property.value.isObject else { return nil }
        return functionNameValue(cell(property.value))
      }
      current = prototype(holder)
    }
    return nil
  }

  /// The function's own `name` when it is a string, read without running code.
  func functionName(_ function: Cell) -> String? { functionNameValue(function).map { text($0) } }

  private func functionNameValue(_ function: Cell) -> Value? {
    guard function.kind == .function || function.kind == .boundFunction,
      let property = ownProperty(function, PropertyKey(atom: machine.names.name.handle)), property.value.isString
    else { return nil }
    return stringLength(property.value) == 0 ? nil : property.value
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
    if _slowPath(machine.throwWatch != nil), machine.stopsAtThrow(exception) { return }
    var isFirst = true
    var frame = pointee.frame
    var pc = pointee.pc
    machine.throwMoment = (frame - pointee.stack, pc - pointee.code)
    while true {
      let function = cell(frame[FrameHeader.callee])
      let number = function.kind == .function ? function.u32(Layout.Function.code) : Layout.Function.none
      if number != Layout.Function.none {
        let parts = machine.code.parts + Int(number)
        let entry = pointee.codes[Int(number)].entry
        let offset = UInt32(Swift.max(pc - (pointee.code + Int(entry)) - 1, 0))
        if isFirst, !parts.pointee.isSelfHosted {
          machine.throwPlace = (Int(number), offset)
          isFirst = false
        }
        for i in 0..<parts.pointee.handlerCount {
          let handler = parts.pointee.handlers + i
          guard handler.pointee.start <= offset && offset < handler.pointee.end else { continue }
          frame[Int(handler.pointee.register)] = exception
          pointee.frame = frame
          pointee.pc = pointee.code + Int(entry + handler.pointee.target)
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

extension Machine {
  /// The last place where an exception began its way up.
  public var throwSite: (code: LoadedCode, entry: SourceMap.Entry)? {
    guard let place = throwPlace, place.code < code.loaded.count else { return nil }
    let code = code.loaded[place.code]
    return code.block.sourceMap.entry(at: place.offset).map { (code, $0) }
  }
}
