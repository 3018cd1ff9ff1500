/** Tries the laws at length: `npm run test:deep`. */
process.env.UNDERSTUDY_RUNS ??= '50000';
