// structuredClone copies everything that a value reaches, each object once.
const o = { a: { n: 1 }, list: [1, , 3], date: new Date(5), text: new String("s"), big: BigInt(7) };
o.self = o;
o.again = o.a;
const c = structuredClone(o);
console.log(c.self === c, c.a === c.again, c !== o, c.a !== o.a, c.date.getTime(), c.date !== o.date);
console.log(c.list, c.text, c.big, Object.keys(c).join());
console.log(structuredClone(new Map([[{ k: 1 }, new Set([1, "x"])]])), structuredClone(Object.assign([1], { x: 1 })));
class Point { x = 1; #y = 2; get z() { return 3; } }
console.log(structuredClone(new Point()), structuredClone(null), structuredClone(5), structuredClone("s"), structuredClone(undefined));
const e = new TypeError("m", { cause: { a: 1 } });
e.extra = 1;
const copy = structuredClone(e);
console.log(copy.name, copy.message, copy.cause, copy.extra, copy instanceof TypeError, copy !== e);
for (const value of [() => 1, Symbol("x"), new WeakMap(), { f() {} }, new WeakRef({}), [Symbol.iterator]]) {
  try {
    console.log(structuredClone(value));
  } catch (error) {
    console.log(error.name + ": " + error.message, error instanceof Error, error.code);
  }
}
try { structuredClone(); } catch (error) { console.log(error.name); }
let deep = null;
for (let i = 0; i < 300; i++) deep = { deep };
let depth = 0;
for (let at = structuredClone(deep); at; at = at.deep) depth++;
console.log(depth, structuredClone.length, structuredClone.name);
console.log(structuredClone(Object.create({ inherited: 1 }, { hidden: { value: 1 }, shown: { value: 2, enumerable: true } })));

// expect: true true true true 5 true
// expect: [ 1, <1 empty item>, 3 ] [String: 's'] 7n a,list,date,text,big,self,again
// expect: Map(1) { { k: 1 } => Set(2) { 1, 'x' } } [ 1, x: 1 ]
// expect: { x: 1 } null 5 s undefined
// expect: TypeError m { a: 1 } undefined true true
// expect: DataCloneError: () => 1 could not be cloned. true 25
// expect: DataCloneError: Symbol(x) could not be cloned. true 25
// expect: DataCloneError: #<WeakMap> could not be cloned. true 25
// expect: DataCloneError: f() {} could not be cloned. true 25
// expect: DataCloneError: #<WeakRef> could not be cloned. true 25
// expect: DataCloneError: Symbol(Symbol.iterator) could not be cloned. true 25
// expect: TypeError
// expect: 300 0 structuredClone
// expect: { shown: 2 }
