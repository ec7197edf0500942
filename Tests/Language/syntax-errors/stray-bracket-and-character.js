let a = [1, 2];
]
// expect syntax error: 2:1 There is nothing open that `]` could close
