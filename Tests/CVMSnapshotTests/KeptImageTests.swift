import CVMREPL
import CVMRuntime
import CVMSnapshot
import CVMSyntax
import CVMTestSupport
import Foundation
import Testing

/// States that a session keeps as images in a folder.
@Suite struct KeptImageTests {
  let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  /// The files of the folder that this process has open.
  private var openFiles: [String] {
    (0..<4096).compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
      .filter { $0.hasPrefix(folder) }
  }

  private var folder: String { scratch.path + "/images" }

  private func images() throws -> ImageFolder {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    return ImageFolder(path: folder)
  }

  /// A state for each value of a counter.
  private func states(_ count: Int, in images: ImageFolder) throws -> [KeptImage] {
    let subject = Subject()
    subject.value("let counter = 0; const list = []")
    return try (0..<count).reduce(into: []) { kept, number in
      subject.value("counter = \(number); list.push({ counter }); 0")
      kept.append(try KeptImage(subject.machine, in: images, after: kept.last))
    }
  }

  private func counter(in image: KeptImage) throws -> String {
    let subject = Subject()
    let machine = Machine()
    try image.restore(into: machine) { ScriptText(SourceFile(name: $0, bytes: $1)) }
    subject.go(on: machine)
    return subject.value("counter + ' ' + list.length + ' ' + list.at(-1).counter")
  }

  @Test func `very many are kept without a file being open for each`() throws {
    let kept = try states(150, in: try images())
    #expect(openFiles == [])
    for number in [0, 1, 99, 100, 101, 149] {
      #expect(try counter(in: kept[number]).contains("\(number) \(number + 1) \(number)"))
    }
    #expect(openFiles == [])
  }

  @Test func `another process finds what was left`() throws {
    var first: ImageFolder? = try images()
    first?.keepsFiles = true
    #expect(try states(5, in: try #require(first)).count == 5)
    first = nil
    let second = ImageFolder(path: folder)
    #expect(try counter(in: try second.open(4)).contains("3 4 3"))
    #expect(openFiles == [])
    #expect(throws: SnapshotError.self) { _ = try second.open(77) }
  }

  @Test func `with the last image the folder goes`() throws {
    var images: ImageFolder? = try images()
    var kept = try states(3, in: try #require(images))
    images = nil
    #expect(try counter(in: kept[2]).contains("2 3 2"))
    kept.removeFirst(2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
    kept = []
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
