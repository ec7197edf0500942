import Glibc

/// Prints what takes how long: `cvm-benchmark heap [NODES ...] [--folder PLACE]`.
let arguments = Array(CommandLine.arguments.dropFirst())

switch arguments.first {
case "heap": HeapBenchmark(arguments: Array(arguments.dropFirst())).run()
default:
  print("usage: cvm-benchmark heap [NODES ...] [--folder PLACE]")
  exit(2)
}
