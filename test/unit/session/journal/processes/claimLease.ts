/** Claims a lease at the given time, tells how it went, and lives on: `claimLease.ts FOLDER TASK_ID EPOCH_MS`. */
import { setTimeout } from 'node:timers/promises';
import { Lease } from '../../../../../src/session/journal/lease.ts';

const [folder, taskId, start] = process.argv.slice(2);
await setTimeout(Math.max(0, Number(start) - Date.now()));
console.log((await Lease.claim(folder, taskId)) ? 'won' : 'lost');
setInterval(() => {}, 1000);
