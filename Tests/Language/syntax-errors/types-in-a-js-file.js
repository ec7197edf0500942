let n: number = 1;
// expect syntax error: 1:6 A type annotation is TypeScript
