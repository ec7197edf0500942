// BigInt as a function, its methods, and what it refuses.
const big = BigInt("123456789012345678901234567890");
console.log(big, [big], { big }, typeof big, String(big), big.toString(36), big.toString(2).length);
console.log(BigInt("0xff"), BigInt("0b101"), BigInt("0o17"), BigInt(" 12 "), BigInt(""), BigInt("-5"), BigInt(true));
console.log(BigInt(2 ** 60), BigInt(1e21), BigInt(-0), Number(big), parseInt("9007199254740993"));
for (const f of [
  () => BigInt(1.5), () => BigInt("abc"), () => BigInt(undefined), () => BigInt(null), () => BigInt(Symbol()),
  () => new BigInt(1), () => BigInt(NaN), () => BigInt("1n"), () => BigInt("-0x1"), () => big.toString(1),
  () => BigInt.asIntN(-1, big), () => BigInt.asIntN(8, 1), () => BigInt.prototype.toString.call(1),
  () => JSON.stringify(big),
]) try { console.log(f()); } catch (e) { console.log(e.name + ": " + e.message); }
console.log(BigInt.asIntN(8, BigInt(200)), BigInt.asUintN(8, BigInt(-1)), BigInt.asIntN(64, big), BigInt.asUintN(64, big));
console.log(BigInt.asIntN(3, BigInt(25)), BigInt.asUintN(0, big), BigInt.asUintN(200, big) === big);
console.log(Object(big), typeof Object(big), Object(big).valueOf() === big, Object.prototype.toString.call(big));
console.log(new Map([[BigInt(5), "five"]]).get(BigInt("5")), [BigInt(1)].includes(BigInt(1)), [BigInt(1)].indexOf(BigInt(1)));
console.log(Object.is(BigInt(0), BigInt("-0")), BigInt(7) === BigInt("7"), BigInt.length, BigInt.name);
console.log(big.toLocaleString(), BigInt(-1234567).toLocaleString(), BigInt(12).toLocaleString());
console.log({ valueOf() { return "77"; } } && BigInt({ valueOf() { return "77"; } }), BigInt([12]));
console.log(BigInt("9".repeat(400)).toString().length, Number(BigInt("9".repeat(400))), Number.isInteger(BigInt(1)));

// expect: 123456789012345678901234567890n [ 123456789012345678901234567890n ] { big: 123456789012345678901234567890n } bigint 123456789012345678901234567890 byw97um9s91dlz68tsi 97
// expect: 255n 5n 15n 12n 0n -5n 1n
// expect: 1152921504606846976n 1000000000000000000000n 0n 1.2345678901234568e+29 9007199254740992
// expect: RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer
// expect: SyntaxError: Cannot convert abc to a BigInt
// expect: TypeError: Cannot convert undefined to a BigInt
// expect: TypeError: Cannot convert null to a BigInt
// expect: TypeError: Cannot convert Symbol() to a BigInt
// expect: TypeError: BigInt is not a constructor
// expect: RangeError: The number NaN cannot be converted to a BigInt because it is not an integer
// expect: SyntaxError: Cannot convert 1n to a BigInt
// expect: SyntaxError: Cannot convert -0x1 to a BigInt
// expect: RangeError: toString() radix argument must be between 2 and 36
// expect: RangeError: Invalid value: not (convertible to) a safe integer
// expect: TypeError: Cannot convert 1 to a BigInt
// expect: TypeError: BigInt.prototype.toString requires that 'this' be a BigInt
// expect: TypeError: Do not know how to serialize a BigInt
// expect: -56n 255n -4362896299872285998n 14083847773837265618n
// expect: 1n 0n true
// expect: [BigInt: 123456789012345678901234567890n] object true [object BigInt]
// expect: five true 0
// expect: true true 1 BigInt
// expect: 123,456,789,012,345,678,901,234,567,890 -1,234,567 12
// expect: 77n 12n
// expect: 400 Infinity false
