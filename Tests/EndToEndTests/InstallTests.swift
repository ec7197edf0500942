import CVMTestSupport
import Foundation
import Testing

/// `Scripts/install.sh`.
@Suite struct InstallTests {
  @Test func `the program, its manual and its completions are installed`() throws {
    let scratch = try ScratchDirectory()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Scripts/install.sh").standardized.path
    var process = Subprocess("/bin/bash", [script, scratch.path + "/a prefix"])
    process.environment = ["CVM_REPL": BuiltProgram.path]
    let outcome = try process.run()
    #expect(outcome.ending == .exited(0), "\(outcome.errors)")
    let prefix = scratch.path + "/a prefix/"
    let manual = try String(contentsOfFile: prefix + "share/man/man1/cvm-repl.1", encoding: .utf8)
    #expect(manual.hasPrefix(".TH CVM-REPL 1") && manual.contains(".B :refs OBJECT"))
    for file in [
      "share/bash-completion/completions/cvm-repl", "share/zsh/site-functions/_cvm-repl",
      "share/fish/vendor_completions.d/cvm-repl.fish",
    ] {
      let text = try String(contentsOfFile: prefix + file, encoding: .utf8)
      #expect(text.contains(":refs") && text.contains("max-heap"), "\(file)")
    }
    #expect(FileManager.default.isExecutableFile(atPath: prefix + "bin/cvm-repl"))
  }

  @Test func `without a place it says what it needs`() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Scripts/install.sh").standardized.path
    let outcome = try Subprocess("/bin/bash", [script]).run()
    #expect(outcome.ending == .exited(2))
    #expect(outcome.errors.contains("usage: Scripts/install.sh PREFIX"))
  }
}
