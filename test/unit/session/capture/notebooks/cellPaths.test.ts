import assert from 'node:assert/strict';
import { CellPaths } from '../../../../../src/session/capture/notebooks/cellPaths.ts';

/** A notebook with three cells. */
function threeCells(): CellPaths {
  const paths = new CellPaths();
  paths.see('a.ipynb', ['x', 'y', 'z']);
  return paths;
}

const pathsOf = (paths: CellPaths, ...cells: string[]) => cells.map((cell) => paths.pathOf(cell));

describe('CellPaths', () => {
  it('numbers cells as they are seen, and each keeps its number when it is moved', () => {
    const paths = threeCells();
    assert.deepEqual(pathsOf(paths, 'x', 'y', 'z'), ['a.ipynb#1', 'a.ipynb#2', 'a.ipynb#3']);
    paths.see('a.ipynb', ['z', 'new', 'x', 'y']);
    assert.deepEqual(pathsOf(paths, 'x', 'y', 'z', 'new'), ['a.ipynb#1', 'a.ipynb#2', 'a.ipynb#3', 'a.ipynb#4']);
  });

  it('gives the number of a cell that is gone to no other, and back to the cell', () => {
    const paths = threeCells();
    paths.see('a.ipynb', ['x', 'y']);
    assert.equal(paths.pathOf('z'), null);
    paths.see('a.ipynb', ['x', 'y', 'new', 'z']);
    assert.deepEqual(pathsOf(paths, 'z', 'new'), ['a.ipynb#3', 'a.ipynb#4']);
  });

  it('takes the cells of a notebook that comes back for the same, in their order, if there are as many', () => {
    const paths = threeCells();
    paths.see('a.ipynb', ['z', 'x', 'y']);
    paths.leave('a.ipynb');
    assert.deepEqual(pathsOf(paths, 'x', 'y', 'z'), [null, null, null]);
    paths.see('a.ipynb', ['x', 'y', 'z']);
    assert.deepEqual(pathsOf(paths, 'x', 'y', 'z'), ['a.ipynb#3', 'a.ipynb#1', 'a.ipynb#2']);
    paths.leave('a.ipynb');
    paths.see('a.ipynb', ['x', 'y']);
    assert.deepEqual(pathsOf(paths, 'x', 'y'), ['a.ipynb#4', 'a.ipynb#5']);
  });

  it('takes a cell that stands in for another for that one', () => {
    const paths = threeCells();
    paths.replace('a.ipynb', 'y', 'markdown');
    paths.see('a.ipynb', ['x', 'markdown', 'z']);
    assert.deepEqual(pathsOf(paths, 'y', 'markdown', 'z'), [null, 'a.ipynb#2', 'a.ipynb#3']);
  });

  it('keeps the numbers of a notebook that is moved, itself or with its folder', () => {
    const paths = new CellPaths();
    paths.see('lab/a.ipynb', ['x', 'y']);
    paths.see('lab/a.ipynb', ['y', 'x']);
    paths.see('other.ipynb', ['o']);
    paths.rename('lab/a.ipynb', 'lab/b.ipynb');
    paths.rename('lab', 'work');
    assert.deepEqual(pathsOf(paths, 'x', 'y', 'o'), [null, null, 'other.ipynb#1']);
    paths.see('work/b.ipynb', ['p', 'q']);
    assert.deepEqual(pathsOf(paths, 'p', 'q'), ['work/b.ipynb#2', 'work/b.ipynb#1']);
  });
});
