import CVMReport
import CVMRuntime
import CVMSyntax
import Glibc

/// What `:set` can change.
public struct Setting: Sendable {
  public let name: String
  public let summary: String
  /// The values that it may have, where they are few.
  public let choices: [String]
  let read: @Sendable (Session) -> String
  /// Takes a new value; a sentence says why it does not.
  let write: @Sendable (Session, String) -> String?
}

/// How much the commands explain.
public enum SessionMode: String, Sendable, CaseIterable {
  /// Drawings and sentences for small heaps, tables for large ones.
  case auto
  /// Drawings and sentences, always.
  case teach
  /// Tables, always.
  case expert
}

/// All settings, in the order in which `:set` lists them.
public enum Settings {
  public static let all: [Setting] = [
    Setting(
      name: "mode", summary: "how much commands explain", choices: SessionMode.allCases.map(\.rawValue),
      read: { $0.options.mode.rawValue },
      write: { session, text in
        guard let mode = SessionMode(rawValue: text) else { return choice(SessionMode.allCases.map(\.rawValue)) }
        session.options.mode = mode
        return nil
      }),
    number("lines", "the most lines of a result", 1...10_000, \.resultLines),
    number("width", "the columns of a line", 40...1000, \.width),
    flag("ascii", "ASCII characters only", \.escapesNonASCII) { $0.options.isASCII = $1 },
    flag("atomic", "a statement that fails is taken back", \.isAtomic),
    flag("fx", "each statement says what it did to the heap", \.showsEffects),
    flag("json", "commands answer with JSON", \.isJSON),
    flag("pager", "long answers go through the pager", \.usesPager),
    flag("color", "results have colours", \.usesColor),
    Setting(
      name: "dialect", summary: "how code behaves from now on",
      choices: LanguageDialect.allCases.map(\.rawValue), read: { $0.options.language.rawValue },
      write: { session, text in
        session.options.chooseDialect(text) ? nil : choice(LanguageDialect.allCases.map(\.rawValue))
      }),
    Setting(
      name: "sandbox", summary: "the folders that fs sees, between colons", choices: [],
      read: { $0.options.sandboxPaths.isEmpty ? "none" : $0.options.sandboxPaths.joined(separator: ":") },
      write: { session, text in
        let names = text == "none" ? [] : text.split(separator: ":").map { expandedPath(String($0)) }
        do throws(SandboxError) { try session.openSandbox(names) } catch { return "can't open \(error)" }
        return nil
      }),
    Setting(
      name: "max-heap", summary: "how much memory programs may use", choices: [],
      read: { sizeText($0.machine.limits.heapBytes) },
      write: { session, text in
        guard let bytes = Quantity.bytes(text), bytes >= 1 << 20 else {
          return "needs a size from 1MB on, such as 512MB"
        }
        session.setLimits { $0.heapBytes = bytes }
        return nil
      }),
    Setting(
      name: "max-steps", summary: "how many steps a statement may take", choices: [],
      read: { $0.machine.limits.steps == .max ? "none" : "\($0.machine.limits.steps)" },
      write: { session, text in
        guard let count = text == "none" ? .max : Quantity.count(text), count > 0 else {
          return "needs a number such as 1e9, or none"
        }
        session.setLimits { $0.steps = count }
        return nil
      }),
    Setting(
      name: "max-time", summary: "how long a statement may run", choices: [],
      read: {
        $0.machine.limits.seconds.isFinite
          ? "\(Numbers.fixed($0.machine.limits.seconds, decimals: $0.machine.limits.seconds < 10 ? 2 : 0))s" : "none"
      },
      write: { session, text in
        guard let seconds = text == "none" ? .infinity : Quantity.seconds(text), seconds > 0 else {
          return "needs a time such as 10s, or none"
        }
        session.setLimits { $0.seconds = seconds }
        return nil
      }),
    Setting(
      name: "max-output", summary: "how much a statement may print", choices: [],
      read: { sizeText($0.machine.limits.outputBytes) },
      write: { session, text in
        guard let bytes = Quantity.bytes(text), bytes > 0 else { return "needs a size such as 1MB" }
        session.setLimits { $0.outputBytes = bytes }
        return nil
      }),
  ]

  private static func choice(_ choices: [String]) -> String { "needs one of \(choices.joined(separator: ", "))" }

  private static func expandedPath(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  private static func number(
    _ name: String, _ summary: String, _ range: ClosedRange<Int>,
    _ path: WritableKeyPath<SessionOptions, Int> & Sendable
  ) -> Setting {
    Setting(
      name: name, summary: summary, choices: [], read: { "\($0.options[keyPath: path])" },
      write: { session, text in
        guard let number = Int(text), range.contains(number) else {
          return "needs a number from \(range.lowerBound) to \(range.upperBound)"
        }
        session.options[keyPath: path] = number
        return nil
      })
  }

  private static func flag(
    _ name: String, _ summary: String, _ path: WritableKeyPath<SessionOptions, Bool> & Sendable,
    also: @escaping @Sendable (Session, Bool) -> Void = { _, _ in }
  ) -> Setting {
    Setting(
      name: name, summary: summary, choices: ["on", "off"], read: { $0.options[keyPath: path] ? "on" : "off" },
      write: { session, text in
        guard let value = ["on": true, "off": false, "true": true, "false": false][text] else {
          return choice(["on", "off"])
        }
        session.options[keyPath: path] = value
        also(session, value)
        return nil
      })
  }

  private static func sizeText(_ bytes: Int) -> String {
    for (unit, shift) in [("GB", 30), ("MB", 20), ("KB", 10)] where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(unit)"
    }
    return "\(bytes)"
  }
}

extension Session {
  /// Lets programs see these folders and no others.
  func openSandbox(_ names: [String]) throws(SandboxError) {
    let sandbox = try Sandbox(folders: names)
    files.sandbox = names.isEmpty ? nil : sandbox
    options.sandboxPaths = sandbox.paths
  }

  /// Changes what programs may use.
  func setLimits(_ change: (inout RuntimeLimits) -> Void) {
    change(&options.limits)
    machine.limits = options.limits
  }
}
