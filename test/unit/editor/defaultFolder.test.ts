import assert from 'node:assert/strict';
import { defaultDatasetFolder } from '../../../src/editor/defaultFolder.ts';

describe('the dataset folder where none is chosen', () => {
  it('is among the data of the person, where their system keeps it', () => {
    const folder = (platform: NodeJS.Platform, env = {}) => defaultDatasetFolder(platform, env, '/home/me');
    assert.equal(folder('linux'), '/home/me/.local/share/understudy/dataset');
    assert.equal(folder('linux', { XDG_DATA_HOME: '/data' }), '/data/understudy/dataset');
    assert.equal(folder('linux', { XDG_DATA_HOME: 'data' }), '/home/me/.local/share/understudy/dataset');
    assert.equal(folder('darwin'), '/home/me/Library/Application Support/Understudy/dataset');
    const home = 'C:\\Users\\me';
    assert.equal(defaultDatasetFolder('win32', {}, home), `${home}\\AppData\\Local\\Understudy\\dataset`);
    const env = { LOCALAPPDATA: 'D:\\Local' };
    assert.equal(defaultDatasetFolder('win32', env, home), 'D:\\Local\\Understudy\\dataset');
  });
});
