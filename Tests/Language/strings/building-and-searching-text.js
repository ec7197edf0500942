const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor'.split(' ');
const wrap = (ws, n) => ws.reduce((ls, w) => { const l = ls.at(-1); return l !== undefined && (l + ' ' + w).length <= n ? [...ls.slice(0, -1), l + ' ' + w] : [...ls, w]; }, []);
console.log(wrap(words, 20).map((l) => `|${l.padEnd(20)}|`).join('\n'));
// expect: |lorem ipsum dolor   |
// expect: |sit amet consectetur|
// expect: |adipiscing elit sed |
// expect: |do eiusmod tempor   |
const caesar = (s, k) => [...s].map((c) => (c >= 'a' && c <= 'z' ? String.fromCharCode((c.charCodeAt(0) - 97 + k + 26) % 26 + 97) : c)).join('');
console.log(caesar('hello, world', 3), caesar(caesar('hello, world', 3), -3)); // expect: khoor, zruog hello, world
const isPalindrome = (s) => { const t = [...s.toLowerCase()].filter((c) => c >= 'a' && c <= 'z').join(''); return t === t.split('').reverse().join(''); };
console.log(isPalindrome('A man, a plan, a canal: Panama'), isPalindrome('no')); // expect: true false
const count = {};
for (const c of 'mississippi') count[c] = (count[c] || 0) + 1;
console.log(count, Object.entries(count).sort(([a, x], [b, y]) => y - x || a.localeCompare(b))[0]);
// expect: { m: 1, i: 4, s: 4, p: 2 } [ 'i', 4 ]
const lcs = (a, b) => { const t = Array.from({ length: a.length + 1 }, () => Array(b.length + 1).fill('')); for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) t[i][j] = a[i - 1] === b[j - 1] ? t[i - 1][j - 1] + a[i - 1] : t[i - 1][j].length >= t[i][j - 1].length ? t[i - 1][j] : t[i][j - 1]; return t[a.length][b.length]; };
console.log(lcs('AGGTABQWERTY', 'GXTXAYBWRY')); // expect: GTABWRY
let bin = '';
for (let n = 37; n; n >>= 1) bin = (n & 1) + bin;
console.log(bin, parseInt(bin, 2), (37).toString(2) === bin); // expect: 100101 37 true
const rle = (s) => { let o = ''; for (let i = 0, j; i < s.length; i = j) { for (j = i; s[j] === s[i]; j++); o += s[i] + (j - i); } return o; };
console.log(rle('aaabbc'), rle('') === ''); // expect: a3b2c1 true
