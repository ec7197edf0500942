console.log([, ], [1, , 3], [, , 1], [1, , ], [, 'a', , , 'b', , ], Array(3), new Array(1), [undefined, , null]);
// expect: [ <1 empty item> ] [ 1, <1 empty item>, 3 ] [ <2 empty items>, 1 ] [ 1, <1 empty item> ] [ <1 empty item>, 'a', <2 empty items>, 'b', <1 empty item> ] [ <3 empty items> ] [ <1 empty item> ] [ undefined, <1 empty item>, null ]
const a = [1];
a[1000000] = 2;
a.x = 'prop';
console.log(a); // expect: [ 1, <999999 empty items>, 2, x: 'prop' ]
const b = Array(120);
b[60] = 1;
console.log(b, Array(8), [1, 2, 3, , 5, 6, 7, 8]);
// expect: [ <60 empty items>, 1, <59 empty items> ] [ <8 empty items> ] [ 1, 2, 3, <1 empty item>, 5, 6, 7, 8 ]
