import assert from 'node:assert/strict';
import { contextOfFile, contextOfPath, contextOfText } from '../../../src/redaction/context.ts';

const repeat = (lines: string[], times = 3) => Array.from({ length: times }, () => lines.join('\n')).join('\n');

describe('the context of a text', () => {
  it('follows from the path: only programs are source', () => {
    for (const path of ['src/a.ts', 'a.py', 'lib/x.rs', 'README.md']) assert.equal(contextOfPath(path), 'source', path);
    for (const path of ['.env', 'a.yml', 'config/database', 'Dockerfile', 'notes.txt', 'package.json', 'run.sh']) {
      assert.equal(contextOfPath(path), 'config', path);
    }
  });

  it('follows of a cell of a notebook from its language too', () => {
    const contextOf = (path: string, language: string | null) => contextOfFile({ path, language });
    for (const language of ['python', 'markdown', 'r'])
      assert.equal(contextOf('a.ipynb#1', language), 'source', language);
    for (const language of ['yaml', 'shellscript', 'raw', null])
      assert.equal(contextOf('a.ipynb#12', language), 'config');
    assert.equal(contextOf('settings#1', 'python'), 'config');
    assert.equal(contextOf('a.py', 'yaml'), 'source');
  });

  it('follows from its lines where there is no path', () => {
    const program = [
      'import os',
      'def run(path):',
      '    for name in os.listdir(path):',
      '        print(name)',
      '    return 1',
    ];
    assert.equal(contextOfText(repeat(program)), 'source');
    assert.equal(contextOfText(repeat(['const a = list.map((b) => b);', 'if (a) {', '  call(a);', '}'])), 'source');
    assert.equal(contextOfText(repeat(['# database', 'DB_HOST=localhost', 'DB_PORT=5432', 'DB_NAME=app'])), 'config');
    assert.equal(contextOfText(repeat(['auth:', '  user: app', '  - one', 'list:'])), 'config');
    assert.equal(contextOfText('const a = 1;\nconst b = 2;'), 'config');
  });
});
