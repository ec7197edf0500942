import CVMHeapGraph
import CVMREPL
import CVMRuntime
import CVMSnapshot
import Glibc

extension FuzzTarget {
  /// Changes of an image's pages and metadata, and of the deltas that follow it, with right checksums: it is refused with a
  /// reason, or opens as a sound heap that is analysed, goes on and is saved.
  ///
  /// An input is a list of changes, so that each byte of it is worth changing: which machine, how many deltas, and for each
  /// change which file of the chain, where, and what.
  static let image = FuzzTarget(
    "image",
    seeds: {
      (0..<64).map { seed -> [UInt8] in
        [UInt8(seed % 12)] + (0..<24).map { (place: Int) -> UInt8 in UInt8(truncatingIfNeeded: place * seed * 37) }
      }
    }
  ) { bytes in
    var drawn = DrawnBytes(bytes)
    var forger = ImageForger(imageChains[drawn.below(imageChains.count)], deltas: drawn.below(3))
    while !drawn.isEmpty { forger.change(&drawn) }
    let machine = Machine.small()
    do throws(SnapshotError) {
      try ImageFile.restore(
        forger.files.map { .bytes($0) }, into: machine, validates: true, makeSource: fuzzedSource)
      noteOutcome(isRefusal: false)
    } catch {
      noteOutcome(isRefusal: true)
      require(!error.description.isEmpty, "no reason")
      return
    }
    machine.verifyHeap()
    if let dump = try? machine.makeHeapDump() {
      let analyses = GraphAnalyses(dump.graph)
      _ = try? analyses.retainedSizes(progress: Progress())
      _ = try? ClassHistogram().run(on: dump.graph, progress: Progress())
    }
    // What was done to built-in objects may be more than programs can do, and is refused there.
    if let checkpoint = try? Checkpoint(machine), let file = try? SnapshotFile(checkpoint.bytes) {
      let second = Machine.small()
      if (try? file.restore(into: second, makeSource: fuzzedSource)) != nil { second.verifyHeap() }
    }
    machine.useRestored()
    machine.limits = Machine.smallLimits
    machine.limits.steps = 20_000
    machine.instructionsLeft = 50_000
    _ = machine.run(program: "var z = [...Object.getOwnPropertyNames(globalThis)].map(n => String(n)).sort(); z.length")
    machine.verifyHeap()
  }

  /// Images of the samples, each with the deltas after an answer and after some more work.
  private static let imageChains: [[[UInt64]]] = Samples.machines().map { machine in
    var chain: [[UInt64]] = []
    func add(_ image: ImageCheckpoint?) {
      guard let image else { return }
      chain.append(image.bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) })
      image.noteSaved()
    }
    add(ImageCheckpoint(machine))
    if machine.isPaused { _ = machine.resume(answer: machine.vm.makeString("7")) }
    add(ImageCheckpoint(changesOf: machine))
    machine.abandonRun()
    _ = machine.run(program: "let more = {a: [1, 2], b: 'b' + 1}; var m = new Map([[more, 1n]]); m.delete(more)")
    add(ImageCheckpoint(changesOf: machine))
    return chain
  }
}

/// Somebody who writes into the files of a chain of images, and makes their checksums right again.
private struct ImageForger {
  private var chain: [[UInt64]]
  private static let headerWords = 8
  private static let pageWords = 512
  private static let blockWords = 8192

  init(_ chain: [[UInt64]], deltas: Int) { self.chain = Array(chain.prefix(1 + deltas)) }

  mutating func change(_ drawn: inout DrawnBytes) {
    let number = drawn.below(4) == 0 ? drawn.below(chain.count) : 0
    let range = number == 0 ? full(&drawn) : Self.headerWords..<chain[number].count
    guard !range.isEmpty else { return }
    let place = range.lowerBound + drawn.below(range.count)
    func other() -> UInt64 { chain[number][range.lowerBound + (place - range.lowerBound) * 31 % range.count] }
    let old = chain[number][place]
    switch drawn.below(12) {
    case 0: chain[number][place] ^= 1 << UInt64(drawn.below(64))
    case 1: chain[number][place] &+= UInt64(drawn.byte())
    case 2: chain[number][place] &-= UInt64(drawn.byte())
    case 3: chain[number][place] = drawn.next()
    case 4: chain[number][place] = [0, 1, .max, 1 << 63, 1 << 32, 1 << 31][drawn.below(6)]
    case 5: chain[number][place] = other()
    // Another cell behind the same tag, another tag, another kind, other counts in halves.
    case 6: chain[number][place] = old & ~0xffff_ffff | other() & 0xffff_ffff
    case 7: chain[number][place] = old & 0xffff_ffff | (0xfff9 + UInt64(drawn.below(7))) << 48
    case 8: chain[number][place] = old & ~(0xff << 48) | UInt64(drawn.below(60)) << 48
    case 9: chain[number][place] = old & ~0xffff_ffff | UInt64(drawn.byte())
    case 10: chain[number][place] = old & 0xffff_ffff | UInt64(drawn.byte()) << 32
    default: chain[number][place] = old &+ 1 << 32
    }
  }

  /// A part of the full image: some words of the pages that cells begin with, any word of them, or of the metadata.
  private func full(_ drawn: inout DrawnBytes) -> Range<Int> {
    let metadata = Self.pageWords + Int(chain[0][3] / 8)
    switch drawn.below(4) {
    case 0: return metadata..<metadata + Int(chain[0][4] / 8)
    case 1: return Self.pageWords..<metadata
    default:
      // What programs made stands near the end of the pages.
      let block = Self.pageWords + drawn.below(Int(chain[0][3] / 65536)) * Self.blockWords
      return block..<block + 1 + drawn.below(Self.blockWords)
    }
  }

  var files: [[UInt8]] {
    var parent: UInt64?
    return chain.map { words in
      var words = words
      if let parent {
        words[3] = parent
        words[5] = Self.sum(words[Self.headerWords...])
      } else {
        let metadata = Self.pageWords + Int(words[3] / 8)
        let sums = metadata + Int(words[4] / 8)
        words[5] = Self.sum(words[metadata..<sums])
        for (block, place) in (sums..<words.count).enumerated() {
          let start = Self.pageWords + block * Self.blockWords
          words[place] = Self.sum(words[start..<start + Self.blockWords])
        }
        words[6] = Self.sum(words[sums...])
      }
      words[7] = Self.sum(words[..<7])
      parent = words[7]
      return words.withUnsafeBytes { Array($0) }
    }
  }

  private static func sum(_ words: ArraySlice<UInt64>) -> UInt64 { words.withUnsafeBytes { Checksum.of($0) } }
}
