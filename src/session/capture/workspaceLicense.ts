/** The licence that a workspace declares, as an SPDX id. */

export interface License {
  spdx: string;
  file: string;
}

const manifests: Record<string, RegExp> = {
  'package.json': /^ {0,4}\t?"license"\s*:\s*"([^"]+)"/m,
  'Cargo.toml': /^license\s*=\s*"([^"]+)"/m,
  'pyproject.toml': /^license\s*=\s*(?:\{\s*text\s*=\s*)?"([^"]+)"/m,
  'composer.json': /^ {0,4}\t?"license"\s*:\s*"([^"]+)"/m,
};

/** The first words of a licence that tell it from all others. */
const headings: [RegExp, string][] = [
  [/^\s*(?:The )?MIT License/i, 'MIT'],
  [/^\s*Permission is hereby granted, free of charge/i, 'MIT'],
  [/^\s*Apache License\s+Version 2\.0/i, 'Apache-2.0'],
  [/^\s*GNU GENERAL PUBLIC LICENSE\s+Version 3/i, 'GPL-3.0'],
  [/^\s*GNU GENERAL PUBLIC LICENSE\s+Version 2/i, 'GPL-2.0'],
  [/^\s*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i, 'LGPL-3.0'],
  [/^\s*GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/i, 'LGPL-2.1'],
  [/^\s*GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3/i, 'AGPL-3.0'],
  [/^\s*Mozilla Public License Version 2\.0/i, 'MPL-2.0'],
  [/^\s*BSD 3-Clause License/i, 'BSD-3-Clause'],
  [/^\s*BSD 2-Clause License/i, 'BSD-2-Clause'],
  [/^\s*ISC License/i, 'ISC'],
  [/^\s*This is free and unencumbered software/i, 'Unlicense'],
];
const texts = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'LICENCE.md', 'LICENCE.txt', 'COPYING'];

/** SPDX expressions, and none of the other things that people write there. */
const expression = /^[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*$/;

/** `read` gives a file in the workspace's folder, null if there is none. The licence's own text goes before a manifest. */
export function licenseOf(read: (file: string) => string | null): License | null {
  for (const file of texts) {
    const text = read(file)?.replace(/^#+\s*/, '');
    const spdx = text && headings.find(([heading]) => heading.test(text))?.[1];
    if (spdx) return { spdx, file };
  }
  for (const [file, pattern] of Object.entries(manifests)) {
    const spdx = pattern.exec(read(file) ?? '')?.[1];
    if (spdx && expression.test(spdx) && spdx !== 'UNLICENSED') return { spdx, file };
  }
  return null;
}
