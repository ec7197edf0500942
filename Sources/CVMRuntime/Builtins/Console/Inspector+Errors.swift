import CVMDispatch

/// Errors: their stack, then what else they have.
extension Inspector {
  func isError(_ object: Cell) -> Bool {
    object.kind == .error || chain(of: object, includes: vm.machine.intrinsics.errorPrototypes[0])
  }

  /// The text of an error; takes what it shows out of the members, and puts `cause` and `errors` in.
  func errorBase(_ error: Cell, _ constructor: String?, _ tag: String, _ members: inout [Member]) -> String {
    let names = vm.machine.names
    let name = dataProperty(error, names.name).map { $0.isNullish ? "Error" : text($0) } ?? "Error"
    let message = dataProperty(error, names.message).map(text) ?? ""
    var stack = stackText(error)
    if !options.showHidden { removeShown(error, stack, &members) }
    addHidden(error, names.cause, &members) { _ in true }
    addHidden(error, names.errors, &members) { value in value.isObject && vm.cell(value).kind == .array }
    stack = improved(stack, constructor, name, tag)
    var position = 0
    if !message.isEmpty, let start = ByteSearch.first(message, in: stack, from: 0), start > 0 {
      position = start + message.utf8.count
    }
    if let start = ByteSearch.first("\n    at", in: stack, from: position) {
      let bytes = Array(stack.utf8)
      let heading = String(decoding: bytes[..<start], as: UTF8.self)
      let frames = frameLines(error, String(decoding: bytes[(start + 1)...], as: UTF8.self))
      stack = heading + "\n" + frames.joined(separator: "\n")
    } else {
      stack = "[\(stack)]"
    }
    guard indentation > 0 else { return stack }
    let line = "\n" + String(repeating: " ", count: indentation)
    return ByteSearch.lines(stack).joined(separator: line)
  }

  /// A primitive, or what little can be said of an object without running code.
  private func text(_ value: Value) -> String {
    if value.isString { return vm.plainText(value) }
    return uncolored { value.isObject ? "[object Object]" : formatPrimitive(value) }
  }

  private func stackText(_ error: Cell) -> String {
    let names = vm.machine.names
    if let stack = dataProperty(error, names.stack), vm.toBoolean(stack) {
      let text = text(stack)
      return error.kind == .error ? withCurrentHeading(text, error) : text
    }
    return heading(name: nameText(dataProperty(error, names.name)), message: messageText(error))
  }

  private func nameText(_ name: Value?) -> String { name.map { $0.isUndefined ? "Error" : text($0) } ?? "Error" }

  private func messageText(_ error: Cell) -> String {
    dataProperty(error, vm.machine.names.message).map { $0.isUndefined ? "" : text($0) } ?? ""
  }

  private func heading(name: String, message: String) -> String {
    if name.isEmpty { return message }
    return message.isEmpty ? name : "\(name): \(message)"
  }

  /// A stack is written when the error is made, but Node writes its heading when it is first read: constructors that set
  /// `name` or `message` after calling `super` expect to see them.
  private func withCurrentHeading(_ stack: String, _ error: Cell) -> String {
    let name = vm.machine.names.name
    let message = messageText(error)
    let inherited = nameText(vm.prototype(error).flatMap { dataProperty($0, name) })
    let current = heading(name: nameText(dataProperty(error, name)), message: message)
    for old in [heading(name: inherited, message: message), inherited] where old != current {
      let rest = stack.utf8.dropFirst(old.utf8.count)
      guard stack.utf8.starts(with: old.utf8), rest.isEmpty || rest.starts(with: "\n    at".utf8) else { continue }
      return current + String(decoding: rest, as: UTF8.self)
    }
    return stack
  }

  /// `name`, `message` and `stack` are not listed when the stack has them.
  private func removeShown(_ error: Cell, _ stack: String, _ members: inout [Member]) {
    let names = vm.machine.names
    for name in [names.name, names.message, names.stack] {
      let key = PropertyKey(atom: name.handle)
      guard let index = members.firstIndex(where: { $0.key == key }) else { continue }
      let value = dataProperty(error, name).map(text) ?? "undefined"
      if ByteSearch.first(value, in: stack, from: 0) != nil { members.remove(at: index) }
    }
  }

  private func addHidden(_ error: Cell, _ name: Value, _ members: inout [Member], _ isShown: (Value) -> Bool) {
    let key = PropertyKey(atom: name.handle)
    guard !members.contains(where: { $0.key == key }) else { return }
    var current: Cell? = error
    while let holder = current {
      if let property = ownProperty(holder, key) {
        if property.isAccessor || isShown(property.value) {
          let attributes = holder == error ? property.attributes : property.attributes.union(.enumerable)
          members.append(Member(key: key, value: property.value, attributes: attributes))
        }
        return
      }
      current = vm.prototype(holder)
    }
  }

  /// Puts the name of the class into a heading that names another one.
  private func improved(_ stack: String, _ constructor: String?, _ name: String, _ tag: String) -> String {
    var length = name.utf8.count
    let bytes = Array(stack.utf8)
    let looksNormal =
      name.utf8.reversed().starts(with: "Error".utf8.reversed()) && bytes.starts(with: name.utf8)
      && (bytes.count == length || bytes[length] == 0x3a || bytes[length] == 0x0a)
    guard constructor == nil || looksNormal else { return stack }
    var fallback = "Error"
    if constructor == nil {
      let found = headingName(bytes)
      length = found.utf8.count
      if length > 0 { fallback = found }
    }
    let prefix = String(prefix(constructor, tag, fallback).dropLast())
    if name == prefix { return stack }
    let rest = String(decoding: bytes[min(length, bytes.count)...], as: UTF8.self)
    if ByteSearch.first(name, in: prefix, from: 0) != nil { return length == 0 ? "\(prefix): \(stack)" : prefix + rest }
    return "\(prefix) [\(name)]\(rest)"
  }

  /// The error's name as the stack begins with; empty when it does not look like one.
  private func headingName(_ stack: [UInt8]) -> String {
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a }
    func isWord(_ byte: UInt8) -> Bool {
      isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5f || byte == 0x2d
    }
    if let first = stack.first, first >= 0x41, first <= 0x5a {
      let end = stack.firstIndex { !isWord($0) && ![0x20, 0x5b, 0x5d, 0x28, 0x29].contains($0) } ?? stack.count
      let rest = stack[end...]
      if end > 1, rest.first == 0x3a || rest.starts(with: "\n    at".utf8) {
        return String(decoding: stack[..<end], as: UTF8.self)
      }
    }
    if stack.allSatisfy(isWord), stack.reversed().starts(with: "Error".utf8.reversed()) {
      return String(decoding: stack, as: UTF8.self)
    }
    return ""
  }

  /// The frames; a stretch that the cause's stack has, too, is left out.
  private func frameLines(_ error: Cell, _ stack: String) -> [String] {
    var frames = ByteSearch.lines(stack)
    guard let cause = dataProperty(error, vm.machine.names.cause), cause.isObject, isError(vm.cell(cause)) else {
      return frames
    }
    let causeStack = stackText(vm.cell(cause))
    guard let start = ByteSearch.first("\n    at", in: causeStack, from: 0) else { return frames }
    let causeFrames = ByteSearch.lines(String(decoding: Array(causeStack.utf8)[(start + 1)...], as: UTF8.self))
    if let (offset, length) = commonStretch(frames, causeFrames) {
      let skipped = length - 2
      let message = styled("    ... \(skipped) lines matching cause stack trace ...", .undefined)
      frames.replaceSubrange(offset + 1..<offset + 1 + skipped, with: [message])
    }
    return frames
  }

  private func commonStretch(_ a: [String], _ b: [String]) -> (offset: Int, length: Int)? {
    for i in 0..<max(a.count - 3, 0) {
      guard let position = b.firstIndex(of: a[i]), b.count - position > 3 else { continue }
      let longest = min(a.count - i, b.count - position)
      var length = 1
      while length < longest, a[i + length] == b[position + length] { length += 1 }
      if length > 3 { return (i, length) }
    }
    return nil
  }

  /// What `body` formats, without colours.
  func uncolored(_ body: () -> String) -> String {
    let text = body()
    return options.colors ? StringWidth.withoutEscapes(text) : text
  }
}

/// Searches in UTF-8, where `\r\n` is two characters.
enum ByteSearch {
  /// The byte offset of the first occurrence.
  static func first(_ needle: String, in text: String, from start: Int) -> Int? {
    let wanted = Array(needle.utf8)
    let bytes = Array(text.utf8)
    if wanted.isEmpty { return start }
    guard bytes.count - start >= wanted.count else { return nil }
    for i in start...(bytes.count - wanted.count) where bytes[i] == wanted[0] {
      if bytes[i..<i + wanted.count].elementsEqual(wanted) { return i }
    }
    return nil
  }

  static func lines(_ text: String) -> [String] {
    text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }
}
