let a = '', b = ''; for (let i = 0; i < 1e6; i++) { a += 'xy'; b = 'xy' + b } for (;;) a === b;
