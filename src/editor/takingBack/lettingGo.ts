import type { ConsentStore } from '../../consent/consentStore.ts';
import type { ReviewChoice } from '../../consent/reviewChoice.ts';
import type { Extent, TakeBack, Wanted } from '../../session/journal/takeBacks.ts';
import type { Sealer } from '../tasks/sealer.ts';
import type { TakenBack } from './takingBack.ts';

export interface LettingGoOptions {
  sealer: Pick<Sealer, 'want' | 'wanted' | 'takeBack'>;
  consent: ConsentStore;
  review: ReviewChoice;
  /** That under which this window records now; null while it does not. */
  openProject: () => string | null;
  /** Ends what is open here, then does what is asked, then records on, if it may, with nothing in memory. */
  letGo: (andThen: () => Promise<void>) => Promise<void>;
}

/** Lets this window let go of what is taken back: here, in another window, or before it was opened. */
export class LettingGo {
  readonly #options: LettingGoOptions;
  /** Requests that this window has honoured. */
  readonly #heeded = new Set<string>();

  constructor(options: LettingGoOptions) {
    this.#options = options;
  }

  /** It is written down before anything is let go of, so that nothing of it can be sealed meanwhile. */
  async takeBack(wanted: Wanted): Promise<TakenBack> {
    const { sealer } = this.#options;
    const request = await sealer.want(wanted);
    await this.#honour(request);
    return await sealer.takeBack(request);
  }

  /** Everything of this workspace; null where nothing was recorded in it. */
  async takeBackProject(extent: Extent): Promise<TakenBack | null> {
    const projectId = this.#options.consent.knownProjectId;
    if (projectId !== null) return await this.takeBack({ kind: 'project', projectId, extent });
    await this.#options.letGo(() => this.#forget(extent));
    return null;
  }

  /** Honours what was taken back elsewhere. */
  async heed(): Promise<void> {
    for (const request of await this.#options.sealer.wanted()) {
      if (!this.#heeded.has(request.id)) await this.#honour(request);
    }
  }

  async #honour(request: TakeBack): Promise<void> {
    // Before it is done: it is looked for every other second.
    this.#heeded.add(request.id);
    try {
      if (this.#isOwn(request)) await this.#letGo(request);
    } catch (error) {
      this.#heeded.delete(request.id);
      throw error;
    }
  }

  #isOwn(request: TakeBack): boolean {
    const { openProject, consent } = this.#options;
    if (request.kind === 'forget') return true;
    // What the window remembers may have been changed by another one already.
    return request.kind === 'project' && [openProject(), consent.knownProjectId].includes(request.projectId);
  }

  #letGo(request: TakeBack): Promise<void> {
    const { consent, letGo } = this.#options;
    return letGo(async () => {
      if (request.kind !== 'project') return;
      await this.#forget(request.extent);
      // Last: as long as it is known, the next start goes on where this one was cut short.
      if (consent.knownProjectId === request.projectId) await consent.forgetProject();
    });
  }

  /** What the editor remembers of the workspace. */
  async #forget(extent: Extent): Promise<void> {
    const { consent, review } = this.#options;
    if (extent !== 'records') await consent.revoke();
    if (extent !== 'ids') return;
    await review.reset();
    await consent.forgetPlace();
  }
}
