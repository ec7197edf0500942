import CVMDispatch

/// What no machine ever has, and would loop on for ever: objects that are their own prototypes, functions bound to
/// themselves.
extension PortableReader {
  func checkGraph() throws(PortableError) {
    var state = [UInt8](repeating: 0, count: kinds.contains(.boundFunction) ? cells.count : 0)
    guard !state.isEmpty else { return }
    var numbers: [Handle: Int] = [:]
    for (number, kind) in kinds.enumerated() where kind == .boundFunction { numbers[cells[number].handle] = number }
    for (start, kind) in kinds.enumerated() where kind == .boundFunction && state[start] == 0 {
      var path: [Int] = []
      var next: Int? = start
      while let number = next, state[number] == 0 {
        state[number] = 1
        path.append(number)
        next = numbers[vm.cell(cells[number]).value(Layout.BoundFunction.target).handle]
      }
      if let next, state[next] == 1 { throw section(.values).error("a function is bound to itself") }
      for number in path { state[number] = 2 }
    }
  }

  /// After the changes of built-in objects, which may be a part of such a ring.
  func checkPrototypes() throws(PortableError) {
    var finished: Set<Handle> = []
    for handle in machine.shapes.prototypes {
      var path: Set<Handle> = []
      var next = handle
      while next != 0, !finished.contains(next) {
        guard path.insert(next).inserted else { throw section(.shapes).error("an object is its own prototype") }
        next = vm.shapeInfo(vm.cell(next)).pointee.prototype
      }
      finished.formUnion(path)
    }
  }
}
