/** The command that a debug session's launch configuration stands for. */
import { posix, win32 } from 'node:path';
import * as z from 'zod';
import { commandLineOf } from '../../commandLine.ts';

const word = z.string().min(1).optional().catch(undefined);
const words = z.union([z.array(z.string()), z.string().transform((text) => [text])]).catch([]);

/** What is read of a configuration; its environment is not. */
const launch = z.object({
  type: z.string(),
  request: z.literal('launch'),
  runtimeExecutable: word,
  runtimeArgs: words,
  python: words,
  module: word,
  program: word,
  args: words,
  cwd: word,
});

export interface LaunchCommand {
  line: string;
  /** Path of the folder in which it runs. */
  cwd: string;
  /** Path of the program's file, if the configuration names one. */
  program: string | null;
}

/** @returns null for what launches no program of its own: attaching, browsers, terminals. */
export function launchCommand(configuration: unknown, folder: string | null): LaunchCommand | null {
  const parsed = launch.safeParse(configuration);
  if (!parsed.success || /chrome|msedge|terminal/.test(parsed.data.type)) return null;
  const { type, runtimeExecutable, runtimeArgs, python, module, program, args } = parsed.data;
  const cwd = parsed.data.cwd ?? folder ?? '';
  if (!cwd || (!program && !module && !runtimeExecutable)) return null;
  const paths = /^(?:[A-Za-z]:|\\)/.test(cwd) ? win32 : posix;
  const file = program === undefined ? null : paths.resolve(cwd, program);
  const interpreter = interpreterOf(type, runtimeExecutable, python);
  const path = file === null ? null : slashes(paths.relative(cwd, file));
  const target = module ? ['-m', module] : path === null ? [] : interpreter.length > 0 ? [path] : [called(path)];
  const line = commandLineOf([...interpreter, ...runtimeArgs, ...target, ...args]);
  return { line, cwd: slashes(cwd), program: file === null ? null : slashes(file) };
}

function interpreterOf(type: string, runtime: string | undefined, python: string[]): string[] {
  if (runtime) return [runtime];
  if (/^(?:pwa-)?node$/.test(type)) return ['node'];
  if (/^(?:python|debugpy)$/.test(type)) return python.length > 0 ? python : ['python'];
  return [];
}

/** As one would type it: a program that is called by itself needs its folder. */
function called(path: string): string {
  return path.startsWith('.') ? path : `./${path}`;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
