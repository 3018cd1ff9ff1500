/** What Live Share tells of its sessions by the interface that its package `vsls` describes, and nothing else of it. */
const { EventEmitter, commands } = require('vscode');

exports.activate = ({ subscriptions }) => {
  const changed = new EventEmitter();
  let session = { role: 0, id: null };
  const become = (role, id) => {
    session = { role, id };
    changed.fire({ session });
  };
  subscriptions.push(
    changed,
    commands.registerCommand('fakeLiveShare.share', () => become(1, 'session')),
    commands.registerCommand('fakeLiveShare.end', () => become(0, null)),
  );
  const api = {
    get session() {
      return session;
    },
    onDidChangeSession: changed.event,
  };
  return { getApi: async () => api };
};
