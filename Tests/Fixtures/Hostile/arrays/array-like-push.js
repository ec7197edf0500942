const o = {length: 2 ** 53 - 1}; Array.prototype.push.call(o, 1);
