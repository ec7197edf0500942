const a = []; a.length = 2 ** 32 - 1; a.forEach(() => {}); a.indexOf(1);
