/// The instructions of the machine, each declared once.
///
/// An instruction is a 32-bit word, the opcode in its low byte, followed by its trailing words. Handlers, both
/// dispatchers, verifier, disassembler and reference page follow from `info`.
@frozen public enum Opcode: UInt8, CaseIterable, Sendable {
  case halt
  case nop
  case move
  case loadInt
  case loadDouble
  case loadConstant
  case loadSpecial
  case load
  case loadOrUndefined
  case store
  case initialize
  case cellNew
  case cellInit
  case cellGet
  case cellSet
  case loadCaptured
  case storeCaptured
  case checkInitialized
  case throwConstAssignment
  case loadThis
  case loadCallee
  case loadNewTarget
  case rest
  case createArguments
  case closure
  case add
  case sub
  case mul
  case div
  case mod
  case exp
  case addInt
  case subInt
  case mulInt
  case modInt
  case bitAnd
  case bitOr
  case bitXor
  case shiftLeft
  case shiftRight
  case shiftRightUnsigned
  case bitAndInt
  case bitOrInt
  case shiftLeftInt
  case shiftRightInt
  case shiftRightUnsignedInt
  case negate
  case bitNot
  case increment
  case decrement
  case toNumber
  case toNumeric
  case toString
  case toPropertyKey
  case not
  case typeof
  case lessThan
  case lessEqual
  case greaterThan
  case greaterEqual
  case eq
  case neq
  case strictEq
  case strictNeq
  case instanceof
  case `in`
  case jump
  case loop
  case jumpTrue
  case jumpFalse
  case loopTrue
  case loopFalse
  case jumpNullish
  case jumpNotNullish
  case jumpUndefined
  case jumpNotUndefined
  case jumpLessThan
  case jumpNotLessThan
  case loopLessThan
  case jumpLessThanInt
  case jumpNotLessThanInt
  case loopLessThanInt
  case jumpLessEqual
  case jumpNotLessEqual
  case loopLessEqual
  case jumpLessEqualInt
  case jumpNotLessEqualInt
  case loopLessEqualInt
  case jumpGreaterThan
  case jumpNotGreaterThan
  case loopGreaterThan
  case jumpGreaterThanInt
  case jumpNotGreaterThanInt
  case loopGreaterThanInt
  case jumpGreaterEqual
  case jumpNotGreaterEqual
  case loopGreaterEqual
  case jumpGreaterEqualInt
  case jumpNotGreaterEqualInt
  case loopGreaterEqualInt
  case jumpEq
  case jumpNeq
  case jumpStrictEq
  case jumpStrictNeq
  case jumpStrictEqInt
  case jumpStrictNeqInt
  case call
  case callMethod
  case callSpread
  case methodGet
  case arrayPush
  case construct
  case constructSpread
  case superCall
  case superCallSpread
  case superConstructor
  case `return`
  case returnUndefined
  case returnDerived
  case `throw`
  case intrinsic
  case cc
  case debugger
  case objectCreate
  case defineField
  case defineElement
  case defineMethod
  case defineGetter
  case defineSetter
  case setFunctionName
  case setHomeObject
  case setPrototype
  case classCreate
  case copyProperties
  case objectRest
  case propertyGet
  case propertySet
  case propertyDelete
  case arrayNew
  case arrayAppend
  case arrayAppendSpread
  case arrayGet
  case arraySet
  case arrayLen
  case superGet
  case superSet
  case requireObjectCoercible
  case iteratorOpen
  case iteratorNext
  case iteratorClose
  case forInOpen
  case forInNext
  case loadInt32
  case checkSuperOnce
  case jumpNull
  case jumpNotNull
  case generatorStart
  case generatorReturn
  case yield
  case delegateOpen
  case delegateStep
  case yieldDelegate
  case privateNew
  case privateGet
  case privateSet
  case privateDefine
  case privateHas
  case privateCheck
  case throwError
  case templateObject
  case listNew
  case regExpCreate
  case superBase
  case toElementKey
  case cellGetRaw
  case bindThis
  case bindThisCaptured
  case typeofKind
  case divChecked
  case iteratorFix
  case iteratorNextFixed
  case failurePrompt
  case iteratorStep
  case sortStep
}

extension Opcode {
  /// The static description of this opcode.
  public var info: OpcodeInfo {
    switch self {
    case .halt:
      OpcodeInfo(
        mnemonic: "HALT", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning: "Stops the dispatch loop; A is the result.")
    case .nop:
      OpcodeInfo(
        mnemonic: "NOP", layout: .abc, a: .none, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "Does nothing.")
    case .move:
      OpcodeInfo(
        mnemonic: "MOVE", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = B.")
    case .loadInt:
      OpcodeInfo(
        mnemonic: "LOAD_INT", layout: .aImmediate16, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = the immediate integer.")
    case .loadDouble:
      OpcodeInfo(
        mnemonic: "LOAD_DOUBLE", layout: .abc, a: .write, b: .none, c: .none, trailing: [.doubleHalf, .doubleHalf],
        canThrow: false, isTerminator: false,
        meaning: "A = the double in the next two words.")
    case .loadConstant:
      OpcodeInfo(
        mnemonic: "LOAD_CONSTANT", layout: .abc, a: .write, b: .none, c: .none, trailing: [.constant],
        canThrow: false, isTerminator: false,
        meaning: "A = constant.")
    case .loadSpecial:
      OpcodeInfo(
        mnemonic: "LOAD_SPECIAL", layout: .aImmediate16, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning:
          "A = undefined (0), null (1), false (2), true (3), hole (4), uninitialised (5) or the iteration-done marker (6)."
      )
    case .load:
      OpcodeInfo(
        mnemonic: "LOAD", layout: .abc, a: .write, b: .none, c: .none, trailing: [.constant, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning:
          "A = the global variable named by the constant; ReferenceError when there is none or it is uninitialised.")
    case .loadOrUndefined:
      OpcodeInfo(
        mnemonic: "LOAD_OR_UNDEFINED", layout: .abc, a: .write, b: .none, c: .none,
        trailing: [.constant, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "As LOAD, but undefined when there is no such variable (operand of typeof).")
    case .store:
      OpcodeInfo(
        mnemonic: "STORE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.constant, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning:
          "Assigns A to the global variable named by the constant; errors when missing, uninitialised or constant.")
    case .initialize:
      OpcodeInfo(
        mnemonic: "INITIALIZE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.constant],
        canThrow: true, isTerminator: false,
        meaning: "Gives the global let, const, class, var or function binding named by the constant its first value A.")
    case .cellNew:
      OpcodeInfo(
        mnemonic: "CELL_NEW", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = a new captured-variable cell that is uninitialised.")
    case .cellInit:
      OpcodeInfo(
        mnemonic: "CELL_INIT", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "Stores B in the cell A, whatever was in it.")
    case .cellGet:
      OpcodeInfo(
        mnemonic: "CELL_GET", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the content of the cell B; ReferenceError when uninitialised.")
    case .cellSet:
      OpcodeInfo(
        mnemonic: "CELL_SET", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Stores B in the cell A; ReferenceError when uninitialised.")
    case .loadCaptured:
      OpcodeInfo(
        mnemonic: "LOAD_CAPTURED", layout: .abc, a: .write, b: .capture, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the content of captured variable B; ReferenceError when uninitialised.")
    case .storeCaptured:
      OpcodeInfo(
        mnemonic: "STORE_CAPTURED", layout: .abc, a: .capture, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Stores B in captured variable A; ReferenceError when uninitialised.")
    case .checkInitialized:
      OpcodeInfo(
        mnemonic: "CHECK_INITIALIZED", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "ReferenceError when A is uninitialised; the source range names the variable.")
    case .throwConstAssignment:
      OpcodeInfo(
        mnemonic: "THROW_CONST_ASSIGNMENT", layout: .abc, a: .none, b: .none, c: .none, trailing: [.constant],
        canThrow: true, isTerminator: true,
        meaning: "TypeError: assignment to the constant variable named by the constant.")
    case .loadThis:
      OpcodeInfo(
        mnemonic: "LOAD_THIS", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = this of the frame.")
    case .loadCallee:
      OpcodeInfo(
        mnemonic: "LOAD_CALLEE", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = the running function.")
    case .loadNewTarget:
      OpcodeInfo(
        mnemonic: "LOAD_NEW_TARGET", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = new.target of the frame, or undefined.")
    case .rest:
      OpcodeInfo(
        mnemonic: "REST", layout: .abc, a: .write, b: .count, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = a new array of the arguments from number B on.")
    case .createArguments:
      OpcodeInfo(
        mnemonic: "CREATE_ARGUMENTS", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = a new arguments object.")
    case .closure:
      OpcodeInfo(
        mnemonic: "CLOSURE", layout: .abc, a: .write, b: .none, c: .none, trailing: [.nestedCode],
        canThrow: false, isTerminator: false,
        meaning: "A = a new function object of the nested code, capturing what that code's capture list names.")
    case .add:
      OpcodeInfo(
        mnemonic: "ADD", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B + C.")
    case .sub:
      OpcodeInfo(
        mnemonic: "SUB", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B - C.")
    case .mul:
      OpcodeInfo(
        mnemonic: "MUL", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B * C.")
    case .div:
      OpcodeInfo(
        mnemonic: "DIV", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B / C.")
    case .mod:
      OpcodeInfo(
        mnemonic: "MOD", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B % C.")
    case .exp:
      OpcodeInfo(
        mnemonic: "EXP", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B ** C.")
    case .addInt:
      OpcodeInfo(
        mnemonic: "ADD_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B + immediate C.")
    case .subInt:
      OpcodeInfo(
        mnemonic: "SUB_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B - immediate C.")
    case .mulInt:
      OpcodeInfo(
        mnemonic: "MUL_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B * immediate C.")
    case .modInt:
      OpcodeInfo(
        mnemonic: "MOD_INT", layout: .abc, a: .write, b: .read, c: .none, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning: "A = B % immediate word (positive).")
    case .bitAnd:
      OpcodeInfo(
        mnemonic: "BIT_AND", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B & C.")
    case .bitOr:
      OpcodeInfo(
        mnemonic: "BIT_OR", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B | C.")
    case .bitXor:
      OpcodeInfo(
        mnemonic: "BIT_XOR", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B ^ C.")
    case .shiftLeft:
      OpcodeInfo(
        mnemonic: "SHIFT_LEFT", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B << C.")
    case .shiftRight:
      OpcodeInfo(
        mnemonic: "SHIFT_RIGHT", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B >> C.")
    case .shiftRightUnsigned:
      OpcodeInfo(
        mnemonic: "SHIFT_RIGHT_UNSIGNED", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B >>> C.")
    case .bitAndInt:
      OpcodeInfo(
        mnemonic: "BIT_AND_INT", layout: .abc, a: .write, b: .read, c: .none, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning: "A = B & immediate word.")
    case .bitOrInt:
      OpcodeInfo(
        mnemonic: "BIT_OR_INT", layout: .abc, a: .write, b: .read, c: .none, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning: "A = B | immediate word.")
    case .shiftLeftInt:
      OpcodeInfo(
        mnemonic: "SHIFT_LEFT_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B << immediate C (0 to 31).")
    case .shiftRightInt:
      OpcodeInfo(
        mnemonic: "SHIFT_RIGHT_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B >> immediate C (0 to 31).")
    case .shiftRightUnsignedInt:
      OpcodeInfo(
        mnemonic: "SHIFT_RIGHT_UNSIGNED_INT", layout: .abc, a: .write, b: .read, c: .immediate, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B >>> immediate C (0 to 31).")
    case .negate:
      OpcodeInfo(
        mnemonic: "NEGATE", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = -B.")
    case .bitNot:
      OpcodeInfo(
        mnemonic: "BIT_NOT", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ~B.")
    case .increment:
      OpcodeInfo(
        mnemonic: "INCREMENT", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ToNumeric(B) + 1.")
    case .decrement:
      OpcodeInfo(
        mnemonic: "DECREMENT", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ToNumeric(B) - 1.")
    case .toNumber:
      OpcodeInfo(
        mnemonic: "TO_NUMBER", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = +B.")
    case .toNumeric:
      OpcodeInfo(
        mnemonic: "TO_NUMERIC", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ToNumeric(B), for the old value of a postfix operator.")
    case .toString:
      OpcodeInfo(
        mnemonic: "TO_STRING", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ToString(B), as in a template literal.")
    case .toPropertyKey:
      OpcodeInfo(
        mnemonic: "TO_PROPERTY_KEY", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = ToPropertyKey(B).")
    case .not:
      OpcodeInfo(
        mnemonic: "NOT", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = !B.")
    case .typeof:
      OpcodeInfo(
        mnemonic: "TYPEOF", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = typeof B.")
    case .lessThan:
      OpcodeInfo(
        mnemonic: "LESS_THAN", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B < C.")
    case .lessEqual:
      OpcodeInfo(
        mnemonic: "LESS_EQUAL", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B <= C.")
    case .greaterThan:
      OpcodeInfo(
        mnemonic: "GREATER_THAN", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B > C.")
    case .greaterEqual:
      OpcodeInfo(
        mnemonic: "GREATER_EQUAL", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B >= C.")
    case .eq:
      OpcodeInfo(
        mnemonic: "EQ", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B == C.")
    case .neq:
      OpcodeInfo(
        mnemonic: "NEQ", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B != C.")
    case .strictEq:
      OpcodeInfo(
        mnemonic: "STRICT_EQ", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = B === C.")
    case .strictNeq:
      OpcodeInfo(
        mnemonic: "STRICT_NEQ", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = B !== C.")
    case .instanceof:
      OpcodeInfo(
        mnemonic: "INSTANCEOF", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B instanceof C.")
    case .in:
      OpcodeInfo(
        mnemonic: "IN", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B in C.")
    case .jump:
      OpcodeInfo(
        mnemonic: "JUMP", layout: .jump24, a: .none, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning: "Jumps.")
    case .loop:
      OpcodeInfo(
        mnemonic: "LOOP", layout: .jump24, a: .none, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning: "Jumps back: a safepoint.")
    case .jumpTrue:
      OpcodeInfo(
        mnemonic: "JUMP_TRUE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is truthy.")
    case .jumpFalse:
      OpcodeInfo(
        mnemonic: "JUMP_FALSE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is falsy.")
    case .loopTrue:
      OpcodeInfo(
        mnemonic: "LOOP_TRUE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps back when A is truthy: a safepoint.")
    case .loopFalse:
      OpcodeInfo(
        mnemonic: "LOOP_FALSE", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps back when A is falsy: a safepoint.")
    case .jumpNullish:
      OpcodeInfo(
        mnemonic: "JUMP_NULLISH", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is null or undefined.")
    case .jumpNotNullish:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_NULLISH", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is neither null nor undefined.")
    case .jumpUndefined:
      OpcodeInfo(
        mnemonic: "JUMP_UNDEFINED", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is undefined.")
    case .jumpNotUndefined:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_UNDEFINED", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is not undefined.")
    case .jumpLessThan:
      OpcodeInfo(
        mnemonic: "JUMP_LESS_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A < B.")
    case .jumpNotLessThan:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_LESS_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A < B).")
    case .loopLessThan:
      OpcodeInfo(
        mnemonic: "LOOP_LESS_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A < B: a safepoint.")
    case .jumpLessThanInt:
      OpcodeInfo(
        mnemonic: "JUMP_LESS_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A < immediate.")
    case .jumpNotLessThanInt:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_LESS_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A < immediate).")
    case .loopLessThanInt:
      OpcodeInfo(
        mnemonic: "LOOP_LESS_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A < immediate: a safepoint.")
    case .jumpLessEqual:
      OpcodeInfo(
        mnemonic: "JUMP_LESS_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A <= B.")
    case .jumpNotLessEqual:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_LESS_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A <= B).")
    case .loopLessEqual:
      OpcodeInfo(
        mnemonic: "LOOP_LESS_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A <= B: a safepoint.")
    case .jumpLessEqualInt:
      OpcodeInfo(
        mnemonic: "JUMP_LESS_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A <= immediate.")
    case .jumpNotLessEqualInt:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_LESS_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A <= immediate).")
    case .loopLessEqualInt:
      OpcodeInfo(
        mnemonic: "LOOP_LESS_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A <= immediate: a safepoint.")
    case .jumpGreaterThan:
      OpcodeInfo(
        mnemonic: "JUMP_GREATER_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A > B.")
    case .jumpNotGreaterThan:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_GREATER_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A > B).")
    case .loopGreaterThan:
      OpcodeInfo(
        mnemonic: "LOOP_GREATER_THAN", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A > B: a safepoint.")
    case .jumpGreaterThanInt:
      OpcodeInfo(
        mnemonic: "JUMP_GREATER_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A > immediate.")
    case .jumpNotGreaterThanInt:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_GREATER_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A > immediate).")
    case .loopGreaterThanInt:
      OpcodeInfo(
        mnemonic: "LOOP_GREATER_THAN_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A > immediate: a safepoint.")
    case .jumpGreaterEqual:
      OpcodeInfo(
        mnemonic: "JUMP_GREATER_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A >= B.")
    case .jumpNotGreaterEqual:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_GREATER_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A >= B).")
    case .loopGreaterEqual:
      OpcodeInfo(
        mnemonic: "LOOP_GREATER_EQUAL", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A >= B: a safepoint.")
    case .jumpGreaterEqualInt:
      OpcodeInfo(
        mnemonic: "JUMP_GREATER_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A >= immediate.")
    case .jumpNotGreaterEqualInt:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_GREATER_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when not (A >= immediate).")
    case .loopGreaterEqualInt:
      OpcodeInfo(
        mnemonic: "LOOP_GREATER_EQUAL_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps back when A >= immediate: a safepoint.")
    case .jumpEq:
      OpcodeInfo(
        mnemonic: "JUMP_EQ", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A == B.")
    case .jumpNeq:
      OpcodeInfo(
        mnemonic: "JUMP_NEQ", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "Jumps when A != B.")
    case .jumpStrictEq:
      OpcodeInfo(
        mnemonic: "JUMP_STRICT_EQ", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A === B.")
    case .jumpStrictNeq:
      OpcodeInfo(
        mnemonic: "JUMP_STRICT_NEQ", layout: .abc, a: .read, b: .read, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A !== B.")
    case .jumpStrictEqInt:
      OpcodeInfo(
        mnemonic: "JUMP_STRICT_EQ_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A === immediate.")
    case .jumpStrictNeqInt:
      OpcodeInfo(
        mnemonic: "JUMP_STRICT_NEQ_INT", layout: .aImmediate16, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A !== immediate.")
    case .call:
      OpcodeInfo(
        mnemonic: "CALL", layout: .abc, a: .window, b: .count, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Calls A with undefined as this and B arguments; the result replaces A.")
    case .callMethod:
      OpcodeInfo(
        mnemonic: "CALL_METHOD", layout: .abc, a: .window, b: .count, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Calls A with A+1 as this and B arguments; the result replaces A.")
    case .callSpread:
      OpcodeInfo(
        mnemonic: "CALL_SPREAD", layout: .abc, a: .window, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Calls A with A+1 as this and the elements of the array A+4 as arguments; the result replaces A.")
    case .methodGet:
      OpcodeInfo(
        mnemonic: "METHOD_GET", layout: .abc, a: .window, b: .read, c: .none,
        trailing: [.constant, .cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "A = the property of B named by the constant, A+1 = B: prepares CALL_METHOD. B may be A or A+1.")
    case .arrayPush:
      OpcodeInfo(
        mnemonic: "ARRAY_PUSH", layout: .abc, a: .window, b: .count, c: .none, trailing: [.constant],
        canThrow: true, isTerminator: false,
        meaning: "A+1 . push(arguments), B arguments (the constant is the name push); the result replaces A.")
    case .construct:
      OpcodeInfo(
        mnemonic: "CONSTRUCT", layout: .abc, a: .window, b: .count, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "new A with B arguments; the result replaces A.")
    case .constructSpread:
      OpcodeInfo(
        mnemonic: "CONSTRUCT_SPREAD", layout: .abc, a: .window, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "new A with the elements of the array A+4 as arguments; the result replaces A.")
    case .superCall:
      OpcodeInfo(
        mnemonic: "SUPER_CALL", layout: .abc, a: .window, b: .count, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "Constructs with A (the parent constructor) and B arguments, new.target taken from A+1; the result replaces A."
      )
    case .superCallSpread:
      OpcodeInfo(
        mnemonic: "SUPER_CALL_SPREAD", layout: .abc, a: .window, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "As SUPER_CALL, with the elements of the array A+4 as arguments.")
    case .superConstructor:
      OpcodeInfo(
        mnemonic: "SUPER_CONSTRUCTOR", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the prototype of the constructor function B; TypeError when it is not a constructor.")
    case .return:
      OpcodeInfo(
        mnemonic: "RETURN", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning: "Returns A.")
    case .returnUndefined:
      OpcodeInfo(
        mnemonic: "RETURN_UNDEFINED", layout: .abc, a: .none, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning: "Returns undefined.")
    case .returnDerived:
      OpcodeInfo(
        mnemonic: "RETURN_DERIVED", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: true,
        meaning:
          "Returns from a derived constructor: A if it is an object, B (this) if A is undefined; errors otherwise.")
    case .throw:
      OpcodeInfo(
        mnemonic: "THROW", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: true,
        meaning: "Throws A.")
    case .intrinsic:
      OpcodeInfo(
        mnemonic: "INTRINSIC", layout: .abc, a: .write, b: .readRange, c: .count, trailing: [.native],
        canThrow: true, isTerminator: false,
        meaning: "A = the native intrinsic called with C arguments from register B on.")
    case .cc:
      OpcodeInfo(
        mnemonic: "CC", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the answer to the cognitive call with prompt B: pauses the machine.")
    case .debugger:
      OpcodeInfo(
        mnemonic: "DEBUGGER", layout: .abc, a: .none, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A place to pause.")
    case .objectCreate:
      OpcodeInfo(
        mnemonic: "OBJECT_CREATE", layout: .abc, a: .write, b: .readRange, c: .count, trailing: [.constant, .cache],
        canThrow: false, isTerminator: false,
        meaning:
          "A = a new object with C properties whose names are the constant (a name list), values from register B on.")
    case .defineField:
      OpcodeInfo(
        mnemonic: "DEFINE_FIELD", layout: .abc, a: .read, b: .read, c: .none,
        trailing: [.constant, .cache, .cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "Creates or replaces the own data property of A named by the constant with value B.")
    case .defineElement:
      OpcodeInfo(
        mnemonic: "DEFINE_ELEMENT", layout: .abc, a: .read, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Creates or replaces the own data property of A with key B and value C.")
    case .defineMethod:
      OpcodeInfo(
        mnemonic: "DEFINE_METHOD", layout: .abc, a: .read, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Creates the own non-enumerable property of A with key B and value C.")
    case .defineGetter:
      OpcodeInfo(
        mnemonic: "DEFINE_GETTER", layout: .abc, a: .read, b: .read, c: .read, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning: "Creates a getter C of A with key B; enumerable when the word is 1.")
    case .defineSetter:
      OpcodeInfo(
        mnemonic: "DEFINE_SETTER", layout: .abc, a: .read, b: .read, c: .read, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning: "Creates a setter C of A with key B; enumerable when the word is 1.")
    case .setFunctionName:
      OpcodeInfo(
        mnemonic: "SET_FUNCTION_NAME", layout: .abc, a: .read, b: .read, c: .none, trailing: [.immediate],
        canThrow: false, isTerminator: false,
        meaning: "Gives function A the name of key B, with prefix get (1) or set (2).")
    case .setHomeObject:
      OpcodeInfo(
        mnemonic: "SET_HOME_OBJECT", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "Makes B the home object of function A.")
    case .setPrototype:
      OpcodeInfo(
        mnemonic: "SET_PROTOTYPE", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "The __proto__: B of an object literal A.")
    case .classCreate:
      OpcodeInfo(
        mnemonic: "CLASS_CREATE", layout: .abc, a: .window, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "Makes the constructor closure in A a class with parent B (hole: none); A+1 becomes its prototype object, which is the home object of A."
      )
    case .copyProperties:
      OpcodeInfo(
        mnemonic: "COPY_PROPERTIES", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Copies the own enumerable properties of B to A (object spread).")
    case .objectRest:
      OpcodeInfo(
        mnemonic: "OBJECT_REST", layout: .abc, a: .write, b: .read, c: .readRange, trailing: [.immediate],
        canThrow: true, isTerminator: false,
        meaning:
          "A = a new object with B's own enumerable properties but the keys in the range from C on; the word is their number."
      )
    case .propertyGet:
      OpcodeInfo(
        mnemonic: "PROPERTY_GET", layout: .abc, a: .write, b: .read, c: .none,
        trailing: [.constant, .cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "A = the property of B named by the constant.")
    case .propertySet:
      OpcodeInfo(
        mnemonic: "PROPERTY_SET", layout: .abc, a: .read, b: .read, c: .none,
        trailing: [.constant, .cache, .cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "Sets the property of A named by the constant to B.")
    case .propertyDelete:
      OpcodeInfo(
        mnemonic: "PROPERTY_DELETE", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = delete B[C].")
    case .arrayNew:
      OpcodeInfo(
        mnemonic: "ARRAY_NEW", layout: .abc, a: .write, b: .readRange, c: .count, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = a new array of the C values from register B on (holes where the hole marker stands).")
    case .arrayAppend:
      OpcodeInfo(
        mnemonic: "ARRAY_APPEND", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "Appends B to the array A (a hole when B is the hole marker).")
    case .arrayAppendSpread:
      OpcodeInfo(
        mnemonic: "ARRAY_APPEND_SPREAD", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Appends everything that iterating B gives to the array A.")
    case .arrayGet:
      OpcodeInfo(
        mnemonic: "ARRAY_GET", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = B[C].")
    case .arraySet:
      OpcodeInfo(
        mnemonic: "ARRAY_SET", layout: .abc, a: .read, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A[B] = C.")
    case .arrayLen:
      OpcodeInfo(
        mnemonic: "ARRAY_LEN", layout: .abc, a: .write, b: .read, c: .none,
        trailing: [.constant, .cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning: "A = B.length (the constant is the name length).")
    case .superGet:
      OpcodeInfo(
        mnemonic: "SUPER_GET", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the property C of the object B+1, where super begins, with B as receiver.")
    case .superSet:
      OpcodeInfo(
        mnemonic: "SUPER_SET", layout: .abc, a: .read, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "The property B of the object A+1, where super begins, = C with A as receiver.")
    case .requireObjectCoercible:
      OpcodeInfo(
        mnemonic: "REQUIRE_OBJECT_COERCIBLE", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "TypeError when A is null or undefined: it cannot be destructured.")
    case .iteratorOpen:
      OpcodeInfo(
        mnemonic: "ITERATOR_OPEN", layout: .abc, a: .window, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Starts iterating B; A, A+1, A+2 hold the iterator's state.")
    case .iteratorNext:
      OpcodeInfo(
        mnemonic: "ITERATOR_NEXT", layout: .abc, a: .window, b: .write, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning:
          "B = the next value of the iterator at A; when it is done, or was so before: jumps, B unchanged, and A is undefined, so that closing does nothing."
      )
    case .iteratorClose:
      OpcodeInfo(
        mnemonic: "ITERATOR_CLOSE", layout: .abc, a: .window, b: .immediate, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "Closes the iterator at A: B is 0 after a normal exit, 1 while an exception is on its way (errors of return() are dropped); no effect on a done one. A is undefined afterwards, also when return() throws."
      )
    case .forInOpen:
      OpcodeInfo(
        mnemonic: "FOR_IN_OPEN", layout: .abc, a: .window, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Starts enumerating the keys of B; A, A+1, A+2 hold the state.")
    case .forInNext:
      OpcodeInfo(
        mnemonic: "FOR_IN_NEXT", layout: .abc, a: .window, b: .write, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "B = the next key of the enumeration at A; jumps when there is none.")
    case .loadInt32:
      OpcodeInfo(
        mnemonic: "LOAD_INT32", layout: .abc, a: .write, b: .none, c: .none, trailing: [.immediate],
        canThrow: false, isTerminator: false,
        meaning: "A = the signed 32-bit integer in the next word.")
    case .checkSuperOnce:
      OpcodeInfo(
        mnemonic: "CHECK_SUPER_ONCE", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "ReferenceError when A, the this of a derived constructor, is initialised: super was called twice.")
    case .jumpNull:
      OpcodeInfo(
        mnemonic: "JUMP_NULL", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is null.")
    case .jumpNotNull:
      OpcodeInfo(
        mnemonic: "JUMP_NOT_NULL", layout: .abc, a: .read, b: .none, c: .none, trailing: [.jump],
        canThrow: false, isTerminator: false,
        meaning: "Jumps when A is not null.")
    case .generatorStart:
      OpcodeInfo(
        mnemonic: "GENERATOR_START", layout: .abc, a: .count, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning:
          "Makes the generator object of this call, keeps the first A registers in it and returns it to the caller; the first next() goes on behind this instruction."
      )
    case .generatorReturn:
      OpcodeInfo(
        mnemonic: "GENERATOR_RETURN", layout: .abc, a: .read, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: true,
        meaning:
          "Ends the generator with the value A."
      )
    case .yield:
      OpcodeInfo(
        mnemonic: "YIELD", layout: .abc, a: .write, b: .read, c: .count, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning:
          "Keeps the first C registers in the generator and gives B to who asked for the next value. Afterwards A = what next(), return() or throw() was given: jumps after next(), goes on with the following instruction after return(), raises A after throw()."
      )
    case .delegateOpen:
      OpcodeInfo(
        mnemonic: "DELEGATE_OPEN", layout: .abc, a: .window, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "Starts yield* over B: A, A+1 are the iterator and its next method."
      )
    case .delegateStep:
      OpcodeInfo(
        mnemonic: "DELEGATE_STEP", layout: .abc, a: .window, b: .none, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning:
          "Hands A+2 on to the iterator at A; A+3 says by which method: 0 next, 1 throw, 2 return. Jumps with its result object in A+2 when it is not done; else A+2 is its value and A+3 whether it returned."
      )
    case .yieldDelegate:
      OpcodeInfo(
        mnemonic: "YIELD_DELEGATE", layout: .abc, a: .window, b: .none, c: .count, trailing: [.jump],
        canThrow: true, isTerminator: true,
        meaning:
          "As YIELD, but for the result object A+2 of an inner iterator; always jumps, what came in A+2 and how in A+3 (0 next, 1 throw, 2 return)."
      )
    case .privateNew:
      OpcodeInfo(
        mnemonic: "PRIVATE_NEW", layout: .abc, a: .write, b: .none, c: .none, trailing: [.constant],
        canThrow: false, isTerminator: false,
        meaning:
          "A = a new private name with a description."
      )
    case .privateGet:
      OpcodeInfo(
        mnemonic: "PRIVATE_GET", layout: .abc, a: .write, b: .read, c: .read, trailing: [.cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning:
          "A = the private field C of B; TypeError when B has none."
      )
    case .privateSet:
      OpcodeInfo(
        mnemonic: "PRIVATE_SET", layout: .abc, a: .read, b: .read, c: .read, trailing: [.cache, .cache, .cache],
        canThrow: true, isTerminator: false,
        meaning:
          "The private field C of A = B; TypeError when A has none."
      )
    case .privateDefine:
      OpcodeInfo(
        mnemonic: "PRIVATE_DEFINE", layout: .abc, a: .read, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "Adds the private field C with the value B to A; TypeError when it is there."
      )
    case .privateHas:
      OpcodeInfo(
        mnemonic: "PRIVATE_HAS", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "A = whether C has the private name B."
      )
    case .privateCheck:
      OpcodeInfo(
        mnemonic: "PRIVATE_CHECK", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning:
          "TypeError unless A has the private name B."
      )
    case .throwError:
      OpcodeInfo(
        mnemonic: "THROW_ERROR", layout: .abc, a: .none, b: .immediate, c: .none, trailing: [.constant],
        canThrow: true, isTerminator: false,
        meaning:
          "Raises an error with a message: a TypeError where B is 0, a ReferenceError where it is 1."
      )
    case .superBase:
      OpcodeInfo(
        mnemonic: "SUPER_BASE", layout: .abc, a: .write, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = the object in which super looks for properties, or null.")
    case .toElementKey:
      OpcodeInfo(
        mnemonic: "TO_ELEMENT_KEY", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the property key that C is, converted once, TypeError first when B is null or undefined.")
    case .cellGetRaw:
      OpcodeInfo(
        mnemonic: "CELL_GET_RAW", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "A = the value of the variable in cell B, initialised or not.")
    case .bindThis:
      OpcodeInfo(
        mnemonic: "BIND_THIS", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "The variable in cell A = B, the this of a derived constructor; ReferenceError when it has one.")
    case .bindThisCaptured:
      OpcodeInfo(
        mnemonic: "BIND_THIS_CAPTURED", layout: .abc, a: .capture, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "Captured variable A = B, the this of a derived constructor; ReferenceError when it has one.")
    case .listNew:
      OpcodeInfo(
        mnemonic: "LIST_NEW", layout: .abc, a: .write, b: .none, c: .none, trailing: [.immediate],
        canThrow: false, isTerminator: false,
        meaning: "A = a new array of so many undefined, which the program does not see.")
    case .templateObject:
      OpcodeInfo(
        mnemonic: "TEMPLATE_OBJECT", layout: .abc, a: .read, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning:
          "Makes the array A the strings of a tagged template whose raw strings are the array B."
      )
    case .regExpCreate:
      OpcodeInfo(
        mnemonic: "REGEXP_CREATE", layout: .abc, a: .write, b: .none, c: .immediate, trailing: [.constant],
        canThrow: false, isTerminator: false,
        meaning: "A = a new regular expression with the constant as its pattern and C as its flags, a bit set.")
    case .typeofKind:
      OpcodeInfo(
        mnemonic: "TYPEOF_KIND", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "As TYPEOF, but \"array\" for arrays and \"null\" for null (dialect cvm1).")
    case .divChecked:
      OpcodeInfo(
        mnemonic: "DIV_CHECKED", layout: .abc, a: .write, b: .read, c: .read, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "As DIV, but an error when C is zero (dialect cvm1).")
    case .iteratorFix:
      OpcodeInfo(
        mnemonic: "ITERATOR_FIX", layout: .abc, a: .window, b: .none, c: .none, trailing: [],
        canThrow: false, isTerminator: false,
        meaning: "Fixes the number of rounds of the iteration that ITERATOR_OPEN started at A (dialect cvm1).")
    case .iteratorNextFixed:
      OpcodeInfo(
        mnemonic: "ITERATOR_NEXT_FIXED", layout: .abc, a: .window, b: .write, c: .none, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning: "As ITERATOR_NEXT, in an iteration that ITERATOR_FIX looked at (dialect cvm1).")
    case .failurePrompt:
      OpcodeInfo(
        mnemonic: "FAILURE_PROMPT", layout: .abc, a: .write, b: .read, c: .none, trailing: [],
        canThrow: true, isTerminator: false,
        meaning: "A = the prompt that a CC gets whose own prompt failed with the exception B (dialect cvm1).")
    case .iteratorStep:
      OpcodeInfo(
        mnemonic: "ITERATOR_STEP", layout: .abc, a: .window, b: .write, c: .immediate, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning:
          "B = the next value of the iterator A, whose next method is A+1; when it is done: jumps, B unchanged, and A is undefined. With C = 1, A walks over a map or set: B = the next key, A+1 = its value."
      )
    case .sortStep:
      OpcodeInfo(
        mnemonic: "SORT_STEP", layout: .abc, a: .window, b: .read, c: .read, trailing: [.jump],
        canThrow: true, isTerminator: false,
        meaning:
          "Goes on with the sort whose state is B, where A is the answer of the last comparison: puts the next call of the comparator C into the window at A, or jumps when the list is in order."
      )
    }
  }
}
