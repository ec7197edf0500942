"use strict";
// Regular expressions: the fields of log lines, words counted, addresses found, text rewritten.

function makeLog(lines) {
  const methods = ["GET", "POST", "PUT", "DELETE"];
  const out = [];
  for (let i = 0; i < lines; i++) {
    out.push("2024-03-" + String(i % 28 + 1).padStart(2, "0") + " 12:" + String(i % 60).padStart(2, "0") + ":07 "
      + methods[i % 4] + " /items/" + i * 13 + "?page=" + i % 9 + " " + (i % 7 === 0 ? 404 : 200)
      + " user" + i % 50 + "@host" + i % 11 + ".example.org took " + i % 300 + "ms");
  }
  return out;
}

function run(count) {
  const lines = makeLog(count);
  const pattern = /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d) (GET|POST|PUT|DELETE) (\S+) (\d{3})/;
  let failures = 0, days = 0;
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match && match[7] === "404") failures++;
    days += Number(match[3]);
  }
  const text = lines.join("\n");
  const users = new Map();
  for (const match of text.matchAll(/(?<user>[\w.]+)@(?<host>[\w.]+)/g)) {
    const key = match.groups.user;
    users.set(key, (users.get(key) || 0) + 1);
  }
  const words = text.match(/[a-z]+/gi).length;
  const masked = text.replace(/\b\d+ms\b/g, "?ms").replace(/(\d+)-(\d+)-(\d+)/g, "$3.$2.$1");
  const camel = text.replace(/\/([a-z])(\w*)/g, (all, first, rest) => first.toUpperCase() + rest);
  let slow = 0;
  for (const line of lines) if (/took [12]\d\dms$/.test(line)) slow++;
  const fields = text.split(/\s+|\?/).length;
  return [failures, days, users.size, words, masked.length, camel.length, slow, fields].join(" ");
}

(typeof print === "function" ? print : console.log)(run(15000));
