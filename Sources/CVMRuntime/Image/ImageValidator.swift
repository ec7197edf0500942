import CVMBytecode
import CVMDispatch
import Glibc

/// Checks an image that may have been written by anybody: what it says of free memory is not used at all, and everything
/// else is looked at before it is relied on. What passes is a state that a machine of this program can have.
final class ImageValidator {
  private let machine: Machine
  private let vm: VM
  private let realm: RealmFacts
  private let verifier: HeapVerifier

  /// For a machine that has taken over pages and tables, and what was true of it before.
  init(_ machine: Machine, _ realm: RealmFacts) {
    self.machine = machine
    vm = machine.vm
    self.realm = realm
    verifier = HeapVerifier(machine)
    verifier.realm = realm
    verifier.ids = IDSet()
  }

  // MARK: Tables

  /// The shapes and interned strings, which loading code and all that follows looks into.
  func checkTables() throws(ImageError) {
    try faults { () throws(HeapFault) in
      try checkAtoms()
      for shape in 2..<max(verifier.shapeCount, 2) { try checkShape(shape) }
    }
  }

  /// A fault of the heap as one of the image.
  private func faults(_ body: () throws(HeapFault) -> Void) throws(ImageError) {
    do throws(HeapFault) { try body() } catch {
      throw ImageError(
        message: error.message, offset: Int(error.cell) * 8, section: error.cell == 0 ? .metadata : .pages)
    }
  }

  private func checkAtoms() throws(HeapFault) {
    let slots = machine.atoms.image
    guard slots.count.nonzeroBitCount == 1, machine.atoms.hasRoom else {
      throw verifier.fault("the size of the table of interned strings is malformed")
    }
    let atoms = slots.filter { $0 != 0 && $0 != StringTable.tombstone }
    for handle in atoms {
      verifier.owner = handle
      guard machine.heap.isCellStart(handle) else { throw verifier.fault("an interned string is none") }
      let cell = vm.cell(handle)
      guard cell.kind == .latin1 || cell.kind == .utf16 else { throw verifier.fault("an interned string is none") }
      let bytes = cell.kind == .latin1 ? cell.length : cell.length * 2
      guard bytes <= machine.heap.size(of: cell) - Layout.characters, cell.flags & ~CellFlag.atom == 0 else {
        throw verifier.fault("an interned string is malformed")
      }
    }
    // In deltas neither hash nor mark is followed.
    machine.atoms.repair()
    for handle in atoms {
      verifier.owner = handle
      let cell = vm.cell(handle)
      guard cell.extensionHandle == VM.hash(vm.view(flat: cell)), machine.atoms.contains(handle) else {
        throw verifier.fault("an interned string is not where it is looked for")
      }
    }
    verifier.owner = 0
  }

  private func checkShape(_ number: Int) throws(HeapFault) {
    let shape = vm.pointee.shapes[number]
    let known =
      ShapeFlag.dictionary | ShapeFlag.notExtensible | ShapeFlag.lazyFunction | ShapeFlag.immutablePrototype
    let attributes = Attributes(rawValue: shape.attributes)
    guard shape.flags & ~known == 0, shape.inlineCapacity <= 128, shape.attributes < 16,
      !attributes.contains([.accessor, .writable]), shape.count <= UInt32(ShapeTable.maximumProperties)
    else { throw verifier.fault("shape \(number) is malformed") }
    if shape.count == 0 {
      guard shape.key == 0, shape.parent == 0, shape.root == UInt32(number) else {
        throw verifier.fault("shape \(number) is malformed")
      }
      return
    }
    guard shape.parent > 1, shape.parent < UInt32(number),
      shape.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0
    else { throw verifier.fault("shape \(number) is malformed") }
    let parent = vm.pointee.shapes[Int(shape.parent)]
    guard parent.count == shape.count - 1, parent.prototype == shape.prototype, parent.flags == shape.flags,
      parent.inlineCapacity == shape.inlineCapacity, parent.root == shape.root
    else { throw verifier.fault("shape \(number) does not follow from its parent") }
    try verifier.visit(key: PropertyKey(atom: shape.key))
    guard vm.arrayIndexNamed(shape.key) == nil else { throw verifier.fault("an index stands where a name should be") }
    var earlier = shape.parent
    while vm.pointee.shapes[Int(earlier)].count > 0 {
      if vm.pointee.shapes[Int(earlier)].key == shape.key {
        throw verifier.fault("shape \(number) has a property twice")
      }
      earlier = vm.pointee.shapes[Int(earlier)].parent
    }
  }

  // MARK: The heap

  /// Everything that can be reached. After it nothing else is left in the heap.
  func checkHeap(_ run: SuspendedRun?) throws(ImageError) {
    var frames: [RestoredFrame] = []
    try faults { () throws(HeapFault) in
      for word in run?.stack ?? [] { try verifier.visit(register: Value(bits: word)) }
      if let run { try verifier.visit(any: run.prompt) }
      try verifier.visitRoots()
      try realm.check(verifier)
      try checkFunctions()
      try verifier.finish()
      if let run { frames = try checkFrames(run) }
      try checkGenerators(frames)
    }
    memcpy(machine.heap.nextMarkBits, verifier.seen, machine.heap.topBlock * (Heap.blockSize / 128))
    machine.heap.noteReached(isComplete: true)
    machine.freeUnmarked()
    vm.prototypeChanged()
  }

  /// Functions that the machine calls by itself, and names.
  private func checkFunctions() throws(HeapFault) {
    func require(_ value: Value, code: Int?) throws(HeapFault) {
      try verifier.visit(any: value)
      guard let code, value.isObject, vm.cell(value).kind == .function,
        vm.cell(value).u32(Layout.Function.code) == UInt32(code)
      else { throw verifier.fault("a function of the machine is another one") }
    }
    for (twin, function) in machine.twins {
      try require(function, code: machine.natives.selfHostedCode(twin.rawValue))
    }
    for (code, function) in machine.selfHostedFunctions {
      guard machine.code.loaded[code].block.isSelfHosted else {
        throw verifier.fault("a function of the machine is another one")
      }
      try require(function, code: code)
    }
    for handle in machine.builtInNames.keys {
      let kind = try verifier.visit(handle)
      guard kind <= CellKind.lastObject || kind == .symbol || machine.baseline.handles.contains(handle) else {
        throw verifier.fault("what has a name is no object")
      }
    }
    for list in machine.code.nameLists {
      for name in list { try verifier.visit(key: PropertyKey(atom: name)) }
    }
  }

  // MARK: Frames

  private func checkGenerators(_ frames: [RestoredFrame]) throws(HeapFault) {
    let rules = FrameRules(machine)
    for handle in verifier.generators {
      verifier.owner = handle
      try check(generator: vm.cell(handle), rules)
    }
    verifier.owner = 0
    if let fault = rules.fault(verifier.generators.map { vm.cell($0) }, of: frames) { throw verifier.fault(fault) }
    let running = frames.compactMap(\.generator).count
    let ready = verifier.generators.filter { vm.generatorState(vm.cell($0)) == .running }.count
    guard running == ready else { throw verifier.fault("a generator runs without a frame") }
  }

  private func check(generator: Cell, _ rules: FrameRules) throws(HeapFault) {
    let registers = vm.cell(generator.value(Layout.Generator.frame))
    let state = vm.generatorState(generator)
    guard let code = rules.code(of: registers.value(Layout.values)), code.block.kind.isGenerator,
      Int(registers.shape) >= code.block.registerCount + Layout.Generator.registers
    else { throw verifier.fault("a generator's function is none") }
    guard rules.isThis(registers.value(Layout.values + 8)) else {
      throw verifier.fault("a generator's this is no value")
    }
    guard state == .suspendedStart || state == .suspendedYield else { return }
    let position = Int(generator.value(Layout.Generator.position).asInt)
    guard let layout = rules.layout(of: code, suspendedAt: position, state),
      layout.keptCount == Int(generator.value(Layout.Generator.count).asInt)
    else { throw verifier.fault("a generator of \(code.displayName) stands at word \(position), where it can't be") }
    for (register, state) in layout.registers.enumerated() where state != .garbage {
      let value = registers.value(Layout.values + (Layout.Generator.registers + register) * 8)
      guard rules.allows(value, state, code) else {
        throw verifier.fault("a register of \(code.displayName) holds what it can't hold")
      }
    }
  }

  /// The frames of a program that waits, from the outermost on.
  private func checkFrames(_ run: SuspendedRun) throws(HeapFault) -> [RestoredFrame] {
    let reader = FrameReader(machine, run)
    do throws(FrameReader.Fault) { return try reader.read() } catch { throw verifier.fault(error.message) }
  }
}
