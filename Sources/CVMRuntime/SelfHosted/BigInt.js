// BigInt: what converts objects.

function BigIntConstructor(value) {
  return %Call(%Callee(), undefined, ToPrimitive(value, "number"));
}

// ToIndex
function ToIndex(value) {
  const index = %ToIntegerOrInfinity(+value);
  if (index < 0 || index > 9007199254740991) %ThrowRangeError("Invalid value: not (convertible to) a safe integer");
  return index;
}

function BigIntWithBits(bits, value) {
  const count = ToIndex(bits);
  return %Call(%Callee(), undefined, count, %ToBigInt(ToPrimitive(value, "number")));
}

function BigIntToString(radix) {
  return %Call(%Callee(), this, +radix);
}
