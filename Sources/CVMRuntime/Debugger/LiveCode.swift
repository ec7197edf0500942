import CVMHeapGraph

/// The functions of a heap that were made from one piece of code.
public struct LiveCode {
  public let code: LoadedCode
  /// The ids of the function objects, internal ones last.
  public internal(set) var closures: [NodeID] = []
  /// Where generators of it stand still in the middle, in words from the start of the code.
  public internal(set) var suspended: [Int] = []
}

extension Machine {
  /// The code of programs that function objects and suspended generators refer to, in the order in which it was loaded.
  ///
  /// - Parameter isReachable: whether the object of an id counts.
  public func liveCode(where isReachable: (NodeID) -> Bool) -> [LiveCode] {
    var found: [Int: LiveCode] = [:]
    func entry(_ function: Cell) -> Int? {
      guard let code = vm.loadedCode(function), !code.block.isSelfHosted, code.source != nil else { return nil }
      if found[code.number] == nil { found[code.number] = LiveCode(code: code) }
      return code.number
    }
    vm.heap.forEachAllocatedCell { cell in
      guard cell.kind == .function || cell.kind == .generator else { return }
      let id = NodeID(cell.id, isInternal: cell.flags & CellFlag.internalID != 0)
      guard isReachable(id) else { return }
      if cell.kind == .function {
        if let number = entry(cell) { found[number]?.closures.append(id) }
        return
      }
      let frame = cell.value(Layout.Generator.frame)
      guard frame.isReference, vm.generatorState(cell) == .suspendedYield else { return }
      guard let number = entry(vm.cell(vm.cell(frame).value(Layout.values))) else { return }
      found[number]?.suspended.append(Int(cell.value(Layout.Generator.position).asInt))
    }
    for number in found.keys {
      found[number]?.closures.sort { ($0.isInternal ? 1 : 0, $0.number) < ($1.isInternal ? 1 : 0, $1.number) }
    }
    return found.values.sorted { $0.code.number < $1.code.number }
  }
}
