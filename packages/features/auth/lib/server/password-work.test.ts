import { UNKNOWN_CLIENT } from "@calcom/lib/network";
import { afterEach, expect, test, vi } from "vitest";
import { inTurn, requireRoom } from "./password-work";

const stranger = { client: UNKNOWN_CLIENT, isKnown: false };
const MORE_THAN_WAIT = 40;

afterEach(() => void vi.useRealTimers());

test("whoever finds no place is refused after a second, and at once where many are kept waiting already", async () => {
  vi.useFakeTimers();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const outcomes: string[] = [];
  const note = (work: Promise<unknown>) =>
    work.then(
      () => outcomes.push("done"),
      ({ code, message }: { code?: string; message: string }) => outcomes.push(code ?? message),
    );
  const working = Array.from({ length: MORE_THAN_WAIT }, () => note(inTurn(() => released, stranger)));
  const asking = Array.from({ length: 300 }, () => note(requireRoom(stranger)));

  await vi.advanceTimersByTimeAsync(900);
  const atOnce = outcomes.length;
  await vi.advanceTimersByTimeAsync(200);
  expect(new Set(outcomes)).toEqual(new Set(["too_busy"]));
  expect(outcomes.length - atOnce).toBe(200);
  release();
  await Promise.all([...working, ...asking]);
  expect(outcomes).toContain("done");
  // There is room again, and nobody waits for it.
  await requireRoom(stranger);
});

test("who is refused by the queue of another bundle's instance of this module is told so too", async () => {
  vi.useFakeTimers();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const working = Array.from({ length: MORE_THAN_WAIT }, () =>
    inTurn(() => released, stranger).catch(() => {}),
  );
  vi.resetModules();
  const other = await import("./password-work");
  const refused = expect(other.inTurn(() => released, stranger)).rejects.toMatchObject({ code: "too_busy" });
  await vi.advanceTimersByTimeAsync(1_100);
  await refused;
  release();
  await Promise.all(working);
});
