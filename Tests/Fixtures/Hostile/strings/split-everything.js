let s = 'x'.repeat(1e6); const l = []; for (;;) l.push(s.split(''));
