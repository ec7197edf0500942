'a'.padStart(2 ** 40, 'xyz');
