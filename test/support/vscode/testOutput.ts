/** Begins every line that the tests print in the extension host: an invisible character (a word joiner) that no log has. */
export const TEST_OUTPUT = '\u2060';
