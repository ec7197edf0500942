const name = 'World', n = 3;
console.log(`Hello ${name}!`, `${n} + ${n} = ${n + n}`, ``, `${''}`, `a${`b${`c`}`}`, `${[1, 2]}`, `${{}}`, `${null} ${undefined} ${true}`, `\${not}`, `$ {x} $`, `${n}${n}`);
// expect: Hello World! 3 + 3 = 6   abc 1,2 [object Object] null undefined true ${not} $ {x} $ 33
console.log(`two
lines`, `tab\tescaped`, `${(() => { const x = `nested ${name}`; return x; })()}`, `${n > 2 ? `big` : `small`}`, `}`, `{`);
// expect: two
// expect: lines tab	escaped nested World big } {
console.log(`${{ toString: () => 'string hint', valueOf: () => 'not used' }}`, `${-0}`, `${1e21}`, `${[null, [undefined]]}`);
// expect: string hint 0 1e+21 ,
