import CVMDispatch

enum DateBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Date", length: 7, native: construct, selfHosted: "DateConstructor", "Makes a date, now when called plainly.",
      isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction(
        "now", length: 0, native: { vm, _, _ in Value(number: Calendar.clip(vm.machine.currentTime)) },
        "The milliseconds since 1970."),
      BuiltinFunction("parse", length: 1, native: parse, selfHosted: "OfText", "The time value of a text."),
      BuiltinFunction("UTC", length: 7, native: utc, selfHosted: "WithNumbers", "The time value of fields in UTC."),
    ]
  }

  static var methods: [BuiltinFunction] { texts + getters + setters }

  static var toPrimitive: BuiltinFunction {
    BuiltinFunction(
      "[Symbol.toPrimitive]", length: 1, selfHosted: "DateToPrimitive", "The text, or the time value as a number.")
  }

  private static func text(
    _ name: StaticString, _ native: @escaping NativeFunction, _ summary: StaticString
  ) -> BuiltinFunction { BuiltinFunction(name, length: 0, native: native, summary) }

  private static var texts: [BuiltinFunction] {
    [
      text("toString", { vm, frame, _ in print(vm, frame) { vm.dateText($0) } }, "Date and time with the zone."),
      text(
        "toDateString", { vm, frame, _ in print(vm, frame) { DateText.date(vm.localFields($0)) } }, "The date."),
      text(
        "toTimeString", { vm, frame, _ in print(vm, frame) { vm.timeText($0) } }, "The time with the zone."),
      text("toISOString", toISOString, "The date in the format of ISO 8601, in UTC."),
      text("toUTCString", { vm, frame, _ in print(vm, frame) { DateText.utc($0) } }, "Date and time in UTC."),
      text(
        "toLocaleString",
        { vm, frame, _ in
          print(vm, frame) {
            "\(DateText.localeDate(vm.localFields($0))), \(DateText.localeTime(vm.localFields($0)))"
          }
        }, "Date and time as in English."),
      text(
        "toLocaleDateString", { vm, frame, _ in print(vm, frame) { DateText.localeDate(vm.localFields($0)) } },
        "The date as in English."),
      text(
        "toLocaleTimeString", { vm, frame, _ in print(vm, frame) { DateText.localeTime(vm.localFields($0)) } },
        "The time as in English."),
      BuiltinFunction("toJSON", length: 1, selfHosted: "DateToJSON", "What toISOString gives, null without a date."),
    ]
  }

  private static func getter(_ name: StaticString, _ native: @escaping NativeFunction) -> BuiltinFunction {
    BuiltinFunction(name, length: 0, native: native, "A field of the date.")
  }

  private static var getters: [BuiltinFunction] {
    [
      getter("valueOf") { vm, frame, _ in time(vm, frame) { $0 } },
      getter("getTime") { vm, frame, _ in time(vm, frame) { $0 } },
      getter("getFullYear") { vm, frame, _ in local(vm, frame) { $0.year } },
      getter("getUTCFullYear") { vm, frame, _ in universal(vm, frame) { $0.year } },
      getter("getMonth") { vm, frame, _ in local(vm, frame) { $0.month } },
      getter("getUTCMonth") { vm, frame, _ in universal(vm, frame) { $0.month } },
      getter("getDate") { vm, frame, _ in local(vm, frame) { $0.day } },
      getter("getUTCDate") { vm, frame, _ in universal(vm, frame) { $0.day } },
      getter("getDay") { vm, frame, _ in local(vm, frame) { $0.weekday } },
      getter("getUTCDay") { vm, frame, _ in universal(vm, frame) { $0.weekday } },
      getter("getHours") { vm, frame, _ in local(vm, frame) { $0.hour } },
      getter("getUTCHours") { vm, frame, _ in universal(vm, frame) { $0.hour } },
      getter("getMinutes") { vm, frame, _ in local(vm, frame) { $0.minute } },
      getter("getUTCMinutes") { vm, frame, _ in universal(vm, frame) { $0.minute } },
      getter("getSeconds") { vm, frame, _ in local(vm, frame) { $0.second } },
      getter("getUTCSeconds") { vm, frame, _ in universal(vm, frame) { $0.second } },
      getter("getMilliseconds") { vm, frame, _ in local(vm, frame) { $0.millisecond } },
      getter("getUTCMilliseconds") { vm, frame, _ in universal(vm, frame) { $0.millisecond } },
      getter("getTimezoneOffset") { vm, frame, _ in
        time(vm, frame) { $0.isNaN ? .nan : 0 - vm.machine.localOffset(at: $0) / 60_000 }
      },
      getter("getYear") { vm, frame, _ in local(vm, frame) { $0.year - 1900 } },
    ]
  }

  private static var setters: [BuiltinFunction] {
    DateField.allCases.map { field in
      BuiltinFunction(field.name, length: field.argumentCount, native: set, selfHosted: "DateSetter", "Sets fields.")
    }
  }
}

/// What a setter of dates sets.
enum DateField: CaseIterable {
  case time, milliseconds, utcMilliseconds, seconds, utcSeconds, minutes, utcMinutes, hours, utcHours
  case date, utcDate, month, utcMonth, fullYear, utcFullYear, year

  var name: StaticString {
    switch self {
    case .time: "setTime"
    case .milliseconds: "setMilliseconds"
    case .utcMilliseconds: "setUTCMilliseconds"
    case .seconds: "setSeconds"
    case .utcSeconds: "setUTCSeconds"
    case .minutes: "setMinutes"
    case .utcMinutes: "setUTCMinutes"
    case .hours: "setHours"
    case .utcHours: "setUTCHours"
    case .date: "setDate"
    case .utcDate: "setUTCDate"
    case .month: "setMonth"
    case .utcMonth: "setUTCMonth"
    case .fullYear: "setFullYear"
    case .utcFullYear: "setUTCFullYear"
    case .year: "setYear"
    }
  }

  var argumentCount: Int {
    switch self {
    case .hours, .utcHours: 4
    case .minutes, .utcMinutes, .fullYear, .utcFullYear: 3
    case .seconds, .utcSeconds, .month, .utcMonth: 2
    default: 1
    }
  }

  var isUTC: Bool {
    switch self {
    case .utcMilliseconds, .utcSeconds, .utcMinutes, .utcHours, .utcDate, .utcMonth, .utcFullYear: true
    default: false
    }
  }

  static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0.name)", $0) })
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func makeDate(_ time: Double, prototype: Handle?) -> Value {
    let date = makeObject(
      kind: .date, prototype: prototype ?? machine.intrinsics.datePrototype.handle, fieldBytes: 8)
    date.setValue(Layout.primitive, Value(number: time))
    return objectValue(date)
  }

  func isDate(_ value: Value) -> Bool { value.isObject && cell(value).kind == .date }

  func dateTime(_ value: Value) -> Double { cell(value).value(Layout.primitive).asNumber }

  func localFields(_ time: Double) -> Calendar.Fields { Calendar.fields(machine.localTime(time)) }

  func timeText(_ time: Double) -> String {
    DateText.time(
      localFields(time), offsetMinutes: Int(machine.localOffset(at: time) / 60_000), zone: machine.zoneName(at: time))
  }

  func dateText(_ time: Double) -> String {
    time.isNaN ? "Invalid Date" : "\(DateText.date(localFields(time))) \(timeText(time))"
  }

  /// Sets fields of a date whose time value was `old` before the numbers were converted: the new time value.
  func setDate(_ date: Value, _ old: Double, _ field: DateField, _ numbers: [Double]) -> Value {
    let time = newTime(old, field, numbers)
    guard let time else { return Value(double: .nan) }
    let cell = cell(date)
    writeBarrier(self, cell + Layout.primitive)
    cell.setValue(Layout.primitive, Value(number: time))
    return cell.value(Layout.primitive)
  }

  private func newTime(_ old: Double, _ field: DateField, _ numbers: [Double]) -> Double? {
    let first = numbers.first ?? .nan
    if field == .time { return Calendar.clip(first) }
    let startsAnew = field == .fullYear || field == .utcFullYear || field == .year
    if old.isNaN && !startsAnew { return nil }
    let current = old.isNaN ? 0 : field.isUTC ? old : machine.localTime(old)
    let fields = Calendar.fields(current)
    func number(_ index: Int, _ standard: Int) -> Double { index < numbers.count ? numbers[index] : Double(standard) }
    var day = (current / Calendar.msPerDay).rounded(.down)
    var rest = current - day * Calendar.msPerDay
    switch field {
    case .milliseconds, .utcMilliseconds:
      rest = Calendar.makeTime(Double(fields.hour), Double(fields.minute), Double(fields.second), first)
    case .seconds, .utcSeconds:
      rest = Calendar.makeTime(Double(fields.hour), Double(fields.minute), first, number(1, fields.millisecond))
    case .minutes, .utcMinutes:
      rest = Calendar.makeTime(
        Double(fields.hour), first, number(1, fields.second), number(2, fields.millisecond))
    case .hours, .utcHours:
      rest = Calendar.makeTime(
        first, number(1, fields.minute), number(2, fields.second), number(3, fields.millisecond))
    case .date, .utcDate: day = Calendar.makeDay(Double(fields.year), Double(fields.month), first)
    case .month, .utcMonth: day = Calendar.makeDay(Double(fields.year), first, number(1, fields.day))
    case .fullYear, .utcFullYear: day = Calendar.makeDay(first, number(1, fields.month), number(2, fields.day))
    case .year: day = Calendar.makeDay(Calendar.fullYear(first), Double(fields.month), Double(fields.day))
    case .time: break
    }
    let result = Calendar.makeDate(day, rest)
    return Calendar.clip(field.isUTC ? result : machine.utc(ofLocal: result))
  }

  /// The time value of year, month and further fields; of local time or of UTC.
  func timeOfFields(_ numbers: [Double]) -> Double {
    func number(_ index: Int, _ standard: Double) -> Double { index < numbers.count ? numbers[index] : standard }
    return Calendar.makeDate(
      Calendar.makeDay(Calendar.fullYear(number(0, .nan)), number(1, 0), number(2, 1)),
      Calendar.makeTime(number(3, 0), number(4, 0), number(5, 0), number(6, 0)))
  }

  func parseDate(_ text: Value) -> Double {
    // Nothing that is as long is a date.
    guard stringLength(text) <= 1 << 16, let result = DateParser.parse(view(text).units()) else { return .nan }
    if let offset = result.offset { return Calendar.clip(result.time - Double(offset) * 60_000) }
    return Calendar.clip(machine.utc(ofLocal: result.time))
  }
}

// MARK: Natives

private func construct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let machine = vm.machine
  let target = newTarget(frame)
  guard target.isObject else { return vm.makeString(vm.dateText(Calendar.clip(machine.currentTime))) }
  guard target == frame[FrameHeader.callee] else { return .callNeeded }
  var time = 0.0
  if count == 0 {
    time = Calendar.clip(machine.currentTime)
  } else if count == 1 {
    let value = frame[0]
    if vm.isDate(value) {
      time = vm.dateTime(value)
    } else {
      guard vm.isPlainPrimitive(value) else { return .callNeeded }
      time = value.isString ? vm.parseDate(value) : Calendar.clip(vm.primitiveToNumber(value))
    }
  } else {
    guard let fields = FieldNumbers(vm, frame, count) else { return .callNeeded }
    time = Calendar.clip(machine.utc(ofLocal: fields.time))
  }
  return vm.makeDate(time, prototype: nil)
}

/// The arguments of a date as year, month and further fields.
private struct FieldNumbers {
  private var numbers = (Double.nan, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)

  /// Nil when an argument needs user code or raises.
  init?(_ vm: VM, _ frame: Registers, _ count: Int32) {
    for i in 0..<Int(count) where !vm.isPlainPrimitive(frame[i]) { return nil }
    func number(_ index: Int, _ standard: Double) -> Double {
      index < Int(count) ? vm.primitiveToNumber(frame[index]) : standard
    }
    numbers = (
      number(0, .nan), number(1, 0), number(2, 1), number(3, 0), number(4, 0), number(5, 0), number(6, 0)
    )
    for i in stride(from: 7, to: Int(count), by: 1) { _ = vm.primitiveToNumber(frame[i]) }
  }

  var time: Double {
    Calendar.makeDate(
      Calendar.makeDay(Calendar.fullYear(numbers.0), numbers.1, numbers.2),
      Calendar.makeTime(numbers.3, numbers.4, numbers.5, numbers.6))
  }
}

/// The arguments as numbers; nil when one of them needs user code or raises.
private func numbers(_ vm: VM, _ frame: Registers, _ count: Int32) -> [Double]? {
  var result: [Double] = []
  for i in 0..<Int(count) {
    guard vm.isPlainPrimitive(frame[i]) else { return nil }
    result.append(vm.primitiveToNumber(frame[i]))
  }
  return result
}

private func parse(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let text = argument(frame, count, 0)
  guard vm.isPlainPrimitive(text) else { return .callNeeded }
  return Value(number: vm.parseDate(vm.primitiveToString(text)))
}

private func utc(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let fields = FieldNumbers(vm, frame, count) else { return .callNeeded }
  return Value(number: Calendar.clip(fields.time))
}

private func thisTime(_ vm: VM, _ frame: Registers) -> Double? {
  vm.isDate(receiver(frame)) ? vm.dateTime(receiver(frame)) : nil
}

private func time(_ vm: VM, _ frame: Registers, _ body: (Double) -> Double) -> Value {
  guard let time = thisTime(vm, frame) else { return vm.throwTypeError("this is not a Date object.") }
  return Value(number: body(time))
}

private func local(_ vm: VM, _ frame: Registers, _ body: (Calendar.Fields) -> Int) -> Value {
  time(vm, frame) { $0.isNaN ? .nan : Double(body(vm.localFields($0))) }
}

private func universal(_ vm: VM, _ frame: Registers, _ body: (Calendar.Fields) -> Int) -> Value {
  time(vm, frame) { $0.isNaN ? .nan : Double(body(Calendar.fields($0))) }
}

private func print(_ vm: VM, _ frame: Registers, _ body: (Double) -> String) -> Value {
  guard let time = thisTime(vm, frame) else { return vm.throwTypeError("this is not a Date object.") }
  return vm.makeString(time.isNaN ? "Invalid Date" : body(time))
}

private func toISOString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let time = thisTime(vm, frame) else { return vm.throwTypeError("this is not a Date object.") }
  return time.isNaN ? vm.throwRangeError("Invalid time value") : DateText.withISO(time) { vm.makeString(latin1: $0) }
}

private func set(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let time = thisTime(vm, frame) else { return vm.throwTypeError("this is not a Date object.") }
  guard let field = vm.dateField(frame) else { return .undefined }
  guard let numbers = numbers(vm, frame, min(count, Int32(field.argumentCount))) else { return .callNeeded }
  return vm.setDate(receiver(frame), time, field, numbers)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// What the setter that is running sets.
  fileprivate func dateField(_ frame: Registers) -> DateField? {
    builtin(cell(frame[FrameHeader.callee])).flatMap { DateField.byName["\($0.name)"] }
  }
}

extension Machine {
  func addDateIntrinsics() {
    natives.addIntrinsic("IsDate") { vm, frame, _ in Value(vm.isDate(frame[0])) }
    natives.addIntrinsic("DateTime") { vm, frame, _ in
      vm.isDate(frame[0])
        ? vm.cell(frame[0]).value(Layout.primitive) : vm.throwTypeError("this is not a Date object.")
    }
    natives.addIntrinsic("DateArgumentCount") { vm, _, _ in
      Value(vm.dateField(vm.pointee.frame)?.argumentCount ?? 0)
    }
    natives.addIntrinsic("DateSet", .object, .number, .list) { vm, frame, _ in
      guard let field = vm.dateField(vm.pointee.frame) else { return .undefined }
      return vm.setDate(frame[0], frame[1].asNumber, field, vm.listedNumbers(frame[2]))
    }
    natives.addIntrinsic("DateOfFields", .list) { vm, frame, _ in
      let local = vm.timeOfFields(vm.listedNumbers(frame[0]))
      return Value(number: Calendar.clip(vm.machine.utc(ofLocal: local)))
    }
    natives.addIntrinsic("DateOfNumber", .number) { _, frame, _ in Value(number: Calendar.clip(frame[0].asNumber)) }
    natives.addIntrinsic("DateOfText", .string) { vm, frame, _ in Value(number: vm.parseDate(frame[0])) }
    natives.addIntrinsic("DateOfNow") { vm, _, _ in Value(number: Calendar.clip(vm.machine.currentTime)) }
    natives.addIntrinsic("DateCreate", .number) { vm, frame, _ in
      vm.makeDate(frame[0].asNumber, prototype: frame[1].isObject ? frame[1].handle : nil)
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  fileprivate func listedNumbers(_ list: Value) -> [Double] {
    let array = cell(list)
    return (0..<denseLength(array)).map { arrayElements(array)[$0].asNumber }
  }
}
