import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from '../../src/dataset/dataset.ts';
import { taskFolder, trajectoryFileName } from '../../src/dataset/layout.ts';
import type { Redacted } from '../../src/redaction/redacted.ts';
import { splitBucket } from '../../src/trajectory/hashes.ts';
import type { Step, Trajectory } from '../../src/trajectory/record.ts';
import { idOf, RecordBuilder } from '../support/records.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, recordsIn, waitForHeld, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

const html = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';

/** What a folder from anywhere may hold: a record that is whole, and means harm. */
function hostileRecord(project_id: string): Trajectory {
  return new RecordBuilder('hostile', [
    { path: '../../x', base: `a\n${html}\n`, language: 'html' },
    { path: `${html}.js`, base: 'x\u202ey\n', language: '__proto__' },
    { path: '__proto__', base: 'x\n', language: 'javascript' },
  ])
    .run(`echo ${html} \u202e`, 1, `${html}\n\u001b]8;;http://evil.example/\u0007link\u001b]8;;\u0007\n`)
    .replace(0, 'a', html)
    .replace(1, 'x', 'z')
    .replace(2, 'x', 'constructor')
    .diagnose(0, [html, '[x](command:workbench.action.quit)'])
    .step({ kind: 'note', message: html as Step['message'] })
    .build({
      project_id,
      split_bucket: splitBucket(null, project_id),
      instruction: {
        text: `$(flame) ${html} \u202etxt.exe` as Redacted,
        source: 'user',
        hindsight: false,
        available_from_step: 0,
      },
      redaction: {
        detector_version: '1',
        audit: 'clean',
        placeholders: [
          { placeholder: '(a+)+$', type: html, count: 1 },
          { placeholder: '', type: '__proto__', count: 1 },
        ],
      },
    });
}

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`a hostile dataset folder in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    let place: string;
    /** What a page's policy refused, and what failed in one. */
    const refused: string[] = [];
    before(async () => {
      place = await mkdtemp(join(tmpdir(), 'understudy-hostile-'));
      stage = await Stage.set({ version });
      stage.workbench.page.on('console', (message) => {
        if (/Content Security Policy|Uncaught/.test(message.text())) refused.push(message.text());
      });
      await stage.workbench.clickStatus();
      await stage.workbench.clickDialogButton('Agree');
      await stage.workbench.waitForStatus('Understudy: recording');
    });
    after(async () => {
      await stage.strike();
      await rm(place, { recursive: true, force: true });
    });

    async function work(): Promise<void> {
      const { workbench, extensionStorage } = stage;
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type('\n// work');
      await workbench.save();
      await workbench.runCommand('Understudy: Finish Task');
      await waitForHeld(extensionStorage, 1);
    }

    it('is refused where it is no place for one, each time in words, and the task stays held', async () => {
      const { workbench, server, project, extensionStorage, datasetFolder } = stage;
      await work();
      await mkdir(join(place, 'real'));
      await symlink(join(place, 'real'), join(place, 'link'));
      for (const [folder, reason] of [
        ['/', 'is not a place for a dataset'],
        [server.home, 'is not a place for a dataset'],
        [join(project.folder, 'data'), 'lies in the git work tree'],
        [join(place, 'link'), 'is a link'],
        [place, 'holds other files'],
        ['/proc/understudy', 'The dataset folder cannot be used'],
      ]) {
        await server.changeMachineSettings({ 'understudy.datasetFolder': folder });
        await keepTask(workbench, extensionStorage);
        await workbench.notification(reason).waitFor();
        await workbench.waitForStatus('Understudy: stopped by an error');
        await workbench.clearNotifications();
        await waitForHeld(extensionStorage, 1);
      }
      assert.deepEqual(
        [await readdir(join(place, 'real')), await readdir(join(project.folder))],
        [[], ['.git', 'package.json', 'src', 'test']],
      );
      await server.changeMachineSettings({ 'understudy.datasetFolder': datasetFolder });
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: recording');
      await keepTask(workbench, extensionStorage);
      await waitForRecords(datasetFolder, 1);
    });

    it('runs nothing and turns no words around, in the view, the lists and the review', async () => {
      const { workbench, datasetFolder } = stage;
      const [own] = await recordsIn(datasetFolder);
      const { project_id } = await (await readDataset(datasetFolder)).readTrajectory(own);
      const put = async (id: string, text: string) => {
        const folder = join(datasetFolder, taskFolder(id));
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, trajectoryFileName), text);
      };
      const record = hostileRecord(project_id);
      await put(record.trajectory_id, `${JSON.stringify(record)}\n`);
      const torn = { ...record, trajectory_id: idOf('torn'), task_id: idOf('task of torn') };
      await put(torn.trajectory_id, JSON.stringify(torn).slice(0, 2000));

      await workbench.openUnderstudy();
      const row = workbench.row('Sealed Tasks', '<img src=x');
      await row.waitFor();
      assert.doesNotMatch((await row.getAttribute('aria-label')) ?? '', /\u202e/);
      await workbench.clickInRow(row, 'Review Task…');
      const { webview } = workbench;
      const steps = webview.getByRole('listbox', { name: 'Steps' }).getByRole('option');
      await steps.first().waitFor();
      for (let i = 0; i < (await steps.count()); i++) await steps.nth(i).click();
      for (const name of [/^Files/, /^Examples/, /^Redacted/, /^Details/])
        await webview.getByRole('tab', { name }).click();
      const ran = () => Reflect.get(globalThis, 'ran') ?? null;
      assert.equal(await webview.locator('img').count(), 0);
      assert.deepEqual([await webview.locator('body').evaluate(ran), await workbench.page.evaluate(ran)], [null, null]);
      await workbench.runCommand('Understudy: Review Task');
      await workbench.quickPick('Review Task').getByText('$(flame)').waitFor();
      await workbench.press('Escape');
      assert.deepEqual(refused, []);
    });

    it('shows a record that is broken, and lets it be withdrawn', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.clickInRow(workbench.row('Sealed Tasks', 'A record that is broken'), 'Withdraw…');
      await workbench.clickDialogButton('Withdraw');
      await workbench.row('Sealed Tasks', 'A record that is broken').waitFor({ state: 'detached' });
      assert.ok(!(await recordsIn(datasetFolder)).includes(idOf('torn')));
    });
  });
}
