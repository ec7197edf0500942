/// Dominators by their definition: `d` dominates `n` when `n` can't be reached once `d` is removed.
public enum NaiveDominators {
  /// For each node the nearest other node that every path from the roots passes, `nil` if there is none,
  /// or no entry if the node is unreachable.
  public static func immediateDominators(successors: [[Int]], roots: [Int]) -> [Int: Int?] {
    let reachable = reachableNodes(successors: successors, roots: roots, without: nil)
    var dominators: [Int: Set<Int>] = [:]
    for node in reachable { dominators[node] = [] }
    for removed in reachable {
      let left = reachableNodes(successors: successors, roots: roots, without: removed)
      for node in reachable.subtracting(left) where node != removed { dominators[node]?.insert(removed) }
    }
    return dominators.mapValues { all in all.max { (dominators[$0]?.count ?? 0) < (dominators[$1]?.count ?? 0) } }
  }

  /// What would be freed with a node: its own size and the sizes of all that only it keeps reachable.
  public static func retainedSizes(successors: [[Int]], roots: [Int], sizes: [Int]) -> [Int: Int] {
    let reachable = reachableNodes(successors: successors, roots: roots, without: nil)
    return Dictionary(
      uniqueKeysWithValues: reachable.map { node in
        let left = reachableNodes(successors: successors, roots: roots, without: node)
        return (node, reachable.subtracting(left).reduce(0) { $0 + sizes[$1] })
      })
  }

  /// The nodes that can be reached from the roots when one node is removed.
  public static func reachableNodes(successors: [[Int]], roots: [Int], without removed: Int?) -> Set<Int> {
    var seen = Set(roots.filter { $0 != removed })
    var waiting = Array(seen)
    while let node = waiting.popLast() {
      for next in successors[node] where next != removed && seen.insert(next).inserted { waiting.append(next) }
    }
    return seen
  }
}
