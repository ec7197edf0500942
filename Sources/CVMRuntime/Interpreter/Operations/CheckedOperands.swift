import CVMDispatch

/// Operands that the compiler always fills with what it made itself. Code from a file may have anything in such a register,
/// so that each is looked at: what does not fit is an error of the program.
extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The object in a register; nil after throwing.
  @inline(__always) func checkedObject(_ value: Value) -> Cell? {
    if _fastPath(value.isObject) { return cell(value) }
    throwForeignCode()
    return nil
  }

  /// The array in a register, with dense elements and not frozen where it is written to; nil after throwing.
  @inline(__always) func checkedArray(_ value: Value, isWritten: Bool = true) -> Cell? {
    if _fastPath(value.isObject) {
      let array = cell(value)
      let forbidden = CellFlag.sparse | CellFlag.notExtensible | CellFlag.lengthReadOnly
      if _fastPath(array.kind == .array), _fastPath(!isWritten || array.flags & forbidden == 0) { return array }
    }
    throwForeignCode()
    return nil
  }

  /// The function in a register that was made from code; nil after throwing.
  @inline(__always) func checkedFunction(_ value: Value) -> Cell? {
    if _fastPath(value.isObject), _fastPath(cell(value).kind == .function),
      _fastPath(cell(value).u32(Layout.Function.code) != Layout.Function.none)
    {
      return cell(value)
    }
    throwForeignCode()
    return nil
  }

  @inline(never) private func throwForeignCode() {
    throwError(.typeError, "The code of this program was not made by this compiler")
  }
}
