import { join } from 'node:path';
import { installDesktop, writeExecutable } from './desktop.ts';
import { installServer } from './install.ts';
import { VERSIONS, type VersionName } from './versions.ts';

/** Something that `runTests()` of `@vscode/test-electron` takes for VS Code. */
export interface Host {
  kind: 'desktop' | 'server';
  executable: string;
}

/** The desktop build where it can be had and shown, else the server. `UNDERSTUDY_TEST_HOST` forces one. */
export async function findHost(name: VersionName): Promise<Host> {
  const version = VERSIONS[name];
  const wanted = process.env.UNDERSTUDY_TEST_HOST;
  if (wanted && wanted !== 'desktop' && wanted !== 'server')
    throw new Error(`UNDERSTUDY_TEST_HOST is 'desktop' or 'server', not '${wanted}'.`);
  if (wanted !== 'server') {
    const desktop = await installDesktop(version);
    if ('executable' in desktop) return { kind: 'desktop', executable: desktop.executable };
    if (wanted === 'desktop') throw new Error(`No desktop build of VS Code: ${desktop.missing}.`);
  }
  await installServer(version);
  const executable = await writeExecutable(`code-${name}`, [
    process.execPath,
    join(import.meta.dirname, 'code.ts'),
    name,
  ]);
  return { kind: 'server', executable };
}
