const a = [1, 2, 3];
Object.defineProperty(a, 1, { get() { return 'from getter'; }, enumerable: true, configurable: true });
console.log(a.map((x) => x), a.indexOf('from getter'), a.join(), [...a], a.slice(1), a.concat([4]).length, JSON.stringify(a));
// expect: [ 1, 'from getter', 3 ] 1 1,from getter,3 [ 1, 'from getter', 3 ] [ 'from getter', 3 ] 4 [1,"from getter",3]
Array.prototype[1] = 'inherited';
const holes = [0, , 2];
console.log(holes[1], holes.indexOf('inherited'), [...holes], holes.map((x) => x), 1 in holes, holes.hasOwnProperty(1), holes.join());
// expect: inherited 1 [ 0, 'inherited', 2 ] [ 0, 'inherited', 2 ] true false 0,inherited,2
delete Array.prototype[1];
console.log(holes[1], holes.map((x) => x)); // expect: undefined [ 0, <1 empty item>, 2 ]
const ro = Object.defineProperty([1, 2], 0, { writable: false });
try {
  ro[0] = 5;
} catch (e) {
  console.log(e.message); // expect: Cannot assign to read only property '0' of object '[object Array]'
}
try {
  ro.reverse();
} catch (e) {
  console.log(e.name); // expect: TypeError
}
