import { redactTask } from '../redaction/redactTask.ts';
import { buildHistory } from '../session/history/buildHistory.ts';
import { readJournal } from '../session/journal/readJournal.ts';

export interface TaskLabel {
  /** Redacted; null where the person gave none. */
  instruction: string | null;
  /** Paths of what was worked on, redacted. */
  files: string[];
}

/** What a held task is about. Redacted whole, since a secret may be recognised by another text alone. @throws JournalError */
export async function label({ path, key }: { path: string; key: string }): Promise<TaskLabel> {
  const { events } = await readJournal(path, Buffer.from(key, 'hex'));
  const { tasks, known } = buildHistory(events);
  const redacted = await Promise.all(tasks.map(async (task) => (await redactTask(task, known)).task));
  const changed = redacted.flatMap(({ files, steps }) => {
    const touched = new Set(
      steps.flatMap((step) => (step.kind === 'edit' || step.kind === 'resync' ? [step.file] : [])),
    );
    return files.filter((_, file) => touched.has(file)).map(({ path }) => path);
  });
  const instruction = redacted.find((task) => task.instruction?.source === 'user')?.instruction?.text ?? null;
  return { instruction, files: [...new Set(changed)] };
}
