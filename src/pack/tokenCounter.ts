/** Token counts by a named tokenizer: a count without one means nothing. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { PackError } from './errors.ts';

export interface TokenCounter {
  /** SHA-256 of the tokenizer's file. */
  sha256: string;
  /**
   * Tokens of what a trainer reads of a row (its prompt and completion, or its messages and tools; of a record all texts),
   * each text encoded by itself without special tokens; ids and hashes do not count.
   */
  count(row: object): number;
}

/** @param file a `tokenizer.json`. @throws PackError when it is none */
export async function openTokenCounter(file: string): Promise<TokenCounter> {
  try {
    const bytes = await readFile(file);
    const tokenizer = new Tokenizer(JSON.parse(bytes.toString('utf8')), {});
    const countText = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
    countText('a word');
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      count: (row) => textsOf(readIn(row)).reduce((sum, text) => sum + countText(text), 0),
    };
  } catch (error) {
    throw new PackError(`--tokenizer ${file}: no tokenizer.json that can be read: ${(error as Error).message}`);
  }
}

function readIn(row: { prompt?: string; completion?: string; messages?: unknown; tools?: unknown }): unknown {
  const { prompt, completion, messages, tools } = row;
  if (prompt !== undefined) return [prompt, completion];
  return messages === undefined ? row : [messages, tools];
}

const idOrHash = /^[0-9a-f]{32}(?:[0-9a-f]{32})?$/;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' || idOrHash.test(value) ? [] : [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}
