const original = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function () {
  let done = false;
  return { next: () => (done ? { done } : ((done = true), { value: 'patched', done: false })) };
};
const spread = [...[1, 2, 3]];
const [first] = [7];
Array.prototype[Symbol.iterator] = original;
console.log(spread, first, [...[1]]); // expect: [ 'patched' ] patched [ 1 ]
