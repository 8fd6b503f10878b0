import { expect, test } from "vitest";
import { findHostNames } from "./host-names";
import { readSources } from "./read-sources";
import { MODULE } from "./rooms";

test("the module reads people and teams by the host's views, and names nothing behind them", () => {
  expect(findHostNames(readSources())).toEqual([]);
});

test.each([
  ["a table", 'const SQL = `SELECT "id" FROM "User" WHERE "id" = $1`;', '"User"'],
  ["a joined table", 'const SQL = `JOIN "Subscription" AS paid ON true`;', '"Subscription"'],
  ["the database's package", 'import { database } from "@calcom/prisma";', '"@calcom/prisma'],
  ["the sessions' package", 'import { getServerSession } from "next-auth/next";', '"next-auth'],
])("%s that is planted in it is found", (_, text, found) => {
  const planted = new Map([[`${MODULE}/serve/planted.ts`, text]]);
  expect(findHostNames(planted)).toEqual([`${MODULE}/serve/planted.ts: ${found}`]);
});

test("tests, examples and other features may name them", () => {
  const text = '"User"';
  const others = ["serve/x.test.ts", "testing/x.ts", "examples/x.ts"].map((file) => `${MODULE}/${file}`);
  expect(
    findHostNames(new Map([...others, "packages/features/teams/x.ts"].map((file) => [file, text]))),
  ).toEqual([]);
});
