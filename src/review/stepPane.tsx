import { Text } from '@codemirror/state';
import { useMemo } from 'preact/hooks';
import type { Step, Trajectory } from '../trajectory/record.ts';
import type { MarkedRange } from './editors.ts';
import { t } from './l10n.ts';
import { type RecordFiles, textOf, unitsAt } from './recordFiles.ts';
import { gapText, kindText, originText } from './stepText.ts';
import { DiffView, TextView } from './texts.tsx';

interface Props {
  record: Trajectory;
  files: RecordFiles;
  step: Step;
}

/** One step: the code with what it changed, what a program said, or what was looked at. */
export function StepPane({ record, files, step }: Props) {
  const path = step.file_id === null ? null : files.path(step.file_id, step.index);
  return (
    <section class="step" aria-label={t('Step {0}', String(step.index + 1))}>
      <div class="stepTitle">
        <Title step={step} path={path} />
        <span class="facts">{[...factsOf(step), ...gapsAt(record, step)].join(' · ')}</span>
      </div>
      <Body record={record} files={files} step={step} path={path} />
    </section>
  );
}

/** The file, the command line, or what happened. */
function Title({ step, path }: { step: Step; path: string | null }) {
  const { command, cwd } = step;
  if (command === null) return <h2>{path ?? kindText(step, t)}</h2>;
  return (
    <h2 class="commandLine">
      <span class="prompt">{cwd && cwd !== '.' ? `${cwd} $` : '$'}</span> {command}
    </h2>
  );
}

function Body({ record, files, step, path }: Props & { path: string | null }) {
  const { kind, file_id } = step;
  const language = file_id === null ? null : record.files[file_id].language;
  if (kind === 'command' || kind === 'test') return <Run step={step} files={files} language={language} />;
  if (file_id !== null && kind === 'diagnostics') return <Problems files={files} step={step} language={language} />;
  if (file_id !== null && kind === 'view') return <Look files={files} step={step} language={language} />;
  if (file_id !== null && (kind === 'edit' || kind === 'resync' || kind === 'file') && step.action !== 'rename') {
    return (
      <DiffView
        before={files.before(file_id, step.index) ?? Text.empty}
        after={files.after(file_id, step.index) ?? Text.empty}
        labels={{ before: t('{0} before this step', path ?? ''), after: t('{0} after this step', path ?? '') }}
        language={language}
      />
    );
  }
  return <Words step={step} />;
}

/** A command: its line, results by name, and what it printed. */
function Run({ step, files, language }: { step: Step; files: RecordFiles; language: string | null }) {
  const { tests, output, output_status, file_id, index } = step;
  const text = useMemo(() => textOf(output?.replace(/\n$/, '') ?? ''), [output]);
  const cell = file_id === null ? null : files.before(file_id, index);
  const order = { failed: 0, passed: 1, skipped: 2 };
  const sorted = [...tests].sort((a, b) => order[a.status] - order[b.status]);
  return (
    <>
      {cell && <TextView text={cell} label={t('The cell')} language={language} className="cell" />}
      {sorted.length > 0 && (
        <ul class="tests" aria-label={t('Tests')}>
          {sorted.map(({ name, status }, i) => (
            <li key={i} class={status}>
              <span class="status">{testText(status)}</span> {name}
            </li>
          ))}
        </ul>
      )}
      {output ? (
        <TextView text={text} label={t('Output')} isWrapped firstLine={null} className="output" />
      ) : (
        <p class="empty">{output_status === 'complete' ? t('It printed nothing.') : t('Its output is not kept.')}</p>
      )}
    </>
  );
}

function Problems({ files, step, language }: { files: RecordFiles; step: Step; language: string | null }) {
  const text = files.before(step.file_id as number, step.index);
  const marks = useMemo((): MarkedRange[] => {
    if (!text) return [];
    return step.diagnostics
      .map(({ start, end, severity }) => ({
        from: unitsAt(text, start),
        to: Math.max(unitsAt(text, end), unitsAt(text, start) + 1),
        className: `problem ${severity}`,
      }))
      .sort((a, b) => a.from - b.from);
  }, [text, step]);
  const list = [
    ...step.diagnostics.map((item) => ({ ...item, isResolved: false })),
    ...step.resolved.map((item) => ({ ...item, isResolved: true })),
  ];
  return (
    <>
      {list.length > 0 ? (
        <ul class="problems" aria-label={t('Problems')}>
          {list.map(({ severity, message, source, code, isResolved }, i) => (
            <li key={i} class={isResolved ? 'resolved' : severity}>
              <span class="status">{isResolved ? t('resolved') : severityText(severity)}</span> {message}{' '}
              <span class="faint">{[source, code].filter(Boolean).join(' ')}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="empty">{t('The editor reports no problem in this file.')}</p>
      )}
      {text && <TextView text={text} label={t('The code then')} language={language} marks={marks} />}
    </>
  );
}

/** What was looked at: in the whole text where the record has it, else the lines alone. */
function Look({ files, step, language }: { files: RecordFiles; step: Step; language: string | null }) {
  const text = files.before(step.file_id as number, step.index);
  const marks = useMemo((): MarkedRange[] => {
    if (!text || step.excerpts.length > 0) return [];
    const line = (number: number) => text.line(Math.min(number + 1, text.lines));
    return step.visible_lines.map(({ start, end }) => {
      return { from: line(start).from, to: line(end).to, className: 'seen', isLines: true };
    });
  }, [text, step]);
  const excerpts = useMemo(() => step.excerpts.map((excerpt) => textOf(excerpt.text)), [step]);
  if (excerpts.length > 0) {
    return (
      <div class="excerpts">
        {excerpts.map((excerpt, i) => {
          const { start, end } = step.visible_lines[i] ?? { start: 0, end: 0 };
          const label = t('lines {0}–{1}', String(start + 1), String(end + 1));
          return <TextView key={i} text={excerpt} label={label} language={language} firstLine={start + 1} />;
        })}
      </div>
    );
  }
  if (!text)
    return <p class="empty">{t('Of files that were only looked at no text is kept but the lines in view.')}</p>;
  return <TextView text={text} label={t('The code then')} language={language} marks={marks} />;
}

/** A step that is told in words: a commit, a note, an exception, a file that moved. */
function Words({ step }: { step: Step }) {
  const { message, paths, branch, path, to_path, line, output, kind } = step;
  const text = useMemo(() => textOf([message, output].filter(Boolean).join('\n\n')), [message, output]);
  const place = path === null ? null : `${path}${line === null ? '' : `:${line + 1}`}`;
  return (
    <>
      <dl class="words">
        {to_path !== null && <Fact name={t('Moved')} value={`${path} → ${to_path}`} />}
        {to_path === null && place !== null && <Fact name={t('Place')} value={place} />}
        {branch !== null && <Fact name={t('Branch')} value={branch} />}
        {paths.length > 0 && <Fact name={t('Files')} value={paths.join('\n')} />}
      </dl>
      {text.length > 0 ? (
        <TextView text={text} label={t('Message')} isWrapped firstLine={null} className="output" />
      ) : (
        kind === 'note' && <p class="empty">{t('It says nothing.')}</p>
      )}
    </>
  );
}

export function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function factsOf(step: Step): string[] {
  const facts = step.command === null && step.file_id === null ? [] : [kindText(step, t)];
  if (step.kind === 'edit') {
    facts.push(originText(step.origin, t));
    const count = step.changes.length;
    facts.push(count === 1 ? t('1 change') : t('{0} changes', String(count)));
    if (step.surviving_end !== null) {
      facts.push(step.surviving_end ? t('stood at the end') : t('was gone at the end'));
    }
  }
  if (step.exit_code !== null) facts.push(t('exit {0}', String(step.exit_code)));
  if (step.duration) facts.push(t('ran {0}', step.duration));
  if (step.output_status === 'truncated') facts.push(t('output cut to its head and tail'));
  if (step.output_status === 'incomplete') facts.push(t('output may be incomplete'));
  return facts;
}

/** What is missing beside the step. */
function gapsAt({ gaps }: Trajectory, { index }: Step): string[] {
  const near = gaps.filter(({ after_step }) => after_step === index || (index === 0 && after_step === -1));
  return near.map(({ reason }) => gapText(reason, t));
}

function testText(status: Step['tests'][number]['status']): string {
  return status === 'failed' ? t('failed') : status === 'passed' ? t('passed') : t('skipped');
}

function severityText(severity: Step['diagnostics'][number]['severity']): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'information':
      return t('information');
    case 'hint':
      return t('hint');
  }
}
