import assert from 'node:assert/strict';
import { rootNames } from '../../../../../src/session/capture/documents/rootNames.ts';

describe('rootNames', () => {
  it('tells folders of one name apart, also in another case, and takes no slash over', () => {
    assert.deepEqual(rootNames(['web', 'api']), ['web', 'api']);
    assert.deepEqual(rootNames(['app', 'App', 'app', 'app-2']), ['app', 'App-2', 'app-3', 'app-2-2']);
    assert.deepEqual(rootNames(['a/b', 'a\\b', '']), ['a-b', 'a-b-2', '-']);
  });
});
