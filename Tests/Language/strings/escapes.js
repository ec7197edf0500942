const continued = 'line \
continued';
console.log('a\tb\'c\"d\\e\x41\u0042\u{43}\u{1F600}\0'.length, continued, '\v\f\b'.length, "it's", 'say "hi"' , `\`${'tick'}\``, '\q', '\u00e9' === 'é', '\u2028'.length);
// expect: 15 line continued 3 it's say "hi" `tick` q true 1
console.log(JSON.stringify('\n\r\t\b\f\v\0\x1f\x7f"\\/')); // expect: "\n\r\t\b\f\u000b\u0000\u001f\"\\/"
console.log('tab\there', 'new\nline');
// expect: tab	here new
// expect: line
