/**
 * Preloaded: kills the process at one of its calls to the file system, before it, behind it, or with half of the bytes written.
 * DIE_IN names the thread (`main`, or `worker1`, `worker2`, … in the order of their start), DIE_AT counts its calls from 1, DIE_HOW
 * says how. With DIE_AT=0 the process lives, and each thread says at its end how many calls it made.
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { isMainThread, threadId } = require('node:worker_threads');

const thread = isMainThread ? 'main' : `worker${threadId}`;
const { DIE_IN, DIE_AT, DIE_HOW } = process.env;
const target = DIE_IN === thread ? Number(DIE_AT) : 0;
let calls = 0;

const die = () => process.kill(process.pid, 'SIGKILL');

function deadly(call, tear) {
  return async function (...args) {
    const isLast = ++calls === target;
    if (isLast && DIE_HOW === 'torn') tear?.call(this, ...args);
    if (isLast && DIE_HOW !== 'after') die();
    const result = await call.apply(this, args);
    if (isLast) die();
    return result;
  };
}

function halfOf(data) {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
}

const { promises } = fs;
for (const name of ['mkdir', 'rename', 'rm', 'utimes', 'chmod', 'unlink', 'rmdir', 'appendFile']) {
  promises[name] = deadly(promises[name]);
}
promises.writeFile = deadly(promises.writeFile, (path, data) => fs.writeFileSync(path, halfOf(data)));
const { open } = promises;
promises.open = deadly(async (...args) => {
  const handle = await open(...args);
  for (const name of ['sync', 'datasync', 'utimes', 'close']) handle[name] = deadly(handle[name].bind(handle));
  const { fd } = handle;
  handle.writeFile = deadly(handle.writeFile.bind(handle), (data) => fs.writeSync(fd, halfOf(data)));
  handle.write = deadly(handle.write.bind(handle), (data, offset = 0, length = undefined, position = null) => {
    if (typeof data === 'string') fs.writeSync(fd, halfOf(data));
    else fs.writeSync(fd, data, offset, (length ?? data.length - offset) >> 1, position);
  });
  return handle;
});
syncBuiltinESMExports();

if (DIE_AT === '0') process.on('exit', () => fs.writeSync(1, `${thread} ${calls}\n`));
