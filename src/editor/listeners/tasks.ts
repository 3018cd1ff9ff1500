import { resolve } from 'node:path';
import {
  CustomExecution,
  type Disposable,
  ProcessExecution,
  ShellExecution,
  type ShellQuotedString,
  type Task,
  type TaskExecution,
  tasks,
  Uri,
  workspace,
} from 'vscode';
import type { ProgramRun, ProgramRuns } from '../../session/capture/programs/programRuns.ts';
import { fillIn, type TaskCommand, taskLine, taskLineIn } from '../../session/capture/programs/taskCommand.ts';
import type { Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';

/** A task of which no process was seen by then has a program that does not exist (vscode#138104). */
const processPatience = 2000;

/**
 * Tasks that run a program. In VS Code 1.100 the terminal tells nothing of one that is the first in its terminal, and later
 * it may tell of it before the task does [measured]: who told first does not matter.
 */
export function listenToTasks(programs: ProgramRuns, scope: Scope): Disposable {
  const store = new DisposableStore();
  const running = new Map<TaskExecution, ProgramRun>();
  const runOf = (execution: TaskExecution) => {
    const run = running.get(execution) ?? expect(execution.task, programs, scope);
    if (run) running.set(execution, run);
    return run;
  };
  store.add(
    tasks.onDidStartTask(({ execution }) => {
      if (runOf(execution)) setTimeout(() => running.get(execution)?.begin(), processPatience).unref();
    }),
  );
  // This may come before the start.
  store.add(tasks.onDidStartTaskProcess(({ execution }) => runOf(execution)?.begin()));
  store.add(
    tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      running.get(execution)?.end(exitCode ?? null);
      running.delete(execution);
    }),
  );
  store.add({
    dispose: () => {
      for (const run of running.values()) run.end(null);
      running.clear();
    },
  });
  return store;
}

function expect(task: Task, programs: ProgramRuns, scope: Scope): ProgramRun | null {
  const command = commandOf(task);
  if (!command) return null;
  const [first] = workspace.workspaceFolders ?? [];
  const folder = (typeof task.scope === 'object' ? task.scope : first)?.uri.fsPath ?? null;
  const cwd = directoryOf(task, folder, scope);
  return programs.expect({
    line: taskLine(command, folder),
    sure: cwd !== null,
    cwd,
    lineFor: (told) => taskLineIn(told, command, folder),
  });
}

function directoryOf({ execution }: Task, folder: string | null, scope: Scope): string | null {
  const options = execution instanceof CustomExecution ? undefined : execution?.options;
  const path = resolve(folder ?? '', fillIn(options?.cwd ?? '', folder));
  return folder === null || path.includes('${') ? null : scope.directoryOf(Uri.file(path));
}

/** Null for a task that runs no program: a compound one, or one that an extension carries out itself. */
function commandOf({ execution }: Task): TaskCommand | null {
  const text = (word: string | ShellQuotedString) => (typeof word === 'string' ? word : word.value);
  if (execution instanceof ProcessExecution) return { kind: 'process', words: [execution.process, ...execution.args] };
  if (!(execution instanceof ShellExecution)) return null;
  if (execution.commandLine) return { kind: 'shell', words: [execution.commandLine] };
  return execution.command ? { kind: 'shell', words: [execution.command, ...(execution.args ?? [])].map(text) } : null;
}
