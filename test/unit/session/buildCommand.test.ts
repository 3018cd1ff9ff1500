import assert from 'node:assert/strict';
import { isBuildCommand } from '../../../src/session/buildCommand.ts';

describe('isBuildCommand', () => {
  for (const line of [
    'make',
    'npx tsc --noEmit',
    'eslint src',
    'npm run build',
    'pnpm lint',
    'yarn check:types',
    'npm run build -- --minify',
    'cd web && npm run typecheck',
    'CI=1 cargo +nightly clippy --all',
    'go vet ./...',
    'dotnet build',
    'python -m mypy .',
    'poetry run ruff check',
  ]) {
    it(`knows ${line}`, () => assert.ok(isBuildCommand(line)));
  }

  for (const line of [
    'npm test',
    'npm install',
    'npm run build:watch',
    'npm run lint:fix',
    'npm run checkout',
    'make | tee log',
    'make; echo done',
    'make || true',
    'cargo run',
    'go run .',
    'python -m http.server',
    'node build.js',
    'git checkout main',
    'ls',
  ]) {
    it(`takes ${line} for another`, () => assert.ok(!isBuildCommand(line)));
  }
});
