import { basename, resolve } from 'node:path';
import * as z from 'zod';
import type { Counts } from '../../dataset/statistics.ts';
import { CliError } from '../cliError.ts';
import type { ReportPage } from './page.ts';
import { lengthsOf, named, overTime } from './sections.ts';

const counts = z.record(z.string(), z.number());
const lengths = z.object({
  from: z.array(z.number()),
  counts: z.array(z.number()),
  sum: z.number(),
  largest: z.number(),
});

/** What `pack` tells of its work, as far as the page shows it. */
const packReport = z.object({
  format: z.literal('understudy-pack-v1'),
  use: z.string(),
  folders: z.number(),
  benchmark_items: z.number(),
  decisions: counts,
  copies_left_out: z.number(),
  files: z.array(z.object({ format: z.string(), split: z.string(), rows: z.number(), bytes: z.number() })),
  outcomes: counts,
  languages: counts,
  licenses: counts,
  periods: counts,
  texts: z.object({
    origins: counts,
    redacted: counts,
    lengths: z.object({ steps: lengths, edited_code_points: lengths, bytes: lengths }),
  }),
});

/** @param text of pack.json. */
export function packedPage(dir: string, text: string): ReportPage {
  const report = parsed(dir, text);
  const { decisions, files, benchmark_items, texts } = report;
  const sum = (key: (file: (typeof files)[number]) => string, value: 'rows' | 'bytes') => {
    const sums: Counts = {};
    for (const file of files) sums[key(file)] = (sums[key(file)] ?? 0) + file[value];
    return sums;
  };
  const bytes = files.reduce((all, file) => all + file.bytes, 0);
  const looked = Object.values(decisions).reduce((all, times) => all + times, 0);
  return {
    title: `Packed set ${basename(resolve(dir))}`,
    facts: [
      {
        name: 'records kept',
        value: `${(decisions.kept ?? 0).toLocaleString('en')} of ${looked.toLocaleString('en')}`,
      },
      { name: 'for', value: report.use },
      { name: 'dataset folders', value: report.folders.toLocaleString('en') },
      { name: 'benchmark items looked for', value: benchmark_items.toLocaleString('en') },
      { name: 'bytes', value: bytes.toLocaleString('en') },
    ],
    sections: [
      named('What became of the records', 'Duplicates, contamination by benchmarks and consent among it.', {
        ...decisions,
        'older revisions and copies': report.copies_left_out,
      }),
      named('Languages', 'Of the records that were kept.', report.languages),
      named('Outcomes', 'Of the records that were kept.', report.outcomes),
      named(
        'Formats',
        'Rows by format.',
        sum(({ format }) => format, 'rows'),
      ),
      named(
        'Splits',
        'Rows by split.',
        sum(({ split }) => split, 'rows'),
      ),
      named(
        'Sizes',
        'Bytes by format, compressed.',
        sum(({ format }) => format, 'bytes'),
      ),
      named('Origins', 'Characters put in, by what made the edit.', texts.origins),
      named('Redacted', 'Places in which a placeholder stands, by the type of what it replaced.', texts.redacted),
      lengthsOf('Length', 'Records by their number of steps.', texts.lengths.steps),
      lengthsOf('Edited', 'Records by the characters that their edits put in.', texts.lengths.edited_code_points),
      named('Licences', 'Of the records that were kept.', report.licenses),
      overTime('Quarters', 'Of the records that were kept.', report.periods),
    ],
  };
}

function parsed(dir: string, text: string): z.infer<typeof packReport> {
  try {
    return packReport.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${dir}/pack.json is not what this version of pack writes. Pack the set anew.`);
  }
}
