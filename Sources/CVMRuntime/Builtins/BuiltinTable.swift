import CVMDispatch

/// A built-in that never runs user code: arguments at `frame[0 ..< count]`, `this` at `frame[-3]`. Returns the result or
/// one of the marker values (`exceptionMarker`, `callNeeded`, `reinvoke`, `retry`).
typealias NativeFunction = @convention(c) (VM, Registers, Int32) -> Value

/// A built-in function: native, self-hosted, or native with a self-hosted twin for the cases in which user code may run.
struct BuiltinFunction {
  let name: StaticString
  let length: Int
  let native: NativeFunction?
  /// The name of the self-hosted function.
  let selfHosted: StaticString?
  /// One sentence for `:help` and the documentation.
  let summary: StaticString
  var isConstructor = false

  init(
    _ name: StaticString, length: Int, native: NativeFunction? = nil, selfHosted: StaticString? = nil,
    _ summary: StaticString, isConstructor: Bool = false
  ) {
    self.name = name
    self.length = length
    self.native = native
    self.selfHosted = selfHosted
    self.summary = summary
    self.isConstructor = isConstructor
  }
}

/// A native function, with what it needs of its arguments.
struct NativeEntry {
  let function: NativeFunction
  let arguments: IntrinsicArguments
}

/// The native functions of a machine by number.
final class NativeTable {
  private let vm: VM
  @exclusivity(unchecked) private var functions: UnsafeMutablePointer<NativeEntry>
  @exclusivity(unchecked) private var capacity = 1024
  @exclusivity(unchecked) private(set) var builtins: [BuiltinFunction?] = []
  @exclusivity(unchecked) private var intrinsics: [String: UInt32] = [:]
  @exclusivity(unchecked) private var selfHosted: [String: UInt32] = [:]
  /// Set in the number of an intrinsic that stands for a self-hosted function.
  static let selfHostedFlag: UInt32 = 0x8000_0000

  init(vm: VM) {
    self.vm = vm
    functions = .allocate(capacity: capacity)
    vm.pointee.natives = UnsafeMutableRawPointer(functions)
  }
  deinit { functions.deallocate() }

  private func append(
    _ function: NativeFunction, _ builtin: BuiltinFunction?, _ arguments: IntrinsicArguments = .none
  ) -> UInt32 {
    if builtins.count == capacity {
      let larger = UnsafeMutablePointer<NativeEntry>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: functions, count: capacity)
      functions.deallocate()
      functions = larger
      capacity *= 2
      vm.pointee.natives = UnsafeMutableRawPointer(functions)
    }
    (functions + builtins.count).initialize(to: NativeEntry(function: function, arguments: arguments))
    builtins.append(builtin)
    return UInt32(builtins.count - 1)
  }

  /// Gives the native function of a built-in a number. A built-in without one gets a function that asks for its twin.
  func add(_ builtin: BuiltinFunction) -> UInt32 { append(builtin.native ?? { _, _, _ in .callNeeded }, builtin) }

  /// Makes a native callable from self-hosted code as `%name(...)`.
  func addIntrinsic(_ name: String, _ arguments: IntrinsicArguments = .none, _ function: NativeFunction) {
    intrinsics[name] = append(function, nil, arguments)
  }

  func addSelfHosted(_ name: String, code: Int) { selfHosted[name] = UInt32(code) }

  /// The code number of a self-hosted function.
  func selfHostedCode(_ name: String) -> Int? { selfHosted[name].map { Int($0) } }

  /// The number that stands in INTRINSIC instructions for a name.
  func number(ofIntrinsic name: String) -> UInt32 {
    if name.hasPrefix("SelfHosted:") {
      let function = String(name.dropFirst("SelfHosted:".count))
      guard let code = selfHosted[function] else { fatalError("no self-hosted function \(function)") }
      return code | NativeTable.selfHostedFlag
    }
    guard let number = intrinsics[name] else { fatalError("no intrinsic \(name)") }
    return number
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The native function with a number.
  @inline(__always) func native(_ number: UInt32) -> NativeFunction { nativeEntry(number).function }

  @inline(__always) func nativeEntry(_ number: UInt32) -> NativeEntry {
    pointee.natives.assumingMemoryBound(to: NativeEntry.self)[Int(number)]
  }
}
