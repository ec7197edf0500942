let x = 'outer';
{
  let x = 'inner';
  {
    let x = 'innermost';
    console.log(x); // expect: innermost
  }
  console.log(x); // expect: inner
}
console.log(x); // expect: outer
const f = () => x;
{
  let x = 'not seen';
  console.log(f(), x); // expect: outer not seen
}
