/** What is remembered of the consent to record one workspace. */
import * as z from 'zod';
import { isValid, newId } from './grant.ts';
import { keys, type Memory } from './memory.ts';
import { policy } from './policy.ts';
import { type Receipt, randomId, receipt } from './receipt.ts';

/** Reads through to the workspace's own memory. What is not as it was written counts as absent: off. */
export class ConsentStore {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The receipt, if it holds now. */
  validReceipt(now: Date): Receipt | null {
    const stored = receipt.safeParse(this.#memory.get(keys.receipt));
    return stored.success && isValid(stored.data, policy, now) ? stored.data : null;
  }

  get paused(): boolean {
    return this.#memory.get(keys.paused) !== false;
  }

  async keep(receipt: Receipt): Promise<void> {
    await this.#memory.update(keys.paused, false);
    await this.#memory.update(keys.receipt, receipt);
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.#memory.update(keys.paused, paused);
  }

  async revoke(): Promise<void> {
    await this.#memory.update(keys.receipt, undefined);
    await this.#memory.update(keys.paused, undefined);
  }

  /** Null while nothing was recorded in this workspace. */
  get knownProjectId(): string | null {
    return z.safeParse(randomId, this.#memory.get(keys.project)).data ?? null;
  }

  /** The next thing recorded belongs to another project. */
  async forgetProject(): Promise<void> {
    await this.#memory.update(keys.project, undefined);
  }

  /** Random, drawn at first use: nothing links a person's projects. */
  async projectId(): Promise<string> {
    if (this.knownProjectId) return this.knownProjectId;
    const id = newId();
    await this.#memory.update(keys.project, id);
    return id;
  }
}
