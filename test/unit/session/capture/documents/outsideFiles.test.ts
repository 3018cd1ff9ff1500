import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { DocumentMirror, longestText } from '../../../../../src/session/capture/documents/documentMirror.ts';
import { OutsideFiles } from '../../../../../src/session/capture/documents/outsideFiles.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import type { SessionEvent } from '../../../../../src/session/events.ts';
import { buildHistory } from '../../../../../src/session/history/buildHistory.ts';
import type { Task } from '../../../../../src/session/task.ts';

const utf8 = 'utf8';

/** A folder in memory, with what its repository has of it. Names are paths behind a slash. */
class Folder {
  readonly files = new Map<string, string>();
  readonly committed = new Map<string, string>();
  readonly events: SessionEvent[] = [];
  readonly stream = new TaskStream(
    () => ({ append: (event) => void this.events.push(event), full: false, close: () => {} }),
    () => [],
  );
  readonly mirror = new DocumentMirror(this.stream);
  readonly outside = new OutsideFiles(
    {
      pathOf: (name) => (name.includes('ignored') ? null : name.slice(1)),
      read: async (name) => {
        const text = this.files.get(name);
        return text === undefined ? null : { text: text.includes('\0') ? null : { text, encoding: utf8 } };
      },
      filesIn: async (name) => [...this.files.keys()].filter((file) => file.startsWith(`${name}/`)),
      readCommitted: async (name) => this.committed.get(name) ?? null,
    },
    this.stream,
    this.mirror,
    20,
  );

  write(name: string, text: string): void {
    this.outside.hear(this.files.has(name) ? 'change' : 'create', name);
    this.files.set(name, text);
  }

  remove(name: string): void {
    this.files.delete(name);
    this.outside.hear('delete', name);
  }

  open(name: string, text = this.files.get(name) ?? ''): void {
    this.mirror.open(name, { path: name.slice(1), language: null, eol: 'lf', encoding: utf8 }, text);
  }

  /** What is told once the watcher was heard out. */
  async settle(): Promise<Task<string>> {
    // Turn by turn, so that a busy machine delays both sides alike.
    for (let turns = 0; turns < 12; turns++) await delay(10);
    const { tasks, faults } = buildHistory(this.events);
    assert.deepEqual(faults, []);
    return tasks[0] ?? { files: [], steps: [], gaps: [] };
  }
}

const edits = ({ steps }: Task<string>) => steps.flatMap((step) => (step.kind === 'edit' ? [step] : []));
const operations = ({ steps }: Task<string>) =>
  steps.flatMap((step) => (step.kind === 'file' ? [[step.action, step.path, step.to]] : []));

describe('OutsideFiles', () => {
  it('tells a file that was never open from what the repository has of it', async () => {
    const folder = new Folder();
    folder.files.set('/a.ts', 'one\ntwo\n');
    folder.committed.set('/a.ts', 'one\ntwo\n');
    folder.write('/a.ts', 'one\n2\n');
    const task = await folder.settle();
    const [file] = task.files;
    assert.deepEqual([file.path, file.base, file.final], ['a.ts', 'one\ntwo\n', 'one\n2\n']);
    assert.deepEqual(
      edits(task).map(({ origin, changes }) => [origin, changes]),
      [['external', [{ offset: 4, deleted: 3, inserted: '2' }]]],
    );
  });

  it('tells nothing of a save of the editor’s own, and of a first one that the file came', async () => {
    const folder = new Folder();
    folder.files.set('/a.ipynb', '{}');
    for (const name of ['/a.ipynb', '/new.ipynb']) {
      folder.write(name, '{ }');
      folder.outside.ignoreEcho(name, 'save');
    }
    assert.deepEqual(operations(await folder.settle()), [['create', 'new.ipynb', null]]);
  });

  it('tells a closed file from what stood in it last, and then again', async () => {
    const folder = new Folder();
    folder.files.set('/a.ts', 'saved\n');
    folder.committed.set('/a.ts', 'of old\n');
    folder.open('/a.ts');
    folder.mirror.close('/a.ts');
    folder.write('/a.ts', 'saved\nand more\n');
    await folder.settle();
    folder.write('/a.ts', 'more\n');
    const task = await folder.settle();
    assert.deepEqual([task.files[0].base, task.files[0].final], ['saved\n', 'more\n']);
    assert.equal(edits(task).length, 2);
  });

  it('takes what was left unsaved for not written', async () => {
    const folder = new Folder();
    const keep = { reason: null, active: true };
    folder.files.set('/a.ts', 'saved\n');
    folder.open('/a.ts');
    const changes = [{ offset: 0, length: 0, text: 'un' }];
    folder.mirror.change('/a.ts', { ...keep, version: 2, changes, dirty: false }, assert.fail);
    folder.mirror.change('/a.ts', { ...keep, version: 2, changes: [], dirty: true }, assert.fail);
    folder.mirror.close('/a.ts');
    assert.equal(folder.mirror.lastText('/a.ts'), 'saved\n');
    folder.write('/a.ts', 'written\n');
    const task = await folder.settle();
    assert.equal(task.files[0].final, 'written\n');
  });

  it('leaves to the editor what it has open', async () => {
    const folder = new Folder();
    folder.files.set('/a.ts', 'one\n');
    folder.open('/a.ts');
    folder.write('/a.ts', 'two\n');
    assert.deepEqual((await folder.settle()).steps, []);
  });

  it('tells new files with their text, and deleted ones with what stood in them', async () => {
    const folder = new Folder();
    folder.files.set('/old.ts', 'old\n');
    folder.committed.set('/old.ts', 'old\n');
    folder.write('/new.ts', 'new\n');
    folder.remove('/old.ts');
    folder.write('/moment.ts', '');
    folder.remove('/moment.ts');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [
      ['create', 'new.ts', null],
      ['delete', 'old.ts', null],
    ]);
    assert.deepEqual(
      task.files.map(({ path, base, final }) => [path, base, final]),
      [
        ['new.ts', null, 'new\n'],
        ['old.ts', 'old\n', null],
      ],
    );
  });

  it('takes one that goes where another comes with the same text for moved', async () => {
    const folder = new Folder();
    folder.files.set('/a.ts', 'text\n');
    folder.committed.set('/a.ts', 'text\n');
    folder.remove('/a.ts');
    folder.write('/b.ts', 'text\n');
    await folder.settle();
    folder.write('/b.ts', 'text!\n');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [['rename', 'a.ts', 'b.ts']]);
    assert.deepEqual([task.files[0].base, task.files[0].final], ['text\n', 'text!\n']);
  });

  it('takes one that is replaced for changed, and what git gave it for nothing new', async () => {
    const folder = new Folder();
    folder.files.set('/a.ts', 'one\n');
    folder.committed.set('/a.ts', 'one\n');
    folder.remove('/a.ts');
    folder.write('/a.ts', 'two\n');
    folder.files.set('/checked-out.ts', 'before\n');
    folder.write('/checked-out.ts', 'after\n');
    folder.committed.set('/checked-out.ts', 'after\n');
    const task = await folder.settle();
    assert.deepEqual(operations(task), []);
    assert.deepEqual(
      task.files.map(({ path, base, final }) => [path, base, final]),
      [['a.ts', 'one\n', 'two\n']],
    );
  });

  it('notes a change of which the text before is not known, or which is no text', async () => {
    const folder = new Folder();
    folder.files.set('/untracked.ts', 'one\n');
    folder.write('/untracked.ts', 'two\n');
    folder.files.set('/image.png', '\0');
    folder.write('/image.png', '\0\0');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [
      ['change', 'untracked.ts', null],
      ['change', 'image.png', null],
    ]);
    assert.deepEqual(task.files, []);
  });

  it('hears nothing of what the editor itself did, but of the text it put into a file', async () => {
    const folder = new Folder();
    folder.files.set('/renamed.ts', 'x\n');
    folder.outside.ignoreEcho('/made.ts', 'create');
    folder.stream.append({ kind: 'file', action: 'create', path: 'made.ts', to: null });
    folder.write('/made.ts', 'made\n');
    folder.outside.ignoreEcho('/gone.ts', 'delete');
    folder.outside.hear('delete', '/gone.ts');
    folder.outside.ignoreEcho('/renamed.ts', 'rename');
    folder.outside.hear('create', '/renamed.ts');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [['create', 'made.ts', null]]);
    assert.deepEqual(
      task.files.map(({ path, base, final }) => [path, base, final]),
      [['made.ts', null, 'made\n']],
    );
  });

  it('finds what came with a new folder, though the watcher told of the folder alone', async () => {
    const folder = new Folder();
    folder.files.set('/made/a.ts', 'a\n');
    folder.files.set('/made/ignored.ts', 'b\n');
    folder.outside.hear('create', '/made');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [['create', 'made/a.ts', null]]);
    assert.equal(task.files[0].final, 'a\n');
  });

  it('says that something is missing where too much changed at once', async () => {
    const folder = new Folder();
    for (const [count, length] of [
      [101, 1],
      [17, longestText],
    ]) {
      const before = folder.events.length;
      folder.stream.append({ kind: 'file', action: 'delete', path: 'x', to: null });
      for (let i = 0; i < count; i++) folder.write(`/${count}/${i}.ts`, 'x'.repeat(length));
      const { gaps } = await folder.settle();
      assert.equal(gaps.at(-1)?.reason, 'limit');
      assert.deepEqual(
        folder.events.slice(before).map(({ kind }) => kind),
        ['file', 'gap'],
      );
    }
  });

  it('does not count what is not recorded', async () => {
    const folder = new Folder();
    for (let i = 0; i < 5000; i++) folder.write(`/ignored/${i}.ts`, 'x');
    folder.write('/a.ts', 'x');
    const task = await folder.settle();
    assert.deepEqual(operations(task), [['create', 'a.ts', null]]);
    assert.deepEqual(task.gaps, []);
  });
});
