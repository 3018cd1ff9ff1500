import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { noOrganisation } from '../../../../src/consent/organisation.ts';
import {
  administrationOf,
  type Owned,
  readOrganisation,
  writablePath,
} from '../../../../src/editor/consent/organisationFile.ts';

const root = { uid: 0, gid: 0 };
const folderMode = 0o040755;
const fileMode = 0o100644;

describe('the organisation’s policy file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'understudy-policy-')));
    file = join(folder, 'etc', 'policy.json');
    await mkdir(dirname(file));
    await writeFile(file, '{"forbid":true}');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** As an administrator would own everything, but for what is told. */
  const owned =
    (others: Record<string, Partial<Owned>> = {}) =>
    async (path: string): Promise<Owned> => ({
      ...root,
      mode: path.endsWith('.json') ? fileMode : folderMode,
      ...others[path],
    });
  const reading = (others: Record<string, Partial<Owned>> = {}, admins: number | null = null) =>
    readOrganisation({ file, writable: (path) => writablePath(path, owned(others), admins) });

  it('says nothing where there is none, nor where its folder is missing', async () => {
    await rm(file);
    assert.deepEqual(await reading(), { policy: noOrganisation });
    await rm(dirname(file), { recursive: true });
    assert.deepEqual(await reading(), { policy: noOrganisation });
  });

  it('is not read where it is no file, or a large one', async () => {
    await rm(file);
    await symlink('/dev/zero', file);
    assert.deepEqual(await reading(), { fault: 'unreadable', file, detail: 'not a file' });
    await rm(file);
    await writeFile(file, ' '.repeat(2 ** 20 + 1));
    assert.deepEqual(await reading(), { fault: 'invalid', file, detail: 'over 1 MB' });
  });

  it('is believed where administrators alone can write it', async () => {
    assert.deepEqual(await reading(), { policy: { ...noOrganisation, forbid: true } });
  });

  it('is not believed where somebody else owns it or can write it, or a folder above', async () => {
    for (const path of [file, dirname(file), folder, '/']) {
      const isFile = path === file;
      for (const others of [
        { uid: 1000 },
        { mode: isFile ? 0o100664 : 0o040775 },
        { mode: isFile ? 0o100646 : 0o040757 },
      ]) {
        assert.deepEqual(await reading({ [path]: others }), { fault: 'writable', file, detail: path });
      }
    }
  });

  it('may be written by the group of the administrators', async () => {
    const shared = { [dirname(file)]: { gid: 80, mode: 0o040775 } };
    assert.ok('policy' in (await reading(shared, 80)));
    assert.ok('fault' in (await reading(shared, null)));
    assert.ok('fault' in (await reading({ [dirname(file)]: { gid: 80, mode: 0o040757 } }, 80)));
  });

  it('is followed through links, each of which counts with what it leads to', async () => {
    const real = join(folder, 'elsewhere');
    await mkdir(real);
    await writeFile(join(real, 'policy.json'), '{}');
    await rm(dirname(file), { recursive: true });
    await symlink(real, dirname(file));
    const link = { [dirname(file)]: { mode: 0o120777 } };
    assert.deepEqual(await reading(link), { policy: noOrganisation });
    assert.ok('fault' in (await reading({ ...link, [real]: { uid: 1000 } })));
    assert.ok('fault' in (await reading({ [dirname(file)]: { mode: 0o120777, uid: 1000 } })));
  });

  it('is not understood when it is not valid', async () => {
    await writeFile(file, '{"allow":true}');
    const read = await reading();
    assert.ok('fault' in read && read.fault === 'invalid' && read.detail.includes('allow'));
  });

  it('is not passed over when it cannot be read', async () => {
    await rm(file);
    await mkdir(file);
    assert.deepEqual(await reading(), { fault: 'unreadable', file, detail: 'not a file' });
  });

  it('is not passed over when nobody can tell whose it is', async () => {
    const writable = async () => {
      throw Object.assign(new Error('no such program'), { code: 'ENOENT' });
    };
    assert.deepEqual(await readOrganisation({ file, writable }), { fault: 'unreadable', file, detail: 'ENOENT' });
  });

  it('lies where administrators put it', () => {
    assert.equal(administrationOf('linux').file, '/etc/understudy/policy.json');
    assert.equal(administrationOf('darwin').file, '/Library/Application Support/Understudy/policy.json');
    assert.equal(administrationOf('win32', 'C:\\ProgramData').file, 'C:\\ProgramData\\Understudy\\policy.json');
  });

  it('is checked against the real owners of the machine', async () => {
    // The temporary folder is everybody’s.
    await chmod(file, 0o666);
    const { writable } = administrationOf('linux');
    assert.equal(await writable(file), file);
  });
});
