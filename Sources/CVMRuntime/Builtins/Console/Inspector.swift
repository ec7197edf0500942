import CVMDispatch

/// Prints values as Node's `util.inspect` does, from what is in the heap: it never runs code of the program and never
/// changes an object.
final class Inspector {
  let vm: VM
  let options: InspectOptions
  /// Nested objects deeper than this are abbreviated; below zero once the text became too large.
  var depth: Int
  var indentation = 0
  /// The depth of the innermost object formatted last.
  var currentDepth = 0
  private var seen: [Handle] = []
  private var circular: [Handle: Int] = [:]
  private var producedAtIndentation: [Int: Int] = [:]
  /// What one level of indentation may produce before everything further is abbreviated.
  private static let budget = 1 << 25

  init(_ vm: VM, _ options: InspectOptions) {
    self.vm = vm
    self.options = options
    depth = options.effectiveDepth
  }

  // MARK: Values

  func format(_ value: Value, _ level: Int) -> String {
    guard value.isObject else { return formatPrimitive(value) }
    if seen.contains(value.handle) {
      if options.isForPrompt { return styled("[Circular \(idText(value))]", .special) }
      let number = circular[value.handle] ?? circular.count + 1
      circular[value.handle] = number
      return styled("[Circular *\(number)]", .special)
    }
    return formatObject(vm.cell(value), level)
  }

  private func idText(_ value: Value) -> String {
    guard let id = vm.machine.objectID(of: value) else { return vm.machine.identity(of: value) ?? "" }
    return "#\(id.isInternal ? "i" : "")\(id.number)"
  }

  func formatPrimitive(_ value: Value) -> String {
    if value.isString { return formatString(value) }
    if value.isNumber { return styled(numberText(value), .number) }
    if value.isSymbol { return styled(symbolText(value), .symbol) }
    if value.isBigInt { return styled(vm.plainText(vm.primitiveToString(value)) + "n", .number) }
    if value == .true { return styled("true", .boolean) }
    if value == .false { return styled("false", .boolean) }
    if value.isNull { return styled("null", .null) }
    if value == .uninitialized { return styled("<uninitialized>", .special) }
    return styled("undefined", .undefined)
  }

  func numberText(_ value: Value) -> String {
    if value.isInt { return String(value.asInt) }
    let number = value.asDouble
    return number == 0 && number.sign == .minus ? "-0" : NumberFormatting.string(number)
  }

  func symbolText(_ symbol: Value) -> String {
    let description = vm.cell(symbol).value(Layout.primitive)
    return "Symbol(\(description.isString ? vm.plainText(description) : ""))"
  }

  // MARK: Objects

  /// What an object's text is made of.
  struct Parts {
    var open: String
    var close = "}"
    /// What comes before the braces: a function, an error, a boxed primitive.
    var base = ""
    var content = Content.none
    var members: [Member]
    /// The whole text, when there is nothing to put between braces.
    var text: String?

    init(open: String = "{", close: String = "}", members: [Member] = []) {
      self.open = open
      self.close = close
      self.members = members
    }
  }

  enum Content {
    case none
    case array
    case set
    case map
    case iterator
    case unknown
  }

  private func formatObject(_ object: Cell, _ level: Int) -> String {
    let constructor = constructorName(object, level)
    let tag = stringTag(object)
    var hidden: [String] = []
    if options.showHidden, level <= depth { hidden = prototypeMembers(object, level) }
    let parts = describe(object, constructor, tag, level, isBare: hidden.isEmpty)
    if let text = parts.text { return text }
    if level > depth { return abbreviation(object, constructor, tag) }
    let handle = vm.handle(object)
    seen.append(handle)
    currentDepth = level + 1
    var output = formatContent(parts.content, object, level + 1)
    let isArray = parts.content == .array
    for member in parts.members.prefix(options.maxPropertyCount) { output.append(formatMember(member, level + 1)) }
    if parts.members.count > options.maxPropertyCount {
      output.append("... \(parts.members.count - options.maxPropertyCount) more properties")
    }
    output.append(contentsOf: hidden)
    var base = parts.base
    if let number = circular[handle] {
      let reference = styled("<ref *\(number)>", .special)
      base = base.isEmpty ? reference : "\(reference) \(base)"
    }
    seen.removeLast()
    if options.sorted { sort(&output, memberCount: parts.members.count, isArray: isArray) }
    let text = layOut(
      output, base: base, open: parts.open, close: parts.close, level: level + 1, array: isArray ? object : nil)
    let produced = producedAtIndentation[indentation, default: 0] + text.utf8.count
    producedAtIndentation[indentation] = produced
    if produced > Inspector.budget { depth = -1 }
    return text
  }

  private func sort(_ output: inout [String], memberCount: Int, isArray: Bool) {
    let start = isArray ? output.count - memberCount : 0
    output[start...].sort { Array($0.utf16).lexicographicallyPrecedes(Array($1.utf16)) }
  }

  /// What stands for an object below the depth limit.
  private func abbreviation(_ object: Cell, _ constructor: String?, _ tag: String) -> String {
    let name = String(prefix(object, constructor, tag).dropLast())
    return styled(constructor == nil ? name : "[\(name)]", .special)
  }

  private func describe(
    _ object: Cell, _ constructor: String?, _ tag: String, _ level: Int, isBare: Bool
  ) -> Parts {
    if constructor == nil || isIterable(object) {
      switch object.kind {
      case .array: return describeArray(object, constructor, tag, isBare)
      case .set, .map: return describeCollection(object, constructor, tag, isBare)
      case .mapIterator, .setIterator: return describeIterator(object, tag)
      default: break
      }
    }
    var parts = Parts(members: members(of: object, withElements: true))
    let isEmpty = parts.members.isEmpty && isBare
    if object.kind == .function || object.kind == .boundFunction {
      parts.base = functionBase(object, constructor, tag)
      if isEmpty { parts.text = styled(parts.base, .special) }
    } else if constructor == "Object" {
      if object.kind == .arguments {
        parts.open = "[Arguments] {"
      } else if !tag.isEmpty {
        parts.open = prefix("Object", tag, "Object") + "{"
      }
      if isEmpty { parts.text = parts.open + "}" }
    } else if isError(object) {
      parts.base = errorBase(object, constructor, tag, &parts.members)
      if parts.members.isEmpty && isBare { parts.text = parts.base }
    } else if object.kind == .regExp {
      parts.base = regExpBase(object, constructor, tag)
      if isEmpty { parts.text = styled(parts.base, .regExp) }
    } else if object.kind == .date {
      let prefix = prefix(object, constructor, tag)
      let text = dateText(object)
      parts.base = prefix == "Date " ? text : prefix + text
      if isEmpty { parts.text = styled(parts.base, .date) }
    } else if object.kind == .weakMap || object.kind == .weakSet {
      parts.open = prefix(object, constructor, tag) + "{"
      parts.content = .unknown
    } else if object.kind == .wrapper {
      parts.base = wrapperBase(object, constructor, tag, isEmpty)
      if isEmpty { parts.text = parts.base }
    } else {
      parts.open = prefix(object, constructor, tag) + "{"
      if isEmpty { parts.text = parts.open + "}" }
    }
    return parts
  }

  /// The literal, after the class where that is not RegExp.
  func regExpBase(_ object: Cell, _ constructor: String?, _ tag: String) -> String {
    let text = String(decoding: vm.regExpText(object), as: UTF16.self)
    let prefix = prefix(object, constructor, tag)
    return prefix == "RegExp " ? text : prefix + text
  }

  // MARK: Colours

  enum Style: String {
    case special, number, boolean, undefined, null, string, symbol, regExp, date
    /// Not styled by Node.
    case name

    var codes: (Int, Int)? {
      switch self {
      case .special: (36, 39)
      case .number, .boolean: (33, 39)
      case .undefined: (90, 39)
      case .null: (1, 22)
      case .string, .symbol: (32, 39)
      case .regExp: (31, 39)
      case .date: (35, 39)
      case .name: nil
      }
    }
  }

  func styled(_ text: String, _ style: Style) -> String {
    guard options.colors, let (start, end) = style.codes else { return text }
    return "\u{1b}[\(start)m\(text)\u{1b}[\(end)m"
  }
}

extension Machine {
  /// The value as Node's `util.inspect` prints it; no code of the program runs.
  public func inspect(_ value: Value, options: InspectOptions = InspectOptions()) -> String {
    Inspector(vm, options).format(value, 0)
  }

  /// What `console.log` prints of these values, without the line's end, as UTF-8.
  public func format(_ values: [Value], options: InspectOptions = InspectOptions()) -> [UInt8] {
    MessageFormatter(vm, options).format(values)
  }
}
