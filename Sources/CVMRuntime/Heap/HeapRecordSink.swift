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

/// The bytes of a record in two encodings.
public struct RecordSize {
  /// In the portable encoding.
  public var portable: Int
  /// As text, without what it refers to: the inline encoding writes that in full at each mention.
  public var inline: Int

  public init(portable: Int, inline: Int) {
    self.portable = portable
    self.inline = inline
  }
}

/// Receives the reachable heap as records, in an order in which new objects are numbered as they are first mentioned.
public protocol HeapRecordSink: AnyObject {
  /// A shape is used for the first time: how many properties, and the characters of their names.
  func shape(propertyCount: Int, nameCharacters: Int)
  /// A record begins; its fields follow.
  func begin(_ kind: NodeKind, id: UInt64, shape: UInt32)
  /// The name of the next field, for the inline text.
  func name(characters: Int)
  func value(_ value: RecordValue)
  /// A count of entries that follow, or a flag.
  func count(_ count: Int)
  /// The content of a flat string: characters of one byte, or of two.
  func characters(count: Int, isWide: Bool, hash: UInt64)
  /// The record is complete: its sizes.
  func end() -> RecordSize
  /// A function's code is reachable.
  func code(_ code: LoadedCode)
  /// A name keeps a value alive from outside: a global variable, a local one.
  func root(nameCharacters: Int)
}
