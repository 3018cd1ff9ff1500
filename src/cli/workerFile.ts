import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The worker beside the bundled command; where that runs from its sources, the source. */
export function workerFile(): string {
  const bundled = join(import.meta.dirname, 'sealingWorker.cjs');
  return existsSync(bundled) ? bundled : join(import.meta.dirname, '../sealing/worker.ts');
}
