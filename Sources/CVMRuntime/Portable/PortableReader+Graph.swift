import CVMDispatch

/// What no machine ever has, and would loop on for ever: objects that are their own prototypes, functions bound to
/// themselves.
extension PortableReader {
  func checkGraph() throws(PortableError) {
    var numbers: [Handle] = []
    for (number, kind) in kinds.enumerated() where kind == .boundFunction { numbers.append(cells[number].handle) }
    let isBound = Set(numbers)
    let ring = firstRing(from: numbers) { function in
      let target = self.vm.cell(function).value(Layout.BoundFunction.target).handle
      return isBound.contains(target) ? target : 0
    }
    if ring != nil { throw section(.values).error("a function is bound to itself") }
  }

  /// After the changes of built-in objects, which may be a part of such a ring.
  func checkPrototypes() throws(PortableError) {
    let ring = firstRing(from: machine.shapes.prototypes) { self.vm.shapeInfo(self.vm.cell($0)).pointee.prototype }
    if ring != nil { throw section(.shapes).error("an object is its own prototype") }
  }
}
