/* a block */ console.log(1 /* inline */ + /* more */ 2); // to the end
// expect: 3
/* several
   lines */ console.log('after'); // expect: after
console.log('/* not a comment */', '// neither', `// ${'nor'} /* here */`);
// expect: /* not a comment */ // neither // nor /* here */
const x = 6 /2/ 1; // division, not a pattern
console.log(x, 4/2/1); // expect: 3 2
/**/ console.log('empty comment') /***/ // expect: empty comment
;;;
{;}
console.log('end'); /* unfinished business: none */ // expect: end
