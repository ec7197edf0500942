const log = [];
function work(step) {
  try {
    log.push('try');
    if (step === 1) throw new Error('one');
    try {
      log.push('inner try');
      if (step === 2) throw new Error('two');
    } catch (e) {
      log.push('inner catch ' + e.message);
      throw new Error('three');
    } finally {
      log.push('inner finally');
    }
  } catch (e) {
    log.push('catch ' + e.message);
  } finally {
    log.push('finally');
  }
}
for (const s of [0, 1, 2]) {
  work(s);
  console.log(log.splice(0).join(', '));
  // expect: try, inner try, inner finally, finally
  // expect: try, catch one, finally
  // expect: try, inner try, inner catch two, inner finally, catch three, finally
}
