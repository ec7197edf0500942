import CVMDispatch

/// The functions of `fs`. They are self-hosted: paths and options may be objects, whose conversion runs code.
enum FileBuiltins {
  static var functions: [BuiltinFunction] {
    [
      BuiltinFunction("readFile", length: 1, selfHosted: "FileRead", "The text of a file, or null."),
      BuiltinFunction("writeFile", length: 2, selfHosted: "FileWrite", "Writes a text; whether that was allowed."),
      BuiltinFunction("listFiles", length: 0, selfHosted: "FileList", "The paths of the files in a folder."),
    ]
  }
}

extension Machine {
  /// Creates the globals `fs` and `process`.
  func installFileSystem() {
    let fs = vm.makeObject(prototype: intrinsics.objectPrototype.handle, inlineCapacity: 4)
    builtInNames[vm.handle(fs)] = "fs"
    for row in FileBuiltins.functions {
      vm.addNamed(fs, atoms.intern(row.name).handle, makeBuiltin(row, path: "fs.\(row.name)"), .hidden)
    }
    vm.addNamed(fs, intrinsics.symbolToStringTag.handle, vm.makeString("fs"), .configurable)
    vm.addNamed(vm.cell(intrinsics.globalObject), atoms.intern("fs").handle, vm.objectValue(fs), .hidden)
    let process = vm.makeObject(prototype: intrinsics.objectPrototype.handle, inlineCapacity: 4)
    builtInNames[vm.handle(process)] = "process"
    let arguments = vm.makeArray()
    builtInNames[vm.handle(arguments)] = "process.argv"
    vm.addNamed(process, atoms.intern("argv").handle, vm.objectValue(arguments), .all)
    vm.addNamed(vm.cell(intrinsics.globalObject), atoms.intern("process").handle, vm.objectValue(process), .hidden)
  }

  /// What the program finds in `process.argv`.
  public func installArguments(_ arguments: [String]) {
    let array = vm.makeArray(arguments.map { vm.makeString($0) })
    vm.makeInternal(array)
    let key = PropertyKey(atom: atoms.intern("process").handle)
    guard let process = vm.ownProperty(vm.cell(intrinsics.globalObject), key), process.value.isObject else { return }
    vm.defineOwn(
      vm.cell(process.value), PropertyKey(atom: atoms.intern("argv").handle), vm.objectValue(array), .all)
  }

  func addFileIntrinsics() {
    natives.addIntrinsic("FileRead", .string) { vm, frame, _ in
      guard let path = vm.filePath(frame[0]) else { return .null }
      return vm.finish(vm.machine.usingFiles(\.count) { vm.machine.files.read(path, vm.fileLimits) }) {
        vm.makeString(utf8: $0)
      } refused: {
        .null
      }
    }
    natives.addIntrinsic("FileWrite", .string, .string) { vm, frame, _ in
      guard let path = vm.filePath(frame[0]) else { return .false }
      guard vm.canAllocate(vm.stringLength(frame[1]) * 8) else { return .retry }
      let text = Array(vm.text(frame[1]).utf8)
      return vm.finish(vm.machine.usingFiles({ _ in 1 }) { vm.machine.files.write(path, text, vm.fileLimits) }) {
        Value($0)
      } refused: {
        .false
      }
    }
    natives.addIntrinsic("FileList", .string) { vm, frame, _ in
      guard let path = vm.filePath(frame[0]) else { return vm.objectValue(vm.makeArray()) }
      let filter = frame[2].isString ? vm.text(frame[2]) : nil
      let outcome = vm.machine.usingFiles({ $0.reduce(0) { $0 + $1.utf8.count } }) {
        vm.machine.files.list(path, recursive: frame[1] == .true, filter: filter, vm.fileLimits)
      }
      return vm.finish(outcome) { paths in
        vm.objectValue(vm.makeArray(paths.map { vm.makeString($0) }))
      } refused: {
        vm.objectValue(vm.makeArray())
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  fileprivate var fileLimits: FileAccess.Limits {
    FileAccess.Limits(
      mustStop: { self.machine.mustStop }, fits: { $0 < 1 << 20 || self.heap.fits($0) })
  }

  /// A path as text; nil for one that no file can have.
  fileprivate func filePath(_ value: Value) -> String? {
    let text = text(value)
    // A lone surrogate would become another name.
    return text.utf16.elementsEqual(view(value).units()) ? text : nil
  }

  fileprivate func finish<Result>(
    _ outcome: FileAccess.Outcome<Result>, done: (Result) -> Value, refused: () -> Value
  ) -> Value {
    switch outcome {
    case .done(let result): return done(result)
    case .refused: return refused()
    case .interrupted: return .retry
    case .tooLarge(let bytes):
      machine.requestedBytes = bytes
      return .retry
    }
  }

  /// The string of a UTF-8 text; what is none becomes U+FFFD.
  fileprivate func makeString(utf8 bytes: [UInt8]) -> Value {
    let isASCII = bytes.withUnsafeBufferPointer { bytes in
      var any: UInt8 = 0
      for byte in bytes { any |= byte }
      return any < 0x80
    }
    if isASCII {
      guard bytes.count <= Self.maximumStringLength else { return throwRangeError(ErrorMessage.invalidStringLength) }
      return bytes.withUnsafeBufferPointer { makeString(latin1: $0) }
    }
    let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
    guard units.count <= Self.maximumStringLength else { return throwRangeError(ErrorMessage.invalidStringLength) }
    return makeString(units)
  }
}
