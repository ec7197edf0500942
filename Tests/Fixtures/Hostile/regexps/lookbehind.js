/(?<=(a+)+)b/.test('a'.repeat(5e4)); /(?<=a*a*a*a*a*)c/.test('a'.repeat(500));
