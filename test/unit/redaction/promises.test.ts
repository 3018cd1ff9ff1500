/** The promises of redaction as laws, over whole sessions and everything that would be written of them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { audit } from '../../../src/redaction/audit.ts';
import { isRarePiece, pieceLength } from '../../../src/redaction/detectors/rarity.ts';
import { encodings } from '../../../src/redaction/dictionary/encodings.ts';
import { redactTask } from '../../../src/redaction/redactTask.ts';
import { redactText } from '../../../src/redaction/redactText.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import { buildHistory } from '../../../src/session/history/buildHistory.ts';
import type { Task } from '../../../src/session/task.ts';
import { replayTrajectory } from '../../../src/trajectory/replay.ts';
import { type Action, eventsOf, ordinaryAction } from '../../support/histories.ts';
import { promiseRuns as numRuns } from '../../support/runs.ts';
import {
  type Act,
  actionsOf,
  acts,
  anyPlace,
  anySecret,
  base,
  places,
  type Secret,
  sealed,
  secretAt,
  textsOf,
} from '../../support/secretSessions.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const session = fc
  .tuple(fc.array(anySecret, { minLength: 1, maxLength: 2 }))
  .chain(([secrets]) => fc.tuple(fc.constant(secrets), acts(secrets.length)));

function rarePieces(secret: string): string[] {
  const pieces = encodings(secret).flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - pieceLength + 1) }, (_, i) => form.slice(i, i + pieceLength)),
  );
  return pieces.filter((piece) => isRarePiece(piece) && !base.includes(piece));
}

describe('redaction', () => {
  it('replays: in every record, base and changes give final', () =>
    fc.assert(
      fc.asyncProperty(session, async ([secrets, acted]) => {
        const { trajectories } = await sealed(eventsOf(base, actionsOf(acted, secrets)));
        for (const trajectory of trajectories) assert.equal(replayTrajectory(trajectory), null);
      }),
      { numRuns },
    ));

  it('leaves no rare piece of a secret, in whatever form, in anything that is written', () =>
    fc.assert(
      fc.asyncProperty(session, async ([secrets, acted]) => {
        const { rows, trajectories } = await sealed(eventsOf(base, actionsOf(acted, secrets)));
        const inserts = trajectories.map(({ steps }) =>
          steps.flatMap(({ changes }) => changes.map(({ inserted }) => inserted)).join(''),
        );
        const texts = [...textsOf(rows), ...inserts];
        for (const { text } of secrets) {
          for (const piece of rarePieces(text)) {
            const found = texts.find((one) => one.includes(piece));
            assert.equal(found, undefined, `'${piece}' of '${text}'`);
          }
        }
      }),
      { numRuns },
    ));

  it('is blind to length, and to what a value is: two of one kind leave the same', () => {
    const pair = fc.array(
      anyPlace.chain((place) => fc.tuple(secretAt(place), secretAt(place))),
      { minLength: 1, maxLength: 2 },
    );
    // What two values share may make one of them.
    const isDistinct = (secrets: Secret[]) => {
      const pieces = secrets.flatMap(({ text }) => [
        ...new Set(Array.from(text, (_, i) => text.slice(i, i + pieceLength))),
      ]);
      const whole = pieces.filter(({ length }) => length === pieceLength);
      return new Set(whole).size === whole.length;
    };
    const twins = pair
      .filter((pairs) => isDistinct(pairs.map(([one]) => one)) && isDistinct(pairs.map(([, other]) => other)))
      .chain((pairs) => fc.tuple(fc.constant(pairs), acts(pairs.length, { ordinary: false }), fraction));
    return fc.assert(
      fc.asyncProperty(twins, async ([pairs, drawn, abandoned]) => {
        // What was given up is a value of its own: at two places it is two, and half of a value may be a third. Which of
        // them are the same must not depend on chance here.
        const splits = drawn.some((act) => act.kind === 'mention' && act.where === 'split');
        const acted = drawn.map((act) =>
          act.kind === 'plant' && act.abandoned !== null ? { ...act, abandoned: splits ? null : abandoned } : act,
        );
        const rowsWith = async (secrets: Secret[]) =>
          (await sealed(eventsOf(base, actionsOf(acted, secrets), { byLine: true }))).rows;
        const one = await rowsWith(pairs.map(([secret]) => secret));
        const other = await rowsWith(pairs.map(([, secret]) => secret));
        assert.deepEqual(one, other);
      }),
      { numRuns },
    );
  });

  it('is silent: a session with nothing to hide comes out as it was', () => {
    const plain: fc.Arbitrary<Action> = fc.oneof<fc.Arbitrary<Action>[]>(
      ordinaryAction,
      ordinaryAction,
      ordinaryAction,
      fc.constant({
        kind: 'run' as const,
        line: 'npm test',
        output: 'ok 1 - adds\nok 2 - takes away',
        cuts: [] as number[],
        reported: 'pkg.SumTest > adds one',
      }),
      fc.constant({ kind: 'merge' as const, message: 'Merge branch feature', branch: 'main' }),
      fc.constant({ kind: 'diagnose' as const, message: "';' expected." }),
      fc.constant({ kind: 'note' as const, text: 'the sum of all parcels' }),
    );
    return fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 12 }), async (actions) => {
        for (const task of tasksOf(eventsOf(base, actions))) {
          const { task: redacted, placeholders } = await redactTask(task, []);
          assert.deepEqual(redacted, task);
          assert.deepEqual(placeholders, []);
        }
      }),
      { numRuns },
    );
  });

  it('is consistent: one value has one placeholder, two have two', () => {
    const two = fc.tuple(secretAt('password'), secretAt('password')).filter(([a, b]) => a.text !== b.text);
    const whole = acts(2, { ordinary: false, abandon: false }).filter((acted) =>
      acted.every((act) => act.kind !== 'ordinary'),
    );
    return fc.assert(
      fc.asyncProperty(two, whole, async (secrets, acted) => {
        const { trajectories } = await sealed(eventsOf(base, actionsOf(acted, secrets)));
        const finals = trajectories.flatMap(({ files }) => files.map(({ final_text }) => final_text ?? '')).join('\n');
        const placeholdersOf = (number: number) =>
          new Set(Array.from(finals.matchAll(new RegExp(`password${number} = "([^"]*)"`, 'g')), ([, value]) => value));
        const [one, other] = [placeholdersOf(0), placeholdersOf(1)];
        assert.deepEqual([one.size, other.size], [1, 1]);
        assert.notDeepEqual(one, other);
      }),
      { numRuns },
    );
  });

  it('is idempotent: redacting the redacted changes nothing', () =>
    fc.assert(
      fc.asyncProperty(session, async ([secrets, acted]) => {
        for (const task of tasksOf(eventsOf(base, actionsOf(acted, secrets)))) {
          const once = (await redactTask(task, [])).task;
          const { task: twice, placeholders } = await redactTask(once as Task<string>, []);
          assert.deepEqual(twice, once);
          assert.deepEqual(placeholders, []);
        }
      }),
      { numRuns },
    ));

  it('is blind to how an insert was cut, and finds in windows what a look at the whole finds', () => {
    const text = fc
      .array(
        fc.oneof(
          anySecret.map(({ place, text }) => places[place].line(text, 0)),
          fc.constantFrom(...ordinaryLines),
        ),
        {
          minLength: 1,
          maxLength: 6,
        },
      )
      .map((lines) => `${lines.join('\n')}\n`);
    return fc.assert(
      fc.asyncProperty(text, fc.array(fraction, { maxLength: 5 }), async (inserted, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.floor(cut * inserted.length)), inserted.length].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((end, i) => inserted.slice(places[i], end));
        const finals = await Promise.all(
          [[inserted], pieces].map(async (parts) => {
            const { trajectories } = await sealed(pasted(base, parts));
            return trajectories.map(({ files }) => files.map(({ final_text }) => final_text));
          }),
        );
        assert.deepEqual(finals[1], finals[0]);
        assert.deepEqual(finals[0], [[redactText(base + inserted, { context: 'source' }).text]]);
      }),
      { numRuns },
    );
  });

  it('is monotone: one more known value never uncovers anything', () =>
    fc.assert(
      fc.asyncProperty(session, secretAt('password'), async ([secrets, acted], more) => {
        const events = eventsOf(
          base,
          actionsOf([...acted, { kind: 'mention', secret: secrets.length, where: 'note' }], [...secrets, more]),
        );
        for (const known of [[], [{ type: 'secret' as const, value: more.text }]]) {
          const texts = textsOf((await sealed(events, known)).rows);
          for (const { text } of known.length > 0 ? [...secrets, more] : secrets) {
            for (const piece of rarePieces(text)) assert.ok(!texts.some((one) => one.includes(piece)), piece);
          }
        }
      }),
      { numRuns },
    ));

  it('fails closed: the last look passes what was redacted, and nothing in which a piece was left', () =>
    fc.assert(
      fc.asyncProperty(session, fraction, async ([secrets, acted], where) => {
        for (const task of tasksOf(eventsOf(base, actionsOf(acted, secrets)))) {
          const { task: redacted, dictionary } = await redactTask(task, []);
          assert.deepEqual(audit(redacted, [dictionary]), []);
          const pieces = rarePieces(secrets[0].text).filter((piece) => secrets[0].text.includes(piece));
          if (pieces.length === 0) continue;
          const left = { ...redacted, more: { deep: [`-- ${pieces[Math.floor(where * pieces.length)]} --`] } };
          assert.notDeepEqual(audit(left, [dictionary]), []);
        }
      }),
      { numRuns },
    ));

  it('is blind to how a stream was cut', () =>
    fc.assert(
      fc.asyncProperty(session, async ([secrets, acted]) => {
        const uncut = acted.map((act): Act => (act.kind === 'echo' ? { ...act, cuts: [] } : act));
        const [one, other] = await Promise.all(
          [acted, uncut].map(async (each) => (await sealed(eventsOf(base, actionsOf(each, secrets)))).rows),
        );
        assert.deepEqual(one, other);
      }),
      { numRuns },
    ));
});

const ordinaryLines = ['const value = list.map((item) => item.name);', 'return total + 1;', '', '// a comment', '}'];

/** Each part is put behind the one before. */
function pasted(start: string, parts: readonly string[]): SessionEvent[] {
  const t = 1_700_000_000_000;
  const events: SessionEvent[] = [
    { kind: 'open', t, doc: 0, path: 'src/main.ts', language: 'typescript', eol: 'lf', encoding: 'utf8', text: start },
  ];
  let offset = start.length;
  for (const text of parts) {
    const changes = [{ offset, length: 0, text }];
    events.push({
      kind: 'edit',
      t,
      doc: 0,
      version: events.length,
      reason: null,
      changes,
      selections: null,
      visible: null,
    });
    offset += text.length;
  }
  return events;
}

function tasksOf(events: Parameters<typeof buildHistory>[0]): Task<string>[] {
  const { tasks, faults } = buildHistory(events);
  assert.deepEqual(faults, []);
  return tasks;
}
