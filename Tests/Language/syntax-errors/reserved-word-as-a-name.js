let class = 1;
// expect syntax error: 1:5 Expected a name, found the keyword `class`
