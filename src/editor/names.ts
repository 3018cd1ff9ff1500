/** Every name that package.json and the code share. A test holds the two against each other. */

export const commands = {
  toggle: 'understudy.toggle',
  startTask: 'understudy.startTask',
  finishTask: 'understudy.finishTask',
  stop: 'understudy.stop',
  pause: 'understudy.pause',
  pauseNow: 'understudy.pauseNow',
  openDatasetFolder: 'understudy.openDatasetFolder',
  deleteDataset: 'understudy.deleteDataset',
  showPolicy: 'understudy.showPolicy',
  previewRedaction: 'understudy.previewRedaction',
  alwaysRedact: 'understudy.alwaysRedact',
  forgetAlwaysRedacted: 'understudy.forgetAlwaysRedacted',
} as const;

export const settings = {
  datasetFolder: 'understudy.datasetFolder',
  extraPatterns: 'understudy.redaction.extraPatterns',
  excludedFolders: 'understudy.excludedFolders',
} as const;

export const contextKeys = {
  /** The kind of the recording's state: `off`, `held`, `trouble`, `paused` or `recording`. */
  state: 'understudy.state',
} as const;

export const statusItemId = 'understudy.status';
export const redactedScheme = 'understudy-redacted';
export const policyScheme = 'understudy-policy';
