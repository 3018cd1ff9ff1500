/** A process that publishes to a dataset until it is killed, and tells of each record: `node publisher.ts FOLDER FIRST COUNT`. */
import { openDataset } from '../../../src/dataset/store.ts';
import { publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

const [folder, first, count] = process.argv.slice(2);
const store = await openDataset(folder);
await store.addConsent(testReceipt, testPolicy);
for (let i = 0; i < Number(count); i++) {
  await store.publish(publicationOf(sampleRecord(`task ${Number(first) + i}`)));
  process.send?.('published');
}
