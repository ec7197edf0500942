const f = () => {};
function g() { return; }
function h() {
  return
  'unreached';
}
console.log(f(), g(), h(), (() => ({}))(), void 'x'); // expect: undefined undefined undefined {} undefined
