// The default order: by code units, equal ones in their old order, whatever the length and width of the texts.
const words = ["b", "", "a\u0000", "a", "ab", "a\u0000b", "\u0000", "abcdefgh", "abcdefghi", "abcdefgg", "abcdefgh\u0000", "é", "z", "ÿ"];
console.log(words.slice().sort().map((w) => JSON.stringify(w)).join(" "));
// expect: "" "\u0000" "a" "a\u0000" "a\u0000b" "ab" "abcdefgg" "abcdefgh" "abcdefgh\u0000" "abcdefghi" "b" "z" "é" "ÿ"
const wide = [...words, "→", "\ud83d\ude00", "\uffff", "a→"];
console.log(wide.slice().sort().map((w) => JSON.stringify(w)).slice(-6).join(" "), wide.toSorted().indexOf("a→") > wide.toSorted().indexOf("abcdefghi"));
// expect: "z" "é" "ÿ" "→" "😀" "￿" true
let wrong = 0;
for (const a of wide) {
  for (const b of wide) {
    const less = (x, y) => { for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x.charCodeAt(i) < y.charCodeAt(i); return x.length < y.length; };
    if ((a < b) !== less(a, b) || (a > b) !== less(b, a) || (a <= b) === less(b, a) || (a >= b) === less(a, b)) wrong++;
  }
}
console.log(wrong, ["ab" + "c".repeat(30) < "ab" + "c".repeat(31), "x".repeat(40) < "x".repeat(39)].join());
// expect: 0 true,false
console.log([10, 9, 1, 100, -1, "1", true, null, undefined].sort().map(String).join());
// expect: -1,1,1,10,100,9,null,true,undefined
const many = Array.from({ length: 9000 }, (_, i) => "k" + (i * 7919) % 1000);
const sorted = many.toSorted();
let inOrder = true;
for (let i = 1; i < sorted.length; i++) if (sorted[i - 1] > sorted[i]) inOrder = false;
console.log(inOrder, sorted[0], sorted[8999]);
// expect: true k0 k999
