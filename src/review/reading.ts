import { createContext } from 'preact';
import type { Placeholders } from './editors.ts';

/** What all texts of the page share. */
export interface Reading {
  placeholders: Placeholders | null;
  onSelect: (text: string) => void;
}

export const ReadingContext = createContext<Reading>({ placeholders: null, onSelect: () => {} });
