new RegExp('(a)'.repeat(2e5)).exec('a'.repeat(2e5));
