// not for node: it has the tables of compatibility mappings
console.log('plain'.normalize('NFKC'), 'plain'.normalize('NFKD')); // expect: plain plain
for (const form of ['NFKC', 'NFKD']) {
  try {
    console.log('\ufb01'.normalize(form));
  } catch (e) {
    console.log(e.name, e.message);
    // expect: RangeError The normalization form NFKC is not supported yet.
    // expect: RangeError The normalization form NFKD is not supported yet.
  }
}
