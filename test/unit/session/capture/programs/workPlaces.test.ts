import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { workPlaces } from '../../../../../src/session/capture/programs/workPlaces.ts';

const from = resolve('/srv/web');
const at = (...paths: string[]) => paths.map((path) => resolve(path));

describe('workPlaces', () => {
  it('follows a line from directory to directory', () => {
    assert.deepEqual(workPlaces('npm test', from), [from]);
    assert.deepEqual(workPlaces('cd a && cd ../b; npm test', from), at(from, '/srv/web/a', '/srv/web/b'));
    assert.deepEqual(workPlaces('cd .. && npm test', from), at(from, '/srv'));
    assert.deepEqual(workPlaces('cd -- "my app" && make', from), at(from, '/srv/web/my app'));
  });

  it('knows programs that are sent elsewhere, for that one time', () => {
    assert.deepEqual(workPlaces('git -C ../api log && npm --prefix=x test', from), at(from, '/srv/api', '/srv/web/x'));
    assert.deepEqual(workPlaces('FORCE=1 make -C /else all', from), at(from, '/else'));
  });

  it('does not guess', () => {
    for (const line of ['cd', 'cd -', 'cd ~/x', 'cd $HOME && ls', 'popd', 'make -C "$(pwd)"', 'cd a*'])
      assert.equal(workPlaces(line, from), null, line);
  });
});
