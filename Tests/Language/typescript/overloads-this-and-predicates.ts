function over(x: string): string;
function over(x: number): number;
function over(x: any): any { return x; }
function isString(x: unknown): x is string { return typeof x === 'string'; }
function assertIt(x: unknown): asserts x { if (!x) throw new Error('assertion'); }
function withThis(this: { v: number }, n: number) { return this.v + n; }
console.log(over('s'), over(1), isString('x'), withThis.call({ v: 1 }, 2), withThis.length); // expect: s 1 true 3 1
try {
  assertIt(0);
} catch (e: unknown) {
  console.log((e as Error).message); // expect: assertion
}
for (const k of [1, 2] as number[]) console.log(k as number);
// expect: 1
// expect: 2
