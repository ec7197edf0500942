const s = 'abcdef';
console.log(s.slice(1, 3), s.slice(-2), s.slice(2), s.slice(4, 2) === '', s.slice(-3, -1), s.slice(NaN, 2), s.slice(undefined, undefined), s.slice(1.9, '3'), s.slice(-100, 100));
// expect: bc ef cdef true de ab abcdef bc abcdef
console.log(s.substring(1, 3), s.substring(3, 1), s.substring(-2, 2), s.substring(4), s.substring(NaN, 2), s.substring(2, 99), s.substring(5, 5) === '');
// expect: bc bc ab ef ab cdef true
console.log(s.substr(1, 2), s.substr(-2), s.substr(-3, 2), s.substr(2), s.substr(0, -1) === '');
// expect: bc ef de cdef true
