import { ScriptError } from "@calcom/lib/script-error";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { runStages } from "./run-stages";
import type { Stage, StageResult } from "./stage";

let lines: string[];
let exitCode: typeof process.exitCode;

beforeEach(() => {
  lines = [];
  exitCode = process.exitCode;
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(...line.split("\n")));
});

afterEach(() => {
  process.exitCode = exitCode;
});

function aStage(name: string, result: Partial<StageResult> | Error): Stage {
  return {
    name,
    run: async () => {
      if (result instanceof Error) throw result;
      return { passed: 0, failed: 0, skipped: 0, report: "", ...result };
    },
  };
}

test("the last line sums up all stages", async () => {
  const lint = aStage("lint", { passed: 1 });
  const drift = aStage("drift", { passed: 1 });
  await runStages([[lint, drift], [aStage("unit", { passed: 40, skipped: 2 })]], []);
  expect(lines.at(-1)).toBe("42 passed, 0 failed, 2 skipped");
  expect(process.exitCode).toBe(0);
});

test("what stands beside groups that follow one another is waited for by neither", async () => {
  const order: string[] = [];
  const noted = (name: string, until?: Promise<void>): Stage => ({
    name,
    async run() {
      await until;
      order.push(name);
      return { passed: 1, failed: 0, skipped: 0, report: "" };
    },
  });
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const last = noted("browser");
  const browser: Stage = { ...last, run: (filters) => last.run(filters).finally(() => release()) };
  await runStages([[noted("integration", slow), [[noted("build")], [browser]]], [noted("after")]], []);
  expect(order).toEqual(["build", "browser", "integration", "after"]);
  expect(lines.at(-1)).toBe("4 passed, 0 failed, 0 skipped");
});

test("a stage that fails is shown, counts, and does not stop the others", async () => {
  const broken = aStage("types", new ScriptError("it does not compile"));
  await runStages([[broken], [aStage("unit", { passed: 3 })]], []);
  expect(lines).toContain("it does not compile");
  expect(lines.at(-1)).toBe("3 passed, 1 failed, 0 skipped");
  expect(process.exitCode).toBe(1);
});

test("the slowest files of a stage are named, the slowest first", async () => {
  const times = Array.from({ length: 20 }, (_, index) => ({ file: `${index}.test.ts`, seconds: index }));
  await runStages([[aStage("unit", { passed: 1, times })]], []);
  const named = lines
    .filter((line) => line.endsWith(".test.ts"))
    .map((line) => line.trim().split(/ +/).at(-1));
  expect(named).toHaveLength(8);
  expect(named[0]).toBe("19.test.ts");
});

test("after a signal no further stage begins", async () => {
  let end = (_: string) => {};
  const signal = new Promise<string>((resolve) => {
    end = resolve;
  });
  const after = vi.fn(aStage("after", { passed: 1 }).run);
  const during: Stage = {
    name: "during",
    run: async () => {
      end("SIGTERM");
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error("Its child was ended.");
    },
  };
  await expect(runStages([[during], [{ name: "after", run: after }]], [], signal)).rejects.toThrow(
    "Ended by SIGTERM.",
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(after).not.toHaveBeenCalled();
});

test("a run in which nothing passed is a failure", async () => {
  await runStages([[aStage("unit", { skipped: 5 })]], []);
  expect(process.exitCode).toBe(1);
});
