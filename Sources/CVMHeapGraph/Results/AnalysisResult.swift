/// What an analysis found, before anyone decided how to show it.
public struct AnalysisResult: Sendable, Equatable {
  /// The main part of a result.
  public enum Body: Sendable, Equatable {
    case table(ResultTable)
    case tree(ResultTree)
    case text([String])
  }

  /// A named figure of the whole result, such as the number of objects.
  public struct Fact: Sendable, Equatable {
    public var key: String
    public var value: ResultCell

    public init(_ key: String, _ value: ResultCell) {
      self.key = key
      self.value = value
    }
  }

  /// The name of the analysis or command.
  public var name: String
  /// Sentences before the body, for people.
  public var heading: [String]
  /// Figures of the whole, for programs.
  public var facts: [Fact]
  public var body: Body
  /// Sentences after the body, for people.
  public var notes: [String]
  /// Whether the analysis was stopped before it was complete.
  public var isPartial: Bool

  public init(
    name: String, heading: [String] = [], facts: [Fact] = [], body: Body, notes: [String] = [],
    isPartial: Bool = false
  ) {
    self.name = name
    self.heading = heading
    self.facts = facts
    self.body = body
    self.notes = notes
    self.isPartial = isPartial
  }
}

/// One value of a result, with its unit.
public enum ResultCell: Sendable, Equatable {
  case none
  case text(String)
  case count(UInt64)
  case bytes(UInt64)
  /// A part of a whole, 1 being all of it.
  case share(Double)
  /// A change, written with its sign.
  case delta(Int64)
  case seconds(Double)
  case flag(Bool)
  case object(NodeID)
}

/// Rows under typed columns.
public struct ResultTable: Sendable, Equatable {
  /// A column of a table.
  public struct Column: Sendable, Equatable {
    public enum Alignment: Sendable, Equatable { case left, right }
    /// The name in JSON and CSV.
    public var key: String
    /// The heading for people.
    public var title: String
    public var alignment: Alignment
    /// Whether the column may be narrowed when a line is too long.
    public var isFlexible: Bool

    public init(_ key: String, title: String? = nil, _ alignment: Alignment = .right, isFlexible: Bool = false) {
      self.key = key
      self.title = title ?? key
      self.alignment = alignment
      self.isFlexible = isFlexible
    }
  }

  public var columns: [Column]
  public var rows: [[ResultCell]]
  /// How many rows there are in all, when only the first are given.
  public var totalRowCount: Int
  /// Whether people see the rows numbered.
  public var isNumbered: Bool
  /// The numbers of the rows where they are not simply counted.
  public var numbers: [Int]?

  public init(columns: [Column], rows: [[ResultCell]], totalRowCount: Int? = nil, isNumbered: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.totalRowCount = totalRowCount ?? rows.count
    self.isNumbered = isNumbered
  }
}

/// A tree as lines with depths, so that no depth is too deep.
public struct ResultTree: Sendable, Equatable {
  /// A line of a tree; its children are the following lines that are one deeper.
  public struct Line: Sendable, Equatable {
    public var depth: Int
    /// How the line is reached from its parent: `.x`, `[0]`.
    public var link: String
    public var label: String
    /// Lines with the same identity are the same thing, shown once in a drawing.
    public var identity: String?
    public var values: [AnalysisResult.Fact]
    /// Whether the line only points to an earlier one with the same identity.
    public var isRepeated: Bool

    public init(
      depth: Int, link: String = "", label: String, identity: String? = nil, values: [AnalysisResult.Fact] = [],
      isRepeated: Bool = false
    ) {
      self.depth = depth
      self.link = link
      self.label = label
      self.identity = identity
      self.values = values
      self.isRepeated = isRepeated
    }
  }

  public var lines: [Line]

  public init(lines: [Line]) { self.lines = lines }
}
