const o = {a: 1}; let n = 0; for (;;) for (const k in o) o['n' + n++] = 1;
