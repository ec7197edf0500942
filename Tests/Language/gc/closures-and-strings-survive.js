const fs = [];
for (let i = 0; i < 5000; i++) {
  let text = 'v' + i;
  for (let j = 0; j < 10; j++) text += j;
  if (i % 500 === 0) fs.push(() => text);
}
let junk = '';
for (let i = 0; i < 50000; i++) junk = 'x' + i + junk.slice(0, 10);
console.log(fs.map((f) => f()).join(' '), junk.length);
// expect: v00123456789 v5000123456789 v10000123456789 v15000123456789 v20000123456789 v25000123456789 v30000123456789 v35000123456789 v40000123456789 v45000123456789 16
