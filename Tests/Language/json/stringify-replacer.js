console.log(JSON.stringify({ a: 1, b: { a: 2, c: 3 } }, ['a', 'b']), JSON.stringify({ 1: 'one', a: 2 }, [1]), JSON.stringify([{ a: 1, b: 2 }], ['b']), JSON.stringify({ a: 1 }, []), JSON.stringify({ a: 1, b: 2 }, ['b', 'a', 'b']));
// expect: {"a":1,"b":{"a":2}} {"1":"one"} [{"b":2}] {} {"b":2,"a":1}
const seen = [];
console.log(JSON.stringify({ a: 1, b: [2, { c: 3 }] }, function (k, v) { seen.push([k, typeof v, Array.isArray(this)]); return typeof v === 'number' ? v * 10 : v; }));
// expect: {"a":10,"b":[20,{"c":30}]}
console.log(seen.map((s) => s.join('/')).join(' '));
// expect: /object/false a/number/false b/object/false 0/number/true 1/object/true c/number/false
console.log(JSON.stringify({ a: 1, b: 2 }, (k, v) => (k === 'a' ? undefined : v)), JSON.stringify([1, 2], (k, v) => (k === '0' ? undefined : v)), JSON.stringify(5, () => undefined), JSON.stringify(1, (k, v) => (k === '' ? { wrapped: v } : v)), JSON.stringify({ a: { deep: 1 } }, (k, v) => (k === 'a' ? 'replaced' : v)));
// expect: {"b":2} [null,2] undefined {"wrapped":1} {"a":"replaced"}
