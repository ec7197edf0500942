'ab'.repeat(2 ** 32);
