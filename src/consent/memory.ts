/** The part of `vscode.Memento` in use. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export const keys = {
  receipt: 'understudy.receipt',
  place: 'understudy.place',
  clock: 'understudy.clock',
  project: 'understudy.project',
  tasksDecided: 'understudy.tasksDecided',
  reviewChoice: 'understudy.reviewChoice',
};

/** Whether the workspace was ever agreed for; whether that still holds is another question. */
export function wasAgreed(memory: Memory): boolean {
  return memory.get(keys.receipt) !== undefined;
}
