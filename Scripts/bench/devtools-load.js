// Opens a .heapsnapshot with the loader of Chrome's memory panel and prints the milliseconds that opening and counting by
// class take, and the number of nodes; with --nodes the total size, then a line for each node: own size, retained size,
// distance.
// usage: node devtools-load.js PROFILE_FOLDER FILE [--nodes]
const {spawn} = require('child_process'), fs = require('fs');
const [, , profile, file, option] = process.argv;
const browser = spawn('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu',
  '--js-flags=--max-old-space-size=8192', `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
  {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
const waiting = new Map();
let last = 0, parts = [];
browser.stdio[4].on('data', part => {
  for (let end; (end = part.indexOf(0)) >= 0; part = part.subarray(end + 1)) {
    const answer = JSON.parse(Buffer.concat([...parts, part.subarray(0, end)]).toString());
    parts = [];
    if (waiting.has(answer.id)) waiting.get(answer.id)(answer);
    waiting.delete(answer.id);
  }
  if (part.length) parts.push(part);
});
const send = (method, params, sessionId) => new Promise(resolve => {
  waiting.set(++last, resolve);
  browser.stdio[3].write(JSON.stringify({id: last, method, params, sessionId}) + '\0');
});
const load = async wantsNodes => {
  const module = await import(
    'devtools://devtools/bundled/entrypoints/heap_snapshot_worker/heap_snapshot_worker.js');
  const dispatcher = new module.HeapSnapshotWorkerDispatcher.HeapSnapshotWorkerDispatcher(() => {});
  const channel = new MessageChannel();
  await dispatcher.dispatchMessage(
    {data: {callId: 1, disposition: 'setupForSecondaryInit', objectId: 9}, ports: [channel.port2]});
  const loader = new module.HeapSnapshotLoader.HeapSnapshotLoader(dispatcher);
  const start = performance.now();
  for (const chunk of globalThis.chunks) loader.write(chunk);
  loader.close();
  const snapshot = await loader.buildSnapshot(channel.port1);
  const opened = performance.now();
  snapshot.aggregatesWithFilter({});
  const counted = performance.now();
  if (!wantsNodes) return `${(opened - start).toFixed(0)} ${(counted - opened).toFixed(0)} ${snapshot.nodeCount}`;
  const lines = [`${snapshot.totalSize}`];
  for (const nodes = snapshot.allNodes(); nodes.hasNext(); nodes.next()) {
    const node = nodes.item();
    lines.push(`${node.selfSize()} ${node.retainedSize()} ${node.distance()}`);
  }
  return lines.join('\n');
};
(async () => {
  const page = await send('Target.createTarget', {url: 'devtools://devtools/bundled/devtools_app.html'});
  const {result} = await send('Target.attachToTarget', {targetId: page.result.targetId, flatten: true});
  const run = (expression, awaitPromise = false) =>
    send('Runtime.evaluate', {expression, awaitPromise, returnByValue: true}, result.sessionId);
  while ((await run('document.readyState')).result.result.value !== 'complete') { }
  await run('globalThis.chunks = []; 0');
  const descriptor = fs.openSync(file), buffer = Buffer.alloc(8 << 20);
  const decoder = new (require('string_decoder').StringDecoder)('utf8');
  for (let count; (count = fs.readSync(descriptor, buffer)) > 0;) {
    await run(`chunks.push(${JSON.stringify(decoder.write(buffer.subarray(0, count)))}); 0`);
  }
  const answer = await run(`(${load})(${option === '--nodes'})`, true);
  const value = answer.result?.result?.value;
  if (value) console.log(value); else console.error(JSON.stringify(answer).slice(0, 300));
  browser.kill();
  process.exit(value ? 0 : 1);
})();
