import CVMDispatch

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The stable order of flat strings by code units, as indices; nil when interrupted.
  func textOrder(_ texts: [Value]) -> [Int]? {
    let run = 4096
    var order = Array(texts.indices)
    // Nothing allocates meanwhile, so the characters stay where they are.
    let views = texts.map { view($0) }
    var start = 0
    while start < order.count {
      if machine.isInterrupted { return nil }
      order[start..<min(start + run, order.count)].sort { first, second in
        if viewLess(views[first], views[second]) { return true }
        return first < second && !viewLess(views[second], views[first])
      }
      start += run
    }
    var other = order
    var width = run
    while width < order.count {
      guard mergeRuns(views, from: order, to: &other, width) else { return nil }
      swap(&order, &other)
      width *= 2
    }
    return order
  }

  /// Merges neighbouring runs of a width; false when interrupted.
  private func mergeRuns(_ views: [StringView], from: [Int], to: inout [Int], _ width: Int) -> Bool {
    var start = 0
    while start < from.count {
      let middle = min(start + width, from.count)
      let end = min(middle + width, from.count)
      var left = start
      var right = middle
      for i in start..<end {
        if i & 0x1fff == 0 && machine.isInterrupted { return false }
        if left < middle && (right == end || !viewLess(views[from[right]], views[from[left]])) {
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

  /// Sorts the elements of a dense list by the texts in another; false, without effects, when interrupted.
  func sort(_ list: Cell, byTexts texts: Cell) -> Bool {
    let count = denseLength(list)
    guard count > 1 else { return true }
    let values = Array(UnsafeBufferPointer(start: arrayElements(list), count: count))
    let keys = UnsafeBufferPointer(start: arrayElements(texts), count: count).map { stringValue(flat($0)) }
    guard let order = textOrder(keys) else { return false }
    logWrites(from: arrayElements(list), byteCount: count * 8)
    for (to, from) in order.enumerated() { arrayElements(list)[to] = values[from] }
    return true
  }
}
