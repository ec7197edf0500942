console.log(JSON.parse('{"a":1,"b":[1,2]}', (k, v) => (typeof v === 'number' ? v + 1 : v)), JSON.parse('{"a":1,"b":2}', (k, v) => (k === 'a' ? undefined : v)), JSON.parse('[1,2,3]', (k, v) => (k === '1' ? undefined : v)), JSON.parse('5', (k, v) => [k, v]));
// expect: { a: 2, b: [ 2, 3 ] } { b: 2 } [ 1, <1 empty item>, 3 ] [ '', 5 ]
const order = [];
JSON.parse('{"x":{"y":1},"z":[2]}', function (k, v) { order.push(`${k}:${Array.isArray(this)}`); return v; });
console.log(order.join(' ')); // expect: y:false x:false 0:true z:false :false
console.log(JSON.parse('{"a":1,"b":2}', function (k, v) { if (k === 'a') this.b = 'changed'; return v; }), JSON.parse('{"a":1,"b":{"c":3}}', function (k, v) { if (k === 'a') delete this.b; return v; }));
// expect: { a: 1, b: 'changed' } { a: 1 }
