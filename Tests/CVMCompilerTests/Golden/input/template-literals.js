function f(a, b) { return `${a}` + `x${a}y${b}z` + `plain` + ``; }
