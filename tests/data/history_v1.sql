-- A history as version 1 made it. It stays as it is: such files exist.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  study TEXT NOT NULL, version TEXT NOT NULL, command TEXT NOT NULL, seed TEXT NOT NULL, family_error,
  threads INTEGER NOT NULL, instruction_level TEXT NOT NULL, fingerprint TEXT NOT NULL, looks INTEGER NOT NULL,
  replicates INTEGER NOT NULL, wall_seconds, replicates_per_second, deadline_reached INTEGER NOT NULL,
  exit_code INTEGER NOT NULL, started_utc TEXT NOT NULL, host TEXT NOT NULL);
CREATE TABLE finding (
  run INTEGER NOT NULL REFERENCES run (id), place INTEGER NOT NULL,
  claim TEXT NOT NULL, statement TEXT NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL, n TEXT NOT NULL,
  statistic TEXT NOT NULL, kind TEXT NOT NULL, estimate, std_error, lower, upper, target, margin,
  replicates INTEGER NOT NULL, dropped INTEGER NOT NULL, level, verdict TEXT NOT NULL, expected TEXT NOT NULL,
  outcome TEXT NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID;
INSERT INTO run VALUES (1, 'smoke', '0.1.0', 'fisherlab verify smoke', '1', 1e-06, 2, 'x86-64-v3', 'aa', 3, 100, 1.5,
  66.6, 0, 0, '2024-03-01T02:00:00Z', 'night');
INSERT INTO run VALUES (2, 'smoke', '0.1.0', 'fisherlab verify smoke', '18446744073709551615', 1e-06, 2, 'x86-64-v3',
  'bb', 3, 100, 1.5, 66.6, 0, 0, '2024-03-02T02:00:00Z', 'night');
INSERT INTO finding VALUES (1, 0, 'score-mean', '6.3', 'gamma', 'shape=2.5;rate=1.3', '10', 'norm', 'equal', 'nan', 0.5,
  '-inf', 'inf', 0.0, 0.01, 100, 0, 0.999, 'inconclusive', 'verified', 'open');
INSERT INTO finding VALUES (2, 0, 'score-mean', '6.3', 'gamma', 'shape=2.5;rate=1.3', '10', 'norm', 'equal', 0.25, 0.5,
  0.0, 1.0, 0.0, 0.01, 100, 0, 0.999, 'inconclusive', 'verified', 'open');
PRAGMA application_id = 1179410786;
PRAGMA user_version = 1;
