console.log(Number.isInteger(5), Number.isInteger(5.0), Number.isInteger('5'), Number.isInteger(1e300), Number.isSafeInteger(2 ** 53), Number.isSafeInteger(2 ** 53 - 1), Number.isNaN('x'), isNaN('x'), isFinite('5'), Number.isFinite('5'), Number.isFinite(Infinity), isNaN(undefined), isNaN(null), isFinite(null));
// expect: true true false true false true false true true false false true false true
console.log(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, Number.POSITIVE_INFINITY, Number.NaN, Number.parseFloat === parseFloat, Number.parseInt === parseInt);
// expect: 9007199254740991 -9007199254740991 1.7976931348623157e+308 5e-324 2.220446049250313e-16 Infinity NaN true true
try {
  Number.MAX_VALUE = 1;
} catch (e) {
  console.log(e.name); // expect: TypeError
}
const w = new Number(5);
console.log(typeof w, w + 1, w == 5, w === 5, JSON.stringify([w]), Number('12').constructor === Number, (5).constructor.name, new Boolean(false) ? 'truthy' : 'falsy', Boolean(''), Boolean('false'), Boolean([]), true.toString(), (false).valueOf());
// expect: object 6 true false [5] true Number truthy false true true true false
