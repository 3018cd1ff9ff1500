/**
 * `npm run example`: a very small session in a real VS Code, whose record becomes the one at the top of ARCHITECTURE.md.
 */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

const document = join(import.meta.dirname, '../../ARCHITECTURE.md');
const project = join(import.meta.dirname, '../support/exampleProject');

const stage = await Stage.set({ version: 'newest' }, project);
try {
  const { workbench } = stage;
  await workbench.clickStatus();
  await workbench.clickDialogButton('Agree');
  await workbench.waitForStatus('Understudy: recording');
  await workbench.runCommand('Understudy: Start Task');
  await workbench.answer('Start Task', 'Twice is two times');
  await workbench.openFile('twice.js');
  await workbench.showTerminal();
  await workbench.runInTerminal('npm test');
  await workbench.openFile('twice.js');
  await workbench.goToLine(2);
  await workbench.press('ArrowLeft', 'Shift+ArrowLeft');
  await workbench.type('2');
  await workbench.save();
  await workbench.runInTerminal('npm test');
  await workbench.runCommand('Understudy: Finish Task');
  await keepTask(workbench, stage.extensionStorage);
  const [id] = await waitForRecords(stage.datasetFolder, 1);
  const row = await readFile(join(stage.datasetFolder, 'data', id.slice(0, 2), id, 'trajectory.jsonl'), 'utf8');
  const args = ['format', '--stdin-file-path=example.json', '--json-formatter-line-width=120'];
  const pretty = execFileSync('biome', args, { input: row, encoding: 'utf8' });
  const text = await readFile(document, 'utf8');
  await writeFile(
    document,
    text.replace(/(?<=\n```json\n)[^`]*(?=```)/, () => pretty),
  );
} finally {
  await stage.strike();
}
