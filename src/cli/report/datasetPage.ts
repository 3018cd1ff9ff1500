import { basename, resolve } from 'node:path';
import type { Counts, Statistics } from '../../dataset/statistics.ts';
import type { ReportPage } from './page.ts';
import { lengthsOf, named, overTime } from './sections.ts';

export function datasetPage(dir: string, statistics: Statistics): ReportPage {
  const { records, formats, duplicates, lengths } = statistics;
  const { same, near } = duplicates;
  return {
    title: `Dataset ${basename(resolve(dir))}`,
    facts: [
      { name: 'records', value: records.toLocaleString('en') },
      { name: 'examples', value: total(formats).toLocaleString('en') },
      { name: 'bytes of text', value: lengths.bytes.sum.toLocaleString('en') },
    ],
    sections: [
      named('Languages', 'Files by the language ids of VS Code.', statistics.languages),
      named('Outcomes', 'Records by how the task ended, as far as it was seen.', statistics.outcomes),
      named('What outcomes rest on', 'Records by the basis of their outcome.', statistics.bases),
      named('Examples', 'Rows by format.', formats),
      named('Origins', 'Characters put in, by what made the edit.', statistics.origins),
      named('Steps', 'Steps by kind.', statistics.steps),
      lengthsOf('Length', 'Records by their number of steps.', lengths.steps),
      lengthsOf('Edited', 'Records by the characters that their edits put in.', lengths.edited_code_points),
      lengthsOf('Size', 'Records by the bytes of their texts.', lengths.bytes),
      named('Redacted', 'Places in which a placeholder stands, by the type of what it replaced.', statistics.redacted),
      named('Gaps', 'Places where something is missing, by reason.', statistics.gaps),
      named('Duplicates', 'Records by whether the text that they add was there before.', {
        'first of their kind': records - same - near,
        'nearly the same as another': near,
        'the same as another': same,
      }),
      named('Licences', "Records by their workspace's licence.", statistics.licenses),
      named('Uses', 'Records whose consent grants a use.', statistics.uses),
      named('Instructions', 'Records by whose words the instruction is.', statistics.instructions),
      overTime('Quarters', 'Records by the quarter of the year.', statistics.periods),
    ],
  };
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0);
}
