import CVMDispatch

/// Private fields are properties whose key is a symbol that each evaluation of the class makes anew. Private methods and
/// accessors stand in variables of the class; its instances have one such property that says that they have them.
extension UnsafeMutablePointer where Pointee == CVMMachine {
  func makePrivateName(_ description: Value) -> Value {
    let symbol = makeSymbol(description: description)
    cell(symbol).set8(15, CellFlag.privateName)
    return symbol
  }

  func isPrivateName(_ key: Handle) -> Bool {
    let cell = cell(key)
    return cell.kind == .symbol && cell.flags & CellFlag.privateName != 0
  }

  private func isPrivateName(_ key: Value) -> Bool { key.isSymbol && isPrivateName(key.handle) }

  /// The property of an object; nil when it has none, or the key is no private name.
  func privateProperty(_ object: Value, _ key: Value) -> Property? {
    guard object.isObject, isPrivateName(key) else { return nil }
    return ownProperty(cell(object), PropertyKey(atom: key.handle))
  }

  /// `#x`, or what marks the objects with the private methods of a class.
  private func description(_ key: Value) -> String {
    key.isSymbol ? text(cell(key).value(Layout.primitive)) : "#"
  }

  func throwNoPrivate(_ object: Value, _ key: Value, isWrite: Bool) {
    let name = description(key)
    if object.isNullish {
      let what = object.isNull ? "null" : "undefined"
      return throwError(
        .typeError, isWrite ? ErrorMessage.cannotSet(what, name) : ErrorMessage.cannotRead(what, name))
    }
    let verb = isWrite ? "write" : "read"
    let preposition = isWrite ? "to" : "from"
    throwError(
      .typeError, "Cannot \(verb) private member \(name) \(preposition) an object whose class did not declare it")
  }

  /// The object has not the private methods of the class that the mark names.
  func throwWrongReceiver(_ mark: Value) {
    let name = description(mark)
    throwError(.typeError, "Receiver must be \(name.hasPrefix("class ") ? name : "an instance of class \(name)")")
  }

  func definePrivate(_ object: Value, _ key: Value, _ value: Value) {
    guard object.isObject, isPrivateName(key) else { return throwNoPrivate(object, key, isWrite: true) }
    guard privateProperty(object, key) == nil else {
      let name = description(key)
      let what = name.hasPrefix("#") ? name : "private methods of class \(name)"
      return throwError(.typeError, "Cannot initialize \(what) twice on the same object")
    }
    addNamed(cell(object), key.handle, value, .writable)
  }

  func throwInOnPrimitive(_ key: Value, _ target: Value) {
    throwError(
      .typeError, "Cannot use 'in' operator to search for '\(description(key))' in \(describe(target))")
  }
}
