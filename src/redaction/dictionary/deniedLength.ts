/** How long a value may be that a person takes out by herself, in UTF-16 units: shorter ones stand in half of all words. */
export const deniedLength = { least: 4, most: 10_000 };
