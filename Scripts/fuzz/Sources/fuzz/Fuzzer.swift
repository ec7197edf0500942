import FuzzTargets

@_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// libFuzzer on one target.
enum Fuzzer {
  nonisolated(unsafe) private static var target = FuzzTarget.all[0]

  /// Runs with the arguments of the process; its exit code. The work is done on another thread than the main one.
  static func run(_ target: FuzzTarget) -> Int32 {
    self.target = target
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    return FuzzTarget.onLargeStack {
      runDriver(&count, &arguments) { start, count in
        Fuzzer.target.run(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      }
    }
  }
}
