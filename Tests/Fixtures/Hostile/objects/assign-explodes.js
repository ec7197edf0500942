let o = {a: 1}; for (let i = 0; ; i++) o = {...o, ['k' + i]: {...o}};
