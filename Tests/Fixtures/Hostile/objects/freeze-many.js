const l = []; for (let i = 0; ; i++) l.push(Object.freeze({['f' + i]: 1}));
