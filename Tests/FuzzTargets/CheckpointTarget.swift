import CVMRuntime
import CVMSnapshot

extension FuzzTarget {
  /// The sections of a checkpoint: it is refused, or it opens as a sound heap that runs on and is saved as what it was.
  static let checkpoint = FuzzTarget(
    "checkpoint", seeds: { try Samples.machines().map { SectionedFile(file: try Checkpoint($0).bytes).input } }
  ) { bytes in
    let file = SectionedFile(input: bytes[...]).file(kind: .checkpoint)
    guard let machine = try? restored(file) else { return noteOutcome(isRefusal: true) }
    noteOutcome(isRefusal: false)
    guard let again = try? Checkpoint(machine) else { return machine.useRestored() }
    do {
      let second = try Checkpoint(restored(again.bytes))
      require(second.hash == again.hash, "what was restored changes when it is saved and restored")
    } catch { fatalError("what was restored and saved is refused: \(error)") }
    machine.useRestored()
  }

  private static func restored(_ bytes: [UInt8]) throws -> Machine {
    let machine = Machine.small()
    try SnapshotFile(bytes).restore(into: machine, makeSource: fuzzedSource)
    return machine
  }
}
