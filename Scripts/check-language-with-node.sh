#!/usr/bin/env bash
# Runs the programs of Tests/Language under Node in strict mode and compares them with the expectations inside.
# usage: Scripts/check-language-with-node.sh [PATH-PART...]
# Left out: TypeScript, expected syntax errors (only that Node refuses them too is checked), and programs with a line
# "// not for node: why".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Tests/Language"
type -P node >/dev/null || { echo "check-language-with-node.sh: node is not installed" >&2 && exit 1; }
ulimit -s unlimited 2>/dev/null || true
exec node - "$@" <<'JS'
'use strict';
const fs = require('fs'), os = require('os'), path = require('path'), { spawn } = require('child_process');
const filters = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'language-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true }));
const preload = path.join(scratch, 'preload.js');
fs.writeFileSync(preload, `
  process.on('uncaughtException', (e) => {
    const text = e instanceof Error ? e.name + (e.message === '' ? '' : ': ' + e.message) : require('util').inspect(e);
    process.stderr.write('\\nUncaught ' + text + '\\n');
    process.exit(1);
  });`);

function expectations(text) {
  const result = { output: [], uncaught: [], syntaxError: false, skipped: false };
  for (const line of text.split('\n')) {
    let match;
    if ((match = /\/\/ expect:(?: (.*))?$/.exec(line))) result.output.push((match[1] ?? '').trimEnd());
    else if ((match = /\/\/ expect uncaught: (.*)$/.exec(line))) result.uncaught.push(match[1]);
    else if (/\/\/ expect syntax error: /.test(line)) result.syntaxError = true;
    else if (/^\/\/ not for node: /.test(line)) result.skipped = true;
  }
  return result;
}

function run(name, text) {
  const file = path.join(scratch, name.replace(/\//g, '_'));
  fs.writeFileSync(file, '"use strict";' + text);
  const depth = name.startsWith('recursion/') ? ['--stack-size=200000'] : [];
  return new Promise((resolve) => {
    const child = spawn('node', [...depth, '-r', preload, file], { timeout: 60000, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '', stderr = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (stdout += part));
    child.stderr.setEncoding('utf8').on('data', (part) => (stderr += part));
    child.on('close', (status) => resolve({ stdout, stderr, status }));
  });
}

function complaint(expected, { stdout, stderr, status }) {
  if (expected.syntaxError) return /SyntaxError/.test(stderr) ? null : 'no SyntaxError';
  const output = stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n').map((line) => line.trimEnd());
  for (let i = 0; i < Math.max(output.length, expected.output.length); i++) {
    if (output[i] !== expected.output[i])
      return `line ${i + 1} of the output: expected ${JSON.stringify(expected.output[i])}, node says ${JSON.stringify(output[i])}`;
  }
  const uncaught = expected.uncaught.join('\n');
  if (uncaught !== '' && !stderr.includes('\nUncaught ' + uncaught + '\n')) return `expected uncaught ${uncaught}, got: ${stderr}`;
  return status === (uncaught === '' ? 0 : 1) ? null : `exit status ${status}: ${stderr}`;
}

async function main() {
  const names = fs.readdirSync('.', { recursive: true }).filter((name) => name.endsWith('.js')).sort()
    .filter((name) => filters.length === 0 || filters.some((filter) => name.includes(filter)));
  let next = 0, wrong = 0, checked = 0;
  async function worker() {
    while (next < names.length) {
      const name = names[next++], text = fs.readFileSync(name, 'utf8'), expected = expectations(text);
      if (expected.skipped) continue;
      const problem = complaint(expected, await run(name, text));
      checked++;
      if (problem === null) continue;
      wrong++;
      console.log(`${name}: ${problem}`);
    }
  }
  await Promise.all([worker(), worker()]);
  console.log(`${checked} programs checked, ${wrong} differ`);
  process.exitCode = wrong === 0 ? 0 : 1;
}
main();
JS
