const l = []; for (let i = 0; ; i++) { const big = [i, i, i]; l.push(() => big) }
