for (let i = 0; ; i++) console.count('c' + i);
