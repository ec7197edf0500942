const log = [];
const t = (v) => (log.push(v), v);
const { a = t('a'), b = t('b'), c: { d = t('d') } = t({}) } = { a: 1 };
console.log(a, b, d, log); // expect: 1 b d [ 'b', {}, 'd' ]
log.length = 0;
const [x = t(1), y = t(2)] = [null, undefined];
console.log(x, y, log); // expect: null 2 [ 2 ]
const { f = () => {}, g = function () {}, h = class {} } = {};
console.log(f.name, g.name, h.name); // expect: f g h
