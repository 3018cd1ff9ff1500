import type { Step, Trajectory } from '../trajectory/record.ts';

/** The first step in which a text stands, in what it shows or changes, or in the file that it is about; null for none. */
export function findText({ steps, files }: Trajectory, text: string): number | null {
  const own = steps.find((step) => textsOf(step).some((one) => one.includes(text)));
  const isIn = (id: number | null) => id !== null && (files[id].base_text?.includes(text) ?? false);
  const about = steps.find(({ file_id }) => isIn(file_id));
  const found = [own, about].flatMap((step) => (step ? [step.index] : []));
  return found.length > 0 ? Math.min(...found) : null;
}

function textsOf(step: Step): string[] {
  const { command, output, message, path, to_path, cwd, branch } = step;
  const single = [command, output, message, path, to_path, cwd, branch].filter((text) => text !== null);
  return [
    ...single,
    ...step.changes.map(({ inserted }) => inserted),
    ...step.excerpts.map((excerpt) => excerpt.text),
    ...step.diagnostics.map((item) => item.message),
    ...step.tests.map(({ name }) => name),
    ...step.paths,
  ];
}
