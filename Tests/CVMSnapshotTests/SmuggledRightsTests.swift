import CVMRuntime
import CVMSnapshot
import CVMTestSupport
import Foundation
import Testing

/// Rights do not travel: whatever a file says, what it restores to sees the folders of the process that opens it.
@Suite struct SmuggledRightsTests {
  enum Form: CaseIterable, Sendable {
    case checkpoint
    case image
    case json
  }

  /// `^` stands for the folder around the sandbox.
  static let paths = [
    "../secret.txt", "^/secret.txt", "sub/../../secret.txt", "missing/../../secret.txt", "^/box/../secret.txt", "link",
    "^/box/link", "folder/secret.txt", "/proc/self/environ", "/proc/self/cwd/secret.txt", "/proc/self/fd/0",
    "/dev/stdin", "/etc/passwd", "inside.txt\0/../../secret.txt", "^/secret.txt\0inside.txt", "..", "^", "/",
  ]

  let scratch: ScratchDirectory
  let outer: String

  init() throws {
    scratch = try ScratchDirectory()
    outer = URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path
    try FileManager.default.createDirectory(atPath: outer + "/box/sub", withIntermediateDirectories: true)
    try Data("SECRET".utf8).write(to: URL(fileURLWithPath: outer + "/secret.txt"))
    try Data("inside".utf8).write(to: URL(fileURLWithPath: outer + "/box/inside.txt"))
    symlink("../secret.txt", outer + "/box/link")
    symlink("..", outer + "/box/folder")
  }

  private func sandbox(_ folder: String) throws -> Sandbox { try Sandbox(folders: [folder]) }

  /// A program that keeps functions of files, in a machine that sees everything here.
  private func subject(_ path: String) throws -> Subject {
    let subject = Subject()
    subject.machine.files.sandbox = try sandbox("/")
    let literal = String(decoding: try JSONEncoder().encode(path), as: UTF8.self)
    let program = """
      const path = \(literal), { readFile } = fs, bound = fs.writeFile.bind(null, path, "OVERWRITTEN");
      const tries = { look: () => readFile(path), put: () => bound(), all: () => fs.listFiles(path, { recursive: true }) };
      """
    #expect(!subject.value(program).hasPrefix("threw"))
    return subject
  }

  private func restored(_ subject: Subject, _ form: Form) throws -> Subject {
    switch form {
    case .checkpoint: try subject.replace()
    case .image: try subject.replaceByImage(outer + "/image")
    case .json: subject.go(on: try Subject.restoring(json: subject.json))
    }
    return subject
  }

  /// The files and folders around the one that is open.
  private func outside() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: outer).filter { !$0.hasPrefix("box/") }.sorted()
  }

  private func expectNothing(of subject: Subject) throws {
    let before = try outside()
    #expect(subject.value("tries.look()") == "null")
    #expect(subject.value("tries.put()") == "false")
    #expect(subject.value("tries.all().filter(file => !file.startsWith('\(outer)/box/')).length") == "0")
    #expect(try String(contentsOfFile: outer + "/secret.txt", encoding: .utf8) == "SECRET")
    #expect(try outside() == before)
  }

  @Test(arguments: paths, Form.allCases)
  func `a restored program sees the folders of whoever restores it`(path: String, form: Form) throws {
    let subject = try restored(try subject(path.replacingOccurrences(of: "^", with: outer)), form)
    try expectNothing(of: subject)
    subject.machine.files.sandbox = try sandbox(outer + "/box")
    try expectNothing(of: subject)
    #expect(subject.value("readFile('inside.txt')").contains("inside"))
  }

  @Test(arguments: paths)
  func `a path that was forged into an execution leads nowhere`(path: String) throws {
    let text = String(decoding: try subject("inside.txt").json, as: UTF8.self)
    let path = path.replacingOccurrences(of: "^", with: outer)
    let literal = String(decoding: try JSONEncoder().encode(path), as: UTF8.self)
    let forged = text.replacingOccurrences(of: "\"inside.txt\"", with: literal)
    #expect(forged != text)
    let subject = Subject()
    subject.go(on: try Subject.restoring(json: Array(forged.utf8)))
    subject.machine.files.sandbox = try sandbox(outer + "/box")
    try expectNothing(of: subject)
  }

  @Test(arguments: [
    "FileRead", "%FileRead", "FileWrite", "fs.sandbox", "fs.open", "process.env", "globalThis.process", "",
    "fs.readFile.constructor", "Function", "fs", "readFile", "../fs.readFile",
  ])
  func `no function but those that programs have can be named in an execution`(name: String) throws {
    let text = String(decoding: try subject("../secret.txt").json, as: UTF8.self)
    let forged = text.replacingOccurrences(of: "\"fs.readFile\"", with: "\"\(name)\"")
    #expect(forged != text)
    guard let machine = try? Subject.restoring(json: Array(forged.utf8)) else { return }
    let subject = Subject()
    subject.go(on: machine)
    subject.machine.files.sandbox = try sandbox(outer + "/box")
    #expect(!subject.value("readFile(path)").contains("SECRET"))
    #expect(try String(contentsOfFile: outer + "/secret.txt", encoding: .utf8) == "SECRET")
  }
}
