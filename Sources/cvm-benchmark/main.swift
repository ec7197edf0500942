import Glibc

/// Prints what takes how long: `cvm-benchmark heap [NODES ...] [--folder PLACE]`, `cvm-benchmark image [OBJECTS]`.
let arguments = Array(CommandLine.arguments.dropFirst())

switch arguments.first {
case "heap": HeapBenchmark(arguments: Array(arguments.dropFirst())).run()
case "image": ImageBenchmark(arguments: Array(arguments.dropFirst())).run()
default:
  print("usage: cvm-benchmark heap [NODES ...] [--folder PLACE] | image [OBJECTS] [--folder PLACE]")
  exit(2)
}
