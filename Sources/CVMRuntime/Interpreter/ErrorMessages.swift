/// The wording of run-time errors, as V8 has it where it has one.
enum ErrorMessage {
  static let divisionByZero = "Division by zero"
  static let mixedBigInt = "Cannot mix BigInt and other types, use explicit conversions"
  static let bigIntUnsignedShift = "BigInts have no unsigned right shift, use >> instead"
  static let bigIntToNumber = "Cannot convert a BigInt value to a number"
  static let generatorRunning = "Generator is already running"
  static func cannotRead(_ value: String, _ key: String) -> String {
    "Cannot read properties of \(value) (reading '\(key)')"
  }
  static func cannotSet(_ value: String, _ key: String) -> String {
    "Cannot set properties of \(value) (setting '\(key)')"
  }
  static func notDefined(_ name: String) -> String { "\(clipped(name)) is not defined" }
  /// A name of ordinary length as it is, the start of one that nobody would read.
  private static func clipped(_ name: String) -> String {
    name.utf8.count > 1000 ? name.prefix(200) + "..." : name
  }
  static func uninitialized(_ name: String) -> String { "Cannot access '\(name)' before initialization" }
  static func notAFunction(_ what: String) -> String { "\(what) is not a function" }
  static func notAConstructor(_ what: String) -> String { "\(what) is not a constructor" }
  static func notIterable(_ what: String) -> String { "\(what) is not iterable" }
  static func readOnly(_ key: String, _ object: String) -> String {
    "Cannot assign to read only property '\(key)' of object '\(object)'"
  }
  static func noSetter(_ key: String, _ object: String) -> String {
    "Cannot set property \(key) of \(object) which has only a getter"
  }
  static func notExtensible(_ key: String) -> String { "Cannot add property \(key), object is not extensible" }
  static func cannotDelete(_ key: String, _ object: String) -> String {
    "Cannot delete property '\(key)' of \(object)"
  }
  static func cannotRedefine(_ key: String) -> String { "Cannot redefine property: \(key)" }
  static func cannotCreateOn(_ key: String, _ type: String, _ text: String) -> String {
    "Cannot create property '\(key)' on \(type) '\(text)'"
  }
  static func needsNew(_ name: String) -> String { "Class constructor \(name) cannot be invoked without 'new'" }
  static func inOnPrimitive(_ key: String, _ text: String) -> String {
    "Cannot use 'in' operator to search for '\(key)' in \(text)"
  }
  static func cannotDestructure(_ what: String, _ value: String) -> String {
    "Cannot destructure '\(what)' as it is \(value)."
  }
  static let constAssignment = "Assignment to constant variable."
  static let stackOverflow = "Maximum call stack size exceeded"
  static let invalidArrayLength = "Invalid array length"
  static let invalidStringLength = "Invalid string length"
  static let symbolToNumber = "Cannot convert a Symbol value to a number"
  static let symbolToString = "Cannot convert a Symbol value to a string"
  static let superNotCalled =
    "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"
  static let superCalledTwice = "Super constructor may only be called once"
  static let derivedReturn = "Derived constructors may only return object or undefined"
  static let instanceofNotCallable = "Right-hand side of 'instanceof' is not callable"
  static let tooManyArguments = "Too many arguments in function call"
}
