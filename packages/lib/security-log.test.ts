import { beforeEach, expect, test, vi } from "vitest";

const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubEnv("LOG_LEVEL", "info");
  (globalThis as { calcomSecurityLog?: unknown }).calcomSecurityLog = undefined;
  lines.length = 0;
  for (const stream of ["log", "error"] as const)
    vi.spyOn(console, stream).mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  return () => vi.useRealTimers();
});

test("each event is one line, with what was given and no more", async () => {
  const { logSecurity } = await import("./security-log");
  logSecurity("refused", { status: 403, route: "/teams" });
  logSecurity("export", { userId: 7, slug: "a" });
  expect(lines.map(({ time: _, ...line }) => line)).toEqual([
    { level: "warn", message: "security", event: "refused", status: 403, route: "/teams" },
    { level: "info", message: "security", event: "export", userId: 7, slug: "a" },
  ]);
});

test("a flood of one kind is sixty lines and a number, and hides no other kind", async () => {
  const first = await import("./security-log");
  vi.resetModules();
  // As Next has it: each part of a server has the module for itself.
  const second = await import("./security-log");
  for (let index = 0; index < 5_000; index++) (index % 2 ? first : second).logSecurity("sign_in_failed");
  first.logSecurity("refused");
  expect(lines.map(({ event }) => event)).toEqual([...Array(60).fill("sign_in_failed"), "refused"]);
  lines.length = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toMatchObject([{ event: "sign_in_failed", leftOut: 4_940, seconds: 60 }]);
  first.logSecurity("sign_in_failed");
  expect(lines).toHaveLength(2);
});
