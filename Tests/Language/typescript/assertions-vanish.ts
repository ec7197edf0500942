const v = JSON.parse('{"a":[1]}') as { a: number[] };
const first = v.a[0]!;
const config = { port: 1 } satisfies Record<string, number>;
const lit = [1, 2] as const;
const maybe: string | undefined = undefined;
console.log(first + 1, config, lit, maybe!?.length, (v as any).b?.c, <number>first); // expect: 2 { port: 1 } [ 1, 2 ] undefined undefined 1
let x = 1;
(x as number) = 5;
x!++;
console.log(x); // expect: 6
