const log = [];
function f(path) {
  outer: for (let i = 0; i < 3; i++) {
    try {
      switch (path[i]) {
        case 'b': break;
        case 'B': break outer;
        case 'c': continue;
        case 'C': continue outer;
        case 't': throw new Error('t' + i);
        case 'r': return 'r' + i;
        case 'n':
          try {
            if (i === 1) continue outer;
            if (i === 2) return 'inner';
            throw 'nested';
          } catch (e) {
            log.push('caught ' + e);
          } finally {
            log.push('nested finally ' + i);
            if (path[3] === 'x') break outer;
          }
      }
      log.push('end of try ' + i);
    } catch (e) {
      log.push('catch ' + e.message);
      if (path[3] === 'r') throw e;
    } finally {
      log.push('finally ' + i);
      if (path[3] === 'o' && i === 1) return 'overridden';
      if (path[3] === 'k') continue;
    }
    log.push('end of round ' + i);
  }
  return 'done';
}
const paths = ['bbb', 'bBb', 'cCb', 'tbb', 'brb', 'nnn', 'nbbx', 'tbbr', 'bbro', 'trbk', 'ttto', 'nrbk', 'Crbo', 'nbn', 'ntr'];
for (const p of paths) {
  let r;
  try {
    r = f(p);
  } catch (e) {
    r = 'threw ' + e.message;
  }
  console.log(p, r, '|', log.splice(0).join(', '));
  // expect: bbb done | end of try 0, finally 0, end of round 0, end of try 1, finally 1, end of round 1, end of try 2, finally 2, end of round 2
  // expect: bBb done | end of try 0, finally 0, end of round 0, finally 1
  // expect: cCb done | finally 0, finally 1, end of try 2, finally 2, end of round 2
  // expect: tbb done | catch t0, finally 0, end of round 0, end of try 1, finally 1, end of round 1, end of try 2, finally 2, end of round 2
  // expect: brb r1 | end of try 0, finally 0, end of round 0, finally 1
  // expect: nnn inner | caught nested, nested finally 0, end of try 0, finally 0, end of round 0, nested finally 1, finally 1, nested finally 2, finally 2
  // expect: nbbx done | caught nested, nested finally 0, finally 0
  // expect: tbbr threw t0 | catch t0, finally 0
  // expect: bbro overridden | end of try 0, finally 0, end of round 0, end of try 1, finally 1
  // expect: trbk done | catch t0, finally 0, finally 1, end of try 2, finally 2
  // expect: ttto overridden | catch t0, finally 0, end of round 0, catch t1, finally 1
  // expect: nrbk done | caught nested, nested finally 0, end of try 0, finally 0, finally 1, end of try 2, finally 2
  // expect: Crbo overridden | finally 0, finally 1
  // expect: nbn inner | caught nested, nested finally 0, end of try 0, finally 0, end of round 0, end of try 1, finally 1, end of round 1, nested finally 2, finally 2
  // expect: ntr r2 | caught nested, nested finally 0, end of try 0, finally 0, end of round 0, catch t1, finally 1, end of round 1, finally 2
}
