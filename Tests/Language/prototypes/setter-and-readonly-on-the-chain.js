function store(o, v) { try { o.p = v; } catch (e) { return e.name; } return Object.hasOwn(o, 'p') ? 'own ' + o.p : 'not own ' + o.p; }
const make = [
  () => ({}), () => ({ p: 0 }), () => Object.create({ p: 'proto' }), () => Object.create({ set p(v) { this.stored = v; }, get p() { return this.stored; } }),
  () => Object.create(Object.freeze({ p: 'frozen' })), () => Object.create({ get p() { return 'getter only'; } }), () => Object.freeze({ p: 1 }), () => Object.preventExtensions({}),
  () => Object.create(Object.create({ p: 'far' })), () => Object.defineProperty({}, 'p', { value: 1, writable: true }), () => [], () => () => {}, () => new Map(),
];
for (let round = 0; round < 3; round++) console.log(make.map((f) => store(f(), 'v' + round)).join(' | '));
// expect: own v0 | own v0 | own v0 | not own v0 | TypeError | TypeError | TypeError | TypeError | own v0 | own v0 | own v0 | own v0 | own v0
// expect: own v1 | own v1 | own v1 | not own v1 | TypeError | TypeError | TypeError | TypeError | own v1 | own v1 | own v1 | own v1 | own v1
// expect: own v2 | own v2 | own v2 | not own v2 | TypeError | TypeError | TypeError | TypeError | own v2 | own v2 | own v2 | own v2 | own v2
