import CVMTestSupport
import Foundation
import Glibc

@testable import CVMRuntime

/// How paths are resolved: by the kernel, or folder by folder where it does not offer that.
enum Resolution: String, CaseIterable, Sendable {
  case kernel
  case walk
}

/// A sandbox with a secret beside it, and everything in it that might lead there.
final class FileWorld {
  private let scratch: ScratchDirectory
  let files: FileAccess
  /// The folder around the sandbox.
  let outer: String
  var box: String { outer + "/box" }

  init(_ resolution: Resolution, folders: [String] = ["box"]) throws {
    scratch = try ScratchDirectory()
    let path = URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path
    outer = path
    for folder in ["box/sub/deeper", "box-evil", "other", "box/empty"] {
      try FileManager.default.createDirectory(atPath: path + "/" + folder, withIntermediateDirectories: true)
    }
    for (name, text) in [
      ("secret.txt", "SECRET"), ("box-evil/secret.txt", "SECRET"), ("other/secret.txt", "SECRET"),
      ("box/inside.txt", "inside"), ("box/sub/deep.txt", "deep"), ("box/sub/deeper/deepest.md", "deepest"),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }
    for (name, target) in [
      ("link-file", "../secret.txt"), ("link-absolute", path + "/secret.txt"), ("link-folder", ".."),
      ("link-inside", "inside.txt"), ("link-sub", "sub"), ("link-loop", "link-loop"), ("link-root", "/"),
      ("link-proc", "/proc/self"), ("link-dangling", "../made.txt"), ("link-device", "/dev/zero"),
      ("link-other", path + "/other"), ("sub/link-up", "../.."), ("sub/link-chain", "../link-file"),
    ] {
      symlink(target, path + "/box/" + name)
    }
    mkfifo(path + "/box/fifo", 0o600)
    mkfifo(path + "/box/sub/fifo", 0o600)
    files = FileAccess(
      sandbox: try Sandbox(folders: folders.map { path + "/" + $0 }, walks: resolution == .walk))
  }

  static var limits: FileAccess.Limits { FileAccess.Limits(mustStop: { false }, fits: { _ in true }) }

  func read(_ path: String) -> String? {
    guard case .done(let bytes) = files.read(path, Self.limits) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  func write(_ path: String, _ text: String) -> Bool {
    if case .done(let result) = files.write(path, Array(text.utf8), Self.limits) { return result }
    return false
  }

  func list(_ path: String = ".", recursive: Bool = false, filter: String? = nil) -> [String] {
    guard case .done(let paths) = files.list(path, recursive: recursive, filter: filter, Self.limits) else { return [] }
    return paths.map { $0.hasPrefix(box + "/") ? String($0.dropFirst(box.count + 1)) : $0 }
  }

  /// All names in the sandbox.
  func inside() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: box).sorted() }

  /// All files outside of the sandbox with their contents.
  func outside() throws -> [String: String] {
    var result: [String: String] = [:]
    let names = FileManager.default.enumerator(atPath: outer)?.compactMap { $0 as? String } ?? []
    for name in names where !name.hasPrefix("box/") {
      result[name] = (try? String(contentsOfFile: outer + "/" + name, encoding: .utf8)) ?? "(folder)"
    }
    return result
  }
}
