import { AsyncLocalStorage } from "node:async_hooks";
import { FOREIGN_KEY_VIOLATION, LOCK_NOT_AVAILABLE } from "@calcom/lib/sql";
import { describe, expect, test } from "vitest";
import { CoalescedWrites, WRITE_AGAIN, type WriteParts } from "./coalesced-writes";

interface Row {
  key: string;
  of: string;
}

const failure = (code: string) => Object.assign(new Error(`A failure of ${code}`), { code });

/** Writes that only note what they were given, and are told of each row what becomes of it. */
function aTable(
  refuse: (rows: Row[], patienceMs: number) => string | null = () => null,
  repeat: WriteParts<Row, string>["repeat"] = () => null,
) {
  const statements: { keys: string[]; patienceMs: number }[] = [];
  const stored = new Set<string>();
  const writes = new CoalescedWrites<Row, string>({
    keyOf: ({ key }) => key,
    async write(rows, patienceMs) {
      statements.push({ keys: rows.map(({ key }) => key), patienceMs });
      const code = refuse(rows, patienceMs);
      if (code !== null) throw failure(code);
      const fresh = rows.filter(({ key }) => !stored.has(key));
      for (const { key } of fresh) stored.add(key);
      return new Map(fresh.map(({ key, of }) => [key, of]));
    },
    repeat,
  });
  return { writes, statements };
}

const rowsOf = (of: string, keys: string) => [...keys].map((key) => ({ key, of }));

describe("callers at the same time", () => {
  test("share one statement, whose rows are sorted, and each is told of its own", async () => {
    const { writes, statements } = aTable();
    const told = await Promise.all([
      writes.submit(rowsOf("one", "da")),
      writes.submit(rowsOf("two", "b")),
      writes.submit(rowsOf("three", "ca")),
    ]);
    expect(statements).toEqual([{ keys: ["a", "b", "c", "d"], patienceMs: 50 }]);
    // The third is not told that it was the first.
    expect(told).toEqual([["one", "one"], ["two"], ["three", null]]);
  });

  test("are told what is repeated, or write again after the first, whichever is asked for", async () => {
    const shared = aTable(
      () => null,
      (written) => `${written}, again`,
    );
    const same = () => Promise.all(["one", "two"].map((of) => shared.writes.submit(rowsOf(of, "a"))));
    expect(await same()).toEqual([["one"], ["one, again"]]);
    const apart = aTable(
      () => null,
      () => WRITE_AGAIN,
    );
    const told = await Promise.all(["one", "two"].map((of) => apart.writes.submit(rowsOf(of, "a"))));
    expect(told).toEqual([["one"], [null]]);
    expect(apart.statements.map(({ keys }) => keys)).toEqual([["a"], ["a"]]);
  });
});

describe("one row that fails the statement", () => {
  const failing = (code: string) => aTable((rows) => (rows.some(({ key }) => key === "x") ? code : null));

  test("fails only itself where what it belongs to is gone", async () => {
    const { writes } = failing(FOREIGN_KEY_VIOLATION);
    const told = await Promise.all([writes.submit(rowsOf("one", "ax")), writes.submit(rowsOf("two", "b"))]);
    expect(told).toEqual([["one", null], ["two"]]);
  });

  test("fails only its caller where no column can hold it", async () => {
    const { writes } = failing("22003");
    const [one, two] = await Promise.allSettled([
      writes.submit(rowsOf("one", "x")),
      writes.submit(rowsOf("two", "b")),
    ]);
    expect(one).toMatchObject({ status: "rejected", reason: { code: "22003" } });
    expect(two).toEqual({ status: "fulfilled", value: ["two"] });
  });

  test("keeps nobody waiting but its caller where somebody holds it", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const writes = new CoalescedWrites<Row, string>({
      keyOf: ({ key }) => key,
      async write(rows, patienceMs) {
        if (rows.some(({ key }) => key === "x")) {
          if (patienceMs <= 50) throw failure(LOCK_NOT_AVAILABLE);
          await held;
        }
        return new Map(rows.map(({ key, of }) => [key, of]));
      },
      repeat: () => null,
    });
    const submit = async (of: string, keys: string) => {
      await writes.submit(rowsOf(of, keys));
      order.push(of);
    };
    const waiting = submit("one", "x");
    await Promise.all([submit("two", "a"), submit("three", "b")]);
    // And nobody who comes later.
    await submit("four", "c");
    release();
    await waiting;
    expect(order.at(-1)).toBe("one");
    expect(order).toHaveLength(4);
  });

  test("is not looked for where the database is away: nobody is told that anything was written", async () => {
    const { writes, statements } = failing("57P01");
    const settled = await Promise.allSettled([
      writes.submit(rowsOf("one", "x")),
      writes.submit(rowsOf("two", "b")),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(statements).toHaveLength(1);
  });
});

test("a statement is of no caller's request, and leads to the next without one", async () => {
  const request = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const writes = new CoalescedWrites<Row, string>(
    {
      keyOf: ({ key }) => key,
      async write(rows) {
        seen.push(request.getStore());
        return new Map(rows.map(({ key, of }) => [key, of]));
      },
      repeat: () => WRITE_AGAIN,
    },
    { maxBatch: 1, maxInFlight: 1 },
  );
  const answers = await Promise.all(
    ["one", "two", "three"].map((of) =>
      request.run(of, async () => {
        await writes.submit(rowsOf(of, "a"));
        return request.getStore();
      }),
    ),
  );
  expect(seen).toEqual([undefined, undefined, undefined]);
  expect(answers).toEqual(["one", "two", "three"]);
});
