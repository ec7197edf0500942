const before = 1;
enum Color { Red, Green }
// expect syntax error: 2:1 `enum` needs code generation
