const o = {toString() { return `${o}` }}; String(o);
