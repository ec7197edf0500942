var v = 1;
let l = v, u;
const c = (l = 2);
function f() { return CC('how? ' + v); }
class K {}
v++;
c = 5;
{ let inner = f(); l = inner; }
if (!l) throw K;
