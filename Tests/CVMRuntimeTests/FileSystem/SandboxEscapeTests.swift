import Foundation
import Glibc
import Testing

@testable import CVMRuntime

/// Ways that programs might try to get at what lies outside of their folders.
@Suite struct SandboxEscapeTests {
  /// `@` stands for the folder's own path, `^` for the folder around it, `%` for the root as processes see it.
  static let attempts = [
    "../secret.txt", "./../secret.txt", "sub/../../secret.txt", "sub/deeper/../../../secret.txt", ".//..//secret.txt",
    "..", "../", "../.", "../..", "../../etc/passwd", "../box-evil/secret.txt", "sub/../../box-evil/secret.txt",
    "../box/../secret.txt", "sub/../../../../../../../../../../etc/passwd", "/etc/passwd", "/", "//etc/passwd",
    "///etc///passwd", "^/secret.txt", "^/box/../secret.txt", "^/box/sub/../../secret.txt", "^/box-evil/secret.txt",
    "^/box/../box-evil/secret.txt", "@/../secret.txt", "@//..//secret.txt", "@/./../secret.txt", "@-evil/secret.txt",
    "@/link-file", "@/sub/link-chain", "^/./box/../secret.txt", "/proc/self/environ", "/proc/self/%/etc/passwd",
    "/proc/self/cwd/secret.txt", "/proc/1/%/etc/passwd", "/dev/stdin", "/dev/zero", "/dev/fd/0", "link-file",
    "link-absolute", "link-folder/secret.txt", "link-folder/box/inside.txt", "link-inside", "link-sub/deep.txt",
    "link-loop", "link-loop/x", "link-root/etc/passwd", "link-proc/environ", "link-proc/%/etc/passwd",
    "link-proc/cwd/secret.txt", "link-device", "link-other/secret.txt", "link-dangling", "sub/link-up/secret.txt",
    "sub/link-up/box/inside.txt", "sub/link-chain", "sub/../link-file", "sub/../link-folder/secret.txt",
    "link-sub/../inside.txt", "link-folder/../secret.txt", "fifo", "sub/fifo", "sub/../fifo", "inside.txt/",
    "inside.txt/.",
    "inside.txt/../inside.txt", "inside.txt/../../secret.txt", ".", "sub", "sub/", "sub/.", "", " ", "~",
    "~/secret.txt",
    "$HOME", "file:///etc/passwd", "..\\secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "..;/secret.txt",
    ".../secret.txt", "inside.txt\0", "inside.txt\0.md", "../secret.txt\0inside.txt", "\0", "-/../secret.txt",
    "missing.txt",
    "missing/../../secret.txt", "sub/missing/../../../secret.txt", "\u{2025}/secret.txt", "．．/secret.txt",
    "..\n/secret.txt",
  ]

  private func path(_ attempt: String, _ world: FileWorld) -> String {
    attempt.replacingOccurrences(of: "@", with: world.box).replacingOccurrences(of: "^", with: world.outer)
      .replacingOccurrences(of: "/%/", with: "/" + "root" + "/")
  }

  @Test(arguments: attempts, Resolution.allCases)
  func `nothing outside can be read`(attempt: String, resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    #expect(world.read(path(attempt, world)) == nil)
  }

  @Test(arguments: attempts, Resolution.allCases)
  func `nothing outside can be written`(attempt: String, resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let before = try world.outside()
    let isWritten = world.write(path(attempt, world), "OVERWRITTEN")
    #expect(try world.outside() == before)
    // A name that is only odd names a file inside.
    #expect(isWritten == (world.read(path(attempt, world)) == "OVERWRITTEN"))
    #expect(world.read("inside.txt") == "inside")
  }

  @Test(arguments: attempts, Resolution.allCases)
  func `nothing outside can be listed`(attempt: String, resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    for recursive in [false, true] {
      let found = world.list(path(attempt, world), recursive: recursive)
      #expect(found.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") && !$0.contains("secret") }, "\(found)")
    }
  }

  @Test(arguments: Resolution.allCases)
  func `names and paths that are too long are refused`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    for path in [
      String(repeating: "a", count: 256), String(repeating: "a", count: 100_000),
      String(repeating: "a/", count: 50_000),
      String(repeating: "../", count: 50_000) + "etc/passwd",
      String(repeating: "sub/../", count: 500) + "../secret.txt",
    ] {
      #expect(world.read(path) == nil)
      #expect(!world.write(path, "x"))
      #expect(world.list(path) == [])
    }
    #expect(world.write(String(repeating: "b", count: 255), "long"))
    #expect(world.read(String(repeating: "b", count: 255)) == "long")
  }

  @Test(arguments: Resolution.allCases)
  func `a folder that is exchanged for a link meanwhile leads nowhere`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let before = try world.outside()
    // The two take turns under the name `swap`: a folder with a file of the secret's name, and a link to the outside.
    let folder = world.box + "/swap"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try Data("inside".utf8).write(to: URL(fileURLWithPath: folder + "/secret.txt"))
    symlink("..", world.box + "/swapped")
    let racer = Racer(folder, world.box + "/swapped")
    defer { racer.stop() }
    for round in 0..<2_000 {
      if let text = world.read("swap/secret.txt") { #expect(text != "SECRET") }
      _ = world.write("swap/made\(round % 10).txt", "x")
      #expect(!world.list("swap").contains { $0.contains("box-evil") })
    }
    #expect(try world.outside() == before)
  }

  @Test(arguments: Resolution.allCases)
  func `a file that is exchanged for a link meanwhile leads nowhere`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let before = try world.outside()
    #expect(world.write("swap", "inside"))
    symlink("../secret.txt", world.box + "/swapped")
    let racer = Racer(world.box + "/swap", world.box + "/swapped")
    defer { racer.stop() }
    for _ in 0..<2_000 {
      if let text = world.read("swap") { #expect(text != "SECRET") }
      _ = world.write("swap", "inside")
    }
    #expect(try world.outside() == before)
  }

  @Test(arguments: Resolution.allCases)
  func `a folder that is moved away keeps its name for nobody else`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    try FileManager.default.moveItem(atPath: world.box, toPath: world.outer + "/moved")
    try FileManager.default.moveItem(atPath: world.outer + "/other", toPath: world.box)
    for path in ["secret.txt", "./secret.txt", world.box + "/secret.txt"] {
      #expect(world.read(path) == nil)
      #expect(world.list(path) == [])
    }
    #expect(world.write("secret.txt", "inside"))
    #expect(try String(contentsOfFile: world.box + "/secret.txt", encoding: .utf8) == "SECRET")
    #expect(world.read("secret.txt") == "inside")
    // Back from a folder that now lies elsewhere is where the sandbox is, not what is around it.
    try FileManager.default.moveItem(atPath: world.outer + "/moved/sub", toPath: world.outer + "/sub")
    #expect(world.read("sub/../secret.txt") != "SECRET")
  }

  @Test(arguments: Resolution.allCases)
  func `a file that has a name outside, too, is replaced and not written into`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    let before = try world.outside()
    #expect(link(world.outer + "/secret.txt", world.box + "/hard") == 0)
    #expect(world.write("hard", "OVERWRITTEN"))
    #expect(try world.outside() == before)
  }

  @Test(arguments: ["../*", "/*", "**/../*", "{..,sub}/*", "sub/../../*", "[.][.]/*", "\\.\\./*", "../**/secret.*"])
  func `no filter finds anything outside`(filter: String) throws {
    for resolution in Resolution.allCases {
      let world = try FileWorld(resolution)
      for folder in [".", "sub", "link-folder", ".."] {
        let found = world.list(folder, recursive: true, filter: filter)
        #expect(found.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") && !$0.contains("secret") }, "\(found)")
      }
    }
  }

  @Test(arguments: Resolution.allCases)
  func `sockets and devices are no files`(resolution: Resolution) throws {
    let world = try FileWorld(resolution)
    #expect(mknod(world.box + "/socket", S_IFSOCK | 0o666, 0) == 0)
    // /dev/zero; only the administrator can make it.
    mknod(world.box + "/device", S_IFCHR | 0o666, 0x0105)
    for name in ["socket", "device"] {
      #expect(world.read(name) == nil)
      #expect(!world.list(".").contains(name))
      if access(world.box + "/" + name, F_OK) == 0 { #expect(!world.write(name, "x")) }
    }
  }

  @Test(arguments: Resolution.allCases)
  func `files of the kernel are no files, even where the host names the root`(resolution: Resolution) throws {
    let files = FileAccess(sandbox: try Sandbox(folders: ["/"], walks: resolution == .walk))
    for path in [
      "/proc/self/environ", "/proc/kmsg", "/proc/self/mem", "/sys/kernel/notes", "/dev/null", "/dev/zero", "/dev/tty",
    ] {
      guard case .refused = files.read(path, FileWorld.limits) else {
        Issue.record("\(path) was read")
        continue
      }
    }
    guard case .refused = files.write("/proc/self/comm", [65], FileWorld.limits) else {
      Issue.record("the name of the process was changed")
      return
    }
  }
}

/// Exchanges two paths as fast as it can, on a thread of its own.
private final class Racer: @unchecked Sendable {
  private let first: String
  private let second: String
  private let lock = NSLock()
  private var isStopped = false
  private let done = DispatchSemaphore(value: 0)

  init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
    Thread.detachNewThread { [self] in
      let aside = first + ".aside"
      while !lock.withLock({ isStopped }) {
        rename(first, aside)
        rename(second, first)
        rename(aside, second)
      }
      done.signal()
    }
  }

  func stop() {
    lock.withLock { isStopped = true }
    done.wait()
  }
}
