import { env } from 'vscode';
import { isPasteOf } from '../../session/capture/documents/pasteOf.ts';
import type { SessionEventOf } from '../../session/events.ts';

/**
 * Whether an insertion is what the clipboard holds. The clipboard is read only then, compared, and forgotten: nothing but
 * yes or no leaves this class.
 */
export class ClipboardComparison {
  #isReading = false;

  /** Says nothing where the clipboard cannot be read, or while it is being read for an edit before. */
  compare(changes: SessionEventOf<'edit'>['changes'], tell: (isSame: boolean) => void): void {
    if (this.#isReading) return;
    this.#isReading = true;
    const done = () => {
      this.#isReading = false;
    };
    env.clipboard.readText().then((text) => {
      done();
      tell(isPasteOf(text, changes));
    }, done);
  }
}
