import CVMSyntax
import Testing

/// All type syntax of TypeScript 5 that means nothing at run time leaves exactly what stands around it.
@Suite struct TypeErasurePairTests {
  struct Pair: CustomTestStringConvertible, Sendable {
    var typed: String
    var erased: String
    var testDescription: String { typed }

    /// Reads a table: a line `> typed` and a line `= erased`.
    static func table(_ text: String) -> [Pair] {
      var pairs: [Pair] = []
      for line in text.split(separator: "\n") {
        let code = String(line.dropFirst(2))
        if line.hasPrefix(">") {
          pairs.append(Pair(typed: code, erased: ""))
        } else {
          pairs[pairs.count - 1].erased = code
        }
      }
      return pairs
    }
  }

  static let pairs = Pair.table(
    #"""
    > abstract class A { abstract m(): void; abstract x: number; abstract get y(): string; abstract set y(v); protected abstract readonly z: number; n() { } }
    = class A { n() { } }
    > abstract class A<T> extends B<T> implements C, D<T> { constructor(protected_: T) { super() } }
    = class A extends B { constructor(protected_) { super() } }
    > class A { [key: string]: any; readonly [index: number]: string; static [k: string]: number; x = 1 }
    = class A { x = 1 }
    > class A { [key]: string = 'a'; [Symbol.iterator](): Iterator<T> { return 1 } }
    = class A { [key] = 'a'; [Symbol.iterator]() { return 1 } }
    > function f(this: Window, a: number): void {}
    = function f(a) {}
    > function f(this: Window) {}
    = function f() {}
    > const o = { m(this: Foo, x?: number) {}, get a(): number { return 1 }, set a(v: number) {} }
    = const o = { m(x) {}, get a() { return 1 }, set a(v) {} }
    > const g = function (this: any, ...rest: any[]) {}
    = const g = function (...rest) {}
    > function assert(x: unknown): asserts x {}
    = function assert(x) {}
    > function assert(x: unknown): asserts x is string {}
    = function assert(x) {}
    > function isS(x): x is string { return true }
    = function isS(x) { return true }
    > class A { isA(): this is B { return true } check(): asserts this is B {} ok(): asserts this {} }
    = class A { isA() { return true } check() {} ok() {} }
    > const p = (x: any): x is string => true
    = const p = (x) => true
    > const p = (x: any): asserts x is string => {}
    = const p = (x) => {}
    > declare const s: unique symbol; let t: unique symbol
    = let t
    > type T = `a${string}b${number | 'x'}`; let x: `${A}-${B}` = 1
    = let x = 1
    > type U<T> = T extends (infer E)[] ? E : T extends infer X extends string ? X : never
    = 
    > type V<T> = T extends [infer H extends string, ...infer R] ? [H, ...V<R>] : []
    = 
    > type F<T> = T extends (...args: infer A) => infer R ? [A, R] : never
    = 
    > type C = abstract new (...args: any) => any; type D = new <T>(x: T) => T
    = 
    > type M<T> = { readonly [K in keyof T]?: T[K] }; type N<T> = { -readonly [K in keyof T]-?: T[K] }; type O<T> = { +readonly [K in keyof T as `get${K & string}`]+?: () => T[K] }
    = 
    > type P = { [K in 'a' | 'b']: K }
    = 
    > let a = b satisfies C; let d = { x: 1 } satisfies E as F
    = let a = b; let d = { x: 1 }
    > let a = <const>['x']; let b = ['y'] as const; let c = { x: 1 } as const satisfies T
    = let a = ['x']; let b = ['y']; let c = { x: 1 }
    > function f<const T extends readonly unknown[]>(x: T): T { return x }
    = function f(x) { return x }
    > class A<in T, out U, in out V = string> {} interface B<in out T> {} type C<in T, out U> = T
    = class A {}
    > class A<const T> { m<const U>() {} }
    = class A { m() {} }
    > let x!: number; let y!: string, z = 1; class A { a!: number; static b!: string; #c!: T }
    = let x; let y, z = 1; class A { a; static b; #c }
    > class A { m?(): void; n?(x: number): string { return 'a' } p?: number; readonly q?: string = 'b' }
    = class A { n(x) { return 'a' } p; q = 'b' }
    > interface A { m?(): void; readonly p?: number; new (): A; (x: number): string; [k: string]: any; get y(): number; set y(v: number); -1: string; 'quoted': 1; [Symbol.iterator](): X }
    = 
    > class A { m(a: string): void; m(a: number): void; m(a: any) {} static s(): void; static s(x?: any) {} constructor(); constructor(x?: any) {} }
    = class A { m(a) {} static s(x) {} constructor(x) {} }
    > class A { private m(): void; private m(x?) {} 'quoted'(): void; 'quoted'(x?) {} [computed](): void; [computed](x?) {} #p(): void; #p(x?) {} }
    = class A { m(x) {} 'quoted'(x) {} [computed](x) {} #p(x) {} }
    > class A extends B { declare x: number; declare readonly y: string; static declare z: any; override m() {} public override n() {} override p = 1 }
    = class A extends B { m() {} n() {} p = 1 }
    > class A { public a = 1; private b; protected c?: number; readonly d = 2; private static e = 3; static readonly f = 4; protected static override readonly g = 5; public async h() {} private *i() {} public get j() { return 1 } private set j(v) {} }
    = class A { a = 1; b; c; d = 2; static e = 3; static f = 4; static g = 5; async h() {} *i() {} get j() { return 1 } set j(v) {} }
    > class A { readonly = 1; declare = 2; abstract = 3; override = 4; public; private() {} static static = 5; get; set; async; accessor = 6; readonly readonly = 7; type: string; is; as; in; keyof }
    = class A { readonly = 1; declare = 2; abstract = 3; override = 4; public; private() {} static static = 5; get; set; async; accessor = 6; readonly = 7; type; is; as; in; keyof }
    > import type A from 'a'; import type { B, C as D } from 'b'; import type * as E from 'c'; import { type F, type G as H } from 'd'; let x = 1
    = let x = 1
    > declare let a: number; declare var b, c: string; declare const d: 1; declare function e(x: number): void; declare class F { m(): void; x: number } declare enum G { A } declare namespace H { let x: number } declare module 'm' { export const y: number } declare global { interface Window {} } declare abstract class I {} declare type J = 1; declare interface K {} ; let z
    = ; let z
    > namespace A { export interface B {} } namespace C.D { type E = 1 } module F {} namespace G { declare let x: number } let q
    = let q
    > interface A<T = string, U extends object = {}> extends B, C<T>, D.E<U> { x: T }
    = 
    > type A = B.C.D<E>[F]['g'][number]; type H = typeof a.b.c; type I = typeof a<string>; type J = typeof import('x'); type K = import('y').Z<W>; type L = keyof typeof obj; type M = readonly string[]
    = 
    > type A = [a: string, b?: number, ...c: boolean[]]; type B = [x, y?]; type C = readonly [number, ...T]
    = 
    > type A = | 'a' | 'b'; type B = & C & D; type E = (F | G)[]; type H = (() => void)[]; type I = (new () => J) | K
    = 
    > type A = -1 | 0x10 | 1n | -2n | true | null | undefined | void | never | unknown | any | object | bigint | symbol
    = 
    > type A = asserts; type B = is; type infer = 1; type C = infer; type unique = 2; let asserts: asserts, is: is
    = let asserts, is
    > let f: (a: number, b?: string, ...c: any[]) => void; let g: <T>(x: T) => T; let h: { (x: number): string }; let i: (this: A) => B; let j: ({ a, b: c }: X, [d]: Y) => Z
    = let f; let g; let h; let i; let j
    > let o: { a: string; b?: number, readonly c: boolean; m(): void; get d(): string; set d(v); [k: string]: any; new (x): Y } = x
    = let o = x
    > const a = <T>(x: T) => x; const b = <T,>(x: T) => x; const c = <T extends U>(x: T): T => x; const d = async <T>(x: T) => x; const e = <const T, U = string>(x: T) => x
    = const a = (x) => x; const b = (x) => x; const c = (x) => x; const d = async (x) => x; const e = (x) => x
    > const a = (x?: number, y?) => x; const b = ({ p }: P = q, [r]: R = s, ...u: U[]): V => w; const c = async (x: X): Promise<Y> => z; const d = (x: (y: number) => string) => x
    = const a = (x, y) => x; const b = ({ p } = q, [r] = s, ...u) => w; const c = async (x) => z; const d = (x) => x
    > let x = y as any; let z = (<any>w).v; let u = <T><unknown>t; let s = r as A | B & C; let q = p as typeof o[]; (a as B).c = 1; (<B>a).c = 2; (a!) = 3; a!.b!.c! += 4; [a as B, b!] = c; ({ x: a as B } = c); for (a as B of c) {} for (b! in c) {}
    = let x = y; let z = (w).v; let u = t; let s = r; let q = p; (a).c = 1; (a).c = 2; (a) = 3; a.b.c += 4; [a, b] = c; ({ x: a } = c); for (a of c) {} for (b in c) {}
    > if (x as boolean) {} while (<any>y) {} return_ = z!; f(a as B, <C>d, e!); g(...h as I[]); [...j as K]; ({ ...l as M })
    = if (x) {} while (y) {} return_ = z; f(a, d, e); g(...h); [...j]; ({ ...l })
    > class A extends B<C, D<E>> implements F {} class G extends H()<I> {} let J = class<T> extends K<T> {}; let L = class M<T> implements N {}
    = class A extends B {} class G extends H() {} let J = class extends K {}; let L = class M {}
    > class A { get x(): number { return 1 } set x(v: number) {} static get y(): string { return '' } async m<T>(): Promise<T> {} *g(): Generator<number> {} async *ag(): AsyncGenerator {} }
    = class A { get x() { return 1 } set x(v) {} static get y() { return '' } async m() {} *g() {} async *ag() {} }
    > function f<T>(x: T, { a, b }: { a: string, b: number } = {}, [c]: [d: string] = [], ...rest: T[]): asserts x is NonNullable<T> {}
    = function f(x, { a, b } = {}, [c] = [], ...rest) {}
    > try {} catch (e: unknown) {} try {} catch ({ message }: any) {}
    = try {} catch (e) {} try {} catch ({ message }) {}
    > for (const x of <any>y) {} for (let i: number = 0, n: number = 1; i < n; i++) {} for (const k in o as any) {}
    = for (const x of y) {} for (let i = 0, n = 1; i < n; i++) {} for (const k in o) {}
    > label: for (const a of b as C[]) { continue label }
    = label: for (const a of b) { continue label }
    > let x: A extends B ? C : D = y; let z: (A extends B ? C : D)[] = w
    = let x = y; let z = w
    > let x: new () => A = y; let z: abstract new () => A = w; let f: typeof g<string> = h
    = let x = y; let z = w; let f = h
    > let x: { [K in A]: B } = y, z: [a?: B] = w, f: () => void = g, h: () => { a: B } = i
    = let x = y, z = w, f = g, h = i
    > function f(): { a: B } { return 1 } function g(): (a: B) => C { return 2 } function h(): A | { b: C } {} function i(): typeof x {} function j(): [A, B] {} function k(): `a${B}` {}
    = function f() { return 1 } function g() { return 2 } function h() {} function i() {} function j() {} function k() {}
    > const f = (): { a: B } => ({ a: 1 }); const g = (): void => {}; const h = (): (() => void) => () => {}; const i = (a): a is B => a
    = const f = () => ({ a: 1 }); const g = () => {}; const h = () => () => {}; const i = (a) => a
    > let x = y as unknown as { a: number }[]; let z = (() => {}) as () => void; let w = function () {} as any; let v = class {} as any; let u = `t` as string; let s = /r/ as RegExp; let q = new P as any
    = let x = y; let z = (() => {}); let w = function () {}; let v = class {}; let u = `t`; let s = /r/; let q = new P
    > let a: any, b: string | undefined; var c: number; const d: 1 = 1, { e }: F = g, [h]: I = j
    = let a, b; var c; const d = 1, { e } = g, [h] = j
    > class A { static { let x: number = 1; this.y = x as any } }
    = class A { static { let x = 1; this.y = x } }
    > class A { constructor(x: number, readonly_: string, public_?: any) {} }
    = class A { constructor(x, readonly_, public_) {} }
    > type A = { get: string; set: number; async: 1; static: 2; readonly: 3; new: 4; get(): void; set(x): void; readonly readonly: 5; get get(): 6 }
    = 
    > type A<T> = T extends `${infer H}${infer R}` ? [H, ...A<R>] : []; type B = `${Uppercase<'a'>}`
    = 
    > type A = (a: string) => b is c; type B = (this: C) => asserts this; type D = () => asserts x
    = 
    > type A = { (): void }; type B = { new (): A }; type C = { <T>(x: T): T; new <U>(y: U): U; m<V>(): V }
    = 
    > enum_ = 1; let { enum: a } = b; c.enum; class D { enum = 1; namespace() {} }
    = enum_ = 1; let { enum: a } = b; c.enum; class D { enum = 1; namespace() {} }
    > using_ as any; let x = { a: <any>b, c: d as e, f: g!, [h as i]: j, k(): l {}, async m(): n {}, *o(): p {} }
    = using_; let x = { a: b, c: d, f: g, [h]: j, k() {}, async m() {}, *o() {} }
    > let x = a! + b! * -c!; x = a![b!]!(c!)!; x = a!?.b; x = a?.b!.c; x = a?.[b]!; x = !a!; x = a!!; x = a!++; delete a!.b; new a!(); new a!.b()
    = let x = a + b * -c; x = a[b](c); x = a?.b; x = a?.b.c; x = a?.[b]; x = !a; x = a; x = a++; delete a.b; new a(); new a.b()
    > let x = a as number < b; let y = c as any < d
    = let x = a < b; let y = c < d
    """#)

  @Test(arguments: pairs)
  func `what is left is the program without its types`(pair: Pair) {
    let typed = statements(pair.typed, ParseOptions(dialect: .typeScript)).replacing(" parenthesized", with: "")
    let erased = statements(pair.erased, ParseOptions(dialect: .typeScript)).replacing(" parenthesized", with: "")
    #expect(typed == erased)
  }
}
