import { afterEach, expect, test, vi } from "vitest";
import { openSharedReport } from "./open-report";

const { open } = vi.hoisted(() => ({ open: vi.fn() }));
vi.mock("@calcom/features/experiments/server", () => ({ sharedReports: () => ({ open }) }));
afterEach(() => {
  vi.useRealTimers();
  open.mockReset();
});

const token = "A".repeat(43);

test("a report is given up within a second where the database does not answer", async () => {
  vi.useFakeTimers();
  open.mockReturnValue(new Promise(() => {}));
  const failure = openSharedReport({ token }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await failure).toMatchObject({ code: "ETIMEDOUT" });
});

test("what is no secret is a 404 like one that opens nothing, and never reaches the database", async () => {
  open.mockResolvedValue(null);
  const digests = await Promise.all(
    [token, "short", "%"].map((given) =>
      openSharedReport({ token: given }).catch((error: { digest: string }) => error.digest),
    ),
  );
  expect(new Set(digests).size).toBe(1);
  expect(open).toHaveBeenCalledTimes(1);
});
