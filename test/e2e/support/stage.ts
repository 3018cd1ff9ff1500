/** Server, project and workbench for one test, taken down together. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerOptions, VSCodeServer } from '../../support/vscode/server.ts';
import { createTestWorkspace, type TestWorkspace } from '../../support/vscode/testWorkspace.ts';
import { sample } from './session.ts';
import { Workbench } from './workbench.ts';

const root = join(import.meta.dirname, '../../..');

export class Stage {
  readonly server: VSCodeServer;
  readonly project: TestWorkspace;
  readonly datasetFolder: string;
  readonly #folder: string;
  #workbench: Workbench;

  private constructor(server: VSCodeServer, project: TestWorkspace, workbench: Workbench, folder: string) {
    this.server = server;
    this.project = project;
    this.#workbench = workbench;
    this.#folder = folder;
    this.datasetFolder = join(folder, 'dataset');
  }

  /** The extension from its sources, unless `options` name a package. @param template the project that is opened. */
  static async set(options: ServerOptions, template = sample): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'understudy-e2e-'));
    const project = await createTestWorkspace(template);
    const server = await VSCodeServer.start({
      userDataDir: join(folder, 'vscode'),
      machineSettings: { 'understudy.datasetFolder': join(folder, 'dataset') },
      ...(options.installVsix ? {} : { extensionDevelopmentPath: root }),
      ...options,
    });
    const workbench = await Workbench.open(server, {
      folder: project.folder,
      profileDir: join(folder, 'profile'),
    });
    return new Stage(server, project, workbench, folder);
  }

  get workbench(): Workbench {
    return this.#workbench;
  }

  /** Everything that the extension keeps for itself. */
  get extensionStorage(): string {
    return join(this.server.userDataDir, 'User', 'globalStorage', 'understudy.understudy');
  }

  /** Another folder in the same window, with the same memory. */
  async openFolder(folder: string): Promise<void> {
    await this.#workbench.close();
    this.#workbench = await Workbench.open(this.server, { folder, profileDir: join(this.#folder, 'profile') });
  }

  async strike(): Promise<void> {
    await this.#workbench.close();
    await this.server.stop();
    await this.project.dispose();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
