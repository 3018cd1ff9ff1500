import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { LogOutputChannel } from 'vscode';
import { newId } from '../../../src/consent/grant.ts';
import { codeOf, Log } from '../../../src/editor/log.ts';
import { fakeIpv4, fakeMail, fakeWord } from '../../support/people.ts';

describe('the log', () => {
  const lines: string[] = [];
  const log = new Log({ info: (line: string) => lines.push(line) } as unknown as LogOutputChannel);

  it('tells codes, ids and counts', () => {
    const id = newId();
    log.write('task_withheld', id, 'privacy', 3);
    log.write('dataset_failed', 'ENOSPC');
    assert.deepEqual(lines.splice(0), [`task_withheld ${id} privacy 3`, 'dataset_failed ENOSPC']);
  });

  it('tells no time, path, host, address or text, whoever hands it one', async () => {
    const error = await readFile(`/${fakeWord()}/${fakeWord()}`).catch((error) => error);
    const told = [
      new Date().toISOString(),
      new Date().toTimeString().slice(0, 8),
      'Europe/Berlin',
      `/home/${fakeWord()}/src`,
      `C:\\Users\\${fakeWord()}`,
      `${fakeWord()}.corp.example`,
      fakeMail(),
      fakeIpv4(),
      error.message,
      'two words',
      'x'.repeat(65),
    ];
    for (const text of told) log.write('listener_failed', text);
    assert.deepEqual(
      lines.splice(0),
      told.map(() => 'listener_failed ?'),
    );
    log.write('journal_failed', codeOf(error));
    log.write('journal_failed', codeOf(new TypeError(error.message)));
    log.write('journal_failed', codeOf(error.message));
    assert.deepEqual(
      lines.splice(0),
      ['ENOENT', 'TypeError', 'string'].map((code) => `journal_failed ${code}`),
    );
  });
});
