import CVMDispatch

/// A text to be ordered: its first eight characters where all texts have one-byte ones, its view, where it came from.
private struct OrderedText {
  let prefix: UInt64
  let index: Int

  /// Whether this text comes first, by code units and then by origin.
  @inline(__always) func precedes(_ other: OrderedText, _ vm: VM, _ views: UnsafePointer<StringView>) -> Bool {
    if prefix != other.prefix { return prefix < other.prefix }
    if vm.viewLess(views[index], views[other.index]) { return true }
    return index < other.index && !vm.viewLess(views[other.index], views[index])
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Asks for room for sorting so many elements by texts, as `canAllocate` does: with each goes its text and its view, its
  /// place before and after, in arrays that grow.
  func canSortByTexts(_ count: Int) -> Bool {
    canAllocate(
      count
        * (4 * MemoryLayout<Value>.stride + MemoryLayout<StringView>.stride
          + 2 * MemoryLayout<OrderedText>.stride + MemoryLayout<Int>.stride))
  }

  /// The stable order of flat strings by code units, as indices; nil when interrupted.
  func textOrder(_ texts: [Value]) -> [Int]? {
    let run = 4096
    // Nothing allocates meanwhile, so the characters stay where they are.
    let views = texts.map { view($0) }
    let isNarrow = views.allSatisfy { $0.latin1 != nil }
    var order = texts.indices.map { index in
      OrderedText(prefix: isNarrow ? latin1Prefix(cell(texts[index])) : 0, index: index)
    }
    let isDone = views.withUnsafeBufferPointer { buffer -> Bool in
      guard let views = buffer.baseAddress else { return true }
      var start = 0
      while start < order.count {
        if machine.mustStop { return false }
        order[start..<min(start + run, order.count)].sort { $0.precedes($1, self, views) }
        start += run
      }
      var other = order
      var width = run
      while width < order.count {
        guard mergeRuns(views, from: order, to: &other, width) else { return false }
        swap(&order, &other)
        width *= 2
      }
      return true
    }
    return isDone ? order.map(\.index) : nil
  }

  /// Merges neighbouring runs of a width; false when interrupted.
  private func mergeRuns(
    _ views: UnsafePointer<StringView>, from: [OrderedText], to: inout [OrderedText], _ width: Int
  ) -> Bool {
    var start = 0
    while start < from.count {
      let middle = min(start + width, from.count)
      let end = min(middle + width, from.count)
      var left = start
      var right = middle
      for i in start..<end {
        if i & 0x1fff == 0 && machine.mustStop { return false }
        if left < middle && (right == end || !from[right].precedes(from[left], self, views)) {
          to[i] = from[left]
          left += 1
        } else {
          to[i] = from[right]
          right += 1
        }
      }
      start = end
    }
    return true
  }

  /// Sorts the elements of a dense list by the texts in another; false, without effects, when interrupted or when there
  /// is no room.
  func sort(_ list: Cell, byTexts texts: Cell) -> Bool {
    let count = denseLength(list)
    guard count > 1 else { return true }
    guard canSortByTexts(count) else { return false }
    let values = Array(UnsafeBufferPointer(start: arrayElements(list), count: count))
    var keys: [Value] = []
    keys.reserveCapacity(count)
    let start = heap.allocatedSinceCollection
    for i in 0..<count {
      guard isWithinLimit(since: start) else { return false }
      keys.append(stringValue(flat(arrayElements(texts)[i])))
    }
    guard let order = textOrder(keys) else { return false }
    logWrites(from: arrayElements(list), byteCount: count * 8)
    for (to, from) in order.enumerated() { arrayElements(list)[to] = values[from] }
    return true
  }
}
