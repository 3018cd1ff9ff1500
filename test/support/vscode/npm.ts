import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What decides where packages come from. All else in `npm_*` describes the project whose script is running, not the install done here. */
const KEPT =
  /^npm_config_(registry|userconfig|globalconfig|cache|proxy|https_proxy|noproxy|cafile|ca|strict_ssl|\/\/.*)$/i;

/** The environment without what npm or the person's shell set for another package (a `nodedir`, a `target`, an `omit`). */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || KEPT.test(name)));
}

/** Runs npm quietly; its output is shown only where it failed. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  try {
    const windows = process.platform === 'win32';
    const { stdout } = await run(windows ? 'npm.cmd' : 'npm', args, {
      cwd: folder,
      env: cleanEnvironment(),
      maxBuffer: 1 << 26,
      shell: windows,
    });
    return stdout;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed:\n${stderr.slice(-4000)}`, { cause: error });
  }
}

/** Unpacks a package of the registry into `folder`, without its dependencies and without running its scripts. */
export async function unpackPackage(spec: string, folder: string): Promise<void> {
  const [packed] = JSON.parse(await npm(folder, 'pack', spec, '--json', '--ignore-scripts')) as { filename: string }[];
  if (!packed) throw new Error(`npm packed nothing for ${spec}`);
  await run('tar', ['-xzf', packed.filename, '--strip-components=1'], { cwd: folder });
  await run('rm', [join(folder, packed.filename)]);
}
