/**
 * Task folders of Harbor. The tests are the command that was typed: its exit code is the reward, and the tests' files are put
 * in place before it runs. Nothing was built to make it; `task.toml` says so, and whether the tests were run again.
 */
import { posix } from 'node:path';
import { isTestPath } from '../../trajectory/fileFacts.ts';
import type { Trajectory } from '../../trajectory/record.ts';
import { packagesOf } from '../closure.ts';
import { type Task, taskFormat } from '../task.ts';
import { statesOf } from '../taskPlan.ts';
import type { Rendering } from './rendering.ts';

export const harborRendering: Rendering = {
  name: 'harbor',
  layout: 'folders',
  render: (record, verification) => {
    const lacks = taskFormat.lacks(record, verification);
    if (lacks !== null) return lacks;
    const rows = taskFormat.derive(record, verification);
    const image = imageOf(record, rows[0]);
    if (image === null) return 'the version of its language is not known';
    return rows.map((row) => ({ source: row, value: { [row.instance_id]: folderOf(record, row, image) } }));
  },
};

/** Where nothing was told of Node's version: one that is maintained. */
const defaultNode = '24';

interface Image {
  name: string;
  /** The record tells the version. */
  isKnown: boolean;
}

function imageOf({ environment }: Trajectory, { language, closure, setup_files }: Task): Image | null {
  const version = (tool: string, parts: number) => {
    const told = environment.tools.find(({ name, version }) => name === tool && version !== null)?.version;
    return (
      told
        ?.match(/\d+(\.\d+)*/)?.[0]
        .split('.')
        .slice(0, parts)
        .join('.') ?? null
    );
  };
  const [node, python] = [version('node', 1), version('python', 2)];
  const isPackage = closure === 'record' && setup_files.some(({ path }) => posix.basename(path) === 'package.json');
  if (isPackage || environment.tools.some(({ name }) => name === 'node' || name === 'npm')) {
    return { name: `node:${node ?? defaultNode}`, isKnown: node !== null };
  }
  return language === 'python' && python ? { name: `python:${python}`, isKnown: true } : null;
}

function folderOf(record: Trajectory, row: Task, image: Image): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { path, text } of row.setup_files) files[`environment/files/${path}`] = text;
  const gone: Record<'tests' | 'solution', string[]> = { tests: [], solution: [] };
  const [before, after] = statesOf(record, row.step_end);
  for (const [i, { path, text }] of after.entries()) {
    const old = before[i];
    if (text === old.text && path === old.path) continue;
    const part = isTestPath(path) ? 'tests' : 'solution';
    if (text !== null) files[`${part}/files/${path}`] = text;
    if (old.text !== null && (text === null || old.path !== path)) gone[part].push(old.path);
  }
  return {
    ...files,
    'task.toml': taskToml(row, image),
    'instruction.md': `${row.problem_statement}\n`,
    'environment/Dockerfile': dockerfile(row, image),
    'tests/test.sh': testScript(row, gone.tests),
    'solution/solve.sh': script('Puts in place what the person made of it.', put(gone.solution)),
  };
}

function taskToml(row: Task, image: Image): string {
  const strings = (values: readonly string[]) => `[${values.map(tomlString).join(', ')}]`;
  return [
    'schema_version = "1.4"',
    '',
    '[task]',
    `name = ${tomlString(`understudy/${row.trajectory_id}`)}`,
    `description = ${tomlString('A task of a person, recorded with consent by Understudy')}`,
    `keywords = ${strings(row.language === null ? [] : [row.language])}`,
    '',
    '[metadata]',
    `trajectory_id = ${tomlString(row.trajectory_id)}`,
    `license = ${tomlString(row.license ?? 'unknown')}`,
    `closure = ${tomlString(row.closure)}`,
    `verification = ${tomlString(row.verification)}`,
    'built = false',
    `run = ${row.verification === 'verified'}`,
    `redacted = ${row.redacted}`,
    `image_version_observed = ${image.isKnown}`,
    `fail_to_pass = ${strings(JSON.parse(row.FAIL_TO_PASS))}`,
    `pass_to_pass = ${strings(JSON.parse(row.PASS_TO_PASS))}`,
    '',
    '[agent]',
    'timeout_sec = 1800.0',
    '',
    '[verifier]',
    'timeout_sec = 900.0',
    '',
    '[environment]',
    'cpus = 2',
    'memory_mb = 4096',
    '',
  ].join('\n');
}

/** A basic string: JSON escapes as TOML does, but for DEL. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll('\x7f', '\\u007f');
}

function dockerfile(row: Task, image: Image): string {
  const files = new Map(row.setup_files.map(({ path, text }) => [path as string, text as string]));
  const folders = [...files.keys()]
    .filter((path) => posix.basename(path) === 'package.json')
    .map((path) => posix.dirname(path));
  const needed = packagesOf(files).size > 0 ? folders : [];
  const commit = row.closure === 'public_commit';
  const repository = row.repo.includes(':') ? row.repo : `https://github.com/${row.repo}`;
  return [
    '# Made from a record; it was not built.',
    `FROM ${image.name}`,
    'WORKDIR /app',
    ...(commit ? [`RUN git clone ${shellQuoted(repository)} . && git checkout ${shellQuoted(row.base_commit)}`] : []),
    'COPY files/ /app/',
    ...(image.name.startsWith('node:') ? needed : []).map((folder) => `RUN cd ${shellQuoted(folder)} && npm install`),
    '',
  ].join('\n');
}

function testScript(row: Task, gone: readonly string[]): string {
  return script('Runs the tests, as the person did, and writes the reward.', [
    `logs="\${LOGS_DIR:-/logs/verifier}"`,
    'mkdir -p "$logs"',
    ...put(gone),
    `cd "$app"/${shellQuoted(row.test_directory)} || exit 1`,
    `if bash -c ${shellQuoted(row.test_command)}; then reward=1; else reward=0; fi`,
    'echo "$reward" > "$logs/reward.txt"',
  ]);
}

function script(purpose: string, lines: readonly string[]): string {
  return [
    '#!/bin/bash',
    `# ${purpose} APP_DIR and LOGS_DIR are for runs without a container.`,
    `app="\${APP_DIR:-/app}"`,
    ...lines,
    '',
  ].join('\n');
}

/** Puts the files beside the script in their place, and takes others away. */
function put(gone: readonly string[]): string[] {
  return [
    'here="$(cd "$(dirname "$0")" && pwd)"',
    ...gone.map((path) => `rm -f "$app"/${shellQuoted(path)}`),
    'if [ -d "$here/files" ]; then cp -R "$here/files/." "$app/"; fi',
  ];
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
