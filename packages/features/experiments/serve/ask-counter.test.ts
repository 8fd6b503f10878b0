import { expect, test, vi } from "vitest";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { AskCounter } from "./ask-counter";

function aCounter(build: string | null = "1a2b3c") {
  const add = vi.fn<(build: string, counts: ReadonlyMap<string, number>) => Promise<void>>(async () => {});
  const warn = vi.fn();
  return { counter: new AskCounter({ asks: { add }, build, log: { warn } }), add, warn };
}

test("what was asked goes to the table in one statement, and once", async () => {
  const { counter, add } = aCounter();
  for (const slug of ["a", "b", "a"]) counter.note(slug);
  await counter.flush();
  await counter.flush();
  expect(add.mock.calls).toEqual([
    [
      "1a2b3c",
      new Map([
        ["a", 2],
        ["b", 1],
      ]),
    ],
  ]);
});

test("what could not be written goes with the next time, with what came meanwhile, and is logged once", async () => {
  const { counter, add, warn } = aCounter();
  add.mockImplementationOnce(async () => {
    counter.note("a");
    throw new Error("no such table");
  });
  add.mockRejectedValueOnce(new Error("no such table"));
  counter.note("a");
  await counter.flush();
  await counter.flush();
  await counter.flush();
  expect(add.mock.lastCall).toEqual(["1a2b3c", new Map([["a", 2]])]);
  expect(warn).toHaveBeenCalledOnce();
});

test("an outage of the database is told by others", async () => {
  const { counter, add, warn } = aCounter();
  add.mockRejectedValueOnce(new DatabaseUnavailable(new Error("gone")));
  counter.note("a");
  await counter.flush();
  expect(warn).not.toHaveBeenCalled();
});

test("commands and tests, which are no build of the application, write nothing", async () => {
  const { counter, add } = aCounter(null);
  counter.note("a");
  await counter.flush();
  expect(add).not.toHaveBeenCalled();
});
