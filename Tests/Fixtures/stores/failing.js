const first = CC('first?');
console.error('warned');
first.missing.property;
