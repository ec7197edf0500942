const log = [];
const n = (name, v) => ({ valueOf() { log.push(name); return v; }, toString() { log.push(name + ':string'); return String(v); } });
const show = (r) => console.log(JSON.stringify(r), log.splice(0).join(' '));
show('abcdef'.slice(n('start', 1), n('end', 3))); // expect: "bc" start end
show('abcdef'.substring(n('a', 3), n('b', 1))); // expect: "bc" a b
show('abc'.padStart(n('length', 6), n('fill', 12))); // expect: "121abc" length fill:string
show('abcabc'.indexOf(n('search', 'c'), n('from', 3))); // expect: 5 search:string from
show('abc'.charAt(n('i', 1))); // expect: "b" i
show('a-b-c'.split(n('separator', '-'), n('limit', 2))); // expect: ["a","b"] limit separator:string
show('abc'.replace(n('search', 'b'), n('with', 'x'))); // expect: "axc" search:string with:string
show('ab'.concat(n('x', 1), n('y', 2))); // expect: "ab12" x:string y:string
show([1, 2, 3, 4].slice(n('start', 1), n('end', 3))); // expect: [2,3] start end
show([1, 2, 3, 4].splice(n('start', 1), n('count', 2), 'new')); // expect: [2,3] start count
show([1, 2, 3].fill(0, n('start', 1), n('end', 2))); // expect: [1,0,3] start end
show([1, 2, 3].indexOf(2, n('from', 0))); // expect: 1 from
show([1, 2].join(n('separator', '+'))); // expect: "1+2" separator:string
show([1, [2]].flat(n('depth', 1))); // expect: [1,2] depth
show((255).toString(n('radix', 16))); // expect: "ff" radix
show((1.5).toFixed(n('digits', 2))); // expect: "1.50" digits
show(parseInt(n('text', '12'), n('radix', 8))); // expect: 10 text:string radix
show(Math.max(n('a', 1), n('b', NaN), n('c', 3))); // expect: null a b c
show(Math.pow(n('a', 2), n('b', 3))); // expect: 8 a b
show(Math.hypot(n('a', 3), n('b', 4))); // expect: 5 a b
show(String.fromCharCode(n('a', 65), n('b', 66))); // expect: "AB" a b
show(Number(n('x', 5))); // expect: 5 x
show(String(n('x', 5))); // expect: "5" x:string
show(new Array(n('x', 5)).length); // expect: 1
show(Array.from({ length: n('length', 2) }).length); // expect: 2 length
show({ [n('key', 'k')]: 1 }); // expect: {"k":1} key:string
show([1, 2, 3].includes(n('not converted', 1))); // expect: false
show([n('x', 2), n('y', 1)].join()); // expect: "2,1" x:string y:string
show(isNaN(n('x', 'no'))); // expect: true x
show(Number.isNaN(n('x', NaN))); // expect: false
show(new Map([[1, 2]]).get(n('x', 1)) ?? 'none'); // expect: "none"
show('abc'.at(n('i', -1))); // expect: "c" i
show('x'.repeat(n('count', 3))); // expect: "xxx" count
show('abc'.startsWith(n('search', 'b'), n('from', 1))); // expect: true search:string from
show('abc'.localeCompare(n('that', 'abc'))); // expect: 0 that:string
show(JSON.stringify({ a: 1 }, null, n('indent', 2))); // expect: "{\"a\":1}"
show(Symbol(n('description', 'd')).description); // expect: "d" description:string
show(new Error(n('message', 'm')).message); // expect: "m" message:string
