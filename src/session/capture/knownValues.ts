/** Values that must never reach a record, from where they lie in the open: the environment and `.env` files. */
import type { KnownValue } from '../events.ts';

const secretName = /key|token|secret|passw|pwd|credential|auth|cookie|private|dsn|connection_?string|webhook/i;

export function secretsOfEnvironment(environment: Record<string, string | undefined>): KnownValue[] {
  return Object.entries(environment).flatMap(([name, value]) => (secretName.test(name) ? secret(value) : []));
}

/** Every value counts: a name tells little in a file that exists to keep values out of the code. */
export function secretsOfDotenv(text: string): KnownValue[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const assigned = /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*(.*?)\s*$/.exec(line)?.[1];
    const quoted = /^(["'`])(.*)\1(?:\s+#.*)?$/.exec(assigned ?? '')?.[2];
    return secret(quoted ?? assigned?.replace(/\s+#.*$/, ''));
  });
}

function secret(value: string | undefined): KnownValue[] {
  return value ? [{ type: 'secret', value }] : [];
}
