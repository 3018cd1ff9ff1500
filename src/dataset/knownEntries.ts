/** Which files and folders a dataset is made of. What stands there besides is not ours: it is never deleted, and validation names it. */
import { exampleFormats } from '../examples/formats.ts';
import { policyVersionPattern } from './consentFiles.ts';
import {
  bucketPattern,
  cardFile,
  exampleFile,
  featuresFileName,
  idPattern,
  temporaryFolder,
  trajectoryFileName,
  verificationFileName,
} from './layout.ts';

/** What may stand in a folder that we made: files by name, folders by name and content. */
export interface Known {
  file?: (name: string) => boolean;
  folder?: (name: string) => Known | undefined;
}

const taskFiles = [
  trajectoryFileName,
  featuresFileName,
  verificationFileName,
  ...exampleFormats.map(({ name }) => exampleFile(name)),
];
const task: Known = { file: (name) => taskFiles.includes(name) };
const bucket: Known = { folder: (name) => (idPattern.test(name) ? task : undefined) };
const underConstruction: Known = {
  file: (name) => /^file-[0-9a-f]{32}$/.test(name),
  folder: (name) => (/^(task|withdrawn|replaced)-[0-9a-f]{32}$/.test(name) ? task : undefined),
};
const consentFolders = new Map<string, Known>([
  ['policies', { file: (name) => name.endsWith('.md') && policyVersionPattern.test(name.slice(0, -3)) }],
  ['receipts', { file: (name) => name.endsWith('.json') && idPattern.test(name.slice(0, -5)) }],
]);
const folders = new Map<string, Known>([
  ['data', { folder: (name) => (bucketPattern.test(name) ? bucket : undefined) }],
  ['consent', { file: (name) => name === 'withdrawals.jsonl', folder: (name) => consentFolders.get(name) }],
  ['schema', { file: (name) => /^[a-z_]+\.schema\.json$/.test(name) }],
  [temporaryFolder, underConstruction],
]);

/** What may stand in the folder of a dataset, but for the marker. */
export const knownEntries: Known = {
  file: (name) => name === cardFile,
  folder: (name) => folders.get(name),
};
