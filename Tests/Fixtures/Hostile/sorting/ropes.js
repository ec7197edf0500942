const s = 'x'.repeat(1e7), l = []; for (let i = 0; i < 1000; i++) l.push(s + 'a long enough end ' + i); l.sort();
