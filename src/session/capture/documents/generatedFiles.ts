/**
 * Files that a program writes and people only commit: that they come and go is told, but their text is not kept. By
 * convention only; what a build puts into a folder that nothing ignores is taken for the person's own.
 */
const lockFile =
  /(?:^|[\\/])(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|pdm\.lock|uv\.lock|Pipfile\.lock|go\.sum|composer\.lock|Gemfile\.lock|Podfile\.lock|pubspec\.lock|mix\.lock|flake\.lock)$/i;
const builtFile = /\.min\.(?:js|mjs|cjs|css)$|\.(?:js|mjs|cjs|css)\.map$/i;

/** Such a mark stands in a comment at the top. */
const topLines = 10;
const mark = /^\s*(?:\/\/|\/\*|\*|#|--|;|<!--|%|").*(?:@generated\b|Code generated .*DO NOT EDIT)/;

export function isGeneratedName(path: string): boolean {
  return lockFile.test(path) || builtFile.test(path);
}

/** Whether the text says of itself that it was generated. */
export function isGeneratedText(text: string): boolean {
  return text
    .slice(0, 2000)
    .split('\n', topLines)
    .some((line) => mark.test(line));
}
