import CVMDispatch

/// Functions and classes.
extension Inspector {
  func functionBase(_ function: Cell, _ constructor: String?, _ tag: String) -> String {
    if function.flags & CellFlag.classConstructor != 0, function.kind == .function,
      readsAsClass(vm.functionText(function))
    {
      return classBase(function, constructor, tag)
    }
    let type = vm.loadedCode(function)?.block.kind.isGenerator == true ? "GeneratorFunction" : "Function"
    var base = "[\(type)"
    if constructor == nil { base += " (null prototype)" }
    let name = inheritedName(function)
    base += name.isEmpty ? " (anonymous)]" : ": \(name)]"
    if let constructor, constructor != type { base += " \(constructor)" }
    if !tag.isEmpty, constructor != tag { base += " [\(tag)]" }
    return base
  }

  /// Node looks at the text up to the first brace: with a parenthesis in it, as in `extends (mixin(A)) {`, it takes a class
  /// for a function, unless that stands in a comment.
  private func readsAsClass(_ text: String) -> Bool {
    // Without its source, a class is what it was made as.
    guard text.hasPrefix("class") else { return true }
    let head = text.dropFirst("class".count).prefix { $0 != "{" }
    guard head.contains("(") else { return true }
    var rest = text.dropFirst("class".count)
    var stripped = ""
    while let character = rest.first, character != "{" {
      if rest.hasPrefix("//") {
        rest = rest.drop { $0 != "\n" }
      } else if rest.hasPrefix("/*") {
        rest = rest.dropFirst(2)
        while !rest.isEmpty && !rest.hasPrefix("*/") { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else {
        stripped.append(character)
        rest = rest.dropFirst()
      }
    }
    return stripped.first?.isWhitespace == true && !stripped.contains("(")
  }

  private func classBase(_ function: Cell, _ constructor: String?, _ tag: String) -> String {
    let key = PropertyKey(atom: vm.machine.names.name.handle)
    let own = ownProperty(function, key).flatMap { $0.isAccessor ? nil : $0.value }
    let name = own.map(functionName) ?? ""
    var base = "class \(name.isEmpty ? "(anonymous)" : name)"
    if let constructor, constructor != "Function" { base += " [\(constructor)]" }
    if !tag.isEmpty, constructor != tag { base += " [\(tag)]" }
    if constructor == nil {
      base += " extends [null prototype]"
    } else if let parent = vm.prototype(function) {
      let parentName = inheritedName(parent)
      if !parentName.isEmpty { base += " extends \(parentName)" }
    }
    return "[\(base)]"
  }

  private func inheritedName(_ function: Cell) -> String {
    dataProperty(function, vm.machine.names.name).map(functionName) ?? ""
  }

  private func functionName(_ value: Value) -> String {
    if value.isString { return vm.plainText(value) }
    if value.isObject { return vm.displayString(value) }
    return value.isUndefined ? "" : uncolored { formatPrimitive(value) }
  }
}
