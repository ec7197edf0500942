const log = [];
const o = { get f() { log.push('get'); return (x) => log.push('call ' + x); } };
o.f((log.push('argument'), 1));
console.log(log); // expect: [ 'get', 'argument', 'call 1' ]
