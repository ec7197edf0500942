const a = 7n ** 200000n, b = 3n ** 100000n; for (;;) a / b + a % b;
