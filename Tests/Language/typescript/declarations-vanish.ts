interface Shape { area(): number; readonly name?: string; [key: string]: unknown }
type Id = string | number;
type Pair<A, B = A> = { first: A; second: B };
type Fn = (a: number, b: string) => void;
declare const ambient: number;
declare function external(x: string): void;
import type { Something } from './elsewhere';
export type Exported = Id;
abstract class Base {
  abstract area(): number;
  describe(): string { return `area ${this.area()}`; }
}
class Square extends Base implements Shape {
  [key: string]: unknown;
  private readonly side: number;
  constructor(side: number) { super(); this.side = side; }
  public override area(): number { return this.side ** 2; }
}
const p: Pair<Id> = { first: 1, second: 'b' };
console.log(new Square(3).describe(), p, typeof ambient); // expect: area 9 { first: 1, second: 'b' } undefined
