// Fields of dates in UTC, and what setters do with values out of range.
const d = new Date(Date.UTC(2024, 1, 29, 23, 59, 58, 999));
console.log(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay());
console.log(d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds());
console.log(d.toISOString(), d.toJSON(), d.toUTCString());
for (const [method, ...args] of [
  ["setUTCHours", 25], ["setUTCMonth", 14, 3], ["setUTCFullYear", 2001, 1, 31], ["setUTCDate", 0],
  ["setUTCMinutes", -1, 5], ["setTime", 5.7], ["setUTCMilliseconds", 1234], ["setUTCSeconds", NaN],
]) {
  const x = new Date(Date.UTC(2020, 2, 29, 2, 30, 15, 7));
  console.log(method, x[method](...args), x.getTime());
}
console.log(Date.UTC(2020), Date.UTC(), Date.UTC(99, 0), Date.UTC(275760, 8, 13), Date.UTC(275760, 8, 13, 0, 0, 0, 1));
console.log(new Date(8.64e15).toISOString(), new Date(-8.64e15).toISOString(), String(new Date(8.64e15 + 1)));
console.log(new Date(-1).toISOString(), new Date(Date.UTC(-1, 0)).toISOString(), new Date(-62198755200000).toUTCString());
const invalid = new Date(NaN);
console.log(invalid.getTime(), invalid.getFullYear(), invalid.toJSON(), invalid.setUTCHours(1), invalid.setUTCFullYear(2000));

// expect: 2024 1 29 4
// expect: 23 59 58 999
// expect: 2024-02-29T23:59:58.999Z 2024-02-29T23:59:58.999Z Thu, 29 Feb 2024 23:59:58 GMT
// expect: setUTCHours 1585531815007 1585531815007
// expect: setUTCMonth 1614738615007 1614738615007
// expect: setUTCFullYear 983586615007 983586615007
// expect: setUTCDate 1582943415007 1582943415007
// expect: setUTCMinutes 1585447145007 1585447145007
// expect: setTime 5 5
// expect: setUTCMilliseconds 1585449016234 1585449016234
// expect: setUTCSeconds NaN NaN
// expect: 1577836800000 NaN 915148800000 8640000000000000 NaN
// expect: +275760-09-13T00:00:00.000Z -271821-04-20T00:00:00.000Z Invalid Date
// expect: 1969-12-31T23:59:59.999Z -000001-01-01T00:00:00.000Z Fri, 01 Jan -0001 00:00:00 GMT
// expect: NaN NaN null NaN 946684800000
