/** The example formats, each a pure function of a trajectory. */
import { nextEditFormat } from './nextEdit.ts';

export const exampleFormats = [nextEditFormat] as const;
