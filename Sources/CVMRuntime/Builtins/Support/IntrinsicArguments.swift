import CVMDispatch

/// What an intrinsic takes for granted of an argument.
///
/// Self-hosted code only passes what it has made or looked at, but the registers of a self-hosted function that was stopped
/// come from a checkpoint, in which anything may stand.
enum IntrinsicArgument: UInt8 {
  case any
  case object
  /// An array with dense elements in front.
  case list
  case array
  case string
  case symbol
  case number
  /// A number that fits an `Int`.
  case integer
  /// A map or a set.
  case table
  case map
  case regExp
  /// One of the built-in iterators.
  case iterator
  case tableIterator
  case weakMap
  case tableOrStringIterator

  @inline(__always) func accepts(_ vm: VM, _ value: Value) -> Bool {
    switch self {
    case .any: true
    case .object: value.isObject
    case .list: value.isObject && vm.cell(value).kind == .array && vm.cell(value).flags & CellFlag.sparse == 0
    case .array: value.isObject && vm.cell(value).kind == .array
    case .string: value.isString
    case .symbol: value.isSymbol
    case .number: value.isNumber
    case .integer: value.isInt || (value.isDouble && abs(value.asDouble) < 9e15)
    case .table: value.isObject && (vm.cell(value).kind == .map || vm.cell(value).kind == .set)
    case .map: value.isObject && vm.cell(value).kind == .map
    case .weakMap: value.isObject && vm.cell(value).kind == .weakMap
    case .regExp: value.isObject && vm.cell(value).kind == .regExp
    case .iterator:
      value.isObject
        && (vm.cell(value).kind == .arrayIterator || vm.cell(value).kind == .regExpStringIterator
          || vm.cell(value).kind == .mapIterator || vm.cell(value).kind == .setIterator
          || vm.cell(value).kind == .stringIterator)
    case .tableOrStringIterator:
      IntrinsicArgument.tableIterator.accepts(vm, value) || (value.isObject && vm.cell(value).kind == .stringIterator)
    case .tableIterator:
      value.isObject && (vm.cell(value).kind == .mapIterator || vm.cell(value).kind == .setIterator)
    }
  }
}

/// What an intrinsic takes for granted of its first arguments: four bits for each.
struct IntrinsicArguments {
  private let packed: UInt32

  static let none = IntrinsicArguments([])

  init(_ kinds: [IntrinsicArgument]) {
    packed = kinds.enumerated().reduce(0) { $0 | UInt32($1.element.rawValue) << UInt32($1.offset * 4) }
  }

  @inline(__always) func accepts(_ vm: VM, _ frame: Registers) -> Bool {
    var rest = packed
    var position = 0
    while rest != 0 {
      let kind = IntrinsicArgument(rawValue: UInt8(rest & 15)).unsafelyUnwrapped
      if _slowPath(!kind.accepts(vm, frame[position])) { return false }
      rest >>= 4
      position += 1
    }
    return true
  }
}

extension NativeTable {
  /// Makes a native callable from self-hosted code as `%name(...)`, with what it needs of its first arguments.
  func addIntrinsic(_ name: String, _ arguments: IntrinsicArgument..., function: NativeFunction) {
    addIntrinsic(name, IntrinsicArguments(arguments), function)
  }
}
