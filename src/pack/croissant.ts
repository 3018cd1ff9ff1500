/** `croissant.json`: the packed set in the vocabulary of MLCommons Croissant 1.1 (JSON-LD). */
import type { Column } from '../dataset/columns.ts';
import { type PackReport, rowsOf } from './report.ts';
import { packedFormats } from './soundRows.ts';

const types = {
  string: 'sc:Text',
  int64: 'cr:Int64',
  float64: 'cr:Float64',
  bool: 'sc:Boolean',
  json: 'sc:Text',
} as const;

/** @param day of publication, `2031-05-17` */
export function croissant(
  report: PackReport,
  columns: ReadonlyMap<string, Record<string, Column>>,
  day: string,
): object {
  const formats = packedFormats.filter(({ name }) => rowsOf(report, name) > 0);
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: 'understudy-coding-sessions',
    description: 'Coding sessions, recorded in an editor with consent, redacted, and packed for training.',
    license: 'https://choosealicense.com/no-permission/',
    usageInfo: `Each record grants what its consent says; all of them grant: ${report.use}. The code has licences of its own.`,
    url: 'README.md',
    creator: { '@type': 'sc:Organization', name: 'The contributors of the records' },
    citeAs: 'Understudy coding sessions, packed for training',
    datePublished: day,
    version: '1.0.0',
    isLiveDataset: false,
    'rai:dataCollection':
      "The editor's own events, while the person had recording switched on, inside one workspace they had agreed to.",
    'rai:dataCollectionType': ['Software Collection'],
    'rai:personalSensitiveInformation':
      'Secrets and identifiers are replaced by placeholders. Records are pseudonymous, not anonymous: style and public code can identify a person, and redaction is not perfect.',
    'rai:dataPreprocessingProtocol': [
      'Redaction of every version of every text; near-duplicates by MinHash over added lines; benchmarks by 12-grams; splits by repository or project.',
    ],
    'rai:dataLimitations': [
      'Most outcomes are unknown. Null means not observed. People who chose to be recorded are not a sample of all who write code.',
    ],
    'rai:dataUseCases': [`Training and testing of models that write code, where consent grants: ${report.use}.`],
    distribution: formats.map(({ name }) => ({
      '@type': 'cr:FileSet',
      '@id': `${name}-files`,
      name: `${name}-files`,
      encodingFormat: 'application/x-parquet',
      includes: `data/${name}/*.parquet`,
    })),
    recordSet: formats.map(({ name }) => ({
      '@type': 'cr:RecordSet',
      '@id': name,
      name,
      field: Object.entries({ ...columns.get(name), split: 'string' as const }).map(([column, type]) =>
        field(name, [column], type),
      ),
    })),
  };
}

/**
 * @param path of the column: a struct's columns lie below its own. @param steps JSON paths that lead from the top column
 * to this one, a new one behind each list. Lists in lists are not told: Croissant's reader does not get through them.
 */
function field(format: string, path: string[], column: Column, steps: string[] = []): object {
  const id = [format, ...path].join('/');
  const isList = typeof column === 'object' && 'list' in column;
  const value = isList ? column.list : column;
  const common = {
    '@type': 'cr:Field',
    '@id': id,
    name: id,
    ...(isList ? { isArray: true, arrayShape: '-1' } : {}),
    source: {
      fileSet: { '@id': `${format}-files` },
      extract: { column: path[0] },
      ...(steps.length > 0 ? { transform: steps.map((jsonPath) => ({ jsonPath })) } : {}),
    },
  };
  if (typeof value === 'string') return { ...common, dataType: types[value] };
  const isInList = isList || steps.length > 1;
  const inner = Object.entries('struct' in value ? value.struct : {})
    .filter(([, type]) => !isInList || typeof type === 'string')
    .map(([name, type]) => {
      const last = steps.at(-1);
      const joined = isList || last === undefined ? [...steps, name] : [...steps.slice(0, -1), `${last}.${name}`];
      return field(format, [...path, name], type, joined);
    });
  return { ...common, subField: inner };
}

const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};
