/** Names of the files and folders of a dataset. */
import { join } from 'node:path';
import { policyVersionPattern } from './consentFiles.ts';

export const markerFile = 'dataset.json';
export const markerText = '{"marker":"understudy-dataset","format":"understudy-dataset-v1"}\n';

export const dataFolder = 'data';
export const cardFile = 'README.md';
export const trajectoryFileName = 'trajectory.jsonl';
export const featuresFileName = 'features.jsonl';
export const verificationFileName = 'verification.jsonl';
export const receiptsFolder = join('consent', 'receipts');
export const policiesFolder = join('consent', 'policies');
export const withdrawalsFile = join('consent', 'withdrawals.jsonl');

/** Holds what is being built or deleted. Loaders ignore names that begin with a dot. */
export const temporaryFolder = '.tmp';

export const idPattern = /^[0-9a-f]{32}$/;
export const bucketPattern = /^[0-9a-f]{2}$/;

/**
 * Folder of one task, relative to the dataset: 256 buckets keep folders small, as model hubs demand.
 * @throws RangeError when the id is none, since it could lead elsewhere
 */
export function taskFolder(id: string): string {
  if (!idPattern.test(id)) throw new RangeError('not the id of a record');
  return join(dataFolder, id.slice(0, 2), id);
}

export function exampleFile(format: string): string {
  return `${format}.jsonl`;
}

export function schemaFile(name: string): string {
  return join('schema', `${name}.schema.json`);
}

export function receiptFile(receiptId: string): string {
  return join(receiptsFolder, `${receiptId}.json`);
}

/** @throws RangeError when the version cannot name a file, since it could lead elsewhere */
export function policyFile(policyVersion: string): string {
  if (!policyVersionPattern.test(policyVersion)) throw new RangeError('not the version of a policy');
  return join(policiesFolder, `${policyVersion}.md`);
}
