console.log('x'.anchor('a"b"'), 'x'.bold(), 'x'.fontcolor(), 'x'.link({ toString: () => 'u' })); // expect: <a name="a&quot;b&quot;">x</a> <b>x</b> <font color="undefined">x</font> <a href="u">x</a>
console.log('x'.big() + 'x'.blink() + 'x'.fixed() + 'x'.italics() + 'x'.small() + 'x'.strike() + 'x'.sub() + 'x'.sup() + 'x'.fontsize(7)); // expect: <big>x</big><blink>x</blink><tt>x</tt><i>x</i><small>x</small><strike>x</strike><sub>x</sub><sup>x</sup><font size="7">x</font>
console.log(escape('aä б+/@*_-.~'), unescape('%u0431%20%zz%u00%e4%')); // expect: a%E4%20%u0431+/@*_-.%7E б %zz%u00ä%
try {
  String.prototype.anchor.call(null);
} catch (e) {
  console.log(e.message); // expect: String.prototype.anchor called on null or undefined
}
