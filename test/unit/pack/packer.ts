/** A process that packs until it is killed: `node packer.ts OUT DIR…`. Tells of each record that it wrote. */
import { pack } from '../../../src/pack/pack.ts';

const [out, ...folders] = process.argv.slice(2);
await pack({
  folders,
  out,
  use: 'train',
  includeImported: false,
  bench: [],
  tokenizer: null,
  also: [],
  today: '2026-05-04',
  onProgress: (stage, done) => process.send?.(`${stage} ${done}`),
  limits: { shardBytes: 9_000, recordsBetweenSaves: 3 },
});
process.disconnect?.();
