import assert from 'node:assert/strict';
import fc from 'fast-check';
import { licenseOf } from '../../../../src/session/capture/workspaceLicense.ts';

const from = (files: Record<string, string>) => licenseOf((file) => files[file] ?? null);

describe('licenseOf', () => {
  it('tells the licence by its text, then by a manifest', () => {
    assert.deepEqual(from({ LICENSE: 'MIT License\n\nCopyright' }), { spdx: 'MIT', file: 'LICENSE' });
    const apache =
      '\n                                 Apache License\n                           Version 2.0, January 2004\n';
    assert.deepEqual(from({ LICENSE: apache }), { spdx: 'Apache-2.0', file: 'LICENSE' });
    assert.deepEqual(
      from({ COPYING: '                    GNU GENERAL PUBLIC LICENSE\n                       Version 3,' }),
      {
        spdx: 'GPL-3.0',
        file: 'COPYING',
      },
    );
    const manifest = '{\n  "name": "x",\n  "license": "MIT OR Apache-2.0"\n}';
    assert.deepEqual(from({ 'package.json': manifest }), { spdx: 'MIT OR Apache-2.0', file: 'package.json' });
    assert.deepEqual(from({ 'Cargo.toml': 'license = "MPL-2.0"' }), { spdx: 'MPL-2.0', file: 'Cargo.toml' });
    assert.equal(from({ 'package.json': manifest, 'LICENSE.md': '# MIT License\n' })?.file, 'LICENSE.md');
  });

  it('claims nothing that is not said', () => {
    assert.equal(from({}), null);
    assert.equal(from({ LICENSE: 'All rights reserved.' }), null);
    assert.equal(from({ 'package.json': '{\n  "license": "UNLICENSED"\n}' }), null);
    assert.equal(from({ 'package.json': '{\n  "license": "SEE LICENSE IN terms.txt"\n}' }), null);
    fc.assert(fc.property(fc.string(), (text) => from({ LICENSE: text, 'package.json': text }) === null));
  });
});
