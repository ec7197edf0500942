function defaults(a, b = a, c = () => b) { return c(); }
function rest(a, ...others) { return others.length + a; }
function both(a, ...others) { return arguments.length + others.length; }
const arrow = (...all) => () => all;
function outer() { return () => [this, arguments, new.target]; }
