/** Does what the README tells ML engineers to do, as it is printed there: `node test/consumers/runReadme.ts`. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { simulate } from '../simulate/contributors.ts';
import { simulationHistories } from '../simulate/simulationHistories.ts';
import { commandFile } from '../support/command.ts';
import { pythonWith, trainers } from './python.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(python|sh)\n(.*?)^```/gms)].map(([, language, code]) => ({ language, code }));
const scratch = mkdtempSync(join(tmpdir(), 'understudy-readme-'));
const python = pythonWith('consumers', { ...trainers, purpose: "the README's lines of Python" });
try {
  const histories = simulationHistories();
  for await (const _ of simulate(histories, 5, 30, join(scratch, 'contributors')));
  for await (const _ of simulate(histories, 1, 60, join(scratch, 'path/to')));
  execFileSync('mv', [join(scratch, 'path/to/contributor-0000'), join(scratch, 'path/to/dataset')]);
  writeFileSync(join(scratch, 'swe-bench.jsonl'), `${JSON.stringify({ patch: `+${'some new words '.repeat(9)}` })}\n`);
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'understudy'), `#!/bin/sh\nexec "${process.execPath}" "${commandFile}" "$@"\n`);
  chmodSync(join(bin, 'understudy'), 0o755);

  const caches = { HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache'), HF_HUB_OFFLINE: '1' };
  const env = { ...process.env, ...caches, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const run = (program: string, args: string[]) => execFileSync(program, args, { cwd: scratch, env, stdio: 'pipe' });
  let done = 0;
  for (const { language, code } of blocks) {
    // Training needs PyTorch, gigabytes that are not installed for this.
    if (code.includes('SFTTrainer')) continue;
    if (language === 'python' && python) run(python, ['-c', code]);
    else if (code.startsWith('understudy')) run('bash', ['-ec', code]);
    else continue;
    done++;
  }
  if (done < (python ? 3 : 1)) throw new Error(`only ${done} of the README's blocks were run`);
  console.log(`README: ${done} blocks of code run as they are printed`);
} finally {
  rmSync(scratch, { recursive: true });
}
