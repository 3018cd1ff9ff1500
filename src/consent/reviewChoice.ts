/** Whether the tasks of a workspace wait for review: the first ones do, the others as the person chose. */
import * as z from 'zod';
import { keys, type Memory } from './memory.ts';

/** So many tasks are decided on by the person, whatever is chosen later. */
export const firstTasks = 3;

const choice = z.enum(['review', 'grace']);
/** `review`: every task waits for the person; `grace`: it is sealed when its grace time is over. */
export type Choice = z.infer<typeof choice>;
const count = z.int().nonnegative();

export class ReviewChoice {
  readonly #memory: Memory;
  readonly #isRequired: () => boolean;

  /** @param isRequired whether an organisation wants every task reviewed. */
  constructor(memory: Memory, isRequired: () => boolean) {
    this.#memory = memory;
    this.#isRequired = isRequired;
  }

  /** Whether a task that opens now will wait for review. */
  get waits(): boolean {
    return this.#isRequired() || this.#decided < firstTasks || this.chosen !== 'grace';
  }

  /** What the person chose; null while they did not. */
  get chosen(): Choice | null {
    return z.safeParse(choice, this.#memory.get(keys.reviewChoice)).data ?? null;
  }

  /** Whether an organisation leaves no choice. */
  get isRequired(): boolean {
    return this.#isRequired();
  }

  /** The person kept or withdrew a task. @returns whether it is time to ask, which it is once. */
  async countDecision(): Promise<boolean> {
    const decided = this.#decided + 1;
    await this.#memory.update(keys.tasksDecided, decided);
    return decided === firstTasks && this.chosen === null && !this.isRequired;
  }

  async choose(choice: Choice): Promise<void> {
    await this.#memory.update(keys.reviewChoice, choice);
  }

  /** As in a workspace that was never recorded. */
  async reset(): Promise<void> {
    await this.#memory.update(keys.tasksDecided, undefined);
    await this.#memory.update(keys.reviewChoice, undefined);
  }

  get #decided(): number {
    return z.safeParse(count, this.#memory.get(keys.tasksDecided)).data ?? 0;
  }
}
