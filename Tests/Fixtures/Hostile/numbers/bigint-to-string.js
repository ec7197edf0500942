let n = 7n ** 2000000n; String(n).length;
