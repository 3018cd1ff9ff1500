import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { recordsIn, waitForHeld } from './support/session.ts';
import { Stage } from './support/stage.ts';

const version = (process.env.V ?? 'newest') as VersionName;
describe(`zz1 ${VERSIONS[version].vscode}`, () => {
  let stage: Stage;
  let place: string;
  before(async () => {
    stage = await Stage.set({ version });
    place = await mkdtemp(join(tmpdir(), 'zz1-'));
  });
  after(async () => {
    await stage.strike();
    await rm(place, { recursive: true, force: true });
  });
  const notes = async () =>
    (await stage.workbench.page.locator('.notification-list-item').allTextContents()).map((t) => t.trim());

  it('agree while paused', async () => {
    const { workbench } = stage;
    await workbench.press('Control+Alt+Shift+P');
    await delay(1500);
    console.log('status after pauseNow while off:', await workbench.status(), await notes());
    await workbench.clickStatus();
    await workbench.dialog.waitFor();
    console.log('DIALOG', await workbench.dialog.textContent());
    await workbench.screenshot('/tmp/shots/zz1-consent-paused.png');
    await workbench.clickDialogButton('Agree');
    await delay(2000);
    console.log('status after agree:', await workbench.status(), await notes());
    await workbench.screenshot('/tmp/shots/zz1-agreed-paused.png');
    await workbench.clickStatus();
    await workbench.waitForStatus('Understudy: recording');
  });

  it('dataset folder places', async () => {
    const { workbench, server, project, extensionStorage } = stage;
    await workbench.openFile('rates.js');
    await workbench.goToLine(7);
    await workbench.type('\n// first');
    await workbench.save();
    await workbench.runCommand('Understudy: Finish Task');
    await waitForHeld(extensionStorage, 1);
    await mkdir(join(place, 'real'));
    await symlink(join(place, 'real'), join(place, 'link'));
    await writeFile(join(place, 'file'), 'x');
    await mkdir(join(place, 'full'));
    await writeFile(join(place, 'full', 'mine.txt'), 'x');
    const places = [
      '/',
      '/root',
      '~',
      '~/',
      server.home,
      project.folder,
      join(project.folder, 'data'),
      join(place, 'link'),
      join(place, 'file'),
      join(place, 'file', 'sub'),
      join(place, 'full'),
      '/proc/understudy',
      '/sys/understudy',
      '/tmp',
      'relative/path',
      '../../x',
      '/tmp/zz1\u0000x',
      `/tmp/${'x'.repeat(300)}`,
    ];
    for (const folder of places) {
      await server.changeMachineSettings({ 'understudy.datasetFolder': folder });
      await delay(1200);
      await workbench.runCommand('Understudy: Held Tasks');
      const shown = await workbench
        .quickPick('Held Tasks')
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
      if (!shown) {
        console.log('NO HELD', JSON.stringify(folder), await notes(), await workbench.status());
        await workbench.openFile('rates.js');
        await workbench.goToLine(7);
        await workbench.type('\n// again');
        await workbench.save();
        await workbench.runCommand('Understudy: Finish Task');
        await waitForHeld(extensionStorage, 1);
        continue;
      }
      await workbench.pick('Held Tasks');
      await workbench.pick('What Becomes of This Task?', 'Keep');
      await delay(3500);
      console.log('PLACE', JSON.stringify(folder), '|', await workbench.status(), '|', JSON.stringify(await notes()));
      await workbench.clearNotifications().catch(() => {});
    }
    await workbench.screenshot('/tmp/shots/zz1-places.png');
    console.log(
      await readdir('/').then((n) => n.filter((x) => /data|consent|schema/.test(x))),
      await readdir(project.folder),
      await readdir(join(place, 'real')),
      await readdir(extensionStorage),
      await readdir(server.home).catch(String),
    );
    await server.changeMachineSettings({ 'understudy.datasetFolder': stage.datasetFolder });
    await delay(1500);
    await workbench.clickStatus();
    await delay(2000);
    console.log('after mend', await workbench.status(), await notes(), await recordsIn(stage.datasetFolder));
  });
});
