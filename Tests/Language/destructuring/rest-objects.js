const s = Symbol('s');
const { a, [s]: sym, ...rest } = { a: 1, b: 2, [s]: 3, 5: 'five' };
console.log(rest, sym); // expect: { '5': 'five', b: 2 } 3
const { ...copy } = [7, 8];
console.log(copy); // expect: { '0': 7, '1': 8 }
class P { constructor() { this.own = 1; } get inherited() { return 2; } }
const { own, ...others } = Object.assign(new P(), { more: 3 });
console.log(own, others); // expect: 1 { more: 3 }
let target = {};
({ x: target.x, ...target.rest } = { x: 1, y: 2, z: 3 });
console.log(target); // expect: { x: 1, rest: { y: 2, z: 3 } }
const { length, ...chars } = 'ab';
console.log(length, chars); // expect: 2 { '0': 'a', '1': 'b' }
const k = 'a';
const { [k]: va, ...without } = { a: 1, b: 2 };
console.log(va, without); // expect: 1 { b: 2 }
