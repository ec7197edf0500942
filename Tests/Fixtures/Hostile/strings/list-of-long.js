const l = []; for (let i = 0; ; i++) l.push('x'.repeat(1e6) + i);
