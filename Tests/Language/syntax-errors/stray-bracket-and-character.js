let a = [1, 2];
]
// expect syntax error: 2:1 Expected an expression, found `]`
