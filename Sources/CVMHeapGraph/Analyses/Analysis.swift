/// A question about a heap graph: its stored properties are the arguments, its answer a result model.
public protocol Analysis: Sendable {
  /// How people call and understand it.
  static var spec: AnalysisSpec { get }

  /// Answers the question.
  func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult
}

/// The name, meaning and arguments of an analysis, for help and completion.
public struct AnalysisSpec: Sendable, Equatable {
  public var name: String
  public var summary: String
  public var arguments: [Argument]

  /// One argument of an analysis.
  public struct Argument: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      case object, count, flag
      case choice([String])
    }
    public var name: String
    public var kind: Kind
    public var summary: String

    public init(_ name: String, _ kind: Kind, _ summary: String) {
      self.name = name
      self.kind = kind
      self.summary = summary
    }
  }

  public init(name: String, summary: String, arguments: [Argument] = []) {
    self.name = name
    self.summary = summary
    self.arguments = arguments
  }
}

/// All analyses, in the order in which help lists them.
public enum AnalysisRegistry {
  public static let all: [any Analysis.Type] = [
    ClassHistogram.self, References.self, RootPath.self, RetainedObjects.self, ObjectTree.self, InlineSizes.self,
  ]
}

/// Which roots keep objects alive in an analysis.
public struct RootSelection: Sendable, Hashable {
  /// Whether `_`, `$1` and breakpoints count.
  public var includesREPL: Bool

  public init(includesREPL: Bool = true) { self.includesREPL = includesREPL }

  func includes(_ root: HeapRoot) -> Bool { includesREPL || root.kind != .repl }
}
