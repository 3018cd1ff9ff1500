/** Writes numbered events until it is killed, and prints how many are flushed: `writeJournal.ts PATH KEY`. */
import { JournalWriter } from '../../../../../src/session/journal/journalWriter.ts';
import { newHeader } from '../support.ts';

const [path, key] = process.argv.slice(2);
const writer = new JournalWriter(path, Buffer.from(key, 'hex'), newHeader(), () => {});
for (let t = 0; ; t++) {
  writer.append({ kind: 'base', t, doc: 0, text: 'readable text '.repeat(200) });
  if (t % 3 !== 0) continue;
  await writer.flush();
  console.log(t + 1);
}
