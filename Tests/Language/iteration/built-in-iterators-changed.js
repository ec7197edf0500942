// Loops over built-in objects, and what programs may change about them.
const list = (iterable) => { const seen = []; for (const value of iterable) seen.push(String(value)); return seen.join(" "); };
const map = new Map([["a", 1], ["b", 2]]);
const set = new Set(["x", "y"]);
function* gen() { yield 1; yield 2; }
console.log(list(map), "|", list(set), "|", list("né→😀"), "|", list(gen()), "|", list(map.keys()), "|", list([7, 8].entries()));
// expect: a,1 b,2 | x y | n é → 😀 | 1 2 | a b | 0,7 1,8
console.log([...map].length, Math.max(...new Set([3, 9])), [..."ab"].join(), [...gen(), ...gen()].join());
// expect: 2 9 a,b 1,2,1,2

// A method of a built-in that does more than making an iterator runs once.
const stack = [[1, 2][Symbol.iterator](), "not an iterator"];
stack[Symbol.iterator] = Array.prototype.pop;
try { for (const value of stack) console.log(value); } catch (error) { console.log(error.name, stack.length); }
// expect: TypeError 1
console.log(list(stack), stack.length);
// expect: 1 2 0
const wrong = { [Symbol.iterator]: Map.prototype[Symbol.iterator] };
try { list(wrong); } catch (error) { console.log(error.name); }
// expect: TypeError
try { list(map[Symbol.iterator].call(set)); } catch (error) { console.log(error.name); }
// expect: TypeError

// An iterator's `next` replaced, behind a getter, or missing.
const iteratorPrototype = Object.getPrototypeOf(map[Symbol.iterator]());
const next = iteratorPrototype.next;
iteratorPrototype.next = function () { const result = next.call(this); if (!result.done) result.value = "patched"; return result; };
console.log(list(map));
// expect: patched patched
let reads = 0;
Object.defineProperty(iteratorPrototype, "next", { get() { reads++; return next; }, configurable: true });
console.log(list(map), reads);
// expect: a,1 b,2 1
Object.defineProperty(iteratorPrototype, "next", { value: next, writable: true, configurable: true });
Map.prototype[Symbol.iterator] = function () { return this.keys(); };
console.log(list(map), new Map([[1, 2]])[Symbol.iterator]().next().value);
// expect: a b 1
Map.prototype[Symbol.iterator] = Map.prototype.entries;
class Doubled extends Set { *[Symbol.iterator]() { for (const value of super.values()) yield value + value; } }
console.log(list(new Doubled(["q"])), list(new (class extends Map {})([[1, 2]])));
// expect: qq 1,2
function* delegate(value) { yield* value; }
console.log(list(delegate(map)), list(delegate("ab")), list(delegate(delegate(set))));
// expect: a,1 b,2 a b x y
try { list(delegate(5)); } catch (error) { console.log(error.name); }
// expect: TypeError
String.prototype[Symbol.iterator] = function* () { yield "own"; };
console.log(list("abc"), [..."abc"].join());
// expect: own own
