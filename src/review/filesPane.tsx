import { Text } from '@codemirror/state';
import { useState } from 'preact/hooks';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { t } from './l10n.ts';
import type { RecordFiles } from './recordFiles.ts';
import { DiffView } from './texts.tsx';

interface Props {
  record: Trajectory;
  files: RecordFiles;
  step: Step;
}

/** A file as it stands after the step, beside what it was at the beginning. */
export function FilesPane({ record, files, step }: Props) {
  const known = record.files.filter(({ base_text, base_step }) => base_text !== null || base_step !== null);
  const [chosen, setChosen] = useState<number | null>(null);
  const isKnown = (id: number | null) => known.some(({ file_id }) => file_id === id);
  const shown = [chosen, step.file_id, known[0]?.file_id ?? null].find(isKnown) ?? null;
  if (shown === null) return <p class="empty">{t('The record has the text of no file.')}</p>;
  const path = files.path(shown, step.index + 1);
  return (
    <section class="step" aria-label={t('Files')}>
      <div class="stepTitle">
        <select
          aria-label={t('File')}
          value={String(shown)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        >
          {known.map(({ file_id }) => (
            <option key={file_id} value={String(file_id)}>
              {files.path(file_id, step.index + 1)}
            </option>
          ))}
        </select>
        <span class="facts">{t('after step {0}, beside the beginning', String(step.index + 1))}</span>
      </div>
      <DiffView
        before={files.before(shown, 0) ?? Text.empty}
        after={files.after(shown, step.index) ?? Text.empty}
        labels={{ before: t('{0} at the beginning', path), after: t('{0} after the step', path) }}
        language={record.files[shown].language}
      />
    </section>
  );
}
