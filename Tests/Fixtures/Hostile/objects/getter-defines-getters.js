const o = {}; let n = 0; function add() { Object.defineProperty(o, 'g' + n++, {enumerable: true, get: add}); return Object.assign({}, o) } add();
