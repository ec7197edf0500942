for (;;) console.group('deeper');
