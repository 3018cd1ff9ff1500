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
  heldTasks: 'understudy.heldTasks',
  chooseReview: 'understudy.chooseReview',
  forget: 'understudy.forget',
  withdrawWorkspace: 'understudy.withdrawWorkspace',
  withdrawAndReset: 'understudy.withdrawAndReset',
  exportHeld: 'understudy.exportHeld',
} as const;

export const settings = {
  datasetFolder: 'understudy.datasetFolder',
  extraPatterns: 'understudy.redaction.extraPatterns',
  graceMinutes: 'understudy.graceMinutes',
  excludedFolders: 'understudy.excludedFolders',
} as const;

export const contextKeys = {
  /** The kind of the recording's state: `off`, `held`, `trouble`, `paused` or `recording`. */
  state: 'understudy.state',
} as const;

export const statusItemId = 'understudy.status';
export const redactedScheme = 'understudy-redacted';
export const policyScheme = 'understudy-policy';
