console.log(1 == '1', 0 == '', 0 == '0', '' == '0', null == undefined, null == 0, undefined == 0, NaN == NaN, [] == '', [] == 0, [1] == 1, [1, 2] == '1,2');
// expect: true true true false true false false false true true true true
console.log(true == 1, true == '1', true == 'true', false == '', false == [], null == false, [] == ![], ({}) == '[object Object]', 'a' == new String('a'));
// expect: true true false true true false true true true
console.log(0 === -0, NaN === NaN, 'a' === 'a', 'ab' === 'a' + 'b', null === undefined, 1 === 1.0, [] === [], 'x' !== 'y', NaN !== NaN, 1 != '1', null != 0);
// expect: true false true true false true false true true false true
const o = {}, f = () => {}, s = Symbol('s');
console.log(o === o, o == o, f === f, s === s, Symbol('s') === Symbol('s'), Symbol.for('q') === Symbol.for('q'), s == 's', Object(s) == s, new Number(1) == new Number(1));
// expect: true true true true false true false true false
console.log(Object.is(NaN, NaN), Object.is(0, -0), Object.is('a', 'a'), Object.is(o, {}), Object.is(), [NaN].includes(NaN), [NaN].indexOf(NaN));
// expect: true false true false true true -1
