function f() {
  try {
    throw new Error('first');
  } catch (e) {
    try {
      throw new Error('second', { cause: e });
    } catch (e2) {
      return [e2.message, e2.cause.message, e2.cause === e];
    } finally {
      e.touched = true;
    }
  } finally {
    console.log('outer finally');
  }
}
console.log(f());
// expect: outer finally
// expect: [ 'second', 'first', true ]
