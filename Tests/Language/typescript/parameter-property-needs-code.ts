class Point {
  constructor(private x: number) {}
}
// expect syntax error: 2:15 needs code generation
