/** How often a law is tried: more in `npm run test:deep`. */
export const runs = Number(process.env.UNDERSTUDY_RUNS ?? 500);
/** For the promises of redaction. */
export const promiseRuns = Math.max(runs, 2000);
