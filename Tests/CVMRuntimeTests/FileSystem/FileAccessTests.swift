import Foundation
import Glibc
import Testing

@testable import CVMRuntime

/// What programs can do with the files of their folders.
@Suite struct FileAccessTests {
  @Test(arguments: Resolution.allCases)
  func `files inside are read by relative and by absolute paths`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    for path in [
      "inside.txt", "./inside.txt", ".//inside.txt", "sub/../inside.txt", "sub/deeper/../../inside.txt",
      world.box + "/inside.txt", world.box + "//inside.txt", world.box + "/./inside.txt",
    ] {
      #expect(world.read(path) == "inside", "\(path)")
    }
    #expect(world.read("sub/deep.txt") == "deep")
    #expect(world.read("sub//deeper/./deepest.md") == "deepest")
  }

  @Test(arguments: Resolution.allCases)
  func `what is written can be read, parents are made, nothing is left over`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    #expect(world.write("new/folders/here/a.txt", "first"))
    #expect(world.write("new/folders/here/a.txt", "second"))
    #expect(world.read("new/folders/here/a.txt") == "second")
    #expect(world.write(world.box + "/absolute.txt", ""))
    #expect(world.read("absolute.txt") == "")
    #expect(world.list("new", recursive: true) == ["new/folders/here/a.txt"])
    #expect(world.list() == ["absolute.txt", "inside.txt"])
    #expect(
      world.files.writtenPaths.map { $0.dropFirst(world.box.count) } == [
        "/new/folders/here/a.txt", "/new/folders/here/a.txt", "/absolute.txt",
      ])
  }

  @Test(arguments: Resolution.allCases)
  func `only regular files are replaced`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    for path in [
      "sub", "fifo", "link-inside", "link-dangling", "link-file", "empty", "inside.txt/x", "new/", "", ".", "-",
    ] {
      #expect(!world.write(path, "x"), "\(path)")
    }
    #expect(world.read("inside.txt") == "inside")
  }

  @Test(arguments: Resolution.allCases)
  func `a file keeps its mode, another name of it keeps its content`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    chmod(world.box + "/inside.txt", 0o640)
    link(world.box + "/inside.txt", world.outer + "/hard")
    #expect(world.write("inside.txt", "changed"))
    var status = stat()
    #expect(stat(world.box + "/inside.txt", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try String(contentsOfFile: world.outer + "/hard", encoding: .utf8) == "inside")
  }

  @Test(arguments: Resolution.allCases)
  func `a write that is refused leaves no folder behind, nor takes one away`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let before = try world.inside()
    for path in [
      "missing/../../x", "new/../../x", "new/deep/../../../x", "new/deep/link-up/../../../../x", "new/../inside.txt/x",
      "empty/new/../../../x", "new/\(String(repeating: "n", count: 256))", "new/../sub", "sub/../new/../link-file",
    ] {
      #expect(!world.write(path, "x"), "\(path)")
      #expect(try world.inside() == before, "\(path)")
    }
    let limits = FileAccess.Limits(mustStop: { true }, fits: { _ in true })
    guard case .interrupted = world.files.write("new/deep/x", [1], limits) else {
      Issue.record("it was not stopped")
      return
    }
    #expect(try world.inside() == before)
    let deep = String(repeating: "d/", count: 1000)
    #expect(world.write(deep + "x", "x"))
    #expect(world.read(deep + "x") == "x")
  }

  @Test(arguments: Resolution.allCases)
  func `a write that is stopped changes nothing`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let limits = FileAccess.Limits(mustStop: { true }, fits: { _ in true })
    guard case .interrupted = world.files.write("inside.txt", [1, 2, 3], limits) else {
      Issue.record("it was not stopped")
      return
    }
    #expect(world.read("inside.txt") == "inside")
    #expect(world.list() == ["inside.txt"])
    #expect(world.files.writtenPaths == [])
  }

  @Test func `a file that takes more than there is asks for room`() throws {
    let world = try FileWorld(.kernel)
    let limits = FileAccess.Limits(mustStop: { false }, fits: { $0 < 4 })
    guard case .tooLarge(6) = world.files.read("inside.txt", limits) else {
      Issue.record("it was read")
      return
    }
  }

  @Test(arguments: Resolution.allCases)
  func `files are listed sorted, links and pipes are not`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    for name in ["b.txt", "a10.txt", "a9.txt", "B.txt", "é.txt", ".hidden", "c.md"] { #expect(world.write(name, "")) }
    let all = [".hidden", "B.txt", "a10.txt", "a9.txt", "b.txt", "c.md", "inside.txt", "é.txt"]
    #expect(world.list() == all)
    #expect(world.list(world.box) == all)
    #expect(world.list("./") == all)
    #expect(world.list("sub") == ["sub/deep.txt"])
    #expect(world.list("sub", recursive: true) == ["sub/deep.txt", "sub/deeper/deepest.md"])
    #expect(world.list(".", recursive: true).count == all.count + 2)
    #expect(world.list("empty") == [])
    #expect(world.list("missing") == [])
    #expect(world.list("inside.txt") == [])
    #expect(world.list("sub/..") == all)
  }

  @Test func `filters are globs`() throws {
    let world = try FileWorld(.kernel)
    for (filter, expected) in [
      ("*.txt", ["inside.txt", "sub/deep.txt"]), ("*.md", ["sub/deeper/deepest.md"]),
      ("deep*", ["sub/deep.txt", "sub/deeper/deepest.md"]),
      ("sub/*", ["sub/deep.txt"]), ("sub/**", ["sub/deep.txt", "sub/deeper/deepest.md"]),
      ("**/*.md", ["sub/deeper/deepest.md"]), ("**/*.txt", ["inside.txt", "sub/deep.txt"]),
      ("*.{md,txt}", ["inside.txt", "sub/deep.txt", "sub/deeper/deepest.md"]),
      ("[id]*.txt", ["inside.txt", "sub/deep.txt"]), ("[!i]*", ["sub/deep.txt", "sub/deeper/deepest.md"]),
      ("?????.txt", []), ("????.txt", ["sub/deep.txt"]), ("", []), ("inside.txt", ["inside.txt"]),
      ("*", ["inside.txt", "sub/deep.txt", "sub/deeper/deepest.md"]), ("[", []), ("{", []), ("\\*", []),
      ("s*b/d*r/*", ["sub/deeper/deepest.md"]), ("{sub,x}/{deep,y}.{txt,md}", ["sub/deep.txt"]),
    ] {
      #expect(world.list(".", recursive: true, filter: filter) == expected, "\(filter)")
    }
  }

  @Test func `a pattern of many stars takes no time`() {
    let glob = Glob(String(repeating: "*a", count: 200) + "b")
    #expect(!glob.matches(name: String(repeating: "a", count: 255), path: ""))
    let braces = Glob(String(repeating: "{a,b}", count: 60))
    #expect(!braces.matches(name: "aab", path: ""))
  }

  @Test func `several folders are looked at in order, writing goes to the first`() throws {
    let world = try FileWorld(.kernel, folders: ["box", "other"])
    #expect(world.read("secret.txt") == "SECRET")
    #expect(world.write("secret.txt", "mine"))
    #expect(world.read("secret.txt") == "mine")
    #expect(try String(contentsOfFile: world.outer + "/other/secret.txt", encoding: .utf8) == "SECRET")
    #expect(world.list().count == 3)
  }

  @Test func `without a folder nothing is there`() {
    let files = FileAccess()
    for path in ["inside.txt", "/etc/passwd", ".", "-"] {
      guard case .refused = files.read(path, FileWorld.limits) else {
        Issue.record("\(path) was read")
        continue
      }
    }
    guard case .done([]) = files.list(".", recursive: true, filter: nil, FileWorld.limits) else {
      Issue.record("something was listed")
      return
    }
  }

  @Test func `a folder that is moved stays the same folder`() throws {
    let world = try FileWorld(.kernel)
    rename(world.box, world.outer + "/moved")
    symlink("/etc", world.box)
    #expect(world.read("inside.txt") == "inside")
    #expect(world.read("passwd") == nil)
    #expect(world.read(world.box + "/passwd") == nil)
  }

  @Test func `a folder that is none is an error that names it`() throws {
    #expect(throws: SandboxError.self) { try Sandbox(folders: ["/missing/folder"]) }
    #expect(throws: SandboxError.self) { try Sandbox(folders: ["/etc/passwd"]) }
    #expect(throws: SandboxError.self) { try Sandbox(folders: [""]) }
  }

  @Test func `standard input is read to its end, and is there again`() throws {
    let pipe = Pipe()
    let files = FileAccess(readsStandardInput: true, input: pipe.fileHandleForReading.fileDescriptor)
    pipe.fileHandleForWriting.write(Data("some ".utf8))
    // What came before an interrupt is not lost.
    var rounds = 0
    let limits = FileAccess.Limits(
      mustStop: {
        rounds += 1
        return rounds > 1
      }, fits: { _ in true })
    guard case .interrupted = files.read("-", limits) else {
      Issue.record("it was not stopped")
      return
    }
    pipe.fileHandleForWriting.write(Data("text".utf8))
    try pipe.fileHandleForWriting.close()
    for _ in 0..<2 {
      guard case .done(let bytes) = files.read("-", FileWorld.limits) else {
        Issue.record("it was not read")
        continue
      }
      #expect(String(decoding: bytes, as: UTF8.self) == "some text")
    }
  }
}
