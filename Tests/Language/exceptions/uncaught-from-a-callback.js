const a = [3, 1, 2];
a.forEach((x) => {
  console.log(x);
// expect: 3
// expect: 1
  if (x === 1) undefined.length;
});
// expect uncaught: TypeError: Cannot read properties of undefined (reading 'length')
