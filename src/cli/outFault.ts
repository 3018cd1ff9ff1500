import { CliError } from './cliError.ts';

/**
 * A write that failed names no file: it is one of the folder that is written.
 * @param folder as the person knows it @throws CliError, or the error itself
 */
export function outFault(folder: string, fix: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.path !== undefined || !['write', 'fsync'].includes(error.syscall ?? '')) throw error;
    throw new CliError(`${folder} cannot be written: ${error.message}. ${fix}`);
  };
}

export const goesOn = 'Make room, and run the same command again: it goes on from there.';
