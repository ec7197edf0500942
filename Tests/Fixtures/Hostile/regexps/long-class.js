new RegExp('[' + 'a-z'.repeat(1e6) + ']').test('q');
