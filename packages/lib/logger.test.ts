import { beforeEach, describe, expect, test, vi } from "vitest";
import { DatabaseSilent } from "./sql";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.resetModules();
  for (const stream of ["log", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation((line: string) => void lines.push(`${stream} ${line}`));
  }
});

async function loggerAt(level: string) {
  vi.stubEnv("LOG_LEVEL", level);
  return (await import("./logger")).logger;
}

function facts(line = ""): Record<string, unknown> {
  return JSON.parse(line.slice(line.indexOf("{")));
}

describe("logger", () => {
  test("writes one line of JSON, whatever is in it, and failures to stderr", async () => {
    const logger = await loggerAt("info");
    logger.info("two\nlines", { count: 12n });
    logger.error("broken");
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toContain("\n");
    expect(facts(lines[0])).toMatchObject({ level: "info", message: "two\nlines", count: "12" });
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["log", "error"]);
  });

  test("keeps an error's causes, codes and stack", async () => {
    const logger = await loggerAt("info");
    const cause = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
    logger.error("Asking failed", { error: new Error("no answer", { cause }) });
    expect(facts(lines[0])).toMatchObject({
      error: {
        name: "Error",
        message: "no answer",
        stack: expect.stringContaining("logger.test.ts"),
        cause: { code: "ECONNREFUSED", message: "connection refused" },
      },
    });
  });

  test("leaves warnings of a silent database, of which a line tells already, to those who debug", async () => {
    const cause = new DatabaseSilent();
    for (const [level, count] of [
      ["warn", 1],
      ["debug", 2],
    ] as const) {
      lines.length = 0;
      const logger = await loggerAt(level);
      logger.warn("Not answered", { path: "/", error: new Error("unavailable", { cause }) });
      // What somebody has to do by hand is no repetition.
      logger.error("Not recorded", { reason: cause });
      expect(lines).toHaveLength(count);
      vi.resetModules();
    }
  });

  test.each([
    ["debug", 4],
    ["warn", 2],
    ["silent", 0],
  ])("at %s lets %i of four through", async (level, count) => {
    const logger = await loggerAt(level);
    for (const write of Object.values(logger)) write("message");
    expect(lines).toHaveLength(count);
  });

  test("speaks although the environment is broken, its own level included", async () => {
    vi.stubEnv("DATABASE_POOL_SIZE", "none");
    const logger = await loggerAt("loud");
    logger.error("The environment is broken");
    expect(lines).toHaveLength(1);
  });
});
