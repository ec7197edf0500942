/// The dominator tree from above: what each node dominates directly, and how many nodes it dominates in all.
public final class DominatedNodes: @unchecked Sendable {
  public let tree: DominatorTree
  /// Where the children of each depth-first number begin; number 0 is the virtual root.
  private let starts: WorkColumn<UInt32>
  private let list: WorkColumn<UInt32>
  private let counts: WorkColumn<UInt32>

  init(_ tree: DominatorTree) {
    self.tree = tree
    let count = tree.reachableCount
    starts = WorkColumn(count: count + 2, filledWith: 0)
    list = WorkColumn(count: max(count, 1), filledWith: 0)
    counts = WorkColumn(count: count + 1, filledWith: 1)
    let (start, dominator) = (starts.base, tree.dominators.base)
    for number in 1..<count + 1 { start[Int(dominator[number]) + 1] += 1 }
    for number in 0..<count + 1 { start[number + 1] += start[number] }
    // Filling from behind leaves the children of each in their order.
    var number = count
    let ends = WorkColumn<UInt32>(count: count + 1, filledWith: 0)
    for index in 0..<count + 1 { ends[index] = start[index + 1] }
    while number > 0 {
      let parent = Int(dominator[number])
      ends[parent] -= 1
      list[Int(ends[parent])] = UInt32(number)
      counts[parent] += counts[number]
      number -= 1
    }
  }

  /// The depth-first numbers of what a number dominates directly.
  func children(of number: Int) -> UnsafeBufferPointer<UInt32> {
    let range = Int(starts[number])..<Int(starts[number + 1])
    return UnsafeBufferPointer(start: list.base + range.lowerBound, count: range.count)
  }

  /// What a node dominates directly; of nil what nothing dominates.
  public func children(of node: Int?) -> [Int] {
    guard let node else { return children(of: 0).map { Int(tree.nodes[Int($0)]) } }
    let number = Int(tree.numbers[node])
    return number == 0 ? [] : children(of: number).map { Int(tree.nodes[Int($0)]) }
  }

  /// How many nodes a node dominates, itself included; 0 for one that nothing reaches.
  public func count(of node: Int) -> Int {
    let number = Int(tree.numbers[node])
    return number == 0 ? 0 : Int(counts[number])
  }
}

extension DominatorTree {
  /// Whether every path to a node passes another one, or it is that one.
  public func dominates(_ other: Int, _ node: Int) -> Bool { isDominated(node, by: other) }

  func isDominated(_ node: Int, by other: Int) -> Bool {
    var number = numbers[node]
    let top = numbers[other]
    guard number != 0, top != 0 else { return false }
    while number > top { number = dominators[Int(number)] }
    return number == top
  }
}
