import CVMHeapGraph

/// What `:gc` answers: what was reachable, what was freed.
public struct CollectionReport: Sendable {
  public var reachable: UInt64
  public var freed: UInt64
  public var freedBytes: UInt64
  public var classes: [ClassFigures]
  /// The freed objects that the program made, such as `#9 Object`, when they are few.
  public var freedObjects: [String]
  /// What is reachable and what was freed, without strings and other parts that are no objects.
  public var reachableObjects: UInt64
  public var freedObjectCount: UInt64
  public var longestPath: Int
  public var weakReferencesCleared: Int
  public var seconds: Double

  static let namedLimit = 8

  /// Describes the collection of what the graph shows as unreachable.
  public init(
    before graph: HeapGraph, weakReferencesCleared: Int = 0, seconds: Double, progress: Progress
  ) throws(AnalysisError) {
    let census = try HeapCensus(graph: graph, wantsRetained: false, progress: progress)
    reachable = census.total.objects
    freed = census.garbage.objects
    freedBytes = census.garbage.shallow
    classes = census.garbageClasses.sorted { ($0.objects, $1.name) > ($1.objects, $0.name) }
    reachableObjects = Self.objects(census.classes)
    freedObjectCount = Self.objects(census.garbageClasses)
    longestPath = census.longestDistance
    self.weakReferencesCleared = weakReferencesCleared
    self.seconds = seconds
    freedObjects = []
    if freed > 0, freed <= 10_000 {
      let alive = try Reachability(graph: graph, progress: progress)
      let dead = (0..<graph.nodeCount).filter { graph.isProgramObject($0) && !alive.contains($0) }
      if dead.count <= Self.namedLimit {
        freedObjects = dead.sorted { (graph.id(of: $0)?.number ?? 0) < (graph.id(of: $1)?.number ?? 0) }
          .map(graph.heading)
      }
    }
  }

  private static func objects(_ classes: [ClassFigures]) -> UInt64 {
    classes.reduce(0) { $0 + ($1.name.hasPrefix("(") ? 0 : $1.objects) }
  }

  /// `3 objects and 2 strings`
  private static func counted(_ objects: UInt64, of all: UInt64) -> String {
    let others = all - min(objects, all)
    return Numbers.counted(objects, "object") + (others > 0 ? " and \(Numbers.counted(others, "string"))" : "")
  }

  /// The answer for people.
  public func text(options: RenderOptions = RenderOptions()) -> String {
    var lines = [
      "reachable \(Numbers.counted(reachableObjects, "object"))   "
        + "garbage \(Self.counted(freedObjectCount, of: freed)) (\(options.bytes(freedBytes)))   "
        + "freed in \(Numbers.duration(seconds: seconds))"
    ]
    if !freedObjects.isEmpty {
      lines.append("  freed: " + freedObjects.joined(separator: ", "))
    } else if freed > 0 {
      let shown = classes.prefix(5).map { "\($0.name) \(Numbers.grouped($0.objects))" }
      let more = classes.count > 5 ? ", \(classes.count - 5) more classes" : ""
      lines.append("  freed: " + shown.joined(separator: ", ") + more)
    }
    lines.append(
      "  weak references cleared: \(Numbers.grouped(UInt64(weakReferencesCleared)))   "
        + "longest path to a survivor: \(Numbers.counted(UInt64(longestPath), "step"))")
    return lines.flatMap { TextLayout.wrapped(options.text($0), to: options.width, indent: "    ") }.map { $0 + "\n" }
      .joined()
  }

  /// The report for programs, on one line.
  public func json(isASCII: Bool = false) -> String {
    var writer = JSONWriter(isASCII: isASCII)
    writer.report("gc") { writer in
      writer.member("reachable", reachable)
      writer.member("freed", freed)
      writer.member("freedBytes", freedBytes)
      writer.member("seconds", seconds)
      writer.member("weakCleared", weakReferencesCleared)
      writer.member("longestPath", longestPath)
      writer.list("classes") { writer in
        for figures in classes {
          writer.object { writer in
            writer.member("class", figures.name)
            writer.member("n", figures.objects)
            writer.member("bytes", figures.shallow)
          }
        }
      }
    }
    return writer.text
  }
}
