const log = [];
const t = (v) => (log.push(String(v)), v);
console.log(t(0) || t('') || t('x') || t('not'), t(1) && t(null) && t('not'), t(null) ?? t(undefined) ?? t(0) ?? t('not'), log.join('|'));
// expect: x null 0 0||x|1|null|null|undefined|0
console.log(!0, !'', !NaN, !null, ![], !{}, !'0', !!-0, !!'false', !Symbol());
// expect: true true true true false false false false true false
console.log((null || undefined) ?? 'd', (0 ?? 1) || 2, false ?? true, 0 && x, 1 || x); // expect: d 2 false 0 1
console.log(1 && 2 || 3, 0 || 0 && x, (1, 2, 3), !1 || !0 && 'both'); // expect: 2 0 3 both
if (!(1 > 2 && x) && !(1 < 2 || x) === false) console.log('short circuit'); // expect: short circuit
let a = 0, b = null, c = 1, n = 'kept';
a ||= 'or'; b ??= 'nullish'; c &&= 'and'; n ??= 'never';
console.log(a, b, c, n); // expect: or nullish and kept
