// toReversed, with, flat, flatMap and join of ordinary arrays, and of those that are none.
console.log([1, , 3].toReversed(), [1, , 3].with(0, 9), [1, , 3].with(-1, 9), [, 1, [2, , [3]]].flat());
// expect: [ 3, undefined, 1 ] [ 9, undefined, 3 ] [ 1, undefined, 9 ] [ 1, 2, [ 3 ] ]
for (const index of [3, -4, Infinity]) {
  try { [1, 2, 3].with(index, 0); } catch (error) { console.log(error.name); }
}
// expect: RangeError
// expect: RangeError
// expect: RangeError
console.log([1, 2].with("1", 5), [1, 2].with(0.9, 5), [1, 2].with(undefined, 5), [].toReversed(), [[]].flat(), [[], [[]]].flat(2));
// expect: [ 1, 5 ] [ 5, 2 ] [ 5, 2 ] [] [] []
const deep = [1, [2, [3, [4, [5]]]]];
console.log(deep.flat(0).length, deep.flat(-1).length, deep.flat(2), deep.flat("1").length, deep.flat(Infinity));
// expect: 2 2 [ 1, 2, 3, [ 4, [ 5 ] ] ] 3 [ 1, 2, 3, 4, 5 ]
class Special extends Array {}
const special = Special.from([[1], 2]);
console.log(special.flat() instanceof Special, special.flatMap((x) => x) instanceof Special, special.toReversed() instanceof Special);
// expect: true true false
console.log(JSON.stringify([3, 1, 2].flatMap((x, i, all) => (x > 1 ? [x, [i], , all.length] : x))), [[1, 2], 3].flatMap((x) => [x]));
// expect: [3,[0],3,1,2,[2],3] [ [ 1, 2 ], 3 ]
console.log([1, , 2].flatMap((x) => [x, x]), Array.prototype.flatMap.call({ length: 2, 0: "a", 1: "b" }, (x) => [x, x]).join(""));
// expect: [ 1, 1, 2, 2 ] aabb
const nested = [1, new Proxyish(), { length: 1, 0: "no array" }];
function Proxyish() { return Object.assign([7, 8], { extra: 1 }); }
console.log(nested.flat());
// expect: [ 1, 7, 8, { '0': 'no array', length: 1 } ]
const accessor = [[1, 2, 3]];
Object.defineProperty(accessor[0], 1, { get() { return "got"; } });
console.log(accessor.flat(), ["a", "é", "→"].join("-"), ["a", "b"].join("→"), ["a", null, undefined, , "b"].join(), ["x"].join(), [].join("x"));
// expect: [ 1, 'got', 3 ] a-é-→ a→b a,,,,b x 
console.log([1, "b", true, 2.5].join("/"), ["", ""].join(""), ["", ""].join("."), ["ab", "c"].join("").length);
// expect: 1/b/true/2.5  . 3
Array.prototype[1] = "from prototype";
console.log([1, , 3].toReversed(), [1, , 3].with(0, 0), [[1, , 3]].flat(), [1, , 3].join());
// expect: [ 3, 'from prototype', 1 ] [ 0, 'from prototype', 3 ] [ 1, 'from prototype', 3 ] 1,from prototype,3
delete Array.prototype[1];

// Elements of arrays that may not be written or grown.
const frozen = Object.freeze([1, 2]);
const sealed = Object.seal([1, 2]);
const fixed = Object.preventExtensions([1, 2]);
function store(array, index, value) { array[index] = value; }
for (const array of [[1, 2], sealed, fixed, frozen]) {
  try { store(array, 0, "new"); } catch (error) { console.log(error.name); }
  try { store(array, 2, "more"); } catch (error) { console.log(error.name); }
  console.log(array.join());
}
// expect: new,2,more
// expect: TypeError
// expect: new,2
// expect: TypeError
// expect: new,2
// expect: TypeError
// expect: TypeError
// expect: 1,2
for (const method of ["map", "toSorted", "toReversed"]) {
  try { Array.prototype[method].call({ length: Infinity }, (x) => x); } catch (error) { console.log(method, error.name); }
}
// expect: map RangeError
// expect: toSorted RangeError
// expect: toReversed RangeError
