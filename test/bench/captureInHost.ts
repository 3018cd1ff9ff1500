/**
 * In the extension host:
 *
 * - `activation`: milliseconds to load the extension and to make what it starts with, where recording is off; and to load
 *   the rest and listen, where it is on.
 * - `listener`: microseconds that our listeners take of each real change event, while a trace's first edits are made in a
 *   real document. Between two events the editor does much else: what they need is in no cache of the processor.
 * - `trace`: microseconds per edit of a whole trace at once, from what an event tells to the journal's memory; bytes of
 *   journal per edit; growth of the heap per 10,000 edits, after a collection.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { grant, newId } from '../../src/consent/grant.ts';
import { policy } from '../../src/consent/policy.ts';
import { undatedReceipt } from '../../src/consent/receipt.ts';
import { LazyRecording } from '../../src/editor/lazyRecording.ts';
import { Log } from '../../src/editor/log.ts';
import { DocumentMirror } from '../../src/session/capture/documents/documentMirror.ts';
import { TaskStream } from '../../src/session/capture/taskStream.ts';
import type { SessionEventOf } from '../../src/session/events.ts';
import { readEditingTrace } from '../../src/session/import/editingTrace.ts';
import { JournalWriter } from '../../src/session/journal/journalWriter.ts';
import { fileUri, openEditor, Recording } from '../integration/support/recordings.ts';
import { TEST_OUTPUT } from '../support/vscode/testOutput.ts';

const realEdits = 3000;
const rounds = 5;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-bench-'));
  try {
    await activation(folder);
    for (const file of JSON.parse(process.env.UNDERSTUDY_BENCH_TRACES ?? '[]')) {
      const bytes = await readFile(file);
      const json = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      const events = readEditingTrace(json, file, 'trace.rs', 'rust');
      const [opened] = events;
      const text = (opened.kind === 'open' && opened.text) || '';
      const edits = events.flatMap((event) => (event.kind === 'edit' ? [event] : []));
      await listener(basename(file), text, edits.slice(0, realEdits));
      await whole(basename(file), text, edits, folder);
    }
  } catch (error) {
    print(String(error));
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function activation(folder: string): Promise<void> {
  const extension = vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>;
  const loads: number[] = [];
  const rests: number[] = [];
  const starts: number[] = [];
  const on: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // What was loaded once is not loaded again: a copy is.
    const copy = await mkdtemp(join(folder, 'extension-'));
    const copies = ['extension.cjs', 'recording.cjs'].map((name) => join(copy, name));
    for (const path of copies) await copyFile(join(extension.extensionPath, 'dist', basename(path)), path);
    loads.push(time(() => require(copies[0])));
    rests.push(time(() => require(copies[1])));
    const memory = new Map<string, unknown>();
    const state = { get: (key: string) => memory.get(key), update: async () => {} };
    const context = { ...extension, workspaceState: state, globalStorageUri: vscode.Uri.file(copy) };
    const log = new Log(vscode.window.createOutputChannel('bench', { log: true }));
    starts.push(time(() => new LazyRecording(context as unknown as vscode.ExtensionContext, log).dispose()));
    const begin = performance.now();
    const { recorder } = await Recording.start();
    on.push(performance.now() - begin);
    recorder.dispose();
  }
  print(
    `activation: off ${median(loads).toFixed(1)} ms to load, ${median(starts).toFixed(1)} ms to start; ` +
      `on ${median(rests).toFixed(1)} ms more to load, ${median(on).toFixed(0)} ms until it listens (most of it waiting for git)`,
  );
}

type Edit = SessionEventOf<'edit'>;

/** Each listener that is added while recording starts is timed: there is one for changes, and others that hear what follows. */
async function listener(name: string, text: string, edits: readonly Edit[]): Promise<void> {
  const costs: number[] = [];
  const original = Object.getOwnPropertyDescriptor(vscode.workspace, 'onDidChangeTextDocument') as PropertyDescriptor;
  const { onDidChangeTextDocument } = vscode.workspace;
  Object.defineProperty(vscode.workspace, 'onDidChangeTextDocument', {
    configurable: true,
    value: (listen: (event: vscode.TextDocumentChangeEvent) => void) =>
      onDidChangeTextDocument((event) => {
        const begin = performance.now();
        listen(event);
        if (event.contentChanges.length > 0) costs.push(performance.now() - begin);
      }),
  });
  const { recorder } = await Recording.start();
  Object.defineProperty(vscode.workspace, 'onDidChangeTextDocument', original);
  await writeFile(fileUri('bench.txt').fsPath, text);
  const editor = await openEditor(fileUri('bench.txt'));
  for (const { changes } of edits) {
    await editor.edit(
      (builder) => {
        for (const { offset, length, text } of changes) {
          const { document } = editor;
          builder.replace(new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), text);
        }
      },
      { undoStopBefore: false, undoStopAfter: false },
    );
  }
  recorder.dispose();
  print(`${name}: listener, ${costs.length} real change events: ${distribution(costs)}`);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await rm(fileUri('bench.txt').fsPath);
}

async function whole(name: string, text: string, edits: readonly Edit[], folder: string): Promise<void> {
  const journal = join(folder, newId());
  const receipt = undatedReceipt.strip().parse(grant(policy, new Date()));
  const { signals, uses } = receipt;
  const header = { task_id: newId(), project_id: newId(), review: false, receipt, policy, narrowed: { signals, uses } };
  const writer = new JournalWriter(journal, randomBytes(32), header, (error) => print(String(error)));
  const sink = {
    append: (event: Parameters<JournalWriter['append']>[0]) => writer.append(event),
    full: false,
    close: () => {},
  };
  const stream = new TaskStream(
    () => sink,
    () => [],
  );
  const mirror = new DocumentMirror(stream);
  mirror.open('trace', { path: 'trace.rs', language: 'rust', eol: 'lf', encoding: 'utf8' }, text);
  const costs: number[] = [];
  const before = heap();
  for (const [index, { version, reason, changes }] of edits.entries()) {
    const begin = performance.now();
    mirror.change('trace', { version, reason, changes, active: true, dirty: true }, () => '');
    costs.push(performance.now() - begin);
    // As the timer does once a second.
    if (index % 500 === 499) await writer.flush();
  }
  await writer.flush();
  const grown = ((heap() - before) / edits.length) * 10_000;
  const { size } = await stat(journal);
  await writer.close();
  print(
    `${name}: trace, ${edits.length} edits: ${distribution(costs)}; journal ${(size / edits.length).toFixed(0)} bytes an edit; ` +
      `heap ${(grown / 2 ** 20).toFixed(2)} MB per 10,000 edits`,
  );
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

function time(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))];
}

function distribution(milliseconds: readonly number[]): string {
  const micro = (at: number) => (quantile(milliseconds, at) * 1000).toFixed(1);
  return `median ${micro(0.5)} µs, 99th percentile ${micro(0.99)} µs, longest ${micro(1)} µs`;
}

function print(line: string): void {
  console.log(TEST_OUTPUT + line);
}
