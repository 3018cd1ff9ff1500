/** The card of an export that loaders of Hugging Face read: without it they guess at the columns. */
import { type Column, columnsOf, jsonSchema } from '../dataset/columns.ts';
import { loaderFeatures } from '../dataset/loaderFeatures.ts';
import { exampleFormats, exportFormats } from '../examples/formats.ts';
import { sweBenchRow } from '../examples/renderings/sweBench.ts';

const rendered: Record<string, Record<string, Column>> = {
  trl: { messages: { list: 'json' }, tools: { list: 'json' } },
  openai: { messages: { list: 'json' }, tools: { list: 'json' }, parallel_tool_calls: 'bool' },
  zed: {
    name: 'string',
    repository_url: 'string',
    revision: 'string',
    tags: { list: 'string' },
    uncommitted_diff: 'string',
    recently_opened_files: { list: 'json' },
    cursor_path: 'string',
    cursor_position: 'string',
    edit_history: 'string',
    expected_patches: { list: 'string' },
    captured_prompt_input: 'json',
  },
  zeta: { events: 'string', input: 'string', output: 'string' },
  'swe-bench': columnsOf(jsonSchema(sweBenchRow)),
};

/** Null for what is no file of lines. @param format the name of a rendering. */
export function exportCard(format: string): string | null {
  const own = [...exampleFormats, ...exportFormats].find(({ name }) => name === format);
  const columns = own ? columnsOf(jsonSchema(own.schema)) : rendered[format];
  if (!columns) return null;
  return [
    '---',
    'configs:',
    '- config_name: default',
    '  data_files:',
    '  - split: train',
    `    path: ${format}.jsonl`,
    '  parse_agent_traces: false',
    'dataset_info:',
    '- config_name: default',
    '  features:',
    ...loaderFeatures(columns).map((line) => `  ${line}`),
    '---',
    '',
    `# Examples, exported as ${format}`,
    '',
    'Made by Understudy from coding sessions that were recorded with consent. `sources.jsonl` tells of each row, in order,',
    'which record it was made of, under which licence its code stands, and for what it may be used.',
    '',
  ].join('\n');
}
