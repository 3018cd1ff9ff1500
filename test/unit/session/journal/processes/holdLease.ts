/** Takes a lease, says so, and holds it until it is killed: `holdLease.ts FOLDER TASK_ID`. */
import { Lease } from '../../../../../src/session/journal/lease.ts';

const [folder, taskId] = process.argv.slice(2);
await Lease.take(folder, taskId);
console.log('held');
