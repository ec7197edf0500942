const shapes = [{ x: 1 }, { y: 0, x: 2 }, { z: 0, y: 0, x: 3 }, { a: 0, x: 4 }, { b: 0, x: 5 }, { c: 0, x: 6 }, Object.create({ x: 7 }), { get x() { return 8; } }, Object.assign([], { x: 9 }), Object.assign(() => {}, { x: 10 }), new Proxy2(11), 'string', 5, true];
function Proxy2(v) { this.x = v; }
Proxy2.prototype.other = 1;
function get(o) { return o.x; }
function set(o, v) { o.x = v; return o.x; }
function call(o) { return o.toString === Object.prototype.toString; }
console.log(shapes.map(get).join(), shapes.map(get).join());
// expect: 1,2,3,4,5,6,7,8,9,10,11,,, 1,2,3,4,5,6,7,8,9,10,11,,,
for (let round = 0; round < 2; round++) console.log(shapes.slice(0, 7).map((o, i) => set(o, i + round * 10)).join());
// expect: 0,1,2,3,4,5,6
// expect: 10,11,12,13,14,15,16
console.log(shapes.map(call).join());
// expect: true,true,true,true,true,true,true,true,false,false,true,false,false,false
const o = {};
for (let i = 0; i < 200; i++) o['p' + i] = i;
let s = 0;
for (let i = 0; i < 200; i++) s += o['p' + i];
console.log(s, get(o), set(o, 'added'), get(o)); // expect: 19900 undefined added added
