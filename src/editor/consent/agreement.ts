import { homedir } from 'node:os';
import { l10n, workspace } from 'vscode';
import type { ConsentStore } from '../../consent/consentStore.ts';
import { ExcludedPaths } from '../../consent/exclusions.ts';
import {
  type EffectiveConsent,
  endOf,
  narrow,
  noOrganisation,
  type OrganisationPolicy,
  policyUnder,
} from '../../consent/organisation.ts';
import type { Policy } from '../../consent/policy.ts';
import type { Receipt } from '../../consent/receipt.ts';
import type { Hold } from '../../consent/state.ts';
import { isAgreedPlace, readPlace } from '../git/places.ts';
import { excludedFolders } from './excludedFolders.ts';
import { type Administration, type OrganisationReading, readOrganisation } from './organisationFile.ts';

/** What may be recorded in this window: what the person agreed to, for this place, as far as the organisation allows. */
export class Agreement {
  readonly #store: ConsentStore;
  readonly #administration: Administration;
  #organisation = noOrganisation;
  #fault: string | null = null;
  /** The receipt that was found to hold for the folders that are open. */
  #placed: string | null = null;

  constructor(store: ConsentStore, administration: Administration) {
    this.#store = store;
    this.#administration = administration;
  }

  /**
   * Finds out anew what does not tell of its changes: time, folders and the organisation's file.
   * @returns whether the organisation says something else than before.
   */
  async read(): Promise<boolean> {
    const now = new Date();
    const before = JSON.stringify(this.#organisation);
    await this.#store.observe(now);
    this.#take(await readOrganisation(this.#administration));
    const receipt = this.#store.validReceipt(this.policy, now);
    this.#placed = receipt && (await this.#isPlaced(receipt)) ? receipt.receipt_id : null;
    return JSON.stringify(this.#organisation) !== before;
  }

  /** Other folders are open: nothing holds before it is read again. */
  forgetPlace(): void {
    this.#placed = null;
  }

  /** Where the organisation says what it does. */
  get file(): string {
    return this.#administration.file;
  }

  get organisation(): OrganisationPolicy {
    return this.#organisation;
  }

  /** What is wrong with the organisation's file, and how to mend it. */
  get fault(): string | null {
    return this.#fault;
  }

  /** The text to agree to. */
  get policy(): Policy {
    return policyUnder(this.#organisation);
  }

  /** Whether the person's agreement holds here and now, whatever else is in the way. */
  get holds(): boolean {
    return this.#narrowed({ ...this.#organisation, forbid: false }) !== null;
  }

  /** What may be recorded; null for nothing. */
  get consent(): EffectiveConsent | null {
    return this.#fault === null ? this.#narrowed(this.#organisation) : null;
  }

  /** When the agreement ends by itself, in milliseconds since the Unix epoch; null where none holds. */
  get endsAt(): number | null {
    const { consent } = this;
    return consent && endOf(consent.receipt, this.#organisation);
  }

  /** Why nothing may be recorded in the folders that are open. */
  get hold(): Hold | null {
    const { forbid, excludePaths } = this.#organisation;
    if (forbid || areExcluded(excludePaths)) return 'organisation';
    return areExcluded(excludedFolders()) ? 'excluded' : null;
  }

  /** What is never recorded. */
  get exclusions(): { paths: string[]; languages: string[] } {
    const { excludePaths, excludeLanguages } = this.#organisation;
    return { paths: [...excludedFolders(), ...excludePaths], languages: excludeLanguages };
  }

  /** Keeps what was agreed to, for the folders that are open. */
  async keep(receipt: Receipt): Promise<void> {
    await this.#store.keep(receipt, await readPlace(openFolders()));
  }

  #narrowed(organisation: OrganisationPolicy): EffectiveConsent | null {
    const now = new Date();
    const receipt = this.#store.validReceipt(this.policy, now);
    return receipt && receipt.receipt_id === this.#placed ? narrow(receipt, organisation, now) : null;
  }

  #take(reading: OrganisationReading): void {
    this.#fault = 'fault' in reading ? faultText(reading) : null;
    if ('policy' in reading) this.#organisation = reading.policy;
  }

  /** Of a workspace that is not trusted git is asked nothing, and nothing is recorded in it. */
  async #isPlaced({ agreed_at }: Receipt): Promise<boolean> {
    const { place } = this.#store;
    if (!place) return false;
    const folders = openFolders();
    if (!workspace.isTrusted) return folders.every((path) => place.some((folder) => folder.path === path));
    return await isAgreedPlace(place, folders, new Date(agreed_at));
  }
}

/** Paths of the workspace's folders on a disk. */
export function openFolders(): string[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

function areExcluded(patterns: readonly string[]): boolean {
  const excluded = new ExcludedPaths(patterns, homedir());
  const folders = openFolders();
  return folders.length > 0 && folders.every((path) => excluded.excludes(path, true));
}

function faultText({ fault, file, detail }: Extract<OrganisationReading, { fault: string }>): string {
  switch (fault) {
    case 'unreadable':
      return l10n.t(
        'The policy file of your organisation, {0}, cannot be read ({1}). An administrator must let everybody read it.',
        file,
        detail,
      );
    case 'invalid':
      return l10n.t(
        'The policy file of your organisation, {0}, is not valid ({1}). An administrator must correct it.',
        file,
        detail,
      );
    case 'writable':
      return l10n.t(
        'The policy file of your organisation, {0}, is not believed: others than administrators can change {1}. An administrator must own it, and nobody else may write there.',
        file,
        detail,
      );
  }
}
