console.log(['résumé', 'zoo', 'Zoo', 'äb', 'abc', 'Résumé', 'resume', 'a b', 'a-b', '10', '9', '_x'].sort((a, b) => a.localeCompare(b)).join()); // expect: _x,10,9,a b,a-b,äb,abc,resume,résumé,Résumé,zoo,Zoo
console.log('a'.localeCompare('B'), 'B'.localeCompare('a'), 'a'.localeCompare('A'), 'a'.localeCompare('a')); // expect: -1 1 -1 0
console.log('o\u0308'.localeCompare('ö'), 'é'.localeCompare('f'), 'a\u0001'.localeCompare('a'), 'ab'.localeCompare('áa')); // expect: 0 -1 0 1
