const l = []; for (let i = 0; ; i++) l.push({['p' + i]: i});
