/(?=(a+))\1b/.exec('a'.repeat(2e6)); for (;;) /^(?:(?=(a*))\1)*b/.test('a'.repeat(1000));
