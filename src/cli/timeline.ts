/** One trajectory as a person reads it: what is known of it, then every step in order. */
import type { Verification } from '../examples/verification.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { applyAsPatch } from '../trajectory/stepPatch.ts';
import { counted } from './counted.ts';
import { patchLines } from './patchLines.ts';
import { bold, faint, green, type Line, red, type Span, yellow } from './terminal.ts';
import { placeOf } from './verification/summary.ts';

/** Lines of an output that are shown from its end, where the result stands, and of what was looked at from its beginning. */
const outputLines = 12;
/** Places in files that are shown of an output. */
const shownLocations = 5;
const indent = ' '.repeat(15);

/** @param record one that replays. @param verification of its task, where that was run again */
export function timeline(record: Trajectory, verification: Verification | null = null): Line[] {
  const states = new FileStates(record.files.map(({ base_text }) => base_text));
  const paths = record.files.map(({ path }) => path);
  const lines = [...header(record, verification), [], ...gapsAfter(record, -1)];
  for (const step of record.steps) {
    const path = step.file_id === null ? ('' as Redacted) : paths[step.file_id];
    const patch = applyAsPatch(states, step, path);
    if (step.action === 'rename' && step.file_id !== null && step.to_path) paths[step.file_id] = step.to_path;
    const mark = record.outcome.evidence.includes(step.index) ? yellow('*') : ' ';
    const number = faint(String(step.index).padStart(5));
    lines.push([number, mark, faint(step.elapsed.padStart(7)), '  ', bold(step.kind), ' ', ...title(step, path)]);
    const crlf = step.file_id !== null && record.files[step.file_id].eol === 'crlf';
    lines.push(...body(step, patch, crlf).map((line) => [indent, ...line]), ...gapsAfter(record, step.index));
  }
  return lines;
}

export function outcomeSpan(status: Trajectory['outcome']['status']): Span | string {
  return status === 'succeeded' ? green(status) : status === 'failed' ? red(status) : status;
}

function header(record: Trajectory, verification: Verification | null): Line[] {
  const { outcome, instruction, environment, consent, quality, redaction, license } = record;
  const field = (name: string, ...value: Line): Line => [faint(name.padEnd(13)), ...value];
  const source = instruction.source
    ? ` (${instruction.source}${instruction.hindsight ? ', written afterwards' : ''})`
    : '';
  const steps = outcome.evidence.length > 0 ? `, see the steps marked *` : '';
  const shares = quality.origin_share.map(({ origin, share }) => `; ${Math.round(share * 100)}% ${origin}`).join('');
  const uses = Object.entries(consent.uses).flatMap(([use, isGranted]) => (isGranted ? [use] : []));
  const tools = environment.tools.map(({ name, version }) => (version === null ? name : `${name} ${version}`));
  const { edits, edits_inserting, edits_surviving_end } = quality;
  return [
    field('trajectory', bold(record.trajectory_id)),
    ...(record.parts > 1 ? [field('part', `${record.part + 1} of ${record.parts} of task ${record.task_id}`)] : []),
    ...(instruction.text ?? '-')
      .split('\n')
      .map((line, i) => field(i === 0 ? 'instruction' : '', line, faint(i === 0 ? source : ''))),
    field('outcome', outcomeSpan(outcome.status), faint(` by ${outcome.basis}${steps}`)),
    ...outcome.tests.map(({ name, before, after, flaky }) =>
      field('', `${name}: ${before ?? 'not seen'} → ${after ?? 'not seen'}${flaky ? ', flaky' : ''}`),
    ),
    ...(verification ? [field('run again', ...verificationSpans(verification))] : []),
    ...(record.files.length > 0 ? record.files : [null]).map((file, i) =>
      field(i === 0 ? 'files' : '', file ? `${file.path} ` : '-', faint(file?.role ?? '')),
    ),
    field('edits', `${edits}; ${edits_surviving_end} of ${edits_inserting} stood at the end${shares}`),
    field('redacted', redaction.placeholders.map(({ placeholder }) => placeholder).join(', ') || 'nothing'),
    field('tools', tools.join(', ') || '-'),
    field('licence', license.spdx ?? '-'),
    field('consent', `${consent.source}; for ${uses.join(', ') || 'no use'}; rights: ${consent.rights_basis}`),
    field('recorded', `${record.period}, with Understudy ${record.producer.extension}`),
  ];
}

function verificationSpans(verification: Verification): Line {
  const { confirmed, fail_to_pass, flaky } = verification;
  const told = `${counted(fail_to_pass.length, 'test', 'tests')} confirmed, ${flaky.length} flaky`;
  return [confirmed ? green('verified') : yellow('not confirmed'), faint(` in ${placeOf(verification)}; ${told}`)];
}

function gapsAfter({ gaps }: Trajectory, index: number): Line[] {
  return gaps
    .filter(({ after_step }) => after_step === index)
    .map(({ reason }) => [indent, faint(`something is missing here: ${reason}`)]);
}

function title(step: Step, path: string): Line {
  switch (step.kind) {
    case 'edit':
      return [
        path,
        faint(`  ${step.origin}, ${step.changes.length} ${step.changes.length === 1 ? 'change' : 'changes'}`),
      ];
    case 'command':
    case 'test': {
      return [
        `${step.command === null ? path : `$ ${step.command}`}  `,
        exitSpan(step.exit_code),
        faint(step.duration ? `, ran ${step.duration}` : ''),
      ];
    }
    case 'file':
      return [`${step.action} ${step.path ?? path}`, step.to_path === null ? '' : ` → ${step.to_path}`];
    case 'git':
      return [
        `${step.action} ${step.message?.split('\n')[0] ?? ''}`,
        faint(step.branch === null ? '' : `  on ${step.branch}`),
      ];
    case 'view': {
      const lines = step.visible_lines.map(({ start, end }) => `${start + 1}-${end + 1}`).join(', ');
      return [path, faint(`  ${step.action}, lines ${lines}`)];
    }
    case 'debug': {
      const place = step.path === null ? '' : `${step.path}${step.line === null ? '' : `:${step.line + 1}`}`;
      return [`${step.action} ${place}`, step.action === 'exited' ? exitSpan(step.exit_code) : ''];
    }
    case 'diagnostics':
      return [path, step.diagnostics.length === 0 ? green('  none') : '', resolvedSpan(step)];
    default:
      return [path, step.message ?? ''];
  }
}

function resolvedSpan({ resolved, resolved_by_step }: Step): Span {
  const by = resolved_by_step === null ? '' : ` by step ${resolved_by_step}`;
  return faint(resolved.length === 0 ? '' : `  ${resolved.length} resolved${by}`);
}

/** Those in files of the record. */
function locationLines(locations: Step['locations']): Line[] {
  const linked = locations.filter(({ file_id }) => file_id !== null);
  if (linked.length === 0) return [];
  const places = linked.slice(0, shownLocations).map(({ path, line, column }) => {
    return column === null ? `${path}:${line}` : `${path}:${line}:${column}`;
  });
  const more = linked.length > shownLocations ? ` and ${linked.length - shownLocations} more` : '';
  return [[faint(`names ${places.join(', ')}${more}`)]];
}

function exitSpan(code: number | null): Span {
  if (code === null) return faint('no exit code');
  return code === 0 ? green('exit 0') : red(`exit ${code}`);
}

function body(step: Step, patch: string | null, crlf: boolean): Line[] {
  if (patch !== null) return patchLines(patch, crlf);
  if (step.output) {
    const lines = step.output.trimEnd().split('\n');
    const hidden = Math.max(0, lines.length - outputLines);
    return [
      ...(hidden > 0 ? [[faint(`… ${hidden} lines`)]] : []),
      ...lines.slice(hidden).map((line) => [line]),
      ...locationLines(step.locations),
    ];
  }
  if (step.kind === 'view') {
    const lines = step.excerpts.flatMap(({ text }) => text.split('\n'));
    const hidden = Math.max(0, lines.length - outputLines);
    return [
      ...lines.slice(0, outputLines).map((line) => [line]),
      ...(hidden > 0 ? [[faint(`… ${hidden} lines`)]] : []),
    ];
  }
  if (step.kind === 'debug') return (step.message?.split('\n') ?? []).map((line) => [line]);
  if (step.kind === 'git')
    return (step.message ?? '')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => [line]);
  return step.diagnostics.map(({ severity, message, source, code }) => {
    return [`${severity}: ${message}`, faint(` ${[source, code].filter(Boolean).join(' ')}`)];
  });
}
