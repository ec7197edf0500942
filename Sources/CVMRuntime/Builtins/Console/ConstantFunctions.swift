import CVMBytecode
import CVMDispatch

/// Functions that do nothing but return a string, whose result is known without running them: most getters of
/// `Symbol.toStringTag` are.
extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The property with this key that is nearest on the prototype chain.
  func findProperty(_ object: Cell, _ key: PropertyKey) -> Property? {
    var current: Cell? = object
    while let holder = current {
      let isUntouched = shapeInfo(holder).pointee.flags & ShapeFlag.lazyFunction != 0
      if !isUntouched, let property = ownProperty(holder, key) { return property }
      current = prototype(holder)
    }
    return nil
  }

  func constantResult(ofGetter property: Property) -> String? {
    let getter = cell(property.value).value(Layout.Accessor.getter)
    return getter.isObject ? constantResult(of: cell(getter)) : nil
  }

  /// The string that a function returns when that is all it does.
  func constantResult(of function: Cell) -> String? {
    guard function.kind == .function, builtin(function) == nil, let block = loadedCode(function)?.block,
      block.words.count >= 3, let load = Instruction(word: block.words[0]).opcode, load == .loadConstant,
      let end = Instruction(word: block.words[2]).opcode, end == .return,
      Instruction(word: block.words[0]).a == Instruction(word: block.words[2]).a,
      Int(block.words[1]) < block.constants.count, case .string(let units) = block.constants[Int(block.words[1])]
    else { return nil }
    return String(decoding: units, as: UTF16.self)
  }
}
