import CVMHeapGraph

/// A field of a record that a checkpoint keeps.
public enum RecordValue {
  case undefined
  case null
  case boolean(Bool)
  case hole
  case int(Int32)
  case double(Double)
  /// A string; `isNew` when this is the first mention of the node.
  case string(node: UInt32, isNew: Bool)
  case object(node: UInt32, isNew: Bool)
}

/// Receives the reachable heap as records, in an order in which new objects are numbered as they are first mentioned: to
/// count what each takes as text, without what it refers to.
public protocol HeapRecordSink: AnyObject {
  /// A record begins; its fields follow.
  func begin(_ kind: NodeKind)
  /// The name of the next field.
  func name(characters: Int)
  func value(_ value: RecordValue)
  /// The content of a flat string: characters of one byte, or of two.
  func characters(count: Int, isWide: Bool)
  /// The record is complete: its bytes.
  func end() -> Int
}
