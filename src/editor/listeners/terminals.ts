import { setTimeout } from 'node:timers/promises';
import {
  type Disposable,
  type Terminal,
  type TerminalShellExecution,
  TerminalShellExecutionCommandLineConfidence,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { RunningCommand } from '../../session/capture/programs/commandLog.ts';
import type { ProgramRuns } from '../../session/capture/programs/programRuns.ts';
import { TestReports, type TestRun } from '../../session/capture/programs/reports/testReports.ts';
import { announcedLine } from '../../session/capture/programs/taskCommand.ts';
import { workPlaces } from '../../session/capture/programs/workPlaces.ts';
import type { Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';

/** The stream may end after the command [measured]. */
const patience = 1000;

interface Execution {
  execution: TerminalShellExecution;
  command: RunningCommand;
  tests: TestRun | null;
  /** Resolves when the stream has ended. */
  read: Promise<void>;
}

/** Commands in terminals with shell integration. @param readsReports whether results are read from what tests write. */
export function listenToTerminals(programs: ProgramRuns, scope: Scope, readsReports: boolean): Disposable {
  const store = new DisposableStore();
  const running = new Map<Terminal, Execution>();
  const reports = new TestReports();

  /** A multi-line command or a subshell may never be said to have ended (vscode#250764). */
  const abandon = (terminal: Terminal) => {
    running.get(terminal)?.tests?.abandon();
    running.get(terminal)?.command.end(null, false);
    running.delete(terminal);
  };

  store.add(
    window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      abandon(terminal);
      const { value, confidence } = execution.commandLine;
      const announced = announcedLine(value);
      const line = announced ?? value;
      // An empty line: what was typed ahead of the prompt stands behind it, and is told once more when it begins [measured].
      if (/^\s*(\r?\n|$)/.test(value)) return;
      // On a remote host VS Code 1.100 gives the folder another scheme than `file` [measured].
      const directory = (execution.cwd ?? terminal.shellIntegration?.cwd)?.with({ scheme: 'file' });
      const cwd = directory ? scope.directoryOf(directory) : null;
      const isSure = confidence !== TerminalShellExecutionCommandLineConfidence.Low || announced !== null;
      const command = programs.execution({
        line,
        sure: isSure && staysInside(line, directory, scope),
        cwd,
        announced: announced !== null,
      });
      // Only a stream that is asked for in this very turn misses nothing (vscode#237208).
      const stream = command.observed ? execution.read() : null;
      const top = directory && workspace.getWorkspaceFolder(directory)?.uri.fsPath;
      const tests = readsReports && command.observed && top ? reports.begin(line, directory.fsPath, top) : null;
      running.set(terminal, { execution, command, tests, read: pass(stream, command) });
    }),
  );
  store.add(
    window.onDidEndTerminalShellExecution(async ({ terminal, execution, exitCode }) => {
      const ended = running.get(terminal);
      if (ended?.execution !== execution) return;
      running.delete(terminal);
      const [whole, reported] = await Promise.all([
        Promise.race([ended.read.then(() => true), setTimeout(patience, false)]),
        Promise.race([ended.tests?.end(), setTimeout(patience, null)]),
      ]);
      ended.command.end(exitCode ?? null, whole, reported);
    }),
  );
  store.add(window.onDidCloseTerminal(abandon));
  store.add({ dispose: () => [...running.keys()].forEach(abandon) });
  return store;
}

/** Whether a line that begins in a directory works nowhere outside of the workspace. */
function staysInside(line: string, directory: Uri | undefined, scope: Scope): boolean {
  const places = directory ? workPlaces(line, directory.fsPath) : null;
  return places?.every((path) => scope.directoryOf(Uri.file(path)) !== null) ?? false;
}

async function pass(stream: AsyncIterable<string> | null, command: RunningCommand): Promise<void> {
  for await (const data of stream ?? []) command.output(data);
}
