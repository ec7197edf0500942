type Unused = { a: number };
const list: number[] = [1];
(list as any).missing();
// expect uncaught: TypeError: list.missing is not a function
