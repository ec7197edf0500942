import CVMDispatch

/// What a machine that has run nothing consists of, as far as native code relies on it: an image must have the same.
struct RealmFacts {
  /// The numbers of what a built-in function runs.
  struct Function {
    let native: UInt32
    let code: UInt32
  }

  let functions: [Handle: Function]
  private let kinds: [(cell: Handle, kind: CellKind)]
  private let texts: [(cell: Handle, text: [UInt16])]
  private let shapes: [ShapeTable.Definition]

  init(_ machine: Machine) {
    let vm = machine.vm
    var functions: [Handle: Function] = [:]
    for handle in machine.baseline.handles where vm.cell(handle).kind == .function {
      let cell = vm.cell(handle)
      functions[handle] = Function(native: cell.u32(Layout.Function.native), code: cell.u32(Layout.Function.code))
    }
    self.functions = functions
    let parts = machine.intrinsics.all + [machine.builtins.joining, machine.builtins.symbolRegistry]
    kinds = (machine.baseline.handles + parts.filter(\.isReference).map(\.handle)).map { ($0, vm.cell($0).kind) }
    texts = (machine.names.all + machine.typeNames.all).map { ($0.handle, vm.view($0).units()) }
    shapes = machine.shapes.definitions(machine.baseline.shapeCount)
  }

  /// The number of the self-hosted code of a function that the host has added.
  func code(ofHostFunction native: Int, _ machine: Machine) -> UInt32 {
    let name = machine.natives.builtins[native].flatMap { $0.selfHosted }.map { "\($0)" }
    return name.flatMap { machine.natives.selfHostedCode($0) }.map { UInt32($0) } ?? Layout.Function.none
  }

  /// To be called when the roots were visited.
  func check(_ verifier: HeapVerifier) throws(HeapFault) {
    let machine = verifier.machine
    let vm = verifier.vm
    guard Int(machine.shapes.count) >= shapes.count, machine.shapes.definitions(shapes.count) == shapes else {
      throw verifier.fault("the shapes of the built-ins are others")
    }
    for (cell, kind) in kinds where try verifier.visit(cell) != kind {
      throw verifier.fault("a built-in object is of another kind")
    }
    for (cell, text) in texts {
      try verifier.visit(key: PropertyKey(atom: cell))
      guard vm.cell(cell).kind != .symbol, vm.view(flat: vm.cell(cell)).units() == text else {
        throw verifier.fault("a name is another one")
      }
    }
    for (unit, string) in machine.singleUnitStrings.enumerated() {
      let cell = vm.cell(string)
      guard try verifier.visit(string.handle) == .latin1, cell.length == 1, vm.latin1Bytes(cell)[0] == UInt8(unit)
      else {
        throw verifier.fault("a character is another one")
      }
    }
    guard try verifier.visit(machine.emptyString.handle) == .latin1, vm.cell(machine.emptyString).length == 0 else {
      throw verifier.fault("the empty string is not empty")
    }
    let random = machine.builtins.randomState
    guard try verifier.visit(random) == .latin1, vm.cell(random).length == 16 else {
      throw verifier.fault("the state of Math.random is missing")
    }
  }
}
