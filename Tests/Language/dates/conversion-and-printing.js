// Dates as primitives, in JSON, in console.log, and subclasses.
const d = new Date(0);
console.log(d - 0, d + 1 === String(d) + "1", `${d}` === d.toString(), d[Symbol.toPrimitive]("number"), +d);
console.log(d, [d], { d }, new Date(NaN), [new Date("x")]);
console.log(JSON.stringify({ d, invalid: new Date(NaN) }));
console.log(Object.prototype.toString.call(d), typeof Date(), Date.length, Date.name);
class Birthday extends Date {
  get next() { return this.getUTCFullYear() + 1; }
}
const b = new Birthday(86400000);
console.log(b, b.next, b instanceof Date, b instanceof Birthday);
d.note = "start";
console.log(d);
try { Date.prototype.getTime.call({}); } catch (e) { console.log(e.name, e.message); }
try { new Date(NaN).toISOString(); } catch (e) { console.log(e.name, e.message); }
try { d[Symbol.toPrimitive]("x"); } catch (e) { console.log(e.name, e.message); }
console.log(new Date(new Date(7)).getTime(), new Date("7").getTime() !== 7, new Date(null).getTime(), new Date(true).getTime());
const order = [];
const field = (name, value) => ({ valueOf() { order.push(name); return value; } });
console.log(new Date(field("year", 2020), field("month", 1), field("day", 3)).getMonth(), order.join());
console.log(JSON.stringify(new Date(1e12)), new Date(2020, 0) < new Date(2021, 0), Date.now() > 1e12);
console.log(new Date(0).toLocaleDateString("en-US", { timeZone: "UTC" }) === "1/1/1970");

// expect: 0 true true 0 0
// expect: 1970-01-01T00:00:00.000Z [ 1970-01-01T00:00:00.000Z ] { d: 1970-01-01T00:00:00.000Z } Invalid Date [ Invalid Date ]
// expect: {"d":"1970-01-01T00:00:00.000Z","invalid":null}
// expect: [object Date] string 7 Date
// expect: Birthday 1970-01-02T00:00:00.000Z 1971 true true
// expect: 1970-01-01T00:00:00.000Z { note: 'start' }
// expect: TypeError this is not a Date object.
// expect: RangeError Invalid time value
// expect: TypeError Invalid hint: x
// expect: 7 true 0 1
// expect: 1 year,month,day
// expect: "2001-09-09T01:46:40.000Z" true true
// expect: true
