import { format } from 'node:util';
import { TEST_OUTPUT } from '../support/vscode/testOutput.ts';

/** Runs in VS Code's extension host, which calls the bundle's `run()`. `load` runs the test files, which register themselves. */
export async function runMocha(load: () => void): Promise<void> {
  process.setSourceMapsEnabled(true);
  try {
    // Node 20 cannot `require` what mocha exports.
    const { default: Mocha } = await import('mocha');
    // The console of the extension host cannot be replaced, but what mocha prints with can.
    Mocha.reporters.Base.consoleLog = print;
    const grep = process.env.UNDERSTUDY_TEST_GREP;
    const mocha = new Mocha({
      ui: 'bdd',
      timeout: 60_000,
      forbidOnly: Boolean(process.env.CI),
      ...(grep ? { grep } : {}),
    });
    mocha.suite.emit('pre-require', globalThis, '', mocha);
    load();
    const failures = await new Promise<number>((resolve) => mocha.run(resolve));
    if (failures > 0) throw new Error(`${failures} failed`);
  } catch (error) {
    print(String(error));
    throw error;
  }
}

/** Formats here, where `%s` still has its arguments, and tells our lines from those that VS Code logs. */
function print(...args: unknown[]): void {
  console.log(TEST_OUTPUT + format(...args));
}
