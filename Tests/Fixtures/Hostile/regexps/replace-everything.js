for (;;) 'x'.repeat(1e7).replace(/(((((x)))))/g, () => 'y');
