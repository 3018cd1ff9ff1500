/** `croissant.json`: the packed set in the vocabulary of MLCommons Croissant 1.1 (JSON-LD). */
import type { Column } from '../dataset/columns.ts';
import { type PackReport, rowsOf } from './report.ts';
import { packedFormats } from './soundRows.ts';

const types = { string: 'sc:Text', int64: 'cr:Int64', float64: 'cr:Float64', bool: 'sc:Boolean' } as const;

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
      encodingFormat: 'application/vnd.apache.parquet',
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

/** @param path of the column: a struct's columns lie below its own */
function field(format: string, path: string[], column: Column): object {
  const [top, ...below] = path;
  const id = [format, ...path].join('/');
  const common = { '@type': 'cr:Field', '@id': id, name: id };
  const value = typeof column === 'object' && 'list' in column ? column.list : column;
  const array = value === column ? {} : { isArray: true, arrayShape: '-1' };
  const source = {
    fileSet: { '@id': `${format}-files` },
    extract: { column: top },
    ...(below.length > 0 ? { transform: { jsonPath: `$.${below.join('.')}` } } : {}),
  };
  if (typeof value === 'string') return { ...common, dataType: types[value], ...array, source };
  const struct = 'struct' in value ? value.struct : {};
  return {
    ...common,
    ...array,
    source,
    subField: Object.entries(struct).map(([name, inner]) => field(format, [...path, name], inner)),
  };
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
