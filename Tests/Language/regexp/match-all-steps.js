// The iterator of matchAll: empty matches, code points, and regular expressions that the program changes on the way.
console.log([..."abc".matchAll(/(?:)/g)].map((m) => m.index).join(), [..."a😀b".matchAll(/(?:)/gu)].map((m) => m.index).join());
// expect: 0,1,2,3 0,1,3,4
for (const match of "a1b22c".matchAll(/(?<letter>[a-z])(\d*)/g)) console.log(match[0], match[2], match.index, match.groups.letter);
// expect: a1 1 0 a
// expect: b22 22 2 b
// expect: c  5 c
const iterator = "aaa".matchAll(/a/g);
console.log(iterator.next().value.index, [...iterator].map((m) => m.index).join(), JSON.stringify(iterator.next()));
// expect: 0 1,2 {"done":true}
const pattern = /a/g;
pattern.lastIndex = 1;
console.log([..."aaa".matchAll(pattern)].length, pattern.lastIndex, Array.from("xAxa".matchAll(/a/gi), (m) => m.index).join());
// expect: 2 1 1,3
const found = [];
const exec = RegExp.prototype.exec;
for (const match of "aXbX".matchAll(/[ab]/g)) {
  found.push(match[0]);
  RegExp.prototype.exec = function (text) { found.push("exec"); return exec.call(this, text); };
}
RegExp.prototype.exec = exec;
console.log(found.join());
// expect: a,exec,b,exec
for (const match of "abc".matchAll(/./g)) { if (match.index === 1) break; console.log(match.input); }
// expect: abc
