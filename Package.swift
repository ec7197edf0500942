// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "cvm-repl",
  products: [
    .executable(name: "cvm-repl", targets: ["cvm-repl"]),
    .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "CVMSyntax", dependencies: ["CVMRegExp"], swiftSettings: strict),
    .target(name: "CVMBytecode", swiftSettings: strict),
    .target(name: "CVMCompiler", dependencies: ["CVMSyntax", "CVMBytecode"], swiftSettings: strict),
    .target(name: "CVMRegExp", swiftSettings: strict),
    .target(name: "CVMDispatch"),
    .target(name: "CVMHeapGraph", swiftSettings: strict),
    .target(
      name: "CVMRuntime", dependencies: ["CVMBytecode", "CVMRegExp", "CVMDispatch", "CVMHeapGraph"],
      exclude: ["SelfHosted"], swiftSettings: strict),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "CVMSnapshot", dependencies: ["CVMRuntime", "CVMHeapGraph", "CVMText", "CZstd"], swiftSettings: strict),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CVMStorage", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(name: "CVMText", swiftSettings: strict),
    .target(name: "CVMReport", dependencies: ["CVMHeapGraph", "CVMText"], swiftSettings: strict),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(
      name: "CLineEdit", dependencies: ["CLibEdit"], cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "CVMTerminal", dependencies: ["CLineEdit", "CVMText"], swiftSettings: strict),
    .target(
      name: "CVMREPL",
      dependencies: [
        "CVMSyntax", "CVMCompiler", "CVMRuntime", "CVMSnapshot", "CVMStorage", "CVMReport", "CVMHeapGraph",
        "CVMTerminal",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "cvm-repl",
      dependencies: ["CVMREPL", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
    .executableTarget(
      name: "cvm-generate", dependencies: ["CVMBytecode", "CVMCompiler", "CVMSyntax"], swiftSettings: strict),
    .executableTarget(
      name: "cvm-benchmark",
      dependencies: ["CVMHeapGraph", "CVMREPL", "CVMRuntime", "CVMSnapshot", "CVMStorage", "CVMSyntax"],
      swiftSettings: strict),
    .executableTarget(
      name: "cvm-test262", dependencies: ["CVMBytecode", "CVMCompiler", "CVMRuntime", "CVMSyntax"],
      swiftSettings: strict),

    .target(
      name: "CPseudoTerminal", path: "Tests/CPseudoTerminal", cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("util")]),
    .executableTarget(
      name: "editor-probe", dependencies: ["CVMTerminal"], path: "Tests/EditorProbe", swiftSettings: strict),
    .target(
      name: "CVMTestSupport", dependencies: ["CVMHeapGraph", "CVMRegExp", "CVMText", "CPseudoTerminal"],
      path: "Tests/CVMTestSupport", swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CVMSyntax", "CVMBytecode", "CVMCompiler", "CVMRegExp", "CVMRuntime", "CVMSnapshot", "CVMStorage", "CVMText",
        "CVMTerminal", "CVMREPL", "CVMHeapGraph", "CSQLite", "CVMTestSupport",
      ],
      path: "Tests/FuzzTargets", swiftSettings: strict),
    .target(name: "CFaultVFS", dependencies: ["CSQLite"], path: "Tests/CFaultVFS"),
    .executableTarget(
      name: "store-probe", dependencies: ["CVMStorage"], path: "Tests/StoreProbe", swiftSettings: strict),
    .testTarget(
      name: "CVMStorageTests",
      dependencies: ["CVMStorage", "CSQLite", "CVMTestSupport", "CFaultVFS", "store-probe"],
      swiftSettings: strict),
    .testTarget(name: "CVMSyntaxTests", dependencies: ["CVMSyntax", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "CVMBytecodeTests", dependencies: ["CVMBytecode", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "CVMRegExpTests", dependencies: ["CVMRegExp", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CVMCompilerTests", dependencies: ["CVMBytecode", "CVMCompiler", "CVMSyntax", "CVMTestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CVMRuntimeTests", dependencies: ["CVMRuntime", "CVMCompiler", "CVMSyntax", "CVMTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "CVMHeapGraphTests", dependencies: ["CVMHeapGraph", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "CVMReportTests", dependencies: ["CVMReport", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CVMSnapshotTests",
      dependencies: [
        "CVMSnapshot", "CVMRuntime", "CVMCompiler", "CVMSyntax", "CVMREPL", "CVMText", "CVMTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CVMREPLTests", dependencies: ["CVMREPL", "CVMStorage", "CSQLite", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "FuzzTargetTests", dependencies: ["FuzzTargets", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "ConformanceTests", dependencies: ["CVMREPL", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(name: "CVMTerminalTests", dependencies: ["CVMTerminal", "CVMTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["CVMTestSupport", "CVMText", "editor-probe"], swiftSettings: strict),
  ]
)
