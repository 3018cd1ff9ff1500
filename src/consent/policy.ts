/** The recording policy: what a person agrees to. A receipt names its version and hash, so a changed text asks anew. */
import { createHash } from 'node:crypto';

export interface Policy {
  version: string;
  /** Markdown. */
  text: string;
}

export function policySha256(policy: Policy): string {
  return createHash('sha256').update(policy.text).digest('hex');
}

export const policy: Policy = {
  version: '2',
  text: `# Understudy: recording policy, version 2

Understudy records how you work on the code in one workspace and turns it into training examples for machine learning.
It records only after you agree, only in the workspace in which you agreed, and for 90 days at most. Then it asks again.

## What is recorded

- **Edits**, key by key, with undo, redo and the cursor, in files of this workspace that you change, and the whole text
  of each of those files as it stood before your first change.
- **Saves**, and files that are **created, renamed or deleted**.
- **Changes by other programs**: what git, agents and other tools change in files of this workspace, compared with the text
  that was last known.
- **What you look at**: the lines of a file of this workspace that stay in view for some seconds, and where commands such
  as *Go to Definition* lead. What you search for is not recorded. To find secrets that begin elsewhere in such a file, its
  whole text waits in the journal; only the lines go into the record.
- **Terminal commands.** For commands that build, test, lint or run code, for package managers and for git: the command
  line, its folder, its exit code and its output. For any other command: the program's name and its exit code alone.
- **Tasks and debug sessions** of the editor: command, output and exit code, exceptions with their text and stack, and where
  the program stopped. Variables and what is evaluated are never read, but an exception's text may name a value.
- **Test results.** When a command has run tests, the names of the tests and whether they passed, from its output and from
  the report files (JUnit XML and the like) that it wrote. Nothing else of those files is kept, whether git ignores them
  or not.
- **Notebooks**: cells that you add, change, delete or run, their whole text as it stood before, and what a run gives as far
  as it is text (what it prints, plain results, errors). Pictures and pages are left out.
- **Errors and warnings** that the editor shows for those files.
- **Manifests**: the workspace's \`package.json\`, \`pyproject.toml\`, \`Cargo.toml\`, \`go.mod\` and the like.
- **Git commits**: message, branch and the names of the files; and that a branch was switched, or that changes were undone, put
  away, merged or moved.
- What you write when you start a task, the licence of the workspace, the version of VS Code and the kind of operating
  system.

## What is not recorded

- What you type or read in chats and in other extensions, and the commit box before you commit.
- The clipboard. When text is put into a file at once, it is compared with the clipboard to tell a paste from a
  completion; only yes or no is kept.
- Files that git ignores, files that \`.understudyignore\`, \`.aiexclude\`, \`.aiignore\` or \`.cursorignore\` name, the text of lock
  files and generated ones, files that commonly hold secrets (\`.env\`, private keys), files outside the workspace, unsaved
  untitled files, settings, files over 256 kB and files that are not text.
- Clock times and dates: a record holds coarse distances between steps and the quarter of the year.
- Nobody is measured: no report on your speed, hours or mistakes is made, for you or for anyone.

Nothing is sent anywhere. Understudy opens no network connection and has no telemetry.

## Where it goes

While you work, the recording waits in an encrypted journal in VS Code's storage for extensions. When a task ends, it is
redacted and written as one record to a dataset folder on the machine that runs the extension: your computer or, if you
work on a remote host or in a container, that host. The setting \`understudy.datasetFolder\` names the folder. The journal
of the task is deleted then. A task that cannot be redacted with certainty is withheld: nothing of it is written, and its
journal is deleted at the latest when VS Code runs next after 24 hours.

## Redaction is not perfect

Secrets, keys, e-mail addresses, telephone numbers, network addresses, host names, your name and your folders are replaced
in every version of every text before anything is written. To know what to remove, Understudy reads your account, host name
and git identity, the authors and remotes of the repository, secret-like environment variables and \`.env\` files; these
values are never written to a record. What becomes known later is looked for in the records of the same workspace too. What
the detectors do not recognise stays in.
Your style and public code can point to you: records are pseudonymous, **not anonymous**. Look at what is kept before you
share it.

Pausing records no keystrokes. But what you typed while it was paused and left in a file is part of that file's text
when you resume.

## Who decides

The controller of this recording is **only you**. Nobody receives it unless you hand over the folder. Records stay in the
folder until you delete them.

- **Pause and resume**: click the status bar. Pausing never asks.
- **Stop**: the command *Understudy: Stop Recording* ends the recording and takes your agreement back.
- **See**: the command *Understudy: Open Dataset Folder*. Every record is a line of JSON that any editor opens.
- **Delete**: the command *Understudy: Delete Dataset…*, or delete any folder under \`data\` by hand.

## What you agree to, and what not

Agreeing is permission to record. It is **not a licence** to your code and by itself no legal basis for sharing it: that
is for you to settle. By agreeing you confirm that you may share the code in this workspace in this way, for instance
because it is yours, because its licence allows it, or because your employer does. The permitted use is training models;
commercial use, passing on and publishing are not agreed to here.

You may take the agreement back at any time, for the future. **A trained model cannot unlearn**: copies of the folder that
you gave away and models that were trained on it do not change when you delete it here.
`,
};
