import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

/// Files that change while they are read.
@Suite struct ShrinkingFileTests {
  /// Cuts the file when the reader has come so far.
  private func readCut(at wanted: String, to length: Int) throws -> (error: HeapSnapshotError?, isCut: Bool) {
    let scratch = try ScratchDirectory()
    var sketch = SnapshotSketch()
    let list = sketch.node("object", "Array", size: 32)
    sketch.edge(0, "property", "list", list)
    for number in 0..<20_000 {
      let node = sketch.node("object", "Object number \(number)", size: 24)
      sketch.edge(list, "element", "\(number)", node)
    }
    let path = try scratch.write("heap.heapsnapshot", sketch.text)
    let cutter = Cutter(path: path, phase: wanted, length: length)
    do {
      _ = try HeapSnapshotFile(path: path, progress: CVMHeapGraph.Progress { cutter.look($0) })
      return (nil, cutter.isCut)
    } catch { return (error, cutter.isCut) }
  }

  private final class Cutter: @unchecked Sendable {
    let path: String
    let phase: String
    let length: Int
    var isCut = false

    init(path: String, phase: String, length: Int) {
      (self.path, self.phase, self.length) = (path, phase, length)
    }

    func look(_ moment: CVMHeapGraph.Progress.Moment) {
      guard moment.phase == phase, !isCut else { return }
      isCut = truncate(path, off_t(length)) == 0
    }
  }

  @Test(arguments: ["strings", "nodes", "edges"], [0, 4096, 100_000])
  func `a file that becomes shorter while it is read is refused`(phase: String, length: Int) throws {
    let (error, isCut) = try readCut(at: phase, to: length)
    #expect(isCut)
    #expect(error == .unreadable(reason: "the file became shorter while it was read"))
  }
}
