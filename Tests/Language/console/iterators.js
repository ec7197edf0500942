console.log([1, 2].entries(), new Map([[1, 2]]).keys(), new Map([[1, 2]]).entries(), new Set([1]).values(), 'ab'[Symbol.iterator]());
// expect: Object [Array Iterator] {} [Map Iterator] { 1 } [Map Entries] { [ 1, 2 ] } [Set Iterator] { 1 } Object [String Iterator] {}
const it = new Set([1, 2]).values();
it.next();
console.log(it, Object.prototype.toString.call(it)); // expect: [Set Iterator] { 2 } [object Set Iterator]
