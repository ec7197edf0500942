console.log(String.prototype.slice.call(12345, 1, 3), String.prototype.toUpperCase.call(true), String.prototype.split.call([1, 2], ','), String.prototype.trim.call({ toString: () => ' t ' }), String.prototype.at.call('q', 0));
// expect: 23 TRUE [ '1', '2' ] t q
for (const v of [null, undefined]) {
  try {
    String.prototype.slice.call(v);
  } catch (e) {
    console.log(e.name, e.message);
    // expect: TypeError String.prototype.slice called on null or undefined
    // expect: TypeError String.prototype.slice called on null or undefined
  }
}
