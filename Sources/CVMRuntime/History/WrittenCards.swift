import CVMDispatch
import Glibc

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

extension Machine {
  /// The cards whose bytes differ from another machine's, both of which go back to one image: each object stands at the
  /// same place in both.
  public func cardsDiffering(from other: Machine) -> Set<UInt32> {
    var cards: Set<UInt32> = []
    let (ours, theirs) = (heap.usedPages, other.heap.usedPages)
    let common = min(ours.count, theirs.count)
    var position = 0
    while position < common {
      // Most pages are the same: look at them in big steps first.
      let size = min(Heap.blockSize, common - position)
      if memcmp(ours.baseAddress! + position, theirs.baseAddress! + position, size) != 0 {
        for start in stride(from: position, to: position + size, by: Card.size)
        where memcmp(ours.baseAddress! + start, theirs.baseAddress! + start, Card.size) != 0 {
          cards.insert(UInt32(start >> Card.shift))
        }
      }
      position += size
    }
    return cards
  }
}
