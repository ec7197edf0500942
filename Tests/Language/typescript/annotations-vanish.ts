let n: number = 1;
const s: string | null = null, list: Array<number> = [1, 2], tuple: [string, number?] = ['a'];
function add(a: number, b?: number, ...rest: number[]): number {
  return a + (b ?? 0) + rest.length;
}
const f = (x: number): string => `${x}`;
const g = <T,>(x: T): T => x;
const h = function <T extends { length: number }>(x: T): number { return x.length; };
console.log(n, s, list, tuple, add(1), add(1, 2, 3), f(4), g('g'), h('four')); // expect: 1 null [ 1, 2 ] [ 'a' ] 1 4 4 g 4
