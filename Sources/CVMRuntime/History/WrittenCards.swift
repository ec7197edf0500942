import CVMDispatch

extension Machine {
  /// Whether some part of an object lies on one of the cards.
  public func lies(_ object: Value, on cards: Set<UInt32>) -> Bool {
    guard object.isObject else { return false }
    let cell = vm.cell(object)
    if lies(cell, on: cards) || lies(cell.extensionHandle, on: cards) { return true }
    if cell.extensionHandle != 0, let store = vm.indexStore(cell), store != cell,
      lies(store, on: cards) || lies(store.u32(Layout.Array.elements), on: cards)
    {
      return true
    }
    switch cell.kind {
    case .array: return lies(cell.u32(Layout.Array.elements), on: cards)
    case .map, .set: return lies(cell.value(Layout.table).handle, on: cards)
    case .function:
      let code = cell.u32(Layout.Function.code)
      guard code != Layout.Function.none else { return false }
      for i in 0..<Int(vm.pointee.codes[Int(code)].captureCount) {
        let capture = cell.value(Layout.Function.captures + i * 8)
        if capture.isReference, lies(capture.handle, on: cards) { return true }
      }
      return false
    default: return false
    }
  }

  private func lies(_ handle: Handle, on cards: Set<UInt32>) -> Bool {
    handle != 0 && lies(vm.cell(handle), on: cards)
  }

  private func lies(_ cell: Cell, on cards: Set<UInt32>) -> Bool {
    let start = cell - heap.base
    let range = UInt32(start >> Card.shift)...UInt32((start + heap.size(of: cell) - 1) >> Card.shift)
    if range.count <= cards.count { return range.contains(where: cards.contains) }
    return cards.contains(where: range.contains)
  }
}
