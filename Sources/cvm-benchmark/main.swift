import Glibc

/// Prints what takes how long: `cvm-benchmark heap [NODES ...] [--folder PLACE]`, `cvm-benchmark image [OBJECTS]`,
/// `cvm-benchmark executions [QUESTIONS]`.
let arguments = Array(CommandLine.arguments.dropFirst())

switch arguments.first {
case "heap": HeapBenchmark(arguments: Array(arguments.dropFirst())).run()
case "image": ImageBenchmark(arguments: Array(arguments.dropFirst())).run()
case "executions": ExecutionBenchmark(arguments: Array(arguments.dropFirst())).run()
default:
  print(
    "usage: cvm-benchmark heap [NODES ...] [--folder PLACE] | image [OBJECTS] [--folder PLACE] "
      + "| executions [QUESTIONS] [--folder PLACE]")
  exit(2)
}
