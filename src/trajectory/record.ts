/**
 * The record: one task, one trajectory, as it stands on disk.
 *
 * Every field is present in every record, no key holds two types, and no map has free keys, so that Arrow, DuckDB and
 * JSON loaders agree on the columns. A null scalar means *not observed*. Lists are never null. `dataset/` derives the JSON
 * Schema and the loader features from this file: each description below is the documentation of its column.
 */
import * as z from 'zod';
import { randomId, recordConsent } from '../consent/receipt.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { gitAction } from '../session/events.ts';

export const trajectorySchemaVersion = 'understudy-trajectory-v1.0';

/** Redacted text. What is read back from disk went through redaction when it was written. */
export const text = z.string() as unknown as z.ZodType<Redacted, string>;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const index = z.int().nonnegative();
const count = z.int().nonnegative();

export const change = z.strictObject({
  offset: index.describe('code points before the change'),
  deleted: count.describe('code points removed at the offset'),
  inserted: text.describe('text put there'),
});

export const selection = z.strictObject({
  anchor: index.describe('where the selection began'),
  active: index.describe('where the cursor is'),
});

export const lineRange = z.strictObject({
  start: index.describe('first line, 0-based'),
  end: index.describe('last line, inclusive'),
});

export const diagnostic = z.strictObject({
  severity: z.enum(['error', 'warning', 'information', 'hint']),
  source: text.nullable().describe('tool that reported it'),
  code: text.nullable(),
  message: text,
  start: index.describe('code points from the start of the document'),
  end: index,
});

export const location = z.strictObject({
  file_id: index.nullable().describe('the file, as in files; null where the path is that of none'),
  path: text.describe('relative to the workspace; that of the file as of the step'),
  line: count.describe('as printed: the first is 1'),
  column: count
    .nullable()
    .describe(
      'as printed: for most tools the first is 1; 0 where it told the length of a redacted value; null where it is not told',
    ),
});

export const excerpt = z.strictObject({
  offset: index.describe('code points of the document before it'),
  text: text.describe('whole lines, joined by line breaks'),
});

export const testStatus = z.enum(['passed', 'failed', 'skipped']);

export const origin = z.enum([
  'typed',
  'pasted',
  'completion',
  'agent',
  'formatter',
  'refactoring',
  'git',
  'external',
  'undo',
  'redo',
  'unknown',
]);

export const stepKind = z.enum([
  'edit',
  'view',
  'command',
  'test',
  'diagnostics',
  'debug',
  'file',
  'git',
  'note',
  'resync',
]);

export const step = z.strictObject({
  index: index.describe('position in steps'),
  kind: stepKind,
  elapsed: z
    .enum(['<1s', '<10s', '<1m', '<10m', 'longer'])
    .describe(
      'time from the end of the step before to the beginning of this one, in coarse bands; where steps between were cut out, what theirs come to at least',
    ),
  duration: z
    .enum(['<1s', '<10s', '<1m', '<10m', 'longer'])
    .nullable()
    .describe('how long a command or a cell ran, in coarse bands; null where its end was not seen'),
  file_id: index
    .nullable()
    .describe(
      'the file, as in files; of the kind command the cell of a notebook that ran, and null for a command line',
    ),
  doc_version: count
    .nullable()
    .describe('changes of the file recorded in this task before the step, for edit, resync, view and diagnostics'),
  origin: origin.nullable().describe('what made an edit'),
  origin_confidence: z.number().min(0).max(1).nullable().describe('the lowest of its changes; null where not known'),
  settled: z
    .boolean()
    .nullable()
    .describe(
      'for 10 s after an edit, or until the end of the task, no change touched or adjoined its region (first to last changed code point)',
    ),
  surviving_10s: z
    .boolean()
    .nullable()
    .describe(
      'at least half of the code points that an edit left in the text still stood 10 s after it, or at the end of the task if that came first; null for an edit that left none',
    ),
  surviving_30s: z.boolean().nullable().describe('the same 30 s after it'),
  surviving_300s: z.boolean().nullable().describe('the same 300 s after it'),
  surviving_end: z.boolean().nullable().describe('the same at the end of the task, in all its parts'),
  selections: z
    .array(selection)
    .describe('selections before the change; of a view, where the cursors were: all are empty'),
  visible_lines: z.array(lineRange).describe('lines in view before the change; of a view, those that were looked at'),
  excerpts: z
    .array(excerpt)
    .describe(
      'what stood in the visible lines of a view, one for each of them, up to 200 lines and 16 kB; empty where base_text and changes of the file give it',
    ),
  changes: z.array(change).describe('applied one after the other, every keystroke in order'),
  action: z
    .enum([
      'create',
      'change',
      'rename',
      'delete',
      ...gitAction.options,
      'exception',
      'stopped',
      'exited',
      'dwell',
      'jump',
    ])
    .nullable()
    .describe(
      'what happened, for the kinds file, git, debug and view; change: another program changed a file whose text was not known; dwell: the lines stayed in view for seconds; jump: a command led there (a definition, a symbol, a problem, back: VS Code does not tell which)',
    ),
  path: text.nullable().describe('for the kind file; for debug, where the program stopped, if in the workspace'),
  line: index.nullable().describe('for the kind debug: the line at which it stopped, 0-based'),
  to_path: text.nullable().describe('new path of a rename'),
  paths: z.array(text).describe('files that a commit or another step of git changed, bounded'),
  branch: text.nullable(),
  message: text.nullable().describe('commit message, exception or note'),
  cwd: text.nullable().describe('working directory, relative to the workspace'),
  command: text.nullable().describe('command line; null where a cell of a notebook ran'),
  runner: z
    .string()
    .nullable()
    .describe('what a test command calls; only where exit_code is its own (no pipe, no watching, nothing after it)'),
  exit_code: z
    .int()
    .nullable()
    .describe('of a cell of a notebook 0 where it succeeded, 1 where it failed; null where that was not seen'),
  output: text
    .nullable()
    .describe(
      'terminal output as a person saw it, with clock values near the recording put to the first instant of 2000; of a cell what it printed, its plain results and its error, with the types of what is left out in brackets; null when not observed',
    ),
  output_status: z.enum(['complete', 'truncated', 'incomplete', 'unobserved']).nullable(),
  output_bytes: count.nullable().describe('UTF-8 bytes of the redacted output before it was cut to the limit'),
  locations: z
    .array(location)
    .describe(
      "places in the workspace that the output names (stack traces, errors of compilers and linters), in order, each once, the first 50; a path leads from where the command ran, or a folder above; without others' code (node_modules, vendor, ...), and without bare names of Java's and Go's frames that fit no file, or several",
    ),
  tests: z
    .array(
      z.strictObject({
        name: text.describe("the runner's own, nested ones joined with ' > '; the same in every run"),
        status: testStatus,
      }),
    )
    .describe(
      'results by test name, for all runs of a command read from the output (one that names only failed tests gives only those) or from report files that it wrote, whichever names more; empty where neither is understood, and without the signal tests',
    ),
  diagnostics: z.array(diagnostic).describe('all diagnostics of the file at this version'),
  resolved: z
    .array(diagnostic.omit({ start: true, end: true }))
    .describe(
      'those that the step of the kind diagnostics before had for this file and this one has not, where the file was edited between',
    ),
  resolved_by_step: index
    .nullable()
    .describe('the last edit of the file between the two; null where nothing is resolved, or a part before has it'),
});
export type Step = z.infer<typeof step>;

export const trajectoryFile = z.strictObject({
  file_id: index.describe('position in files'),
  path: text.describe(
    'relative to the workspace, before the first step of this record; a cell of a notebook is a file of its own, as analysis.ipynb#3, by a number that it keeps throughout the session',
  ),
  role: z
    .enum(['edited', 'viewed', 'manifest', 'test'])
    .describe(
      'manifest or test by the conventions of its path, whether changed or not (base_step tells); else edited when a step changes it',
    ),
  language: z.string().nullable().describe('language id of VS Code'),
  license_spdx: z.string().nullable().describe('SPDX id that the file itself names'),
  encoding: z.string().nullable(),
  eol: z.enum(['lf', 'crlf']).nullable(),
  base_step: index
    .nullable()
    .describe(
      'first step that edits, resyncs, creates or deletes the file, or runs it as a cell of a notebook; null when none does',
    ),
  base_text: text
    .nullable()
    .describe(
      'text before the first step; null where the file was absent or the task only looked at it; manifests at the top of the workspace stand with their text though nothing changed them',
    ),
  final_text: text
    .nullable()
    .describe('text after the last step; null where the file is absent or the task only looked at it'),
  base_sha256: sha256.nullable().describe('of base_text, as UTF-8'),
  final_sha256: sha256.nullable().describe('of final_text, as UTF-8'),
});
export type TrajectoryFile = z.infer<typeof trajectoryFile>;

export const gap = z.strictObject({
  after_step: z.int().min(-1).describe('the step before the gap; -1 for the beginning'),
  reason: z.enum(['paused', 'withheld', 'limit', 'resync']).describe('withheld: held back, or cut out in review'),
});

export type Gap = z.infer<typeof gap>;

export const outcome = z.strictObject({
  status: z
    .enum(['succeeded', 'failed', 'abandoned', 'unknown'])
    .describe(
      'of the whole task, told in its last part: abandoned: all edits were taken back; succeeded: the same test command red, then an edit, then green, and no test command last red; the edit left the code of some file different, to the end: tests, documentation, comments and empty lines are no such code; where its tests are known by name, one failed, passed in the next run that names it, with an edit between, and in the last run, and none that had passed failed there; names and numbers of tests undo what exit codes say where a green run names a failed test, ran none, or did not sum them up as the red one had, and where all that failed were skipped or are gone (where not all are named: where no more passed than before); exit codes count for nothing where a command’s choice of tests varies, or where files of tests changed between and the runner did not count its tests or none that failed still stands in a file; a run without an exit code, as from a debugger, counts where all its tests are known by name; failed: the last test run was red; unknown: all else, and in earlier parts',
    ),
  basis: z
    .enum(['test_names', 'exit_code', 'user', 'none'])
    .describe(
      'what the status rests on: tests by name, the exit code of a command alone, the word of the person in review, or nothing',
    ),
  evidence: z
    .array(index)
    .describe(
      "steps of this part that show the task's outcome: red, the last edit between, green; or the last red run",
    ),
  tests: z
    .array(
      z.strictObject({
        name: text,
        before: testStatus
          .nullable()
          .describe('in the first run that names it, the last run of the command aside; null where none does'),
        after: testStatus.nullable().describe('in the last run of the command; null where that does not name it'),
        flaky: z
          .boolean()
          .describe('passed in one run and failed in the next, or the other way round, and nothing happened between'),
        present_at_base: z
          .boolean()
          .nullable()
          .describe(
            'true where a run before the first edit names it, or its definition stood in a file of the task; false where this task wrote its definition; else null',
          ),
      }),
    )
    .describe(
      'tests by name of the command that the status rests on, or of the one that ran last; empty where none are known, without the signal tests, and in earlier parts',
    ),
  diagnostics_resolved: count
    .nullable()
    .describe(
      'distinct diagnostics (file, source, code, message) that went away with an edit of their file and stayed away; null without the signal errors and in earlier parts',
    ),
  committed: z.boolean().nullable().describe('a commit was seen; null without the signal git and in earlier parts'),
  reverted: z
    .boolean()
    .nullable()
    .describe('all edits were taken back by the end of the task; null when nothing was edited, and in earlier parts'),
  observed_until_step: index.nullable().describe('last step that was observed; null when there is none'),
});
export type Outcome = z.infer<typeof outcome>;

export const quality = z.strictObject({
  code_points: count.describe('code points inserted by the changes of all edits'),
  bytes: count.describe('UTF-8 bytes of base_text, final_text, inserted, output and excerpts, summed'),
  replay_verified: z.boolean().describe('base and changes give final, checked before writing'),
  resyncs: count.describe(
    'steps of the kind resync: the editor and the recorded text had disagreed, or what changed it was cut out',
  ),
  edits: count.describe('steps of the kind edit'),
  edits_inserting: count.describe(
    'edits that left code points in the text when they were over: those that can survive',
  ),
  edits_settled: count.describe('edits that are settled'),
  edits_surviving_10s: count.describe('edits that are surviving_10s'),
  edits_surviving_30s: count.describe('edits that are surviving_30s'),
  edits_surviving_300s: count.describe('edits that are surviving_300s'),
  edits_surviving_end: count.describe('edits that are surviving_end'),
  origin_share: z
    .array(z.strictObject({ origin, share: z.number().min(0).max(1) }))
    .describe('code points inserted by the edits of each origin / code_points; empty when nothing was inserted'),
});

export type Quality = z.infer<typeof quality>;

export const redactionSummary = z.strictObject({
  detector_version: z.string(),
  audit: z.enum(['clean', 'clean_after_retry']).describe('result of the scan of the finished record'),
  placeholders: z
    .array(z.strictObject({ placeholder: z.string(), type: z.string(), count }))
    .describe('what stands in place of what was taken out'),
});
export type RedactionSummary = z.infer<typeof redactionSummary>;

export const trajectory = z.strictObject({
  schema_version: z.literal(trajectorySchemaVersion),
  revision: z.int().positive().describe('grows when a record is redacted or edited anew'),
  trajectory_id: randomId,
  task_id: randomId.describe('shared by the parts of one task'),
  part: index,
  parts: z.int().positive(),
  project_id: randomId.describe('one a workspace; nothing links the projects of a person'),
  lineage_key: sha256.nullable().describe("sha256 of the repository's root commit, only under the signal repository"),
  split_bucket: z.int().min(0).max(999).describe('first 32 bits of sha256(lineage_key or project_id), mod 1000'),
  consent: recordConsent,
  producer: z.strictObject({
    extension: z.string(),
    vscode: z.string().nullable().describe('`1.13x` for all from 1.130 to 1.139: the version would tell the month'),
    platform: z.enum(['linux', 'macos', 'windows', 'other']),
  }),
  period: z
    .string()
    .regex(/^\d{4}-Q[1-4]$/)
    .describe('calendar quarter'),
  instruction: z.strictObject({
    text: text.nullable().describe('in the words of its source, nothing added'),
    source: z
      .enum(['user', 'commit', 'issue', 'failing_test'])
      .nullable()
      .describe(
        'the first that there is: user: what the person said; commit: the message of the last commit; issue: the name of the branch of the last edit where it refers to an issue, else the line in the message of a later revert that does; failing_test: names, a line each, of at most 20 tests that failed and passed for good after an edit, those of the first run in which one of them failed',
      ),
    hindsight: z
      .boolean()
      .describe(
        'written after the work: the message of a commit or revert, or what was written in review, describes the answer',
      ),
    available_from_step: index
      .nullable()
      .describe(
        'first step at which it was known; null where there is none, where only a later part knew it, and where it was written in review',
      ),
  }),
  environment: z.strictObject({
    tools: z
      .array(
        z.strictObject({
          name: z.string(),
          version: text
            .nullable()
            .describe(
              'of what its own output told in any step of the task the first number, with the second while the first is 0 and for python, go, ruby, php and dotnet; null where it was only called',
            ),
        }),
      )
      .describe(
        'well-known programs that the commands of the task call, or that name themselves with a version in an output; by name, one entry a version',
      ),
    package_manager: z
      .string()
      .nullable()
      .describe(
        'the one that most commands of the task call, the first of several; without any, that of packageManager in a package.json or of the lock file or manifest among the files of the task, the one nearest to the root; else null',
      ),
    repo: text.nullable().describe('public remote, only under the signal repository'),
    base_commit: z.string().nullable().describe('only under the signal repository'),
  }),
  files: z.array(trajectoryFile),
  steps: z.array(step),
  gaps: z.array(gap),
  outcome,
  quality,
  redaction: redactionSummary,
  license: z.strictObject({
    spdx: z.string().nullable().describe("SPDX id of the workspace's licence"),
    file: text.nullable().describe('file it was found in'),
  }),
});
export type Trajectory = z.infer<typeof trajectory>;
