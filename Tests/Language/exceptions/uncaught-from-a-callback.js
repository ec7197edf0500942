const a = [3, 1, 2];
a.forEach((x) => {
  console.log(x);
  if (x === 1) undefined.length;
});
// expect: 3
// expect: 1
// expect uncaught: TypeError: Cannot read properties of undefined (reading 'length')
