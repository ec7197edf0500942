/// How values are printed; the defaults are those of Node's `util.inspect`.
public struct InspectOptions: Sendable {
  /// How many levels of nested objects are shown; nil for all (up to a fixed limit).
  public var depth: Int? = 2
  /// Shows properties that are not enumerable, too.
  public var showHidden = false
  /// Colours as ANSI escape sequences.
  public var colors = false
  /// The most elements of an array, map or set.
  public var maxArrayLength = 100
  /// The most characters of a string.
  public var maxStringLength = 10_000
  /// The width at which an object is split over several lines.
  public var breakLength = 80
  /// How many levels of inner objects may stand on one line.
  public var compact = 3
  /// The most properties of an object.
  public var maxPropertyCount = Int.max
  /// As prompts show values: cycles are named by ids, and there are no spaces inside of braces.
  public var isForPrompt = false
  /// Sorts the properties of objects by name.
  public var sorted = false

  /// No native stack grows with a program's data: deeper objects are abbreviated.
  static let largestDepth = 200

  public init() {}

  var effectiveDepth: Int { min(depth ?? InspectOptions.largestDepth, InspectOptions.largestDepth) }
}
