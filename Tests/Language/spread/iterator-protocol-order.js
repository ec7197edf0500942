const log = [];
const iterable = {
  [Symbol.iterator]() {
    log.push('iterator');
    let n = 0;
    return {
      next() { log.push('next'); return n < 2 ? { value: n++, done: false } : { done: true, value: 'ignored' }; },
      return() { log.push('return'); return {}; },
    };
  },
};
console.log([...iterable], log.join(' ')); // expect: [ 0, 1 ] iterator next next next
console.log(Math.max(...iterable)); // expect: 1
