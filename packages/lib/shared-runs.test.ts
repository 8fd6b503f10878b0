import { expect, test } from "vitest";
import { SharedRuns } from "./shared-runs";

/** A run that ends when it is told to. */
function aRun() {
  let end = { resolve: (_: string) => {}, reject: (_: Error) => {} };
  const result = new Promise<string>((resolve, reject) => {
    end = { resolve, reject };
  });
  const started: string[] = [];
  const start = (name: string) => () => {
    started.push(name);
    return result;
  };
  return { started, start, ...end };
}

test("who asks while a run is under way shares it, and who asks afterwards starts another", async () => {
  const runs = new SharedRuns<string>();
  const { started, start, resolve } = aRun();
  const first = runs.share("a", start("one"));
  expect(runs.share("a", start("two"))).toBe(first);
  resolve("done");
  expect(await first).toBe("done");
  await runs.share("a", start("three"));
  expect(started).toEqual(["one", "three"]);
});

test("different keys share nothing", async () => {
  const runs = new SharedRuns<string>();
  const { started, start, resolve } = aRun();
  resolve("done");
  await Promise.all([runs.share("a", start("a")), runs.share("b", start("b"))]);
  expect(started).toEqual(["a", "b"]);
});

test("a failure reaches all who share it, and is not kept", async () => {
  const runs = new SharedRuns<string>();
  const { start, reject } = aRun();
  const asked = [runs.share("a", start("one")), runs.share("a", start("two"))];
  reject(new Error("No."));
  for (const one of asked) await expect(one).rejects.toThrow("No.");
  expect(await runs.share("a", async () => "again")).toBe("again");
});

test("a run that was forgotten is shared with nobody, and its end does not end the next one's sharing", async () => {
  const runs = new SharedRuns<string>();
  const [before, after] = [aRun(), aRun()];
  const forgotten = runs.share("a", before.start("before"));
  runs.forget();
  const next = runs.share("a", after.start("after"));
  before.resolve("stale");
  expect(await forgotten).toBe("stale");
  expect(runs.share("a", after.start("third"))).toBe(next);
  after.resolve("fresh");
  expect(await next).toBe("fresh");
  expect(after.started).toEqual(["after"]);
});
