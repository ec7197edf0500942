const fs = [];
for (const n of [0, 1, 2]) {
  switch (n) {
    case 0:
      let v = 'zero';
      fs.push(() => v);
      break;
    case 1:
      v = 'one';
      fs.push(() => v);
      break;
    default:
      fs.push(() => typeof n);
  }
}
// expect uncaught: ReferenceError: Cannot access 'v' before initialization
