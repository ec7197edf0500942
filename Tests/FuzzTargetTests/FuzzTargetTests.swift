import Foundation
import FuzzTargets
import Testing

/// What Scripts/fuzz.sh has found, and some more of what it does: each target in a process of its own, which ends with
/// success when nothing was too much. `CVM_FUZZ_ROUNDS` and `CVM_FUZZ_SEED` make more and other inputs, for the target that
/// `CVM_FUZZ_TARGET` names if there is one.
@Suite(.serialized) struct FuzzTargetTests {
  private static let names: [String] =
    ProcessInfo.processInfo.environment["CVM_FUZZ_TARGET"].map { [$0] } ?? FuzzTarget.all.map(\.name)

  @Test(arguments: names) func `takes whatever it is given`(name: String) async {
    await #expect(processExitsWith: .success) { [name = name as String] in
      let target = try #require(FuzzTarget.all.first { $0.name == name })
      let environment = ProcessInfo.processInfo.environment
      let rounds = environment["CVM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 60
      let seed = environment["CVM_FUZZ_SEED"].flatMap { UInt64($0) } ?? 42
      FuzzTarget.confineProcess()
      try FuzzTarget.onLargeStack { Result { try target.replay(rounds: rounds, seed: seed) } }.get()
    }
  }
}
