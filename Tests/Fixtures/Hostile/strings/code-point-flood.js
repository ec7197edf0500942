const l = []; for (let i = 0; ; i++) l.push(String.fromCodePoint(0x10000 + i % 0xFFFFF));
