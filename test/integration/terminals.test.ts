import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import type { SessionEventOf } from '../../src/session/events.ts';
import { fileUri, Recording, waitFor } from './support/recordings.ts';

describe('commands in terminals', () => {
  let recording: Recording;
  const terminals: vscode.Terminal[] = [];
  beforeEach(async () => {
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    for (const terminal of terminals.splice(0)) terminal.dispose();
    for (const name of ['sub', 'flood.cjs', 'slow.cjs', 'screen.cjs'])
      await rm(fileUri(name).fsPath, { recursive: true, force: true });
  });

  async function open(cwd = fileUri()): Promise<vscode.Terminal> {
    const terminal = vscode.window.createTerminal({ name: 'test', cwd, env: { PAGER: 'less', LESS: '' } });
    terminals.push(terminal);
    terminal.show();
    await waitFor('shell integration', () => terminal.shellIntegration?.cwd);
    return terminal;
  }
  const write = (name: string, text: string) => writeFile(fileUri(name).fsPath, text);
  const startOf = (line: string) => waitFor(line, () => recording.of('command_start').find((one) => one.line === line));
  const endOf = ({ command }: SessionEventOf<'command_start'>, timeout = 15_000) =>
    waitFor('the end', () => recording.of('command_end').find((one) => one.command === command), timeout);
  const outputOf = ({ command }: SessionEventOf<'command_start'>) =>
    recording
      .of('command_output')
      .filter((one) => one.command === command)
      .map(({ data }) => data)
      .join('');
  async function run(terminal: vscode.Terminal, line: string) {
    terminal.shellIntegration?.executeCommand(line);
    const start = await startOf(line);
    return { start, end: await endOf(start) };
  }

  it('keeps nothing of what takes the whole screen', async () => {
    const terminal = await open();
    await write(
      'screen.cjs',
      `process.stdout.write('\\x1b[?1049hsecret page'); setTimeout(() => process.stdout.write('\\x1b[?1049l'), 400);`,
    );
    const { start, end } = await run(terminal, 'node screen.cjs');
    assert.deepEqual([start.observed, end.output_status, end.exit_code, outputOf(start)], [true, 'unobserved', 0, '']);
    terminal.shellIntegration?.executeCommand('git -c core.pager=less log');
    const pager = await startOf('git -c core.pager=less log');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    terminal.sendText('q', false);
    assert.equal((await endOf(pager)).output_status, 'unobserved');
    assert.equal(outputOf(pager), '');
  });

  it('goes by where a line works, and takes nothing from outside', async () => {
    await mkdir(fileUri('sub').fsPath);
    const terminal = await open();
    const inside = await run(terminal, 'cd sub && node -e "setTimeout(() => console.log(1), 300)"');
    assert.deepEqual([inside.start.cwd, inside.start.observed], ['.', true]);
    const there = await run(terminal, 'node -e "setTimeout(() => console.log(2), 300)"');
    assert.equal(there.start.cwd, 'sub');
    for (const line of [`cd ${tmpdir()} && node -e "1"`, 'node -e "2"']) {
      terminal.shellIntegration?.executeCommand(line);
      const count = recording.of('command_end').length;
      await waitFor('the end', () => recording.of('command_end').length > count);
    }
    const [first, second] = recording.of('command_start').slice(-2);
    assert.deepEqual([first.line, first.observed, second.line, second.observed], ['cd', false, 'node', false]);
    assert.equal(second.cwd, null);
  });

  it('ends what is interrupted, or killed with its terminal', async () => {
    await write('slow.cjs', `console.log('begun'); setTimeout(() => {}, 60_000);`);
    const [one, two] = [await open(), await open()];
    for (const [i, terminal] of [one, two].entries()) {
      terminal.shellIntegration?.executeCommand('node slow.cjs');
      await waitFor('its start', () => recording.of('command_start').length === i + 1);
    }
    const [first, second] = recording.of('command_start');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    one.sendText('\x03', false);
    assert.ok([null, 130].includes((await endOf(first)).exit_code));
    assert.match(outputOf(first), /begun/);
    two.dispose();
    assert.equal((await endOf(second)).exit_code, null);
    assert.match(outputOf(second), /begun/);
  });

  it('makes one command of a nested shell, and none of an empty line', async () => {
    const terminal = await open();
    terminal.sendText('\nbash --norc'); // at once, so that the line is typed ahead of its prompt
    const nested = await startOf('bash');
    assert.equal(nested.observed, false);
    terminal.sendText('node -e "1"');
    terminal.sendText('exit');
    await endOf(nested);
    assert.deepEqual(
      recording.of('command_start').map(({ line }) => line),
      ['bash'],
    );
  });

  it('keeps head and tail of a flood, and little memory', async function () {
    this.timeout(120_000);
    const size = 20;
    await write(
      'flood.cjs',
      `const line = 'x'.repeat(98) + '\\n'; const chunk = line.repeat(1000); let left = ${size} * 10;
      process.stdout.write('first line\\n');
      (function next() { while (left-- > 0) if (!process.stdout.write(chunk)) return process.stdout.once('drain', next); process.stdout.write('last line\\n'); })();`,
    );
    const terminal = await open();
    let most = 0;
    const before = process.memoryUsage().heapUsed;
    const meter = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 100);
    terminal.shellIntegration?.executeCommand('node flood.cjs');
    const start = await startOf('node flood.cjs');
    const end = await endOf(start, 110_000);
    clearInterval(meter);
    assert.deepEqual([end.output_status, end.exit_code], ['truncated', 0]);
    assert.ok(end.output_bytes >= size * 990_000, `${end.output_bytes} bytes`);
    assert.match(outputOf(start), /^[^x]*first line/);
    assert.match(outputOf(start), /last line\s*/);
    assert.ok(outputOf(start).length <= 256 * 1024);
    assert.ok(most - before < 200 * 2 ** 20, `${most} bytes of heap`);
  });
});
