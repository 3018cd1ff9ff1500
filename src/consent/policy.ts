/** The recording policy: what a person agrees to. A receipt names its version and hash, so a changed text asks anew. */
import { createHash } from 'node:crypto';

export interface Policy {
  version: string;
  /** Markdown. */
  text: string;
}

/** Who decides about the records, where that is not the person alone. */
export interface Controller {
  name: string;
  contact: string;
}

export function policySha256(policy: Policy): string {
  return sha256(policy.text);
}

/** The policy text of this version under a controller, whose name makes it another text, and so another version. */
export function policyOf(controller: Controller | null): Policy {
  if (!controller) return policy;
  const named = `3-${sha256(JSON.stringify([controller.name, controller.contact])).slice(0, 8)}`;
  return { version: named, text: textOf(named, controllerText(controller)) };
}

function controllerText({ name, contact }: Controller): string {
  return `The controller of this recording is **${escaped(name)}**, an organisation that set this up on this machine. To reach it:
${escaped(contact)}. It receives nothing by Understudy: only what somebody hands over.`;
}

/** Names are data: none of them formats, links or loads anything. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|&~]/g, '\\$&');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const onlyYou = 'The controller of this recording is **only you**. Nobody receives it unless you hand over the folder.';

function textOf(version: string, controller: string): string {
  return `# Understudy: recording policy, version ${version}

Understudy records how you work on the code in one workspace and turns it into training examples for machine learning.
It records only after you agree, only in the folders for which you agreed, only what you chose, and for the days that you
chose, 90 at most. Then it is off until you click and agree anew.

## What is recorded

Each of these is a choice of its own, but for edits, without which there is nothing to record. *Agree* without *Choose…*
means all but full output and the repository's name.

- **Edits** (\`edits\`), key by key, with undo, redo, the cursor and the lines in view at each edit, in files of this workspace
  that you change, and the whole text of each of those files as it stood before your first change. **Saves**, and files that
  are **created, renamed or deleted**. **Changes by other programs**: what git, agents and other tools change in files of this
  workspace, compared with the text that was last known. **Notebooks**: cells that you add, change or delete, and their whole
  text as it stood before. **Manifests**: the workspace's \`package.json\`, \`pyproject.toml\`, \`Cargo.toml\`, \`go.mod\` and the
  like. What you write when you start a task, the licence of the workspace, the version of VS Code and the kind of operating
  system.
- **Terminal commands** (\`terminal\`). For commands that build, test, lint or run code, for package managers and for git: the
  command line, its folder, its exit code and its output. For any other command: the program's name and its exit code alone.
  **Tasks and programs under a debugger** likewise, and what **runs of notebook cells** give as far as it is text (what is
  printed, plain results, errors); pictures and pages are left out.
- **Full terminal output** (\`full_output\`): the command line and the output of every other command as well, as long as it
  works inside of this workspace; so whatever you type at the prompt there is recorded. Programs that take over the whole
  screen, and commands that deal in credentials, still leave their name alone.
- **Test results** (\`tests\`). When a command has run tests, the names of the tests and whether they passed, from its output and
  from the report files (JUnit XML and the like) that it wrote. Nothing else of those files is kept, whether git ignores them
  or not. Where you agree to this and not to terminal commands, the commands that run tests are recorded, and no others.
- **Errors and warnings** (\`errors\`) that the editor shows for those files; in the debugger exceptions with their text and
  stack, and where the program stopped. Variables and what is evaluated are never read, but an exception's text may name a value.
- **Git** (\`git\`): messages, branch and names of the files of your commits; and that a branch was switched, or that changes
  were undone, put away, merged or moved. Without it, git commands in the terminal leave the program's name alone.
- **What you look at** (\`views\`): the lines of a file of this workspace that stay in view for some seconds, and where commands
  such as *Go to Definition* lead. What you search for is not recorded. To find secrets that begin elsewhere in such a file,
  its whole text waits in the journal; only the lines go into the record.
- **Which repository it is** (\`repository\`): the hash of its oldest commit and, where it has a remote on a public forge (such as
  GitHub, GitLab, Bitbucket, Codeberg), the remote's address and the published commit that your work began at. **From this
  anybody can tell a public repository, and perhaps you by it.** Whether a repository on a forge is private is not known here.

## What is not recorded

- What you type or read in chats and in other extensions, and the commit box before you commit.
- The clipboard. When text is put into a file at once, it is compared with the clipboard to tell a paste from a
  completion; only yes or no is kept.
- Files that git ignores, files that \`.understudyignore\`, \`.aiexclude\`, \`.aiignore\` or \`.cursorignore\` name, folders of your
  setting \`understudy.excludedFolders\`, what an organisation excludes, the text of lock files and generated ones, files that
  commonly hold secrets (\`.env\`, private keys), files outside the workspace, unsaved untitled files, settings, files over 256 kB
  and files that are not text.
- Anything while a Live Share session is on: others did not agree.
- Clock times and dates: a record holds coarse distances between steps and the quarter of the year.
- Nobody is measured: no report on your speed, hours or mistakes is made, for you or for anyone.

Nothing is sent anywhere. Understudy opens no network connection and has no telemetry.

## Where it goes, and how long it stays

While you work, the recording waits in an encrypted journal in VS Code's storage for extensions. A task that ended is held
there for ten minutes (the setting \`understudy.graceMinutes\`), so that you can withdraw it; then it is redacted and written as
one record to a dataset folder on the machine that runs the extension: your computer or, if you work on a remote host or in a
container, that host. The setting \`understudy.datasetFolder\` names the folder. The journal of the task is deleted then. When its steps happened is
kept beside the journals for about an hour more, encrypted, so that you can forget the last minutes; no record holds it.

The first three tasks of a workspace, and later ones if you or your organisation want it so, wait until you have looked at
them and kept them. What you have not kept seven days after its end is deleted unwritten. Any other journal is
deleted at the latest when VS Code runs next after 24 hours; so is a task that cannot be redacted with certainty, of which
nothing is written. Records stay in the folder until you delete them.

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

${controller} Records stay in the folder until you delete them.

An organisation that administers this machine can forbid recording, exclude files, drop some of what you agreed to, shorten
the time, demand a review, add to what is redacted, and name itself as the controller, which asks you anew. It cannot agree
for you, and it cannot add to what is recorded or to what it is used for. The file in which it says so can be read by you.

- **Pause and resume**: click the status bar. A pause holds in all windows on this machine. Pausing never asks.
- **Stop**: the command *Understudy: Stop Recording* ends the recording and takes your agreement back.
- **See and correct**: *Understudy: Review Task…* shows a task as a trainer will get it, and lets you cut, redact or withdraw it.
  *Understudy: Open Dataset Folder*: every record is a line of JSON that any editor opens.
- **Take back**: *Understudy: Forget the Last Minutes…*, *Withdraw Everything of This Workspace…*, *… and Reset Ids*. Of what is
  withdrawn its random id remains in the folder, so that copies can follow.
- **Export**: *Understudy: Export What Is Held About Me…*
- **Delete**: the command *Understudy: Delete Dataset…*, or delete any folder under \`data\` by hand.

To find out whether you still agree for the same code, Understudy remembers, in VS Code's storage on this machine alone, the
folders for which you agreed and the oldest commit of the repository in each. In another folder, another repository in the
same folder, or with a folder added, it is off.

## What you agree to, and what not

Agreeing is permission to record. It is **not a licence** to your code and by itself no legal basis for sharing it: that
is for you to settle. By agreeing you confirm that you may share the code in this workspace in this way, for instance
because it is yours, because its licence allows it, or because your employer does. The permitted use is training models, as
far as you leave that chosen; **commercial use**, **passing the records on** and **publishing them** are permitted only where
you choose them, and then you name the right by which you do: the code is yours, your employer authorised you, or it is
open source.

You may take the agreement back at any time, for the future. **A trained model cannot unlearn**: copies of the folder that
you gave away and models that were trained on it do not change when you delete it here.
`;
}

export const policy: Policy = { version: '3', text: textOf('3', onlyYou) };
