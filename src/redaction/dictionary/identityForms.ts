/** Where identities are looked for, and how they are written there. */
import { commonWords } from '../detectors/commonWords.ts';
import { isGenericAccount, isHost, isPersonal } from '../detectors/names.ts';
import type { ValueType } from '../detectors/rule.ts';

/** A text to look for, and the part of it that is to be covered. */
export interface Form {
  text: string;
  from: number;
  to: number;
  /** Whether upper and lower case are the same. */
  isCaseBlind: boolean;
  /** What must stand before it. */
  behind?: RegExp;
}

export interface Surroundings {
  users: ReadonlySet<string>;
  hosts: ReadonlySet<string>;
  homes: ReadonlySet<string>;
}

const shortestName = 3;

/** As whole words: anywhere if the identity is nothing else, and where identities stand if it is an ordinary word. */
export function identityForms(type: ValueType, text: string, around: Surroundings): Form[] {
  switch (type) {
    case 'user':
      return userForms(text, around);
    case 'host':
      if (text.length >= shortestName && isHost(text)) return [whole(text)];
      return [...around.users, 'root'].map((user) => part(`${user}@${text}`, user.length + 1));
    case 'person':
      return personForms(text);
    case 'repository':
      return repositoryForms(text);
    case 'commit':
      return /^[0-9a-f]{7,64}$/.test(text) ? [whole(text)] : [];
    case 'home':
      return [];
    case 'card':
    case 'iban':
    case 'phone': {
      const bare = text.replace(/[ .()-]/g, '');
      return bare === text || bare.length < 9 ? [whole(text)] : [whole(text), whole(bare)];
    }
    case 'workspace':
      return isTellingPath(text) ? [whole(text, false)] : [];
    case 'column':
    case 'caret':
      return [];
    default:
      return [whole(text)];
  }
}

/** `/app` stands in code for many things. */
function isTellingPath(path: string): boolean {
  return path.length >= 8 && path.split(/[\\/]+/).filter((part) => part !== '').length >= 2;
}

function whole(text: string, isCaseBlind = true): Form {
  return { text, from: 0, to: text.length, isCaseBlind };
}

function part(text: string, from: number, to = text.length): Form {
  return { text, from, to, isCaseBlind: true };
}

function userForms(user: string, { hosts, homes }: Surroundings): Form[] {
  if (isGenericAccount(user)) return [];
  if (user.length >= shortestName && isPersonal(user)) return [whole(user)];
  const folders = ['home', 'Users'];
  for (const home of homes) {
    const [folder, last] = home.split(/[\\/]+/).slice(-2);
    if (folder && last?.toLowerCase() === user.toLowerCase()) folders.push(folder);
  }
  const separators = ['/', '\\', '\\\\', '%2F', '%5C'];
  return [
    ...[...new Set(folders)].flatMap((folder) =>
      separators.map((separator) => part(`${folder}${separator}${user}`, folder.length + separator.length)),
    ),
    ...[...hosts].map((host) => part(`${user}@${host}`, 0, user.length)),
  ];
}

/** By full name alone: a first name is a word. Joined, as accounts are, where that is no expression of code. */
function personForms(name: string): Form[] {
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return [];
  const isCommon = words.every((word) => commonWords.has(word.toLowerCase()));
  const first = words[0];
  const last = words[words.length - 1];
  const given = words.slice(0, -1).join(' ');
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
  const spaced = [
    ...new Set([name, plain, words.join(' '), `${last}, ${given}`, `${last} ${given}`, `${first} ${last}`]),
  ];
  const forms = spaced.map((text) => whole(text, !isCommon));
  if (isCommon || first.length < 2 || last.length < 3) return forms;
  for (const separator of ['.', '-', '_', '']) {
    const joined = `${first}${separator}${last}`;
    if (separator !== '' || joined.length >= 8) forms.push(whole(joined));
  }
  if (last.length >= 5 && !commonWords.has(last.toLowerCase())) forms.push(whole(`${first[0]}${last}`));
  return forms;
}

const remoteHost = /[\w-]\.[a-z]{2,}(?::\d{1,5})?[:/](?:[\w.-]+\/)*$/i;

/** `owner/name`, covered in its parts so that a remote stays one; the parts alone where they are rare. */
function repositoryForms(text: string): Form[] {
  const parts = text.split('/');
  if (parts.length === 1) return text.length >= shortestName && isPersonal(text) ? [whole(text)] : [];
  const isCommon = parts.every((each) => !isPersonal(each));
  return [{ ...whole(text), ...(isCommon && { behind: remoteHost }) }];
}
