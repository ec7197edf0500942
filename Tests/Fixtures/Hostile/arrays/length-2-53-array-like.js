Array.prototype.map.call({length: 2 ** 53 - 1}, x => x);
