/**
 * Makes dataset folders as many people would bring them, out of real histories:
 * `npm run simulate -- --contributors N --tasks M --out DIR [TRACE…]`, with keystroke traces of the `editing-traces` form;
 * without any, those that UNDERSTUDY_TRACES names (a folder, or files with commas between), and always the commits of this
 * project.
 */
import { parseArgs } from 'node:util';
import { simulate } from './contributors.ts';
import { simulationHistories } from './simulationHistories.ts';

const usage = 'npm run simulate -- --contributors N --tasks M --out DIR [TRACE…]';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { contributors: { type: 'string' }, tasks: { type: 'string' }, out: { type: 'string' } },
});
const [contributors, tasks] = [Number(values.contributors), Number(values.tasks)];
if (!values.out || !(contributors > 0) || !(tasks > 0)) {
  console.error(usage);
  process.exit(2);
}
const histories = simulationHistories(positionals);
console.log(`${histories.length} pieces of real work`);
const begin = performance.now();
let folders = 0;
for await (const folder of simulate(histories, contributors, tasks, values.out)) {
  folders++;
  if (folders === contributors || folders % 10 === 0) {
    console.log(`${folders} of ${contributors}: ${folder}, ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
}
