/// Strings that a foreign dump holds in parts: V8 puts the text of `a + b` together only when somebody reads it.
extension HeapGraph {
  /// A text with whether it is all of it.
  struct JoinedText {
    var bytes: [UInt8] = []
    var isWhole = true
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// V8 writes no more characters of a string.
  private static let longestName = 1024
  private static let mostParts = 100_000
  /// How much of a text in parts is put together for people.
  static let shownBytes = 16_384

  /// Whether a string consists of two others.
  @inline(__always) func isConcatenated(_ node: Int) -> Bool {
    concatenatedName != 0 && classNames[node] == concatenatedName
  }

  /// Whether a string is a part of another; the file does not say which part.
  @inline(__always) func isSlice(_ node: Int) -> Bool { slicedName != 0 && classNames[node] == slicedName }

  /// The strings that a string consists of, first and second.
  func parts(of node: Int) -> (first: Int, second: Int)? {
    var (first, second): (Int?, Int?) = (nil, nil)
    for edge in edges(of: node) where edgeKind(edge) == .internalSlot {
      strings.withBytes(of: edgeNames[edge]) { name in
        if name.elementsEqual("first".utf8) { first = target(ofEdge: edge) }
        if name.elementsEqual("second".utf8) { second = target(ofEdge: edge) }
      }
    }
    guard let first, let second, kind(of: first) == .string, kind(of: second) == .string else { return nil }
    return (first, second)
  }

  /// The beginning of a string's text, from its parts where it has some.
  func joinedText(of node: Int, limit: Int) -> JoinedText {
    var joined = JoinedText()
    var waiting = [node]
    var steps = 0
    while let current = waiting.popLast() {
      steps += 1
      guard joined.bytes.count < limit, steps < Self.mostParts else {
        joined.isWhole = false
        break
      }
      if isConcatenated(current) {
        guard let parts = parts(of: current) else {
          joined.isWhole = false
          continue
        }
        waiting.append(parts.second)
        waiting.append(parts.first)
      } else if isSlice(current) {
        joined.isWhole = false
        joined.bytes += "…".utf8
      } else if let texts, current < texts.count {
        strings.withBytes(of: texts[current]) { bytes in
          joined.bytes += bytes
          if Self.mayBeCut(bytes) { joined.isWhole = false }
        }
      }
    }
    return joined
  }

  private static func mayBeCut(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= longestName && String(decoding: bytes, as: UTF8.self).utf16.count >= longestName
  }

  /// What is known of the text of a string in parts, or of which it is a part; nil for any other.
  func textFromParts(of node: Int) -> String? {
    if isConcatenated(node) {
      guard parts(of: node) != nil else { return nil }
      let joined = joinedText(of: node, limit: Self.shownBytes)
      return joined.isWhole ? joined.text : joined.text + "…"
    }
    guard isSlice(node),
      let edge = edges(of: node).first(where: {
        edgeKind($0) == .internalSlot && kind(of: target(ofEdge: $0)) == .string
      })
    else { return nil }
    let whole = joinedText(of: target(ofEdge: edge), limit: 64).text
    return "(part of) \(whole.prefix(40))\(whole.count > 40 ? "…" : "")"
  }

  /// Numbers that are the same for equal texts, whether they are there whole or in parts.
  final class TextHashes {
    private static let modulus: UInt64 = (1 << 61) - 1
    private static let base: UInt64 = 0x0F3A_9C51_7E2B_64D3 % modulus
    private static let unset = UInt64.max
    private static let unknown = UInt64.max - 1

    private let graph: HeapGraph
    private let hashes: WorkColumn<UInt64>
    private let lengths: WorkColumn<UInt64>
    private let isOpen: BitColumn

    init(_ graph: HeapGraph) {
      self.graph = graph
      hashes = WorkColumn(count: graph.nodeCount, filledWith: Self.unset)
      lengths = WorkColumn(count: graph.nodeCount, filledWith: 0)
      isOpen = BitColumn(count: graph.nodeCount)
    }

    /// Nil where a part of the text is not in the file.
    func hash(of node: Int) -> UInt64? {
      var waiting = [node]
      while let current = waiting.last {
        if hashes[current] != Self.unset {
          waiting.removeLast()
        } else if !graph.isConcatenated(current) {
          takeWhole(current)
        } else if let parts = graph.parts(of: current) {
          // Strings of which one is its own part are in damaged files only.
          let isFirstLook = isOpen.insert(current)
          let missing = [parts.first, parts.second].filter { hashes[$0] == Self.unset }
          if missing.isEmpty {
            join(current, parts.first, parts.second)
          } else if isFirstLook {
            waiting += missing
          } else {
            hashes[current] = Self.unknown
          }
        } else {
          hashes[current] = Self.unknown
        }
      }
      let found = hashes[node]
      return found == Self.unknown ? nil : found ^ (lengths[node] &* 0x9E37_79B9_7F4A_7C15)
    }

    private func takeWhole(_ node: Int) {
      guard let texts = graph.texts, node < texts.count, !graph.isSlice(node) else {
        hashes[node] = Self.unknown
        return
      }
      graph.strings.withBytes(of: texts[node]) { bytes in
        var hash: UInt64 = 0
        for byte in bytes { hash = Self.sum(Self.product(hash, Self.base), UInt64(byte) + 1) }
        lengths[node] = UInt64(bytes.count)
        hashes[node] = hash
      }
    }

    private func join(_ node: Int, _ first: Int, _ second: Int) {
      guard hashes[first] != Self.unknown, hashes[second] != Self.unknown, !cut(first), !cut(second) else {
        hashes[node] = Self.unknown
        return
      }
      hashes[node] = Self.sum(Self.product(hashes[first], Self.power(lengths[second])), hashes[second])
      lengths[node] = lengths[first].saturatingAdd(lengths[second])
    }

    /// Of a long text the file may have the beginning only: enough to compare it with others, not to be a part.
    private func cut(_ node: Int) -> Bool {
      guard !graph.isConcatenated(node), lengths[node] >= UInt64(HeapGraph.longestName) else { return false }
      guard let texts = graph.texts else { return true }
      return graph.strings.withBytes(of: texts[node], HeapGraph.mayBeCut)
    }

    private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let sum = a &+ b
      return sum >= modulus ? sum - modulus : sum
    }

    private static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let (high, low) = a.multipliedFullWidth(by: b)
      return sum((low & modulus), (low >> 61) | (high << 3))
    }

    private static func power(_ exponent: UInt64) -> UInt64 {
      var (result, factor, rest) = (UInt64(1), base, exponent)
      while rest > 0 {
        if rest & 1 == 1 { result = product(result, factor) }
        factor = product(factor, factor)
        rest >>= 1
      }
      return result
    }
  }
}
