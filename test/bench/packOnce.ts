/** Packs in a process of its own, so that its memory is that of nothing else: `node packOnce.ts OUT DIR…`. */
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../src/pack/pack.ts';
import type { Measurement } from './pack.ts';

const [out, ...folders] = process.argv.slice(2);
const begin = performance.now();
let written = begin;
const report = await pack({
  folders,
  out,
  use: 'train',
  includeImported: true,
  bench: [],
  tokenizer: null,
  also: [],
  today: new Date().toISOString().slice(0, 10),
  onProgress: (stage) => {
    if (stage === 'reading') written = performance.now();
  },
});
const end = performance.now();
const peak = process.resourceUsage().maxRSS * 1024;
let bytes = 0;
for (const folder of folders) {
  for (const file of globSync('data/*/*/*.jsonl', { cwd: folder })) bytes += statSync(join(folder, file)).size;
}
const measurement: Measurement = {
  report,
  peak,
  bytes,
  seconds: { reading: (written - begin) / 1000, writing: (end - written) / 1000 },
};
process.send?.(measurement);
process.disconnect?.();
