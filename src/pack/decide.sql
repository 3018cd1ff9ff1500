-- Which records a pack keeps, and why it leaves the others. DuckDB and Spark SQL both run this file, step by step: each
-- mark names the table that the statement below it makes. No hash functions, floats, dates or row order, so that both
-- make the same tables. DuckDB needs one macro: explode(list) is unnest(list).
--
-- Given: record (the rows of all features.jsonl, and with each: source, the number of its folder; refusal, why its
-- consent does not serve, or null), withdrawal (id: of a record, project or receipt, or a lineage key), and
-- bench (bench_id, gram, bench_grams: how many grams the item has).

-- [newest] The newest revision of each record; of equal copies the one in the first folder.
SELECT record.*
FROM record
JOIN (
  SELECT copy.trajectory_id, copy.revision, min(copy.source) AS source
  FROM record AS copy
  JOIN (SELECT trajectory_id, max(revision) AS revision FROM record GROUP BY trajectory_id) AS latest
    ON copy.trajectory_id = latest.trajectory_id AND copy.revision = latest.revision
  GROUP BY copy.trajectory_id, copy.revision
) AS chosen
  ON record.trajectory_id = chosen.trajectory_id AND record.revision = chosen.revision AND record.source = chosen.source;

-- [live] Without any withdrawal, in whichever folder it stands.
SELECT *
FROM newest
WHERE NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.id = newest.trajectory_id)
  AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.id = newest.project_id)
  AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.id = newest.receipt_id)
  AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.id = newest.lineage_key);

-- [granted] Before duplicates are looked for: what may not be used must not displace what may.
SELECT * FROM live WHERE refusal IS NULL;

-- [contaminated] Holds at least 30% of the grams of an item of a benchmark.
SELECT DISTINCT trajectory_id
FROM (
  SELECT held.trajectory_id, bench.bench_id, bench.bench_grams, count(*) AS hits
  FROM (SELECT trajectory_id, explode(grams) AS gram FROM granted) AS held
  JOIN bench ON held.gram = bench.gram
  GROUP BY held.trajectory_id, bench.bench_id, bench.bench_grams
) AS shared
WHERE hits * 10 >= bench_grams * 3;

-- [clean]
SELECT *
FROM granted
WHERE NOT EXISTS (SELECT 1 FROM contaminated WHERE contaminated.trajectory_id = granted.trajectory_id);

-- [band]
SELECT trajectory_id, keep_key, explode(bands) AS band FROM clean;

-- [lead] Who stays, of the records that share a band.
SELECT band, min(keep_key) AS keep_key FROM band GROUP BY band HAVING count(*) > 1;

-- [duplicate] Whoever is not the lead in any of its bands. No two that stay share a band, so none straddles the splits.
SELECT DISTINCT band.trajectory_id
FROM band
JOIN lead ON band.band = lead.band
WHERE band.keep_key <> lead.keep_key;

-- [decision]
SELECT
  newest.trajectory_id,
  newest.revision,
  newest.source,
  CASE
    WHEN live.trajectory_id IS NULL THEN 'withdrawn'
    WHEN newest.refusal IS NOT NULL THEN newest.refusal
    WHEN contaminated.trajectory_id IS NOT NULL THEN 'contaminated'
    WHEN duplicate.trajectory_id IS NOT NULL THEN 'duplicate'
    ELSE 'kept'
  END AS decision,
  CASE
    WHEN newest.split_bucket < 20 THEN 'test'
    WHEN newest.split_bucket < 40 THEN 'validation'
    ELSE 'train'
  END AS split
FROM newest
LEFT JOIN live ON newest.trajectory_id = live.trajectory_id
LEFT JOIN contaminated ON newest.trajectory_id = contaminated.trajectory_id
LEFT JOIN duplicate ON newest.trajectory_id = duplicate.trajectory_id;
