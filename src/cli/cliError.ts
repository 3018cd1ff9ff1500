/** A call or an input that the command cannot work with; the message names it and the fix. */
export class CliError extends Error {
  override name = 'CliError';
}
