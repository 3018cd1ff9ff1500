/** The same cases in every run, so that a failure is a change's and not chance's; `npm run test:deep` draws new ones. */
import fc from 'fast-check';

if (!process.env.UNDERSTUDY_RUNS) fc.configureGlobal({ seed: 1847 });
