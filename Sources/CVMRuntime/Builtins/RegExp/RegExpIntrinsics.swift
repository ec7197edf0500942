import CVMDispatch
import CVMRegExp

extension Machine {
  /// What the self-hosted part of regular expressions calls.
  func addRegExpIntrinsics() {
    natives.addIntrinsic("IsRegExpObject") { vm, frame, _ in Value(vm.isRegExp(frame[0])) }
    natives.addIntrinsic("IsPristineRegExp") { vm, frame, _ in Value(vm.isPristine(frame[0])) }
    natives.addIntrinsic("RegExpSource", .regExp) { vm, frame, _ in vm.cell(frame[0]).value(Layout.RegExp.source) }
    natives.addIntrinsic("RegExpFlagLetters", .regExp) { vm, frame, _ in
      vm.machine.atoms.intern(vm.regExpFlags(vm.cell(frame[0])).text)
    }
    natives.addIntrinsic("RegExpCreate") { vm, frame, _ in
      vm.createRegExp(frame[0], frame[1], prototype: frame[2].isObject ? frame[2].handle : nil)
    }
    natives.addIntrinsic("RegExpReinitialize", .regExp) { vm, frame, _ in
      vm.reinitialize(vm.cell(frame[0]), frame[1], frame[2])
    }
    natives.addIntrinsic("RegExpBuiltinExec", .regExp, .string, .number) { vm, frame, _ in
      let index = frame[2].asNumber
      return vm.builtinExec(vm.cell(frame[0]), frame[1], index.isNaN ? 0 : index.rounded(.towardZero))
    }
    natives.addIntrinsic("RegExpConstructorFunction") { vm, _, _ in vm.machine.builtins.regExpConstructor }
    natives.addIntrinsic("ThrowIncompatible", .string) { vm, frame, _ in
      vm.throwIncompatible(vm.text(frame[0]), frame[1])
    }
    natives.addIntrinsic("ThrowRegularExpressionArgument") { vm, _, _ in
      let path = vm.calleePath(vm.pointee.frame)
      return vm.throwTypeError("First argument to \(path) must not be a regular expression")
    }
    natives.addIntrinsic("RegExpStringIterator", .object, .string, .integer) { vm, frame, _ in
      let iterator = vm.makeIterator(
        .regExpStringIterator, vm.machine.intrinsics.regExpStringIteratorPrototype, frame[0], frame[2].asInt)
      vm.cell(iterator).setValue(Layout.Iterator.position, frame[1])
      return iterator
    }
    natives.addIntrinsic("IsRegExpStringIterator") { vm, frame, _ in
      Value(frame[0].isObject && vm.cell(frame[0]).kind == .regExpStringIterator)
    }
    natives.addIntrinsic("RegExpStringIteratorTarget", .iterator) { vm, frame, _ in
      vm.cell(frame[0]).value(Layout.Iterator.target)
    }
    natives.addIntrinsic("RegExpCollect", .regExp, .string) { vm, frame, _ in
      vm.collectMatches(vm.cell(frame[0]), frame[1])
    }
    natives.addIntrinsic("RegExpPositionsPerMatch", .regExp) { vm, frame, _ in
      guard let program = vm.regExpProgram(vm.cell(frame[0])) else { return .exceptionMarker }
      return Value(program.captureCount * 2)
    }
    natives.addIntrinsic("RegExpHasNamedGroups", .regExp) { vm, frame, _ in
      guard let program = vm.regExpProgram(vm.cell(frame[0])) else { return .exceptionMarker }
      return Value(!program.namedGroups.isEmpty)
    }
    natives.addIntrinsic("RegExpReplacerArguments", .regExp, .string, .list, .integer, .integer) { vm, frame, _ in
      vm.replacerArguments(vm.cell(frame[0]), frame[1], vm.cell(frame[2]), Int(frame[3].asInt), Int(frame[4].asInt))
    }
    natives.addIntrinsic("SymbolMatch") { vm, _, _ in vm.machine.builtins.patternSymbols["match"] ?? .undefined }
    natives.addIntrinsic("SymbolMatchAll") { vm, _, _ in vm.machine.builtins.patternSymbols["matchAll"] ?? .undefined }
    natives.addIntrinsic("SymbolSearch") { vm, _, _ in vm.machine.builtins.patternSymbols["search"] ?? .undefined }
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The positions of the groups of all matches that a replacement is about, one after the other.
  fileprivate func collectMatches(_ regExp: Cell, _ text: Value) -> Value {
    let flags = regExpFlags(regExp)
    var positions: [Int32] = []
    if flags.contains(.global) {
      let answer = forEachMatch(regExp, view(text)) {
        positions += $0
        return canAllocate(positions.count * 12) ? nil : .retry
      }
      if let answer { return answer }
      guard canAllocate(positions.count * 8) else { return .retry }
      guard setRegExpLastIndex(regExp, 0) else { return .exceptionMarker }
    } else {
      switch findNext(regExp, text, regExpLastIndex(regExp).asNumber) {
      case .failed: break
      case .other(let answer): return answer
      case .matched: positions += machine.regExps.matcher.captures
      }
    }
    return makeList(positions.map { Value(int: $0) })
  }

  /// What a replacing function is called with for the match whose positions begin at `start`.
  fileprivate func replacerArguments(
    _ regExp: Cell, _ text: Value, _ positions: Cell, _ start: Int, _ stride: Int
  ) -> Value {
    guard let program = regExpProgram(regExp) else { return .exceptionMarker }
    let elements = UnsafePointer(arrayElements(positions)) + start
    var values = (0..<stride / 2).map { group -> Value in
      let from = Int(elements[group * 2].asInt)
      return from < 0 ? .undefined : substring(text, from, Int(elements[group * 2 + 1].asInt))
    }
    values.append(elements[0])
    values.append(text)
    if program.captureCount * 2 == stride, !program.namedGroups.isEmpty {
      values.append(namedGroups(program, text, elements))
    }
    return makeList(values)
  }
}
