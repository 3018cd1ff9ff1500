import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as z from 'zod';
import { allSignals, allUses, type Choice } from '../../../src/consent/choice.ts';
import { ExcludedPaths } from '../../../src/consent/exclusions.ts';
import { grant, isValid } from '../../../src/consent/grant.ts';
import {
  narrow,
  narrowSignals,
  noOrganisation,
  type OrganisationPolicy,
  organisationPolicy,
  parseOrganisationPolicy,
  policyUnder,
} from '../../../src/consent/organisation.ts';
import { policy, policySha256 } from '../../../src/consent/policy.ts';
import { policyVersionPattern } from '../../../src/dataset/consentFiles.ts';

const day = 24 * 60 * 60 * 1000;
const now = new Date('2026-03-01T12:00:00Z');

const words = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'B', '*', '[', '<', '`', '.', '!') });
const organisations: fc.Arbitrary<OrganisationPolicy> = fc.record({
  forbid: fc.boolean(),
  excludePaths: fc.array(fc.constantFrom('/secret', '**/clients/**', '~/private')),
  excludeLanguages: fc.array(fc.constantFrom('python', 'sql')),
  dropSignals: fc.subarray(allSignals.filter((signal) => signal !== 'edits')) as fc.Arbitrary<
    OrganisationPolicy['dropSignals']
  >,
  dropUses: fc.subarray([...allUses]),
  maxDays: fc.integer({ min: 1, max: 90 }),
  requireReview: fc.boolean(),
  redact: fc.array(fc.string({ minLength: 1 })),
  controller: fc.option(fc.record({ name: words, contact: words }), { nil: null }),
});
const choices: fc.Arbitrary<Choice> = fc.record({
  signals: fc.subarray([...allSignals]),
  uses: fc.record({ train: fc.boolean(), commercial: fc.boolean(), redistribute: fc.boolean(), publish: fc.boolean() }),
  rights_basis: fc.constantFrom('own', 'employer_authorised', 'open_source'),
  days: fc.constantFrom(7, 30, 90),
});
const times = fc.integer({ min: 0, max: 100 * day });

describe('an organisation', () => {
  it('leaves no more than the person agreed to, whatever its file says', () => {
    fc.assert(
      fc.property(organisations, choices, times, (organisation, choice, later) => {
        const at = new Date(now.getTime() + later);
        const receipt = grant(policyUnder(organisation), now, choice);
        const left = isValid(receipt, policyUnder(organisation), at) ? narrow(receipt, organisation, at) : null;
        if (!left) return;
        assert.ok(left.signals.every((signal) => receipt.signals.includes(signal)));
        assert.ok(allUses.every((use) => !left.uses[use] || receipt.uses[use]));
        assert.deepEqual(left.receipt, receipt);
      }),
    );
  });

  it('leaves no less where it says nothing', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const receipt = grant(policy, now, choice);
        const { signals, uses } = narrow(receipt, noOrganisation, now) ?? assert.fail();
        assert.deepEqual({ signals, uses }, { signals: receipt.signals, uses: receipt.uses });
      }),
    );
  });

  it('narrows further with each thing more that it says', () => {
    fc.assert(
      fc.property(organisations, organisations, choices, times, (one, other, choice, later) => {
        const both: OrganisationPolicy = {
          ...one,
          forbid: one.forbid || other.forbid,
          dropSignals: [...one.dropSignals, ...other.dropSignals],
          dropUses: [...one.dropUses, ...other.dropUses],
          maxDays: Math.min(one.maxDays, other.maxDays),
          requireReview: one.requireReview || other.requireReview,
        };
        const at = new Date(now.getTime() + later);
        const receipt = grant(policy, now, choice);
        const [more, less] = [narrow(receipt, one, at), narrow(receipt, both, at)];
        if (!less) return;
        assert.ok(more);
        assert.ok(less.signals.every((signal) => more.signals.includes(signal)));
        assert.ok(allUses.every((use) => !less.uses[use] || more.uses[use]));
        assert.ok(less.requireReview || !more.requireReview);
      }),
    );
  });

  const receipt = grant(policy, now, {
    signals: [...allSignals],
    uses: { train: true, commercial: true, redistribute: true, publish: true },
    rights_basis: 'own',
    days: 90,
  });
  const says = (text: object) => organisationPolicy.parse(text);

  it('forbids', () => assert.equal(narrow(receipt, says({ forbid: true }), now), null));

  it('drops signals, and what is nothing without them', () => {
    const { signals } = narrow(receipt, says({ dropSignals: ['terminal', 'views'] }), now) ?? assert.fail();
    assert.deepEqual(signals, ['edits', 'tests', 'errors', 'git', 'repository']);
    assert.deepEqual(narrowSignals([], noOrganisation), []);
  });

  it('drops uses', () => {
    const { uses } = narrow(receipt, says({ dropUses: ['publish', 'commercial'] }), now) ?? assert.fail();
    assert.deepEqual(uses, { train: true, commercial: false, redistribute: true, publish: false });
  });

  it('shortens the time', () => {
    const shorter = says({ maxDays: 7 });
    assert.ok(narrow(receipt, shorter, new Date(now.getTime() + 7 * day - 1)));
    assert.equal(narrow(receipt, shorter, new Date(now.getTime() + 7 * day)), null);
  });

  it('requires review', () => {
    assert.equal(narrow(receipt, says({ requireReview: true }), now)?.requireReview, true);
    assert.equal(narrow(receipt, noOrganisation, now)?.requireReview, false);
  });

  it('asks anew by naming a controller, in a text and a version of its own that formats nothing', () => {
    fc.assert(
      fc.property(words, words, (name, contact) => {
        const named = policyUnder({ ...noOrganisation, controller: { name, contact } });
        assert.equal(isValid(receipt, named, now), false);
        assert.match(named.version, policyVersionPattern);
        assert.notEqual(policySha256(named), policySha256(policy));
        assert.ok(named.text.replace(/\\(.)/g, '$1').includes(`**${name}**`));
        assert.doesNotMatch(named.text, /\*\*only you\*\*/);
        assert.doesNotMatch(named.text, /(?<!\\)[<[]/);
      }),
    );
  });
});

describe('parseOrganisationPolicy', () => {
  it('takes what is empty for nothing said', () => assert.deepEqual(parseOrganisationPolicy('{}'), noOrganisation));

  it('takes the mark that editors of Windows put in front', () =>
    assert.deepEqual(parseOrganisationPolicy('\ufeff{}'), noOrganisation));

  it('says what is wrong', () => {
    const wrong: [string, RegExp][] = [
      ['', /not JSON/],
      ['[]', /expected object/],
      ['{"allow": true}', /allow/],
      ['{"forbid": "no"}', /^forbid: /],
      ['{"dropSignals": ["edits"]}', /^dropSignals\.0: /],
      ['{"maxDays": 91}', /^maxDays: /],
      ['{"maxDays": 0}', /^maxDays: /],
      ['{"excludePaths": ["!/secret"]}', /^excludePaths\.0: /],
      ['{"controller": {"name": "two\\nlines", "contact": "x"}}', /^controller\.name: /],
      ['{"controller": {"name": "", "contact": "x"}}', /^controller\.name: /],
      ['{"controller": {"name": " ", "contact": "x"}}', /^controller\.name: /],
      ['{"controller": {"name": "turned \\u202e around", "contact": "x"}}', /^controller\.name: /],
      ['{"__proto__": {"forbid": false}}', /__proto__/],
      ['{"version": 2}', /version/],
    ];
    for (const [text, fault] of wrong) {
      const parsed = parseOrganisationPolicy(text);
      assert.ok('fault' in parsed, text);
      assert.match(parsed.fault, fault);
    }
  });
});

describe('ExcludedPaths', () => {
  const excluded = (patterns: string[], path: string) => new ExcludedPaths(patterns, '/home/me').excludes(path);

  it('takes an absolute path for all below it, and for nothing beside it', () => {
    assert.equal(excluded(['/srv/secret'], '/srv/secret/a/b.ts'), true);
    assert.equal(excluded(['/srv/secret/'], '/srv/secret/a/b.ts'), true);
    assert.equal(excluded(['/srv/secret'], '/srv/secrets/b.ts'), false);
    assert.equal(excluded(['/srv/secret'], '/other/srv/secret/b.ts'), false);
  });

  it('takes globs, and ~ for the home folder', () => {
    assert.equal(excluded(['**/clients/**'], '/a/clients/b.ts'), true);
    assert.equal(excluded(['*.sql'], '/a/b.sql'), true);
    assert.equal(excluded(['~/private'], '/home/me/private/b.ts'), true);
    assert.equal(excluded(['~/private'], '/home/you/private/b.ts'), false);
    assert.equal(excluded(['~'], '/home/me/b.ts'), true);
    assert.equal(excluded(['**'], '/b.ts'), true);
  });

  it('knows the paths of Windows, with either slash', () => {
    for (const pattern of ['C:\\Srv\\Secret', 'c:/srv/secret'])
      assert.equal(excluded([pattern], 'c:\\Srv\\Secret\\a.ts'), true);
    assert.equal(excluded(['C:\\Srv\\Secret'], 'D:\\Srv\\Secret\\a.ts'), false);
    assert.equal(new ExcludedPaths(['~\\private'], 'C:\\Users\\me').excludes('C:\\Users\\me\\private\\a.ts'), true);
  });

  it('includes nothing again', () => {
    const some = fc.constantFrom('/a', '/a/b', '!/a', '!**', '#', '*.ts', '', ' ');
    const paths = fc.constantFrom('/a/b/c.ts', '/a/x.js', '/b/c.ts');
    fc.assert(
      fc.property(fc.array(some), some, paths, (patterns, more, path) => {
        if (excluded(patterns, path)) assert.equal(excluded([...patterns, more], path), true);
      }),
    );
  });

  it('excludes a folder that is one, or lies in one', () => {
    const folders = new ExcludedPaths(['/srv/secret/'], '/home/me');
    assert.equal(folders.excludes('/srv/secret', true), true);
    assert.equal(folders.excludes('/srv/secret/deep', true), true);
    assert.equal(folders.excludes('/srv', true), false);
  });
});

describe('media/organisation-policy.schema.json', () => {
  it('describes what is taken', () => {
    const file = join(import.meta.dirname, '../../../media/organisation-policy.schema.json');
    assert.deepEqual(
      JSON.parse(readFileSync(file, 'utf8')),
      JSON.parse(JSON.stringify(z.toJSONSchema(organisationPolicy, { io: 'input' }))),
    );
  });
});
