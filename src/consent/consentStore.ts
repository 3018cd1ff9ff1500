/** What is remembered of the consent to record one workspace. */
import * as z from 'zod';
import { isValid, newId } from './grant.ts';
import { keys, type Memory } from './memory.ts';
import { type Place, place } from './place.ts';
import type { Policy } from './policy.ts';
import { type Receipt, randomId, receipt } from './receipt.ts';

/** `seen`: the latest time that was seen; `lost`: by how much the clock was set back since the agreement. Milliseconds. */
const clock = z.strictObject({ seen: z.number(), lost: z.number().nonnegative() });
type Clock = z.infer<typeof clock>;

/** Reads through to the workspace's own memory. What is not as it was written counts as absent: off. */
export class ConsentStore {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The receipt, if it holds now. Whether it was given for this place is another question. */
  validReceipt(policy: Policy, now: Date): Receipt | null {
    const stored = receipt.safeParse(this.#memory.get(keys.receipt));
    const clock = this.#clock;
    if (!stored.success || !clock) return null;
    return isValid(stored.data, policy, now) && isValid(stored.data, policy, passed(clock, now)) ? stored.data : null;
  }

  /** What the person agreed for; null where that is not known. */
  get place(): Place | null {
    return place.safeParse(this.#memory.get(keys.place)).data ?? null;
  }

  /** Keeps an agreement. Where it is for other folders than the last one, another project begins. */
  async keep(receipt: Receipt, place: Place): Promise<void> {
    const before = this.place;
    const goesOn = before === null || before.some((one) => place.some((other) => isSame(one, other)));
    if (!goesOn) await this.#memory.update(keys.project, undefined);
    await this.#memory.update(keys.place, place);
    await this.#memory.update(keys.clock, { seen: Date.parse(receipt.agreed_at), lost: 0 } satisfies Clock);
    await this.#memory.update(keys.receipt, receipt);
  }

  /** Notes the time. A clock that is set back does not prolong the agreement: what it lost counts as passed. */
  async observe(now: Date): Promise<void> {
    const before = this.#clock;
    if (!before) return;
    const lost = passed(before, now).getTime() - now.getTime();
    await this.#memory.update(keys.clock, { seen: now.getTime(), lost } satisfies Clock);
  }

  async revoke(): Promise<void> {
    await this.#memory.update(keys.receipt, undefined);
    await this.#memory.update(keys.clock, undefined);
  }

  /** Null while nothing was recorded in this workspace. */
  get knownProjectId(): string | null {
    return z.safeParse(randomId, this.#memory.get(keys.project)).data ?? null;
  }

  /** Where it was agreed. */
  async forgetPlace(): Promise<void> {
    await this.#memory.update(keys.place, undefined);
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

  get #clock(): Clock | null {
    return clock.safeParse(this.#memory.get(keys.clock)).data ?? null;
  }
}

/** The time as it would be had nobody set the clock back. */
function passed({ seen, lost }: Clock, now: Date): Date {
  return new Date(Math.max(now.getTime(), seen) + lost);
}

function isSame(one: Place[number], other: Place[number]): boolean {
  return one.path === other.path && one.root === other.root;
}
