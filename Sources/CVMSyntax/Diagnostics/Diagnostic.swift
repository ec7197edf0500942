/// A finding about a source text, with its place.
public struct Diagnostic: Equatable, Sendable {
  public enum Severity: Sendable {
    case error
    case warning
  }

  /// A second place that explains the first: where a name was declared before, where a bracket was opened.
  public struct Note: Equatable, Sendable {
    public var message: String
    public var range: SourceRange

    public init(message: String, range: SourceRange) {
      self.message = message
      self.range = range
    }
  }

  public var severity: Severity
  public var message: String
  public var range: SourceRange
  public var notes: [Note]

  public init(severity: Severity = .error, message: String, range: SourceRange, notes: [Note] = []) {
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = notes
  }
}
