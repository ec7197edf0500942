console.log(Object.fromEntries(Array.from({ length: 26 }, (_, i) => [String.fromCharCode(97 + i), i])));
// expect: {
// expect:   a: 0,
// expect:   b: 1,
// expect:   c: 2,
// expect:   d: 3,
// expect:   e: 4,
// expect:   f: 5,
// expect:   g: 6,
// expect:   h: 7,
// expect:   i: 8,
// expect:   j: 9,
// expect:   k: 10,
// expect:   l: 11,
// expect:   m: 12,
// expect:   n: 13,
// expect:   o: 14,
// expect:   p: 15,
// expect:   q: 16,
// expect:   r: 17,
// expect:   s: 18,
// expect:   t: 19,
// expect:   u: 20,
// expect:   v: 21,
// expect:   w: 22,
// expect:   x: 23,
// expect:   y: 24,
// expect:   z: 25
// expect: }
console.log(Object.fromEntries(Array.from({ length: 7 }, (_, i) => ['key' + i, i])));
// expect: { key0: 0, key1: 1, key2: 2, key3: 3, key4: 4, key5: 5, key6: 6 }
console.log([Object.fromEntries(Array.from({ length: 12 }, (_, i) => ['k' + i, 'v' + i]))]);
// expect: [
// expect:   {
// expect:     k0: 'v0',
// expect:     k1: 'v1',
// expect:     k2: 'v2',
// expect:     k3: 'v3',
// expect:     k4: 'v4',
// expect:     k5: 'v5',
// expect:     k6: 'v6',
// expect:     k7: 'v7',
// expect:     k8: 'v8',
// expect:     k9: 'v9',
// expect:     k10: 'v10',
// expect:     k11: 'v11'
// expect:   }
// expect: ]
