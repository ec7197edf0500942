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
      // As the system names it, whatever links lead there.
      .filter { $0.contains("/\(URL(fileURLWithPath: scratch.path).lastPathComponent)/images/") }
  }

  private var folder: String { scratch.path + "/images" }

  private func images() throws -> ImageFolder {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    return ImageFolder(path: folder)
  }

  /// A state for each value of a counter.
  private func states(_ count: Int, in images: ImageFolder) throws -> [KeptImage] {
    try states(count) { try KeptImage($0, in: images, after: $1) }
  }

  private func states(_ count: Int, _ keep: (Machine, KeptImage?) throws -> KeptImage) rethrows -> [KeptImage] {
    let subject = Subject()
    subject.value("let counter = 0; const list = []")
    return try (0..<count).reduce(into: []) { kept, number in
      subject.value("counter = \(number); list.push({ counter }); 0")
      kept.append(try keep(subject.machine, kept.last))
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

  @Test func `those without names need a file for each hundred, which goes with the last`() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    var kept = try states(250) { try KeptImage($0, folder: folder, after: $1) }
    #expect(openFiles.count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    for number in [0, 1, 99, 100, 101, 249] {
      #expect(try counter(in: kept[number]).contains("\(number) \(number + 1) \(number)"))
    }
    kept.removeFirst(249)
    #expect(openFiles.count == 1)
    #expect(try counter(in: kept[0]).contains("249 250 249"))
    kept = []
    #expect(openFiles == [])
  }

  /// What a statement adds is written, and not what those before it left.
  @Test func `an image takes no more after many statements`() throws {
    let kept = try states(400, in: try images())
    let sizes = kept.map(\.byteCount)
    let (early, late) = (sizes[20..<40].sorted(), sizes[380..<400].sorted())
    // The middle ones: some statements make a table of the machine longer.
    #expect(late[10] < early[10] + 512, "\(early[10]) and \(late[10]) bytes")
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
