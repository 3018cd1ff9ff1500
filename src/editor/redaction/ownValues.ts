import { workspace } from 'vscode';
import type { KnownValue } from '../../session/events.ts';
import { readKnownValues } from '../capture/knownValues.ts';
import type { Agreement } from '../consent/agreement.ts';
import type { Troubles } from '../troubles.ts';
import type { Denylist } from './denylist.ts';
import { PatternError, readOwnPatterns, tried } from './ownPatterns.ts';

export interface OwnValuesOptions {
  workerFile: string;
  agreement: Agreement;
  denylist: Denylist;
  troubles: Troubles;
}

/** What must stand in no record, besides what the rules find. */
export class OwnValues {
  readonly #options: OwnValuesOptions;

  constructor(options: OwnValuesOptions) {
    this.#options = options;
  }

  /** What the person and the organisation want redacted. @throws PatternError, DenylistError */
  async read(): Promise<KnownValue[]> {
    const { workerFile, agreement, denylist, troubles } = this.#options;
    const { file, organisation } = agreement;
    const ofOrganisation = await tried(workerFile, organisation.redact, file).catch((error) => {
      if (error instanceof PatternError) troubles.fail('organisation', error.message);
      throw error;
    });
    return [...(await readOwnPatterns(workerFile)), ...ofOrganisation, ...(await denylist.values())];
  }

  /** And what the environment knows. Where the workspace is not trusted, nothing is asked of its git. */
  async readAll(): Promise<KnownValue[]> {
    return [...(await this.read()), ...(workspace.isTrusted ? await readKnownValues() : [])];
  }
}
