const log = [];
try {
  z = log.push('right side');
} catch (e) {
  log.push(e.message);
}
let z;
console.log(log); // expect: [ 'right side', "Cannot access 'z' before initialization" ]
