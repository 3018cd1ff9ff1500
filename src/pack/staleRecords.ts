import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlText } from './columnTypes.ts';
import { Engine } from './engine.ts';
import { PackError } from './errors.ts';

/** Which of these records a packed set holds; then it must be made anew. @param ids withdrawn or revised meanwhile */
export async function staleRecords(packed: string, ids: ReadonlySet<string>): Promise<string[]> {
  const decisions = join(packed, 'decisions.parquet');
  await stat(decisions).catch(() => {
    throw new PackError(`${packed} is no packed set: it has no decisions.parquet. Name what pack has written.`);
  });
  const scratch = await mkdtemp(join(tmpdir(), 'understudy-sync-'));
  try {
    const engine = await Engine.open(':memory:', scratch);
    try {
      const held: string[] = [];
      const sql = `SELECT trajectory_id FROM read_parquet(${sqlText(decisions)}) WHERE decision = 'kept'`;
      for await (const { trajectory_id } of engine.stream<{ trajectory_id: string }>(sql)) {
        if (ids.has(trajectory_id)) held.push(trajectory_id);
      }
      return held;
    } finally {
      engine.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
