const a = new AggregateError([new Error('one'), 2], 'several');
console.log(a.errors.length, a.errors[0].message, a.message, a.name, a instanceof Error, String(a));
// expect: 2 one several AggregateError true AggregateError: several
function load() {
  try {
    null.x;
  } catch (e) {
    throw new Error('load failed', { cause: e });
  }
}
try {
  load();
} catch (e) {
  console.log(e.message, '<-', e.cause.message, e.cause instanceof TypeError);
  // expect: load failed <- Cannot read properties of null (reading 'x') true
}
