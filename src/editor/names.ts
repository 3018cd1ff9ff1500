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
  review: 'understudy.review',
  editInstruction: 'understudy.editInstruction',
  keepTask: 'understudy.keepTask',
  withdrawTask: 'understudy.withdrawTask',
  revealTask: 'understudy.revealTask',
  showMoreSealed: 'understudy.showMoreSealed',
  openWalkthrough: 'understudy.openWalkthrough',
  forget: 'understudy.forget',
  withdrawWorkspace: 'understudy.withdrawWorkspace',
  withdrawAndReset: 'understudy.withdrawAndReset',
  exportHeld: 'understudy.exportHeld',
} as const;

export const views = {
  current: 'understudy.current',
  held: 'understudy.held',
  sealed: 'understudy.sealed',
  agreement: 'understudy.agreement',
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
  /** Whether a sealed task of this workspace was seen. */
  sealed: 'understudy.sealedTasks',
} as const;

export const statusItemId = 'understudy.status';
export const redactedScheme = 'understudy-redacted';
export const policyScheme = 'understudy-policy';
export const reviewViewType = 'understudy.review';
