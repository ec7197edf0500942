// swift-tools-version: 6.2
import PackageDescription

// Built by Scripts/fuzz.sh, which adds the instrumentation for the whole program.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "cvm-repl", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [.product(name: "FuzzTargets", package: "cvm-repl")])
  ]
)
