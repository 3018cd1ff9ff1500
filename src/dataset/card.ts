/**
 * The dataset card (`README.md`): what loaders read from its header, and what people read below it. It depends on the
 * schemas and on which formats have rows, on nothing else, so that it tells nothing about a person and two windows
 * write the same bytes.
 */
import type * as z from 'zod';
import { exampleFormats } from '../examples/formats.ts';
import { trajectory, trajectorySchemaVersion } from '../trajectory/record.ts';
import { type Column, columnsOf, isJson, type JsonSchema, jsonSchema } from './columns.ts';
import { exampleFile, trajectoryFileName } from './layout.ts';
import { loaderFeatures } from './loaderFeatures.ts';

interface Config {
  name: string;
  file: string;
  schema: JsonSchema;
}

/** @param formats names of the example formats that have rows: a config without rows makes loaders fail. */
export function datasetCard(formats: readonly string[]): string {
  const configs = [
    config('trajectories', trajectoryFileName, trajectory),
    ...exampleFormats
      .filter(({ name }) => formats.includes(name))
      .map(({ name, schema }) => config(name, exampleFile(name), schema)),
  ];
  return [...header(configs), body, ...configs.flatMap(columnTable)].join('\n');
}

function config(name: string, file: string, record: z.ZodObject): Config {
  return { name, file, schema: jsonSchema(record) };
}

function header(configs: Config[]): string[] {
  const ofCard = configs.map(({ name, file, schema }) => ({
    name,
    splits: [{ split: 'train', path: `data/*/*/${file}` }],
    // Some rows look like traces of coding agents to `datasets`, which would read them as something else.
    options: ['parse_agent_traces: false'],
    columns: columnsOf(schema),
  }));
  return cardHeader('Understudy coding sessions', ofCard);
}

export interface CardConfig {
  name: string;
  splits: { split: string; path: string }[];
  options?: string[];
  columns: Record<string, Column>;
}

/** What loaders read. @param facts further lines of the whole set. */
export function cardHeader(
  prettyName: string,
  configs: readonly CardConfig[],
  facts: readonly string[] = [],
): string[] {
  return [
    '---',
    `pretty_name: ${prettyName}`,
    'license: other',
    'task_categories:',
    '- text-generation',
    'tags:',
    '- code',
    '- trajectories',
    '- understudy',
    ...facts,
    'configs:',
    ...configs.flatMap(({ name, splits, options = [] }) => [
      `- config_name: ${name}`,
      ...(name === 'trajectories' ? ['  default: true'] : []),
      '  data_files:',
      ...splits.flatMap(({ split, path }) => [`  - split: ${split}`, `    path: ${path}`]),
      ...options.map((option) => `  ${option}`),
    ]),
    'dataset_info:',
    ...configs.flatMap(({ name, columns }) => [
      `- config_name: ${name}`,
      '  features:',
      ...loaderFeatures(columns).map((line) => `  ${line}`),
    ]),
    '---',
    '',
  ];
}

/** The columns of a format, as a section of the card. */
export function columnTable({ name, schema }: Pick<Config, 'name' | 'schema'>): string[] {
  return [
    `## Columns of \`${name}\``,
    '',
    ...(schema.description ? [`${schema.description}`, ''] : []),
    '| column | type | meaning |',
    '|---|---|---|',
    ...columnRows(schema, ''),
    '',
  ];
}

function columnRows(schema: JsonSchema, prefix: string): string[] {
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, property]) => {
    const options = property.anyOf ?? [property];
    const value = options.find(({ type }) => type !== 'null') as JsonSchema;
    const item = value.type === 'array' ? (value.items as JsonSchema) : value;
    const path = `${prefix}${name}${value.type === 'array' ? '[]' : ''}`;
    const type = isJson(item) ? 'json' : [item.type].flat().find((one) => one !== 'null');
    const nullable = options.length > 1 || [value.type].flat().includes('null');
    const values = item.enum?.map((one) => `\`${one}\``).join(', ');
    const meaning = [property.description, values].filter(Boolean).join(': ');
    const below = isJson(item) ? [] : columnRows(item, `${path}.`);
    return [`| \`${path}\` | ${type}${nullable ? ' or null' : ''} | ${meaning} |`, ...below];
  });
}

/** The section of the card below a heading, for those who make other folders of the same records. */
export function cardSection(heading: string): string {
  const section = body.split(/^(?=## )/m).find((text) => text.startsWith(`## ${heading}\n`));
  if (section === undefined) throw new Error(`the card has no section ${heading}`);
  return section.slice(section.indexOf('\n')).trim();
}

const body = `# Coding sessions, recorded with consent

Each record is one task in the life of a developer: the texts before and after, and every step between them (edits key
by key, test runs, commands, errors, git), in the order in which it happened. It was recorded by Understudy, an
extension of VS Code, with the consent of the person who worked. Schema: \`${trajectorySchemaVersion}\`.

\`\`\`python
from datasets import load_dataset

sessions = load_dataset("path/to/this/folder", "trajectories", split="train")
print(sessions[0]["instruction"]["text"], sessions[0]["outcome"]["status"])
\`\`\`

Thousands of records load faster with \`num_proc\`. DuckDB and Polars read the files as they are
(\`data/*/*/trajectory.jsonl\`, one JSON object a line); \`schema/\` holds a JSON Schema for each kind of row.

## What a record is

- **It replays.** For each file, applying the \`changes\` of its steps to \`base_text\`, one after the other, gives
  \`final_text\`, character by character. Offsets count Unicode code points, so a Python slice is right as it is:
  \`text = text[:offset] + inserted + text[offset + deleted:]\`. A null text stands for a file that is not there: a
  step of the kind \`file\` makes it empty (\`create\`) or null again (\`delete\`).
- **Null is not zero.** A null scalar was not observed. An empty list means none, but only where its signal was
  consented to (\`consent.signals\`) and no entry of \`gaps\` covers it.
- **Long tasks come in parts**, which share \`task_id\`; the end of one is the base of the next. Each replays by
  itself.
- **The split is \`train\` alone.** To split, use \`split_bucket\`, which keeps a repository whole, or a project where
  the repository is not known: never split by row.

## How it was obtained

The editor's own events were followed while the person had recording switched on, inside one workspace they had agreed
to. When the task ended, secrets and identifiers were replaced by placeholders in every version of every text; only
then was the record written. Nothing was sent anywhere. \`consent/\` holds the policy texts that people agreed to,
their receipts (undated), and the ids of withdrawn records. Records whose \`consent.source\` is \`imported\` were made
from histories recorded elsewhere: there the importer answers for the consent.

## What is made from the records

Rows of four kinds, each declared as a config of its own as soon as there is one. All follow from their record alone
(\`trajectory_id\`, \`step_start\` to \`step_end\`), and what stands under \`afterwards\` looks ahead: keep it out of prompts.

- \`next_edit\`: what was done so far and where the cursor is, and what the person typed next. Trainers take \`prompt\` and
  \`completion\` as they are; \`input\` and \`target\` have the same in fields, for other ways to tell it.
- \`agent_trajectory\`: the task as the transcript of an agent, in the form that TRL takes (\`messages\`, \`tools\`):

  \`\`\`python
  from datasets import load_dataset
  from trl import SFTConfig, SFTTrainer

  transcripts = load_dataset("path/to/this/folder", "agent_trajectory", split="train")
  config = SFTConfig(max_length=32768, assistant_only_loss=True)
  SFTTrainer("path/to/a/model", args=config, train_dataset=transcripts)
  \`\`\`

  Unless told otherwise, TRL cuts off what is behind 1024 tokens, and learns what the tools answered as well.

  Every call can be learned: the person's own words came first, all text is their own, and ways that led back to where
  they began are left out. People read in silence, so a look before each edit is made up (\`synthetic\`). \`lengths\`
  tells what a limit of the trainer would cut off.
- \`agent_trajectory_raw\`: all other tasks in that form, whole. \`train\` says of each message whether it is to be learned:
  not what AI tools, the clipboard or programs did, not what was undone, not what holds a placeholder. Where nobody said
  what to do, the user message says so. The cells of notebooks stand here as files of their own (\`analysis.ipynb#3\`), runs
  of Python's as \`execute_ipython_cell\`. Left out of transcripts: git by a click, where a debugger stopped, other cells.
- \`repair\`: a failed test, build or check, or an error in the editor, and the patch that followed. \`afterwards.verified\` tells
  what shows that it is mended; a row with \`none\` is mostly a try that was not enough. \`prompt\` and \`completion\` as above.

Beside some records \`verification.jsonl\` tells what came of running their tests again, three times without and three times
with the patch (\`schema/verification.schema.json\`). It is no config, since most records have none.

## What the labels mean

- \`outcome.status\`, told in the last part of a task: \`succeeded\` needs the same test command to fail, then an edit of
  code other than tests, then the same command to pass. \`failed\`: the last test run failed. \`abandoned\`: all edits were taken back.
  Everything else is \`unknown\`, and that is most of real work. \`outcome.evidence\` names the steps that show it,
  \`outcome.basis\` how strong the evidence is: \`test_names\` where single tests were seen to fail and then to pass,
  \`exit_code\` where only the command's result is known.
- \`outcome.tests\`: tests by name, before and after. Names come from the output of the runner, so tests that it did not
  name are missing: a test that is absent did not fail. \`flaky\` ones changed without an edit and prove nothing.
  Without \`present_at_base\` a test may be the task's own work.
- \`origin\` of an edit: what made it (typed, pasted, completion, agent, ...), judged from what the editor tells;
  \`origin_confidence\` says how surely. Text from AI tools is marked here, so that it can be left out.
- \`locations\` of a command or test: the places in files that its output names, as far as its form is known; what lies
  outside of the workspace is left out.
- \`instruction.source\` says whose words they are: only those of \`user\` were meant as an instruction. A branch that refers
  to an issue (\`issue\`) and the names of tests that were mended (\`failing_test\`) stand as they were seen.
- \`settled\` and \`surviving_*\` of an edit tell what became of it. Like \`final_text\`, the outcome and an instruction
  with \`hindsight\` (the message of a commit or revert describes the answer), they look ahead: keep them out of prompts.
- \`elapsed\` and \`duration\` are coarse bands on purpose.

## Limits

- Records are pseudonymous, **not anonymous**: style and public code can identify a person.
- **Redaction is not perfect.** On public corpora of secrets nine in ten are recognised; ordinary words that serve as
  passwords, and names in free prose, mostly are not. What the detectors do not recognise stays in. If you find a secret or a name, do not
  use it, and tell whoever gave you the dataset.
- Text in this dataset is data, also where it reads like instructions. Show it escaped, and do not run its commands.
- People who chose to be recorded are not a sample of all who write code.
- Columns of the type \`json\` hold objects of several shapes. \`datasets\` (4.7 or newer) and DuckDB (type \`JSON\`) give them
  back as they are. Polars has no such type: it takes the keys of the first file and loses others, so read those lines
  with \`json\`.
- The JSON reader of \`datasets\` guesses dates: where all strings of a column in one file look like ISO dates, they
  come back rewritten (\`2024-01-01 00:00:00\`). Where every character counts, read the lines with \`json\`, DuckDB
  (with the columns given) or Polars, which do not.

## What the consent grants

\`consent.uses\` of each record: \`train\`, \`commercial\`, \`redistribute\`, \`publish\`. What is not true there is
not granted. \`license\` and \`files[].license_spdx\` name the licence of the code, \`consent.rights_basis\` why the
person may share it. Consent can be withdrawn: keep your copy in step with \`consent/withdrawals.jsonl\`. A trained
model cannot unlearn.
`;
