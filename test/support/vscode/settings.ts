import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Settings = Record<string, unknown>;

/** A quiet workbench: nothing saves by itself, nothing asks the network, no advertising, no pop-up that a test has not asked for. */
export const BASE_SETTINGS: Settings = {
  // In the browser auto save is on by default, on the desktop it is off.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'chat.commandCenter.enabled': false,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  // Only bash is sure to have shell integration; completions of the terminal would swallow keys.
  'terminal.integrated.defaultProfile.linux': 'bash',
  'terminal.integrated.suggest.enabled': false,
  // Its text stands in the page then, where a test can read it.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.initialHint': false,
  'terminal.integrated.stickyScroll.enabled': false,
};

export const userSettingsFile = (userDataDir: string): string => join(userDataDir, 'User/settings.json');

/** The settings of the machine that a remote extension host runs on: where `machine` scope is read from. */
export const machineSettingsFile = (userDataDir: string): string => join(userDataDir, 'Machine/settings.json');

/** Adds to a settings file; `undefined` takes a setting out. */
export async function changeSettings(file: string, changes: Settings): Promise<void> {
  const before = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Settings,
    () => ({}),
  );
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...before, ...changes }, undefined, 2));
}
