import CVMDispatch

/// The sections of a portable checkpoint, in the order in which they are written. SnapshotFormat.md has every byte.
public enum PortableSection: String, CaseIterable, Sendable {
  /// Names of the built-in objects that are mentioned.
  case names = "NAME"
  case strings = "STRS"
  case opcodes = "OPCS"
  case sources = "SRCS"
  case code = "CODE"
  case shapes = "SHPS"
  /// What each cell is; enough to allocate it.
  case cells = "CELL"
  case globals = "GLOB"
  /// What the program changed of built-in objects.
  case builtIns = "BLTN"
  case frames = "FRAM"
  case machine = "MACH"
  /// What the host holds by name.
  case host = "HOST"
  /// What is inside the cells.
  case values = "VALS"
  /// Functions of the machine itself, by name.
  case functions = "FUNC"
  /// Running timers of `console`; not part of the hash.
  case timers = "TIME"

  /// What the section holds, in words.
  public var title: String {
    switch self {
    case .names: "names of built-ins"
    case .strings: "strings"
    case .opcodes: "instruction names"
    case .sources: "source texts"
    case .code: "code"
    case .shapes: "shapes"
    case .cells: "cells"
    case .globals: "global variables"
    case .builtIns: "changed built-ins"
    case .frames: "frames"
    case .machine: "machine state"
    case .host: "host"
    case .values: "values"
    case .functions: "the machine's functions"
    case .timers: "timers"
    }
  }
}

/// Why a machine can't be saved, or bytes are no machine.
public struct PortableError: Error, Equatable, Sendable, CustomStringConvertible {
  public var section: PortableSection?
  /// The byte inside the section.
  public var offset: Int
  public var message: String

  public init(_ message: String, section: PortableSection? = nil, offset: Int = 0) {
    self.message = message
    self.section = section
    self.offset = offset
  }

  public var description: String {
    section.map { "\(message) (section \($0.rawValue), \($0.title), byte \(offset))" } ?? message
  }
}

/// The kinds of records. Numbers are part of the format.
package enum RecordKind: UInt8, CaseIterable {
  case object = 0
  case array = 1
  case function = 2
  case boundFunction = 3
  case error = 4
  case map = 5
  case set = 6
  case wrapper = 7
  case arguments = 8
  case arrayIterator = 9
  case mapIterator = 10
  case setIterator = 11
  case stringIterator = 12
  case regExp = 16
  case regExpStringIterator = 17
  case generator = 18
  case date = 13
  case weakMap = 14
  case weakSet = 15
  case weakRef = 20
  case iteratorHelper = 21
  case symbol = 24
  case variable = 25
  case values = 26
  case table = 27
  case enumeration = 28
  case bigInt = 29

  /// Cells of these kinds have records: a byte that is none of them names no record.
  static let cellKinds: Set<CellKind> = Set(allCases.map(\.cellKind))

  /// What the program sees as an object: with id, shape and properties.
  package var isObject: Bool { rawValue < 24 }

  /// The record of a cell's kind; nil for parts of other records and for strings.
  ///
  /// Exhaustive on purpose: a new kind of cell does not compile until a checkpoint can hold it.
  init?(_ kind: CVMKind) {
    switch kind {
    case .object: self = .object
    case .array: self = .array
    case .function: self = .function
    case .boundFunction: self = .boundFunction
    case .error: self = .error
    case .map: self = .map
    case .set: self = .set
    case .wrapper: self = .wrapper
    case .arguments: self = .arguments
    case .arrayIterator: self = .arrayIterator
    case .mapIterator: self = .mapIterator
    case .setIterator: self = .setIterator
    case .stringIterator: self = .stringIterator
    case .regExp: self = .regExp
    case .regExpStringIterator: self = .regExpStringIterator
    case .generator: self = .generator
    case .date: self = .date
    case .weakMap: self = .weakMap
    case .weakSet: self = .weakSet
    case .weakRef: self = .weakRef
    case .iteratorHelper: self = .iteratorHelper
    case .symbol: self = .symbol
    case .bigInt: self = .bigInt
    case .cell: self = .variable
    case .values: self = .values
    case .hashTable: self = .table
    case .enumeration: self = .enumeration
    case .latin1, .UTF16, .rope: return nil
    case .accessor, .dictionary: return nil
    case .free, .lastObject: return nil
    }
  }

  var cellKind: CellKind {
    switch self {
    case .object: .object
    case .array: .array
    case .function: .function
    case .boundFunction: .boundFunction
    case .error: .error
    case .map: .map
    case .set: .set
    case .wrapper: .wrapper
    case .arguments: .arguments
    case .arrayIterator: .arrayIterator
    case .mapIterator: .mapIterator
    case .setIterator: .setIterator
    case .stringIterator: .stringIterator
    case .regExp: .regExp
    case .regExpStringIterator: .regExpStringIterator
    case .generator: .generator
    case .date: .date
    case .weakMap: .weakMap
    case .weakSet: .weakSet
    case .weakRef: .weakRef
    case .iteratorHelper: .iteratorHelper
    case .symbol: .symbol
    case .bigInt: .bigInt
    case .variable: .variable
    case .values: .values
    case .table: .hashTable
    case .enumeration: .enumeration
    }
  }
}

/// Bits of a record's first byte above the kind.
package enum RecordFlag {
  package static let kindMask: UInt8 = 0x1f
  /// Objects: the id counts the machine's own objects. Tables: no values, as in sets.
  package static let isInternal: UInt8 = 0x20
  package static let keysOnly: UInt8 = 0x20
  /// Objects but arrays: indexed properties follow.
  package static let hasElements: UInt8 = 0x40
  /// A byte with the cell's flags follows.
  package static let hasFlags: UInt8 = 0x80
}

/// The low three bits of a value.
package enum ValueTag {
  package static let constant: UInt64 = 0
  package static let int: UInt64 = 1
  package static let builtIn: UInt64 = 2
  package static let newCell: UInt64 = 3
  package static let knownCell: UInt64 = 4
  package static let newString: UInt64 = 5
  package static let knownString: UInt64 = 6
  /// A number that is an integer divided by a power of ten.
  package static let decimal: UInt64 = 7
}

/// Values without content, above the tag `constant`.
package enum ConstantCode {
  /// By number in the file: the number of the machine's special value.
  package static let specials: [Value] = [
    .undefined, .null, .false, .true, .hole, .uninitialized, .done, .arrayIteration,
  ]
  package static let double: UInt64 = 8
}

/// What a machine was doing when it was saved.
package enum PortableActivity: UInt8 {
  case idle = 0
  /// At a `CC`, waiting for the answer.
  case paused = 1
  /// Between two instructions.
  case stopped = 2
  case threw = 3
}

package let powersOfTen: [Double] = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
]
