import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../../../src/consent/grant.ts';
import { TakeBacks, type Wanted } from '../../../../src/session/journal/takeBacks.ts';
import { withFolder } from './support.ts';

describe('TakeBacks', () => {
  it('keeps requests until they are removed, and believes no other file', async () => {
    await withFolder(async (folder) => {
      const requests = new TakeBacks(folder);
      const wanted: Wanted[] = [
        { kind: 'forget', from: 1 },
        { kind: 'task', taskId: newId() },
        { kind: 'project', projectId: newId(), extent: 'ids' },
        { kind: 'records', trajectoryIds: [newId()] },
      ];
      const added = [];
      for (const one of wanted) added.push(await requests.add(one, 5, []));
      for (const bad of ['{', '{"kind":"forget"}', JSON.stringify({ ...added[0], from: -1 })]) {
        await writeFile(join(folder, `${newId()}.takeback`), bad);
      }
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      assert.deepEqual((await requests.list()).sort(byId), added.sort(byId));
      for (const one of added) await requests.remove(one);
      assert.deepEqual(await requests.list(), []);
      assert.ok(!(await readdir(folder)).some((name) => name.endsWith('.new')));
    });
  });
});
