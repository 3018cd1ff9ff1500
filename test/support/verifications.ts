import { conclude, type Verification, type VerificationRun } from '../../src/examples/verification.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';

/** What a whole verification of a record made by `solvedTask` looks like. */
export function verificationOf(record: Trajectory, fields: Partial<Verification> = {}): Verification {
  const { failed, passed } = { failed: Array(3).fill('failed'), passed: Array(3).fill('passed') };
  const tests: Verification['tests'] = [
    { name: 'doubles', before: failed, after: passed },
    { name: 'halves', before: failed, after: passed },
    { name: 'once', before: passed, after: passed },
  ];
  const run = (state: VerificationRun['state']) => {
    return { state, exit_code: state === 'before' ? 1 : 0, timed_out: false, complete: true, duration: '<1s' as const };
  };
  const runs = (['before', 'before', 'before', 'after', 'after', 'after'] as const).map(run);
  return {
    verification_version: '1',
    trajectory_id: record.trajectory_id,
    revision: record.revision,
    producer: '0.1.0',
    closure: record.environment.base_commit === null ? 'record' : 'public_commit',
    place: 'host',
    engine: null,
    image: null,
    image_id: null,
    tools: [{ name: 'node', version: '24.1.0' }],
    setup: false,
    time_limit_seconds: 600,
    runs,
    tests,
    tests_left_out: 0,
    ...conclude(runs, tests),
    ...fields,
  };
}
