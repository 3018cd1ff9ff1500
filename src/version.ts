/** Set by the bundler from package.json. */
declare const UNDERSTUDY_VERSION: string;

/** Version of Understudy; `0.0.0-source` when it runs from its sources, unbundled. */
export const version = typeof UNDERSTUDY_VERSION === 'undefined' ? '0.0.0-source' : UNDERSTUDY_VERSION;
