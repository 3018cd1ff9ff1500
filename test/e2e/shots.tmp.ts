import { setTimeout as delay } from 'node:timers/promises';
import { Stage } from './support/stage.ts';

const stage = await Stage.set({ version: (process.env.V ?? 'newest') as 'newest' });
const { workbench } = stage;
const shot = async (name: string) => {
  await delay(700);
  await workbench.screenshot(`/tmp/consent-${process.env.V ?? 'newest'}-${name}.png`);
  console.log(name);
};
try {
  await workbench.clickStatus();
  await workbench.dialog.waitFor();
  await shot('dialog');
  await workbench.clickDialogButton('Choose…');
  await workbench.quickPick('What may be recorded').waitFor();
  await shot('signals');
  await workbench.pickEntry('Edits').click();
  await shot('signals-edits');
  await workbench.press('Enter');
  await workbench.quickPick('What records may be used for').waitFor();
  await shot('uses');
  await workbench.pickEntry('Commercial use').click();
  await workbench.press('Enter');
  await workbench.quickPick('Why you may share').waitFor();
  await shot('rights');
  await workbench.press('Enter');
  await workbench.quickPick('For how long').waitFor();
  await shot('days');
  await workbench.press('Enter');
  await workbench.dialog.waitFor();
  await shot('sum');
  await workbench.clickDialogButton('Agree');
  await workbench.waitForStatus('Understudy: recording');
  await workbench.openFile('rates.js');
  await workbench.goToLine(7);
  await workbench.type('// hello');
  await workbench.waitForStatus('Understudy: recording (');
  console.log(await workbench.tooltip());
  await shot('tooltip');
  await workbench.runCommand('Understudy: Pause…');
  await workbench.pickEntry('15 minutes').waitFor();
  await shot('pause');
  await workbench.pickEntry('Until tomorrow').click();
  await workbench.waitForStatus('Understudy: paused until');
  console.log(await workbench.status(), await workbench.statusItem.innerHTML());
  await shot('paused');
  await workbench.runCommand('Understudy: Show Recording Policy');
  await delay(2500);
  await shot('policy');
} catch (error) {
  console.log(error);
  await shot('error');
} finally {
  await stage.strike();
}
