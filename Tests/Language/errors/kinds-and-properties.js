for (const E of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
  const e = new E('message');
  console.log(e.name, String(e), e instanceof Error, Object.keys(e), e.hasOwnProperty('message'), e.hasOwnProperty('name'), typeof e.stack, E.length, E('called') instanceof E, Object.getPrototypeOf(E) === (E === Error ? Function.prototype : Error));
  // expect: Error Error: message true [] true false string 1 true true
  // expect: TypeError TypeError: message true [] true false string 1 true true
  // expect: RangeError RangeError: message true [] true false string 1 true true
  // expect: SyntaxError SyntaxError: message true [] true false string 1 true true
  // expect: ReferenceError ReferenceError: message true [] true false string 1 true true
  // expect: EvalError EvalError: message true [] true false string 1 true true
  // expect: URIError URIError: message true [] true false string 1 true true
}
const e = new Error();
console.log(e.message === '', e.hasOwnProperty('message'), String(e), Error.prototype.name, String(new Error(undefined)), new Error(5).message === '5', new Error(null).message, new Error('m', { cause: 0 }).cause, 'cause' in new Error('m'), 'cause' in new Error('m', { cause: undefined }), new Error('x', 5).message);
// expect: true false Error Error Error true null 0 false true x
console.log(Object.getOwnPropertyDescriptor(new Error('m'), 'message'), Error.prototype.toString.call({ name: 'N', message: 'M' }), Error.prototype.toString.call({}), Error.prototype.toString.call({ name: '', message: 'only' }), Error.prototype.toString.call({ name: 'only', message: '' }));
// expect: { value: 'm', writable: true, enumerable: false, configurable: true } N: M Error only only
