"use strict";
// Text: a table built line by line, split into fields again, trimmed, padded, searched and put together.

function makeTable(rows) {
  let text = "";
  for (let i = 0; i < rows; i++) {
    text += "row" + i + ", " + i * 17 % 1000 + " , " + (i % 2 ? "odd" : "even") + ",  " + (i / 8).toFixed(2) + "\n";
  }
  return text;
}

function reverse(word) {
  let result = "";
  for (let i = word.length - 1; i >= 0; i--) result += word[i];
  return result;
}

function hash(text) {
  let h = 5381;
  for (let i = 0; i < text.length; i++) h = (h * 33 ^ text.charCodeAt(i)) | 0;
  return h;
}

function run(rows) {
  const table = makeTable(rows);
  let sum = 0, odd = 0, h = 0;
  const out = [];
  for (const line of table.split("\n")) {
    if (line === "") continue;
    const fields = line.split(",").map((field) => field.trim());
    sum += parseInt(fields[1], 10) + Number(fields[3]);
    if (fields[2].startsWith("o")) odd++;
    out.push(`${fields[0].toUpperCase().padEnd(10)}|${fields[1].padStart(5, "0")}|${reverse(fields[2])}`);
    if (line.includes("99")) h ^= line.indexOf("99") + line.lastIndexOf(",");
  }
  const joined = out.join(";");
  const replaced = joined.replaceAll("|", " | ").slice(10, -10);
  h = h * 31 + hash(replaced) | 0;
  const letters = [...replaced.substring(0, 20000)].filter((c) => c >= "A" && c <= "Z").length;
  return [sum.toFixed(2), odd, replaced.length, h, letters].join(" ");
}

(typeof print === "function" ? print : console.log)(run(60000));
