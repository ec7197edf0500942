const add = (a) => (b) => (c) => (d) => (e) => a + b + c + d + e;
console.log(add(1)(2)(3)(4)(5)); // expect: 15
function level1() {
  let v1 = 1;
  return function level2() {
    let v2 = v1 + 1;
    return function level3() {
      v1++;
      v2 += v1;
      return [v1, v2];
    };
  };
}
const l2 = level1();
const l3a = l2();
const l3b = l2();
console.log(l3a(), l3b(), l3a()); // expect: [ 2, 4 ] [ 3, 5 ] [ 4, 8 ]
