throw { code: 7, why: ['a', 'b'] };
// expect uncaught: { code: 7, why: [ 'a', 'b' ] }
