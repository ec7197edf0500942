// The fuzzer of one target, which CVM_FUZZ_TARGET names: libFuzzer's arguments, as `fuzz -runs=1000 CORPUS`.
//   fuzz --list          the names of all targets
//   fuzz --seeds FOLDER  writes the inputs to begin with, and a dictionary beside the folder
import FuzzTargets
import Glibc

private func fail(_ message: String) -> Never {
  let text = "fuzz: \(message)\n"
  _ = write(STDERR_FILENO, text, text.utf8.count)
  exit(2)
}

if CommandLine.arguments.dropFirst().first == "--list" {
  for target in FuzzTarget.all { print(target.name) }
  exit(0)
}
guard let name = getenv("CVM_FUZZ_TARGET").map({ String(cString: $0) }) else { fail("CVM_FUZZ_TARGET is not set") }
guard let target = FuzzTarget.all.first(where: { $0.name == name }) else { fail("there is no target \(name)") }
FuzzTarget.confineProcess()
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
  do { try target.writeSeeds(to: CommandLine.arguments[2]) } catch { fail("the seeds could not be written: \(error)") }
  exit(0)
}
exit(Fuzzer.run(target))
