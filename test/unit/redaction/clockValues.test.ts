import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdsClock, maskClocks } from '../../../src/redaction/clockValues.ts';

const at = Date.UTC(2026, 10, 26, 2, 3, 21);
const window = { from: at - 600_000, to: at };

describe('clock values', () => {
  const near: [string, string][] = [
    ['2026-11-26T02:03:21.123Z ok', '2000-01-01T00:00:00.000Z ok'],
    ['[2026-11-26 03:03:21,123] INFO', '[2000-01-01 00:00:00,000] INFO'],
    ['Finished at: 2026-11-25T18:03:21-08:00', 'Finished at: 2000-01-01T00:00:00+00:00'],
    ['2026/11/26 02:03:21 listening', '2000/01/01 00:00:00 listening'],
    ['Thu Nov 26 03:03:21 CET 2026', 'Sat Jan 01 00:00:00 UTC 2000'],
    ['Date:   Wed Nov 25 20:58:03 2026 -0500', 'Date:   Sat Jan 01 00:00:00 2000 +0000'],
    ['Thu, 26 Nov 2026 02:03:21 GMT', 'Sat, 01 Jan 2000 00:00:00 UTC'],
    ['- - [26/Nov/2026:02:03:21 +0100] "GET /"', '- - [01/Jan/2000:00:00:00 +0000] "GET /"'],
    ['-rw-r--r-- 1 4096 Nov 26 02:01 src', '-rw-r--r-- 1 4096 Jan 01 00:00 src'],
    ['2:03:21 AM - File change detected', '0:00:00 AM - File change detected'],
    ['   Start at  02:03:21', '   Start at  00:00:00'],
    ['11/26/2026, 2:03:21 AM', '01/01/2000, 0:00:00 AM'],
    ['26.11.2026 02:03', '01.01.2000 00:00'],
    ['November 26, 2026 at 2:03 AM', 'January 01, 2000 at 0:00 AM'],
    ['20261126T020321Z', '20000101T000000Z'],
    ['{"t":1795658601123}', '{"t":1000000000000}'],
    ['in: /x/_logs/2026-11-26T02_03_21_123Z-debug-0.log', 'in: /x/_logs/2000-01-01T00_00_00_000Z-debug-0.log'],
    ['vite.config.ts.timestamp-1795658601123-3f2a.mjs', 'vite.config.ts.timestamp-1000000000000-3f2a.mjs'],
    [
      'db/20261126020321_create.rb m/0001_auto_20261126_0203.py',
      'db/20000101000000_create.rb m/0001_auto_20000101_0000.py',
    ],
    ['logs/app-2026-11-26.log report.20261126.020321.json', 'logs/app-2000-01-01.log report.20000101.000000.json'],
    ['I1126 02:03:21.318274  123 main.go:12] x', 'I0101 00:00:00.000000  123 main.go:12] x'],
    ['== datetime.datetime(2026, 11, 26, 2, 3, 21, 318274)', '== datetime.datetime(2000, 1, 1, 0, 0, 0, 0)'],
    ['-rw-r--r-- 1 u g 120 26. Nov 02:03 a', '-rw-r--r-- 1 u g 120 01. Jan 00:00 a'],
    ['-rw-r--r-- 1 u g 120 26 déc. 02:03 a', '-rw-r--r-- 1 u g 120 01 déc. 00:00 a'],
    ['2026年11月26日 02:03:21', '2000年01月01日 00:00:00'],
    ['26-11-2026 02:03 11/26/26 02:03:21', '01-01-2000 00:00 01/01/01 00:00:00'],
    ['u  123  0.0  0.1 pts/0  S+   02:03   0:00 node a.js', 'u  123  0.0  0.1 pts/0  S+   00:00   0:00 node a.js'],
    ['Thu Nov 26 2026 03:03:21 GMT+0100 (Central European Standard Time)', 'Sat Jan 01 2000 00:00:00 UTC'],
    ['2026-11-26 03:03:21.1234 +0100 CET m=+0.1', '2000-01-01 00:00:00.0000 +0000 m=+0.1'],
    ['abc 1795658601 +0100', 'abc 1000000000 +0000'],
  ];
  for (const [printed, kept] of near) {
    it(`${printed} is kept as ${kept}`, () => assert.equal(maskClocks(printed, window), kept));
  }

  for (const text of [
    'duration 12:21:07, released 2020-01-01 02:03, v2026.11.26, node 20.11.26',
    '  2:03  error  x',
    'a.ts:2:03:21',
    '1795000000 of 3795658601',
    '-rw-r--r-- 1 4096 Nov 26  2025 src',
    'May 26 items',
    'Tests: 3 passed, 0 failed',
    'I1126 is a name, 3 items 02:03, took 26 tests 12:30, 20190101_0203.py, 1726 of 202611261',
    '127.0.0.1:8080 [::1] 11/26 done',
  ]) {
    it(`${text} stays`, () => assert.equal(maskClocks(text, window), text));
  }

  it('are gone wherever programs print the instant, and masking again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) }),
        fc.integer({ min: 0, max: 12 * 3_600_000 }),
        fc.integer({ min: -13, max: 13 }),
        (from, length, hours) => {
          const inside = { from, to: from + length };
          const date = new Date(from + length / 2 + hours * 3_600_000);
          const utc = new Date(from + length / 2);
          const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}00`;
          const printed = [
            date.toISOString(),
            date.toISOString().replace('T', ' ').slice(0, 19),
            `${date.toISOString().slice(0, 19)}${zone}`,
            `/x/${date.toISOString().replaceAll(/[:.]/g, '_')}-0.log`,
            `${date.toISOString().slice(0, 19).replaceAll(/[^\d]/g, '')}_x.rb`,
            `${date.getTime()}-x.ts`,
            date.toUTCString(),
            date.toUTCString().replace('GMT', zone),
            String(date.getTime()),
            utc.toISOString().slice(11, 19),
            utc.toLocaleString('en-US', { timeZone: 'UTC' }),
            utc.toLocaleTimeString('en-US', { timeZone: 'UTC' }),
            utc.toLocaleString('de-DE', { timeZone: 'UTC' }),
          ];
          for (const text of printed) {
            const masked = maskClocks(`x ${text} y`, inside);
            assert.doesNotMatch(masked.replace(/2000|1000000000000|[A-Za-z]/g, ''), /[2-9]/, text);
            assert.ok(!holdsClock(masked, inside), masked);
          }
        },
      ),
    );
  });
});
