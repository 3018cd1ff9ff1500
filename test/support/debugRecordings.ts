import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebugLog, DebugSessionLog, Places } from '../../src/session/capture/programs/debugLog.ts';

type Line =
  | { session: number; parent: number | null; configuration: unknown }
  | { session: number; from: 'adapter' | 'editor'; message: unknown }
  | { session: number; end: true };

/** Gives a log what was recorded, up to an optional message. */
export function replayDebugMessages(
  name: string,
  log: DebugLog,
  places: Places,
  until: (message: unknown) => boolean = () => false,
): void {
  const sessions = new Map<number, DebugSessionLog | null>();
  for (const text of readFileSync(join(import.meta.dirname, 'debugMessages', name), 'utf8')
    .trim()
    .split('\n')) {
    const line = JSON.parse(text) as Line;
    const session = sessions.get(line.session);
    if ('configuration' in line) {
      const parent = line.parent === null ? null : String(line.parent);
      const facts = { id: String(line.session), parent, configuration: line.configuration, folder: '/workspace' };
      sessions.set(line.session, log.open(facts, places));
    } else if ('end' in line) session?.end();
    else if (until(line.message)) return;
    else if (line.from === 'adapter') session?.fromAdapter(line.message);
    else session?.toAdapter(line.message);
  }
}
