const s = '\u0001'.repeat(1e7); const l = new Array(1000).fill(s); for (;;) JSON.stringify(l);
