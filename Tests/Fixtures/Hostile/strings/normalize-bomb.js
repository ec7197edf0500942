let s = '\uFDFA'.repeat(1e6); const l = []; for (;;) l.push(s.normalize('NFKD'));
