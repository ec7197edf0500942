import CVMSyntax
import Glibc

extension FunctionCompiler {
  /// The number that an expression of literals stands for.
  func foldedNumber(_ node: NodeID) -> Double? {
    if case .number(let value)? = foldedConstant(node) { return value }
    return nil
  }

  /// The value of an expression of literals.
  func foldedConstant(_ node: NodeID) -> ConstantValue? {
    switch tree.kind(node) {
    case .numberLiteral: return .number(tree.number(node))
    case .stringLiteral: return .string(tree.name(node))
    case .unary:
      let info = tree.unary(node)
      guard info.op == .minus || info.op == .bitwiseNot, let value = foldedNumber(info.operand) else { return nil }
      return .number(info.op == .minus ? -value : Double(~toInt32(value)))
    case .binary: return foldedChain(node)
    default: return nil
    }
  }

  private func foldedChain(_ node: NodeID) -> ConstantValue? {
    var spine: [NodeID] = []
    var current = node
    while tree.kind(current) == .binary {
      spine.append(current)
      current = tree.binary(current).left
    }
    guard var value = foldedConstant(current) else { return nil }
    for node in spine.reversed() {
      let info = tree.binary(node)
      guard let right = foldedConstant(info.right), let folded = fold(info.op, value, right) else { return nil }
      value = folded
    }
    return value
  }

  /// The result of an operator on two literals, where it is a number.
  func fold(_ op: BinaryOperator, _ left: ConstantValue, _ right: ConstantValue) -> ConstantValue? {
    guard case .number(let left) = left, case .number(let right) = right else { return nil }
    switch op {
    case .add: return .number(left + right)
    case .subtract: return .number(left - right)
    case .multiply: return .number(left * right)
    case .divide:
      if right == 0 && isFirstDialect { return nil }
      return .number(left / right)
    case .remainder: return .number(fmod(left, right))
    case .bitwiseAnd: return .number(Double(toInt32(left) & toInt32(right)))
    case .bitwiseOr: return .number(Double(toInt32(left) | toInt32(right)))
    case .bitwiseXor: return .number(Double(toInt32(left) ^ toInt32(right)))
    case .leftShift: return .number(Double(toInt32(left) << (toInt32(right) & 31)))
    case .rightShift: return .number(Double(toInt32(left) >> (toInt32(right) & 31)))
    case .unsignedRightShift:
      return .number(Double(UInt32(bitPattern: toInt32(left)) >> UInt32(toInt32(right) & 31)))
    default: return nil
    }
  }
}

/// ToInt32 of ECMA-262.
private func toInt32(_ value: Double) -> Int32 {
  guard value.isFinite else { return 0 }
  let modulus = 4_294_967_296.0
  var rest = fmod(trunc(value), modulus)
  if rest < 0 { rest += modulus }
  return Int32(truncatingIfNeeded: Int64(rest))
}
