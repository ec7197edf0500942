function change(list, object, number) {
  list.push('pushed');
  object.set = true;
  number++;
  list = [];
  object = null;
  list.push('not seen');
}
const l = [], o = {};
let n = 1;
change(l, o, n);
console.log(l, o, n); // expect: [ 'pushed' ] { set: true } 1
