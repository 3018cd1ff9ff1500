/** A session as a person works it, on the sample project: red, edits, green, commit; then a second, smaller task. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from './workbench.ts';

export const sample = join(import.meta.dirname, '../../support/sample');
export const instruction = 'Shipping must be the sum of all parcels, and free from 50 euros on';

export interface SessionOptions {
  /** A key that the person types into the code and takes out again. */
  secret: string;
  datasetFolder: string;
  /** Everything that the extension keeps for itself. */
  storage: string;
  /** Told of each step before it is taken. */
  onStep?: (what: string) => void;
  /** Called when there is something to see. */
  onScene?: (name: string) => Promise<void>;
}

export async function playSession(workbench: Workbench, options: SessionOptions): Promise<void> {
  const { secret, datasetFolder, storage, onStep = () => {}, onScene = async () => {} } = options;

  onStep('reads the consent dialog and agrees');
  await workbench.clickStatus();
  await workbench.dialog.waitFor();
  await onScene('consent');
  await workbench.clickDialogButton('Agree');
  await workbench.waitForStatus('Understudy: recording');

  onStep('starts a task and says what it is about');
  await workbench.runCommand('Understudy: Start Task');
  await workbench.answer('Start Task', instruction);

  onStep('runs the tests: red');
  await workbench.openFile('rates.js');
  await workbench.showTerminal();
  await workbench.runInTerminal('npm test');
  await onScene('red');

  onStep('types a key into the code, thinks better of it, runs the tests: still red');
  await workbench.openFile('rates.js');
  await workbench.goToLine(7);
  await workbench.type(`\nconst token = '${secret}';`);
  await workbench.press('Control+Shift+K');
  await workbench.save();
  await workbench.runInTerminal('npm test');

  onStep('mends the code');
  await workbench.openFile('rates.js');
  await workbench.goToLine(10);
  await replaceLine(
    workbench,
    'const sum = order.parcels.reduce((total, parcel) => total + price(parcel.grams), 0);',
    10,
  );
  await replaceLine(workbench, 'return order.value >= 5000 ? 0 : sum;', 11);
  await workbench.save();

  onStep('runs the tests: green');
  await workbench.runInTerminal('npm test');
  await onScene('green');

  onStep('commits, which ends the task');
  await workbench.runInTerminal('git commit --all --message "Add up the parcels of an order"');
  onStep('keeps it: the first tasks of a workspace wait for that');
  await keepTask(workbench, storage);
  await waitForRecords(datasetFolder, 1);

  onStep('works on a second task and finishes it');
  await workbench.openFile('rates.js');
  await workbench.goToLine(4);
  await workbench.type('\nif (grams < 5000) return 749;');
  await workbench.save();
  await workbench.openUnderstudy();
  await workbench.row('Current Task', 'Edited rates.js').waitFor();
  await workbench.row('Sealed Tasks', instruction).waitFor();
  await onScene('view');
  await workbench.runCommand('Understudy: Finish Task');
  await keepTask(workbench, storage);
  await waitForRecords(datasetFolder, 2);
}

/** Keeps the newest held task, once one is held, with the keyboard alone. */
export async function keepTask(workbench: Workbench, storage: string): Promise<void> {
  await waitForHeld(storage, 1);
  await workbench.runCommand('Understudy: Held Tasks');
  await workbench.pick('Held Tasks');
  await workbench.pick('What Becomes of This Task?', 'Keep');
}

/** Waits until so many tasks are held. */
export async function waitForHeld(storage: string, count: number, timeout = 60_000): Promise<void> {
  const end = Date.now() + timeout;
  for (;;) {
    const names = await readdir(join(storage, 'journal')).catch((): string[] => []);
    const held = names.filter((name) => name.endsWith('.held')).length;
    if (held === count) return;
    if (Date.now() > end) throw new Error(`${held} tasks are held, not ${count}`);
    await delay(200);
  }
}

/** Writes a line anew behind its indentation; brackets and quotes that the editor closes by itself are typed over. */
async function replaceLine(workbench: Workbench, text: string, line: number): Promise<void> {
  await workbench.goToLine(line);
  await workbench.press('Home', 'Shift+End');
  await workbench.type(text);
}

/** Waits until the dataset holds so many records. */
export async function waitForRecords(datasetFolder: string, count: number, timeout = 60_000): Promise<string[]> {
  const end = Date.now() + timeout;
  for (;;) {
    const ids = await recordsIn(datasetFolder);
    if (ids.length >= count) return ids;
    if (Date.now() > end) throw new Error(`${datasetFolder} holds ${ids.length} records, not ${count}`);
    await delay(200);
  }
}

/** Ids of the records that are published. */
export async function recordsIn(datasetFolder: string): Promise<string[]> {
  const names = await readdir(join(datasetFolder, 'data'), { recursive: true }).catch((): string[] => []);
  return names.flatMap((name) => /([0-9a-f]{32})[/\\]trajectory\.jsonl$/.exec(name)?.[1] ?? []);
}
