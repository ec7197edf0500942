console.log(typeof globalThis, globalThis === globalThis.globalThis, typeof parseInt, globalThis.Array === Array, typeof undefined, NaN !== NaN, Infinity);
// expect: object true function true undefined true Infinity
try {
  undefined = 1;
} catch (e) {
  console.log(e.name, e.message);
  // expect: TypeError Cannot assign to read only property 'undefined' of object '#<Object>'
}
console.log(encodeURIComponent('a b&é/😀'), decodeURIComponent('%F0%9F%98%80%20'), encodeURI('a b?x=é#h'), decodeURI('%41%2F'));
// expect: a%20b%26%C3%A9%2F%F0%9F%98%80 😀  a%20b?x=%C3%A9#h A%2F
try {
  decodeURIComponent('%');
} catch (e) {
  console.log(e.name, e.message); // expect: URIError URI malformed
}
globalThis.viaGlobal = 7;
console.log(viaGlobal, delete globalThis.viaGlobal, typeof viaGlobal); // expect: 7 true undefined
