import assert from 'node:assert/strict';
import type { Column } from '../../../src/dataset/columns.ts';
import { duckdbColumns, huggingFaceInfo, jsonAsText, sparkSchema, sqlText } from '../../../src/pack/columnTypes.ts';

describe('the types of columns', () => {
  const columns: Record<string, Column> = {
    name: 'string',
    counts: { list: 'int64' },
    calls: { list: 'json' },
    steps: { list: { struct: { share: 'float64', isDone: 'bool' } } },
  };

  it('are those of DuckDB', () => {
    assert.equal(
      duckdbColumns(columns),
      `{"name": 'VARCHAR',"counts": 'BIGINT[]',"calls": 'JSON[]',"steps": 'STRUCT("share" DOUBLE,"isDone" BOOLEAN)[]'}`,
    );
  });

  it('are text in a file where they are JSON', () => {
    assert.equal(jsonAsText(columns), 'REPLACE (CAST("calls" AS VARCHAR[]) AS "calls")');
    assert.equal(jsonAsText({ name: 'string' }), '');
  });

  it('are those of Spark', () => {
    assert.equal(
      sparkSchema(columns),
      '`name` STRING, `counts` ARRAY<BIGINT>, `calls` ARRAY<STRING>, `steps` ARRAY<STRUCT<`share`: DOUBLE,`isDone`: BOOLEAN>>',
    );
  });

  it('are those of datasets', () => {
    assert.deepEqual(huggingFaceInfo(columns), {
      info: {
        features: {
          name: { dtype: 'string', _type: 'Value' },
          counts: { feature: { dtype: 'int64', _type: 'Value' }, _type: 'List' },
          calls: { feature: { _type: 'Json' }, _type: 'List' },
          steps: {
            feature: { share: { dtype: 'float64', _type: 'Value' }, isDone: { dtype: 'bool', _type: 'Value' } },
            _type: 'List',
          },
        },
      },
    });
  });

  it('quote texts', () => {
    assert.equal(sqlText("it's"), "'it''s'");
  });
});
