const closing = (onReturn, onNext = () => ({ value: 1, done: false })) => ({ [Symbol.iterator]: () => ({ next: onNext, return: onReturn }) });
const run = (f) => {
  try {
    console.log(f() ?? 'finished');
  } catch (e) {
    console.log('caught', e.message ?? e);
  }
};
run(() => { for (const x of closing(() => { throw 'from return'; })) break; }); // expect: caught from return
run(() => { for (const x of closing(() => { throw 'from return'; })) throw 'from body'; }); // expect: caught from body
run(() => { for (const x of closing(() => 1)) break; }); // expect: caught Iterator result 1 is not an object
run(() => { for (const x of closing(() => 1)) throw 'body wins'; }); // expect: caught body wins
run(() => { for (const x of closing(undefined)) break; }); // expect: finished
run(() => { for (const x of closing(null)) break; }); // expect: finished
run(() => { for (const x of closing(5)) break; }); // expect: caught number 5 is not a function
run(() => { for (const x of closing(5)) throw 'body wins again'; }); // expect: caught body wins again
run(() => { for (const x of closing(() => { throw 'not called'; }, () => { throw 'from next'; })); });
// expect: caught from next
run(() => { for (const x of closing(() => { throw 'not called'; }, () => 'not an object')); });
// expect: caught Iterator result not an object is not an object
run(() => { for (const x of closing(() => { throw 'not called'; }, () => ({ get done() { throw 'from done'; } }))); });
// expect: caught from done
run(() => { for (const x of closing(() => { throw 'not called'; }, () => ({ done: false, get value() { throw 'from value'; } }))); });
// expect: caught from value
run(() => { for (const x of closing(() => ({}))) return 'returned through'; }); // expect: returned through
