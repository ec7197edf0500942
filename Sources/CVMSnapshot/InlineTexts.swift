import CVMHeapGraph
import CVMRuntime

/// Counts what each value takes as text, without what it refers to: the inline encoding writes that in full at each
/// mention, as CVM once stored variables.
public final class InlineTexts: HeapRecordSink {
  private var text = 0

  public init() {}

  public func begin(_ kind: NodeKind) {
    text = 0
    guard kind.category == .object else { return }
    switch kind {
    case .closure, .nativeFunction: text = 16
    case .map, .set: text = 12
    default: text = 2
    }
  }

  public func name(characters: Int) { text += characters + 3 }

  public func value(_ value: RecordValue) {
    text += 1
    switch value {
    case .undefined, .null, .hole: text += 4
    case .boolean(let flag): text += flag ? 4 : 5
    case .int(let int): text += Decimal.length(int)
    case .double(let double): text += double.description.utf8.count
    case .string, .object: break
    }
  }

  public func characters(count: Int, isWide: Bool) { text += 2 + (isWide ? count * 3 : count) }

  public func end() -> Int { text }
}

enum Decimal {
  /// The characters of a number in base ten.
  static func length(_ number: Int32) -> Int {
    var rest = number.magnitude
    var length = number < 0 ? 2 : 1
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    return length
  }
}
