console.log({ get a() { throw 'not run'; }, set b(v) {}, get c() { return 1; }, set c(v) {}, d: 1 });
// expect: { a: [Getter], b: [Setter], c: [Getter/Setter], d: 1 }
console.log(Object.defineProperty({}, 'hidden', { get() { return 1; } }), Object.defineProperty([1], 'p', { get() { return 1; }, enumerable: true }));
// expect: {} [ 1, p: [Getter] ]
class T { get x() { return 1; } static get y() { return 2; } }
console.log(new T(), T); // expect: T {} [class T]
