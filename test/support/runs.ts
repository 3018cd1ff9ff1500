/** How often a law is tried: more in `npm run test:deep`. */
export const runs = Number(process.env.UNDERSTUDY_RUNS ?? 500);
