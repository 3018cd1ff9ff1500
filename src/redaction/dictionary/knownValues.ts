/** What the environment knows, as values to look for. */
import type { KnownValue } from '../../session/events.ts';
import { isGenericAccount } from '../detectors/names.ts';
import type { ValueType } from '../detectors/rule.ts';
import { isRareSetting, secretParts } from './valueTier.ts';

export interface NamedValue {
  type: ValueType;
  texts: string[];
  /** Whether it is looked for although it is an ordinary word. */
  isDenied?: boolean;
}

/** The values that a known one stands for: a path of a repository also for its owner and its name. */
export function valuesOf({ type, value }: KnownValue): NamedValue[] {
  switch (type) {
    case 'pattern':
      return [];
    case 'denied':
      // Selected in one file, it may stand in another with other line ends.
      return [
        { type: 'secret', texts: [...new Set([value, lf(value), lf(value).replaceAll('\n', '\r\n')])], isDenied: true },
      ];
    case 'setting':
      return secretParts(value)
        .filter(isRareSetting)
        .map((part) => ({ type: 'secret', texts: [part] }));
    case 'home': {
      const user = value.split(/[\\/]+/).findLast((part) => part !== '') ?? '';
      if (user === '' || isGenericAccount(user)) return [];
      return [
        { type: 'user', texts: [user] },
        { type, texts: [value] },
      ];
    }
    case 'host': {
      const short = value.split('.')[0];
      return [{ type, texts: short === value ? [value] : [value, short] }];
    }
    case 'repository':
      return [...new Set([...value.split('/'), value])]
        .filter((text) => text !== '')
        .map((text) => ({ type, texts: [text] }));
    default:
      return [{ type, texts: [value] }];
  }
}

function lf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
