type Unused = { a: number };
const list: number[] = [1];
const untyped = list as any;
untyped.missing();
// expect uncaught: TypeError: untyped.missing is not a function
