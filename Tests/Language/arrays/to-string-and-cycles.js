const a = [1, [2, [3]]];
console.log(String(a), a + '', `${[]}` === '', [null] + '', [undefined, null] + '', [[]] + '', [{}] + '', [1, [2, 3]].toString(), [1.50, -0] + '', [() => 1] + '');
// expect: 1,2,3 1,2,3 true  ,  [object Object] 1,2,3 1.5,0 () => 1
a.push(a);
console.log(String(a), a.join('-')); // expect: 1,2,3, 1-2,3-
const b = [a];
a[0] = b;
console.log(String(b)); // expect: ,2,3,
