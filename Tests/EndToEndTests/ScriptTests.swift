import CVMTestSupport
import Foundation
import Testing

/// The scripts of the README on machines that are made of stub commands.
@Suite struct ScriptTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A copy of the scripts, and commands that stand in for the machine's.
  private struct Machine {
    let scratch: ScratchDirectory

    init(swift version: String? = "6.3.1", missing: [String] = [], user: Int = 0, sudo: String? = nil) throws {
      scratch = try ScratchDirectory()
      let files = FileManager.default
      try files.createDirectory(atPath: scratch.path + "/bin", withIntermediateDirectories: false)
      _ = try Subprocess("/bin/cp", ["-r", ScriptTests.root + "/Scripts", scratch.path]).run()
      for tool in [
        "bash", "cat", "chmod", "dirname", "env", "head", "mkdir", "mktemp", "rm", "sed", "sh", "sort", "true",
      ] {
        try files.createSymbolicLink(atPath: scratch.path + "/bin/" + tool, withDestinationPath: "/usr/bin/" + tool)
      }
      if let version { try stub("swift", Self.swiftStub(version)) }
      let absent = missing.map { "[ \"$4\" = \($0) ] && exit 1\n" }.joined()
      try stub("dpkg-query", absent + "echo installed")
      try stub("apt-get", "echo \"apt-get $*, $DEBIAN_FRONTEND\"")
      try stub("id", "echo \(user)")
      try stub("sudo", sudo ?? "exit 1")
    }

    /// Tells its version; as a build it makes a program that tells where and with what it was started.
    private static func swiftStub(_ version: String) -> String {
      """
      if [ "$1" = --version ]; then echo "Swift version \(version) (swift-\(version)-RELEASE)"; exit; fi
      echo "noise of the build: $*"
      cat >stdin-of-the-build
      [ -e fail-the-build ] && exit 1
      mkdir -p .build/release
      printf '#!/bin/sh\\necho "in $PWD"\\nfor a; do echo "[$a]"; done\\ncat\\nexit 7\\n' >.build/release/cvm-repl
      chmod +x .build/release/cvm-repl
      """
    }

    /// Commands and scripts are written by processes of their own: a file that this process had open for writing cannot
    /// be executed while a test on another thread starts a process, which for a moment holds all open files.
    func stub(_ name: String, _ script: String) throws {
      let text = try scratch.write(name + ".sh", "#!/bin/sh\n" + script + "\n")
      _ = try Subprocess("/usr/bin/install", ["-m", "755", text, scratch.path + "/bin/" + name]).run()
    }

    func run(_ script: String, _ arguments: [String] = [], input: String = "") throws -> Subprocess.Outcome {
      var process = Subprocess("/usr/bin/env", ["-C", "/usr", scratch.path + "/Scripts/" + script] + arguments)
      process.environment = ["PATH": scratch.path + "/bin"]
      process.input = Array(input.utf8)
      return try process.run()
    }
  }

  // MARK: - bootstrap.sh

  @Test func `nothing is installed or said when nothing is missing`() throws {
    let outcome = try Machine().run("bootstrap.sh")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output + outcome.errors == "")
  }

  @Test func `root installs what is missing, without questions`() throws {
    let outcome = try Machine(missing: ["pkg-config", "git"]).run("bootstrap.sh")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("apt-get install -y --no-install-recommends git pkg-config, noninteractive"))
  }

  @Test func `a user who may use sudo without a password installs with it`() throws {
    let sudo = "shift; while [ \"${1#*=}\" != \"$1\" ]; do export \"$1\"; shift; done; exec \"$@\""
    let outcome = try Machine(missing: ["git"], user: 1000, sudo: sudo).run("bootstrap.sh")
    #expect(outcome.ending == .exited(0))
    #expect(outcome.errors.contains("apt-get install -y --no-install-recommends git, noninteractive"))
  }

  @Test func `a user who may not is told the command`() throws {
    let outcome = try Machine(missing: ["git"], user: 1000).run("bootstrap.sh")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("sudo apt-get update && sudo apt-get install -y --no-install-recommends git"))
    #expect(!outcome.errors.contains("noninteractive"))
  }

  @Test(arguments: [("5.9.2", 1), ("6.2", 1), ("6.3", 0), ("6.3.1", 0), ("6.10", 0), ("7.0", 0)] as [(String, Int32)])
  func `an old Swift is refused`(version: String, status: Int32) throws {
    let outcome = try Machine(swift: version).run("bootstrap.sh")
    #expect(outcome.ending == .exited(status))
    #expect(status == 0 || outcome.errors.contains("found \(version)"))
  }

  @Test func `a missing Swift is named`() throws {
    let outcome = try Machine(swift: nil).run("bootstrap.sh")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.errors.contains("Swift 6.3 or later is needed"))
  }

  // MARK: - run.sh

  @Test func `run becomes the program, in the caller's directory, with its arguments and input`() throws {
    let outcome = try Machine().run("run.sh", ["run", "a file.js", "", "*"], input: "the program's input\n")
    #expect(outcome.ending == .exited(7))
    #expect(outcome.output == "in /usr\n[run]\n[a file.js]\n[]\n[*]\nthe program's input\n")
    #expect(!outcome.errors.contains("noise"))
  }

  @Test func `a second run says nothing of its own`() throws {
    let machine = try Machine()
    _ = try machine.run("run.sh")
    let outcome = try machine.run("run.sh")
    #expect(outcome.output == "in /usr\n")
    #expect(outcome.errors == "")
  }

  @Test func `a failed build shows why and nothing is run`() throws {
    let machine = try Machine()
    _ = try machine.scratch.write("fail-the-build", "")
    let outcome = try machine.run("run.sh")
    #expect(outcome.ending == .exited(1))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("noise of the build: build -c release --static-swift-stdlib --product cvm-repl"))
  }
}
