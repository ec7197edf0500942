const letters = () => ["a", "b", "c", "d", "e"];
console.log(letters().copyWithin(1, 0, 3).join(""), letters().copyWithin(0, 2).join(""), letters().copyWithin(-2, 0).join(""));
// expect: aabce cdede abcab
console.log(letters().copyWithin(0, 4, 2).join(""), letters().copyWithin(9, 0).join(""), letters().copyWithin("1", "3", null).join(""));
// expect: abcde abcde abcde
console.log([1, , 3, 4].copyWithin(0, 1, 3), [].copyWithin(0, 1).length);
// expect: [ <1 empty item>, 3, 3, 4 ] 0
const self = letters();
console.log(self.copyWithin(0, 3) === self);
// expect: true
console.log(Array.prototype.copyWithin.call({ length: 4, 0: "x", 3: "y" }, 0, 3));
// expect: { '0': 'y', '3': 'y', length: 4 }
try {
  Object.freeze(letters()).copyWithin(0, 1);
} catch (error) {
  console.log(error.name);
}
// expect: TypeError
// The bounds are converted in order, before anything is moved.
const order = [];
const bound = (name, value) => ({ valueOf() { order.push(name); return value; } });
console.log(letters().copyWithin(bound("target", 0), bound("start", 1), bound("end", 2)).join(""), order.join(" "));
// expect: bbcde target start end

console.log(letters().toSpliced(1, 2).join(""), letters().toSpliced(1).join(""), letters().toSpliced().join(""));
// expect: ade a abcde
console.log(letters().toSpliced(2, 0, "x", "y").join(""), letters().toSpliced(-1, 9, "z").join(""), letters().toSpliced(0, -3, 1).join(""));
// expect: abxycde abcdz 1abcde
console.log([1, , 3].toSpliced(0, 1), [].toSpliced(0, 0), [].toSpliced(0, 0, 7), letters().toSpliced(0, 9).length);
// expect: [ undefined, 3 ] [] [ 7 ] 0
const source = letters();
const copy = source.toSpliced(0, 1, "A");
console.log(source.join(""), copy.join(""), Array.isArray(copy));
// expect: abcde Abcde true
class List extends Array {}
console.log(List.of(1, 2).toSpliced(0, 1).constructor === Array);
// expect: true
console.log(letters().toSpliced(bound("start", 1), bound("skip", 3), "-").join(""), order.join(" "));
// expect: a-e target start end start skip
// Elements that a prototype has show through holes.
Array.prototype[1] = "inherited";
console.log([0, , 2].toSpliced(0, 1), [0, , 2].copyWithin(0, 1));
// expect: [ 'inherited', 2 ] [ 'inherited', 2, 2 ]
delete Array.prototype[1];
