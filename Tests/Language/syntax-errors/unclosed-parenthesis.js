console.log((1 + 2);
// expect syntax error: 1:20 Expected `)`
