import CLineEdit
import Glibc

/// Columns and rows of a terminal.
public struct TerminalSize: Equatable, Sendable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the terminal behind a descriptor, else what the environment says, else 80 by 24.
  public static func current(_ descriptor: Int32 = STDOUT_FILENO) -> TerminalSize {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if cle_window_size(descriptor, &columns, &rows) == 0 {
      return TerminalSize(columns: Int(columns), rows: rows > 0 ? Int(rows) : 24)
    }
    return TerminalSize(columns: positive("COLUMNS") ?? 80, rows: positive("LINES") ?? 24)
  }

  private static func positive(_ name: String) -> Int? {
    environmentVariable(name).flatMap { Int($0) }.flatMap { $0 > 0 && $0 < 10_000 ? $0 : nil }
  }
}

/// A variable of the environment; nil when it is missing or empty.
func environmentVariable(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
