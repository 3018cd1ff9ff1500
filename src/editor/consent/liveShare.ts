import { setTimeout } from 'node:timers/promises';
import type { Disposable, Event, Extension } from 'vscode';
import * as z from 'zod';

export const liveShareId = 'ms-vsliveshare.vsliveshare';
/** Of the interface that its package `vsls` describes. */
/** Milliseconds until an extension that does not answer counts as one that cannot be asked. */
const patience = 5000;
const apiVersion = '1.0.4753';

/** A session with a role: 1 for the host, 2 for a guest; 0 without one. */
const session = z.object({ role: z.number() });

interface LiveShareApi {
  readonly session: unknown;
  readonly onDidChangeSession: Event<unknown>;
}

/** `none`: not installed. `unknown`: it is there, but does not tell of its sessions. */
export type LiveShareState = 'none' | 'unknown' | 'idle' | 'session';

/** Whether others work along in this window. */
export class LiveShare implements Disposable {
  readonly #extension: () => Pick<Extension<unknown>, 'activate'> | undefined;
  readonly #onChange: () => void;
  #asked: Pick<Extension<unknown>, 'activate'> | undefined;
  #api: LiveShareApi | null = null;
  #listener: Disposable | null = null;

  /** @param extension the extension, if it is installed now. @param onChange a session began or ended. */
  constructor(extension: () => Pick<Extension<unknown>, 'activate'> | undefined, onChange: () => void) {
    this.#extension = extension;
    this.#onChange = onChange;
  }

  get state(): LiveShareState {
    if (!this.#asked) return 'none';
    if (!this.#api) return 'unknown';
    const read = session.safeParse(this.#api.session);
    // What is not understood may be a session.
    return read.success && read.data.role === 0 ? 'idle' : 'session';
  }

  /** Asks the extension for its interface, once, as its own client does. To be called before anything is recorded. */
  async ask(): Promise<void> {
    const extension = this.#extension();
    if (extension === this.#asked) return;
    this.dispose();
    this.#asked = extension;
    this.#api = (extension && (await apiOf(extension))) ?? null;
    this.#listener = this.#api?.onDidChangeSession(() => this.#onChange()) ?? null;
  }

  dispose(): void {
    this.#listener?.dispose();
    this.#listener = null;
    this.#api = null;
    this.#asked = undefined;
  }
}

async function apiOf(extension: Pick<Extension<unknown>, 'activate'>): Promise<LiveShareApi | null> {
  try {
    const exported = (await Promise.race([extension.activate(), setTimeout(patience)])) as {
      getApi?: (version: string, caller: string) => unknown;
    };
    const api = (await exported?.getApi?.(apiVersion, 'understudy.understudy')) as LiveShareApi | null | undefined;
    return api && typeof api.onDidChangeSession === 'function' ? api : null;
  } catch {
    return null;
  }
}
