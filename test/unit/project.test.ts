import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordFaults } from '../../src/dataset/recordFaults.ts';
import { trajectory } from '../../src/trajectory/record.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md');

  it('names files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:src|test|\.config)\/[\w./-]*)`|\]\(([\w./-]+)\)/g)].map(([, a, b]) => a ?? b);
    assert.ok(named.length > 40);
    for (const path of named) assert.ok(existsSync(join(root, path)), path);
  });

  it('names every folder of src', () => {
    const folders = new Set(globSync('src/**/*.ts', { cwd: root }).map((file) => dirname(file)));
    for (const folder of folders) assert.ok(folder === 'src' || text.includes(`\`${folder}/\``), folder);
  });

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [, name] of text.matchAll(/`npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
  });

  it('opens with a whole record', () => {
    const record = trajectory.parse(JSON.parse(/```json\n([^`]*)```/.exec(text)?.[1] ?? ''));
    assert.deepEqual(recordFaults(record), []);
    assert.equal(record.outcome.status, 'succeeded');
  });
});

describe('package-lock.json', () => {
  it('holds every package that another one names, of all platforms', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version?: string; dependencies?: object; optionalDependencies?: object }>;
    };
    for (const [path, { dependencies, optionalDependencies }] of Object.entries(packages)) {
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
        const places = path.split(/(?:^|\/)node_modules\//).map((_, depth, parts) => {
          const above = parts.slice(1, parts.length - depth).map((part) => `node_modules/${part}`);
          return [...above, `node_modules/${name}`].join('/');
        });
        assert.ok(
          places.some((place) => packages[place]?.version),
          `${name}, which ${path || 'the project'} needs`,
        );
      }
    }
  });
});
