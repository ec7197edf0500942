for (const v of [1, 'text', null, undefined, { a: 1 }, [1, 2], NaN, -0, true]) {
  try {
    throw v;
  } catch (e) {
    console.log(e, Object.is(e, v));
    // expect: 1 true
    // expect: text true
    // expect: null true
    // expect: undefined true
    // expect: { a: 1 } true
    // expect: [ 1, 2 ] true
    // expect: NaN true
    // expect: -0 true
    // expect: true true
  }
}
