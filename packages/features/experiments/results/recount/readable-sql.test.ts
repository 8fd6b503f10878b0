import { expect, test } from "vitest";
import { layOutSql } from "./readable-sql";
import { tokenize } from "./sql-tokens";
import { STATEMENTS } from "./testing/statements";

const textsOf = (statement: string) => tokenize(statement).map(({ text }) => text);

const NASTY = `WITH picked AS (SELECT "a(b", 'it''s (not, a) list -- nor a comment' AS x, E'a\\'(', $$ ( $$, $q$ it's $q$, -1, - -1 -- the, (end
  FROM "From" AS f /* a (comment */ WHERE f.at BETWEEN $1 AND $2 AND f.kind IN ('one', 'two') OR f.name = 'in two'
  ' lines' AND f.amount >= 1e-3 AND f.tags && ARRAY['x']::text[]
) SELECT CASE WHEN x IS NULL AND "a(b" IS NULL THEN 0 ELSE greatest(least(coalesce(x::float8, 0), 100000::float8), 0) END FROM picked -- at last`;

const cases = [...STATEMENTS, { file: "a nasty one", statement: NASTY }];

test.each(cases)("laying out changes whitespace alone: $file", ({ statement }) => {
  const readable = layOutSql(statement);
  expect(textsOf(readable)).toEqual(textsOf(statement));
  expect(layOutSql(readable)).toBe(readable);
});

test.each(cases)("no line is too long to be read: $file", ({ statement }) => {
  const lines = layOutSql(statement).split("\n");
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});

test("strings, names and comments stay as they are", () => {
  expect(textsOf(NASTY)).toEqual(
    expect.arrayContaining([
      `"a(b"`,
      "'it''s (not, a) list -- nor a comment'",
      "E'a\\'('",
      "$$ ( $$",
      "$q$ it's $q$",
      "-- the, (end",
      "/* a (comment */",
      "'in two'\n  ' lines'",
      "-- at last",
    ]),
  );
});
