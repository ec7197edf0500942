import CVMBytecode
import CVMDispatch

/// The image encoding: the heap's pages as they are, and as metadata what the machine knows beside them.
///
/// A handle counts from the start of the heap, so that pages are mapped in at any address without touching them; they are
/// read from the file when they are needed. An image is bound to the program that wrote it: `layoutFingerprint` tells. It is
/// made to be read back from a place that only this program writes to; what comes from elsewhere is a portable checkpoint.
extension Machine {
  /// Raised when the layout of a cell or of the metadata changes.
  static let imageLayout: UInt64 = 4

  /// Differs between programs whose images do not fit each other: layouts, instruction set and built-ins.
  public var layoutFingerprint: UInt64 {
    if let known = knownFingerprint { return known }
    let fingerprint = computeLayoutFingerprint()
    knownFingerprint = fingerprint
    return fingerprint
  }

  private func computeLayoutFingerprint() -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ Machine.imageLayout
    func add(_ word: UInt64) { hash = (hash ^ word) &* 0x0000_0100_0000_01b3 }
    func add(_ text: String) { for byte in text.utf8 { add(UInt64(byte)) } }
    for opcode in Opcode.allCases { add("\(opcode)") }
    for value in intrinsics.all + names.all + typeNames.all { add(value.bits) }
    for (handle, name) in zip(baseline.handles, baseline.names) {
      add(UInt64(handle))
      add(name)
    }
    let selfHosted = UnsafeBufferPointer(start: cvm_selfhosted_image_start(), count: Int(cvm_selfhosted_image_size))
    for byte in selfHosted { add(UInt64(byte)) }
    add(UInt64(MemoryLayout<CVMShape>.stride) << 32 | UInt64(MemoryLayout<CVMCode>.stride))
    return hash
  }

  /// The pages of the heap, to be written as they are.
  public var imagePages: UnsafeRawBufferPointer { heap.usedPages }

  /// Everything that belongs to the machine beside its pages. The machine must stand between two instructions.
  public func imageMetadata() -> ImageMetadata {
    // Mostly as large as the last time.
    var writer = ImageWriter(capacity: (savedImage?.metadata.words.count ?? 0) + 64)
    heap.writeImage(&writer)
    shapes.writeImage(&writer)
    writer.column(atoms.image)
    code.writeImage(&writer)
    globals.writeImage(&writer)
    writeState(&writer)
    writeActivity(&writer)
    return writer.finish()
  }

  private func writeState(_ writer: inout ImageWriter) {
    let vm = vm.pointee
    for word in [vm.nextID, nextInternalID, UInt64(vm.prototypeEpoch), UInt64(vm.arrayIterationModified)] {
      writer.word(word)
    }
    writer.word(UInt64(vm.arrayPushShape))
    writer.word(vm.result.bits)
    writer.word(vm.exception.bits)
    writer.word(console.groupDepth)
    writer.word(console.counts.count)
    for (label, count) in console.counts.sorted(by: { $0.key < $1.key }) {
      writer.text(label)
      writer.word(count)
    }
    let now = Machine.now()
    writer.word(console.timers.count)
    for (label, start) in console.timers.sorted(by: { $0.key < $1.key }) {
      writer.text(label)
      writer.word((now - start).bitPattern)
    }
    writer.column(registeredRoots.map(\.bits))
    writer.word(twins.count)
    for (twin, value) in twins.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      writer.text(twin.rawValue)
      writer.word(value.bits)
    }
    writer.word(selfHostedFunctions.count)
    for (number, value) in selfHostedFunctions.sorted(by: { $0.key < $1.key }) {
      writer.word(number)
      writer.word(value.bits)
    }
    let known = Set(baseline.handles)
    let named = builtInNames.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
    writer.word(named.count)
    for (handle, name) in named {
      writer.word(UInt64(handle))
      writer.text(name)
    }
    // Three columns: a delta names each column that it keeps, and sessions have very many results.
    writer.column(hostRoots.map { UInt32($0.name.utf8.count) })
    writer.bytes(hostRoots.flatMap { Array($0.name.utf8) })
    writer.column(hostRoots.map(\.value.bits))
    let hostNatives = natives.builtins.suffix(from: nativesBeforeHost).map { $0.map { "\($0.name)" } ?? "" }
    writer.word(hostNatives.count)
    for name in hostNatives { writer.text(name) }
  }

  private func writeActivity(_ writer: inout ImageWriter) {
    guard let run = suspendedRun() else { return writer.word(0) }
    writer.word(run.isPaused ? 1 : 2)
    writer.column(run.stack)
    writer.word(run.frame)
    writer.word(run.pc)
    writer.word(run.answerRegister)
    writer.word(run.prompt.bits)
  }

  // MARK: Reading

  /// Gives a fresh machine the state of an image, or of the last of the deltas that follow it. After an error the machine
  /// is of no use. `hash` names the state: later deltas are told from it. What anybody may have written must be validated.
  public func restore(
    image metadata: ImageMetadata, _ pages: ImagePages, deltas: [ImageDelta], hash: UInt64, validates: Bool,
    makeSource: (_ name: String, _ bytes: [UInt8]) -> any ScriptSource
  ) throws(ImageError) {
    var metadata = metadata
    var wordLimit = metadata.words.count + pages.byteCount / 8
    for delta in deltas {
      wordLimit += delta.difference.count
      metadata = try delta.metadata(over: metadata, wordLimit: wordLimit * 4)
    }
    var reader = ImageReader(metadata)
    history = nil
    let realm = validates ? RealmFacts(self) : nil
    try heap.readImage(&reader, pages)
    for delta in deltas { try delta.writeCards(to: heap) }
    if validates { heap.forgetFreeCells() }
    // What follows makes cells that are not in the image.
    heap.markFreeRuns(CardBit.checkpoint)
    savedImage = SavedImage(hash: hash, metadata: metadata)
    try shapes.readImage(&reader)
    atoms.image = try reader.column(of: Handle.self)
    let validator = realm.map { ImageValidator(self, $0) }
    try validator?.checkTables()
    // The hash of a string and what says that it is an atom are no writes that a delta follows.
    if !deltas.isEmpty { atoms.repair() }
    try code.readImage(&reader, makeSource)
    try globals.readImage(&reader)
    try readState(&reader)
    abandonRun()
    let run = try readActivity(&reader)
    try reader.requireEnd()
    try validator?.checkHeap(run)
    if let run { restore(run) }
    if verifies { verifyHeap() }
  }

  private func readState(_ reader: inout ImageReader) throws(ImageError) {
    vm.pointee.nextID = UInt64(try reader.number(below: 1 << 47))
    nextInternalID = UInt64(try reader.number(below: 1 << 47))
    vm.pointee.prototypeEpoch = UInt32(truncatingIfNeeded: try reader.word())
    vm.pointee.arrayIterationModified = UInt32(truncatingIfNeeded: try reader.word())
    vm.pointee.arrayPushShape = UInt32(truncatingIfNeeded: try reader.word())
    vm.pointee.result = Value(bits: try reader.word())
    vm.pointee.exception = Value(bits: try reader.word())
    console = ConsoleState()
    console.groupDepth = try reader.number(below: 1 << 31)
    for _ in 0..<(try reader.number(below: .max)) {
      console.counts[try reader.text()] = try reader.number(below: 1 << 53)
    }
    let now = Machine.now()
    for _ in 0..<(try reader.number(below: .max)) {
      let label = try reader.text()
      let elapsed = Double(bitPattern: try reader.word())
      console.timers[label] = now - (elapsed.isFinite ? elapsed : 0)
    }
    registeredRoots = try reader.column(of: UInt64.self).map { Value(bits: $0) }
    twins = [:]
    for _ in 0..<(try reader.number(below: .max)) {
      guard let twin = Twin(rawValue: try reader.text()) else { throw reader.error("an unknown operator function") }
      twins[twin] = Value(bits: try reader.word())
    }
    selfHostedFunctions = [:]
    code.forgetSelfHostedFunctions()
    additions.clear()
    plans.clear()
    for _ in 0..<(try reader.number(below: .max)) {
      let number = try reader.number(below: code.loaded.count)
      selfHostedFunctions[number] = Value(bits: try reader.word())
    }
    let known = Set(baseline.handles)
    builtInNames = builtInNames.filter { known.contains($0.key) }
    for _ in 0..<(try reader.number(below: .max)) {
      let handle = Handle(try reader.number(below: Int(heap.topHandle)))
      builtInNames[handle] = try reader.text()
    }
    hostRoots = try readHostRoots(&reader)
    for number in 0..<(try reader.number(below: .max)) {
      let name = try reader.text()
      let index = nativesBeforeHost + number
      guard index < natives.builtins.count, natives.builtins[index].map({ "\($0.name)" }) == name else {
        throw reader.error("the image needs the host's function \(name)")
      }
    }
  }

  private func readHostRoots(_ reader: inout ImageReader) throws(ImageError) -> [(name: String, value: Value)] {
    let lengths = try reader.column(of: UInt32.self)
    let names = try reader.column(of: UInt8.self)
    let values = try reader.column(of: UInt64.self)
    guard values.count == lengths.count, lengths.reduce(0, { $0 + Int($1) }) == names.count else {
      throw reader.error("the names of what the host holds and their lengths differ")
    }
    var start = 0
    return zip(lengths, values).map { length, value in
      defer { start += Int(length) }
      return (String(decoding: names[start..<start + Int(length)], as: UTF8.self), Value(bits: value))
    }
  }

  private func readActivity(_ reader: inout ImageReader) throws(ImageError) -> SuspendedRun? {
    let activity = try reader.number(below: 3)
    guard activity != 0 else { return nil }
    let stack = try reader.column(of: UInt64.self)
    return SuspendedRun(
      isPaused: activity == 1, stack: stack, frame: try reader.number(below: stack.count + 1),
      pc: try reader.number(below: code.usedWords),
      answerRegister: try reader.number(below: stack.count + 1), prompt: Value(bits: try reader.word()))
  }
}
