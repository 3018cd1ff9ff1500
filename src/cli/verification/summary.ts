/** What a verification says, for people. */
import type { Verification } from '../../examples/verification.ts';
import { counted } from '../counted.ts';
import { bold, green, type Line, yellow } from '../terminal.ts';

/** Of a list of names. */
const shown = 20;

export function* summary(verification: Verification): Iterable<Line> {
  const { confirmed, runs, tests, tests_left_out, fail_to_pass, pass_to_pass, flaky } = verification;
  yield [bold(confirmed ? 'verified' : 'not confirmed'), ` in ${placeOf(verification)}`];
  for (const state of ['before', 'after'] as const) {
    const codes = runs
      .filter((run) => run.state === state)
      .map(({ exit_code }) => (exit_code === null ? 'time limit' : `exit ${exit_code}`));
    yield [`${state === 'before' ? 'without' : 'with'} the patch: ${codes.join(', ')}`];
  }
  if (tests.length === 0) yield [yellow('no run named a test')];
  yield* list(green('failed, then passed'), fail_to_pass);
  yield* list('passed in all runs', pass_to_pass);
  yield* list(yellow('flaky'), flaky);
  const listed = new Set([...fail_to_pass, ...pass_to_pass, ...flaky]);
  const others = tests.filter(({ name }) => !listed.has(name));
  yield* list(
    'neither',
    others.map(({ name, before, after }) => `${name} (${before[0]}, then ${after[0]})`),
  );
  if (tests_left_out > 0) yield [`${counted(tests_left_out, 'test', 'tests')} left out: redaction covers their names`];
}

/** Where it ran. */
export function placeOf({ place, engine, image, image_id, tools }: Verification): string {
  const told = tools.map(({ name, version }) => `, ${name} ${version ?? 'of unknown version'}`).join('');
  return place === 'host' ? `no container, on this machine${told}` : `${engine}, ${image ?? image_id}${told}`;
}

function* list(title: Line[number], names: readonly string[]): Iterable<Line> {
  if (names.length === 0) return;
  yield [title, `: ${names.length}`];
  for (const name of names.slice(0, shown)) yield [`  ${name}`];
  if (names.length > shown) yield [`  and ${names.length - shown} more`];
}
