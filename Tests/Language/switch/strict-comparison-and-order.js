const log = [];
const t = (v) => (log.push(v), v);
switch (t(2)) {
  case t(1):
  case t(2): log.push('match'); break;
  case t(3): log.push('not evaluated');
}
console.log(log); // expect: [ 2, 1, 2, 'match' ]
switch (NaN) { case NaN: console.log('never'); break; default: console.log('NaN matches nothing'); }
// expect: NaN matches nothing
switch (-0) { case 0: console.log('zeros are equal'); } // expect: zeros are equal
switch (true) { case 1 > 2: console.log('no'); break; case 2 > 1: console.log('true case'); } // expect: true case
switch ('a') { case 'A'.toLowerCase(): console.log('strings by value'); } // expect: strings by value
const o = {};
switch (o) { case {}: console.log('no'); break; case o: console.log('same object'); } // expect: same object
switch (null) { case undefined: console.log('no'); break; case null: console.log('null'); } // expect: null
