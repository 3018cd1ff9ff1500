import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { createTestWorkspace } from '../support/vscode/testWorkspace.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';
import { Workbench } from './support/workbench.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`consent in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      const liveShare = join(import.meta.dirname, '../support/fakeLiveShare');
      stage = await Stage.set({ version, otherExtensions: [liveShare] });
    });
    after(() => stage.strike());

    const journals = () => readdir(join(stage.extensionStorage, 'journal')).catch((): string[] => []);

    it('is off at first, and nothing is kept of what is typed', async () => {
      const { workbench } = stage;
      assert.match(await workbench.status(), /Understudy: off$/);
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type('// before consent');
      await delay(2500);
      assert.deepEqual(await journals(), []);
    });

    it('stays off when the dialog is closed in any other way', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Cancel');
      assert.match(await workbench.status(), /Understudy: off$/);
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.press('Escape');
      await workbench.dialog.waitFor({ state: 'detached' });
      assert.match(await workbench.status(), /Understudy: off$/);
      assert.deepEqual(await journals(), []);
    });

    it('records from the agreement on; a click pauses, another resumes, and neither asks', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type(' while recording');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: paused');
      assert.equal(await workbench.dialog.count(), 0);
      await workbench.openFile('package.json');
      await workbench.goToLine(2);
      await workbench.type('   ');
      await workbench.press('Control+Z', 'Control+Z');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: recording');
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, stage.extensionStorage);
      const [id] = await waitForRecords(stage.datasetFolder, 1);
      const record = await (await readDataset(stage.datasetFolder)).readTrajectory(id);
      assert.deepEqual(
        record.gaps.map(({ reason }) => reason),
        ['paused'],
      );
      const [file] = record.files.filter(({ base_step }) => base_step !== null);
      assert.ok(file.base_text?.includes('// before consent\n'));
      assert.ok(file.final_text?.includes('// before consent while recording\n'));
      // What was typed there while it was paused is not known; that it is looked at now may be.
      const steps = record.steps.filter(({ kind }) => kind !== 'view');
      assert.ok(steps.every(({ file_id }) => file_id === null || record.files[file_id].path !== 'package.json'));
    });

    it('lasts for this workspace, as it was, and for no other', async () => {
      const { workbench } = stage;
      await workbench.save().catch(() => {});
      await workbench.reload();
      await workbench.waitForStatus('Understudy: recording');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: paused');
      await delay(1000);
      await workbench.reload();
      await workbench.waitForStatus('Understudy: paused');

      const other = await createTestWorkspace();
      await stage.openFolder(other.folder);
      await stage.workbench.waitForStatus('Understudy: off');
      await stage.openFolder(stage.project.folder);
      await stage.workbench.waitForStatus('Understudy: paused');
      await other.dispose();
    });

    it('ends with Stop Recording', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: recording');
      await workbench.runCommand('Understudy: Stop Recording');
      await workbench.waitForStatus('Understudy: off');
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Cancel');
    });

    const steps = ['What may be recorded', 'What records may be used for', 'Why you may share', 'For how long'];

    /** Clicks through to a step of the choices. */
    async function chooseUpTo(step: number): Promise<void> {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Choose…');
      for (const title of steps.slice(0, step)) {
        await workbench.quickPick(title).waitFor();
        await workbench.press('Enter');
      }
      if (step < steps.length) await workbench.quickPick(steps[step]).waitFor();
    }

    it('is granted by nobody who goes back, wherever that is on the way through the choices', async () => {
      const { workbench } = stage;
      for (const [step, title] of steps.entries()) {
        await chooseUpTo(step);
        await workbench.press('Escape');
        await workbench.quickPick(title).waitFor({ state: 'detached' });
        assert.equal(await workbench.dialog.count(), 0);
        assert.match(await workbench.status(), /Understudy: off$/);
      }
      await chooseUpTo(steps.length);
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Cancel');
      assert.match(await workbench.status(), /Understudy: off$/);
    });

    it('is for what was chosen, which the last dialog says', async () => {
      const { workbench } = stage;
      await chooseUpTo(0);
      await workbench.pickEntry('Edits').click();
      await workbench.pickEntry('Terminal commands').click();
      await workbench.pickEntry('What you look at').click();
      await workbench.press('Enter');
      await workbench.quickPick(steps[1]).waitFor();
      await workbench.pickEntry('Commercial use').click();
      await workbench.press('Enter');
      await workbench.quickPick(steps[2]).waitFor();
      assert.equal(await workbench.pickEntry('I leave it open').count(), 0);
      await workbench.pickEntry('The code is mine').click();
      await workbench.quickPick(steps[3]).waitFor();
      await workbench.pickEntry('7 days').click();
      await workbench.dialog.waitFor();
      const text = (await workbench.dialog.textContent()) ?? '';
      for (const line of [
        'Recorded: Edits key by key, Test results, Errors and warnings, Git',
        'Not recorded: Terminal commands, Full terminal output, What you look at, Which repository it is',
        'Permitted: Training models, Commercial use',
        'Right to share the code: The code is mine',
        'For 7 days',
        'A trained model cannot unlearn',
      ])
        assert.ok(text.includes(line), line);
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      assert.match(
        await workbench.tooltip(),
        /Recorded: Edits key by key, Test results, Errors and warnings, Git(?!,)/,
      );
    });

    it('is suspended in all windows by a key, and for a time', async () => {
      const { workbench, server } = stage;
      const project = await createTestWorkspace();
      const other = await Workbench.open(server, { folder: project.folder });
      try {
        await other.clickStatus();
        await other.dialog.waitFor();
        await other.clickDialogButton('Agree');
        await other.waitForStatus('Understudy: recording');
        await workbench.press('Control+Alt+Shift+P');
        await workbench.waitForStatus('Understudy: paused');
        await other.waitForStatus('Understudy: paused');
        await other.clickStatus();
        await workbench.waitForStatus('Understudy: recording');
        await workbench.runCommand('Understudy: Pause…');
        await workbench.pickEntry('15 minutes').click();
        await other.waitForStatus('Understudy: paused until ');
        await other.reload();
        await other.waitForStatus('Understudy: paused until ');
        await other.clickStatus();
        await workbench.waitForStatus('Understudy: recording');
        assert.equal((await workbench.dialog.count()) + (await other.dialog.count()), 0);
      } finally {
        await other.close();
        await project.dispose();
      }
    });

    it('that is given while a pause holds says so, and a button resumes', async () => {
      const { workbench } = stage;
      await workbench.runCommand('Understudy: Stop Recording');
      await workbench.waitForStatus('Understudy: off');
      await workbench.press('Control+Alt+Shift+P');
      await workbench.clickStatus();
      await workbench.dialog.getByText('A pause holds in all windows on this host').waitFor();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: paused');
      await workbench
        .notification('nothing is recorded until somebody resumes')
        .getByRole('button', { name: 'Resume' })
        .click();
      await workbench.waitForStatus('Understudy: recording');
    });

    it('is suspended while a Live Share session is on', async () => {
      const { workbench } = stage;
      await workbench.runCommand('Fake Live Share: Share');
      await workbench.waitForStatus('Understudy: not recording (Live Share)');
      await workbench.runCommand('Fake Live Share: End');
      await workbench.waitForStatus('Understudy: recording');
    });

    it('does not go over to another repository in the same folder', async () => {
      const { workbench, project } = stage;
      await workbench.press('Control+S');
      await rm(join(project.folder, '.git'), { recursive: true });
      await project.git('init', '--quiet');
      await project.git('commit', '--quiet', '--allow-empty', '--message=Another beginning');
      await workbench.reload();
      await workbench.waitForStatus('Understudy: off');
    });

    it('holds back in a folder that the person excludes', async () => {
      const { workbench, server, project } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await server.changeMachineSettings({ 'understudy.excludedFolders': [project.folder] });
      await workbench.waitForStatus('Understudy: not recording (excluded)');
      await server.changeMachineSettings({ 'understudy.excludedFolders': [] });
      await workbench.waitForStatus('Understudy: recording');
    });
  });
}
