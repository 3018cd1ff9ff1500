/** What the system refuses is no fault of the task: it can be tried again once the person has mended it. */
const faults: Record<string, string> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full',
  EFBIG: 'its disk takes no larger files',
  EROFS: 'it is read-only',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  ENOENT: 'it was removed meanwhile',
  EIO: 'its disk does not answer',
  ENOTCONN: 'its network drive does not answer',
  ESTALE: 'its network drive does not answer',
  EHOSTDOWN: 'its network drive does not answer',
  ETIMEDOUT: 'its network drive does not answer',
};

/** Null for what is no error of the file system. The message quotes nothing. */
export function systemFault(error: unknown): { name: 'SystemError'; message: string } | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return { name: 'SystemError', message: faults[String(error.code)] ?? `the system says ${String(error.code)}` };
}
